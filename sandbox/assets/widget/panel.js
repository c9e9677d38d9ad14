// The frame: launcher, panel, who the visitor is, and the way between the views.

const VIEWS = { home: "Home", mine: "Mine", notifications: "Notifications" };

const badge = h("span", { className: "badge", hidden: true });
const launcher = h(
  "button",
  { type: "button", className: "launcher", "aria-expanded": "false", "aria-controls": "panel", onclick: toggle },
  "Your feedback",
  badge,
);
const heading = h("h2", { id: "heading", tabIndex: -1 }, "Feedback");
const who = h("p", { className: "who", role: "status", "aria-label": "Who you are" });
const retry = h("button", { type: "button", className: "quiet", hidden: true, onclick: tryAgain }, "Try again");
const news = h("p", { className: "news", role: "status", "aria-label": "News" });
const content = h("div", { className: "content" });
const tabs = Object.entries(VIEWS).map(([view, label]) =>
  h("button", { type: "button", "data-view": view, onclick: () => show(view) }, label),
);
const panel = h(
  "section",
  { id: "panel", className: "panel", role: "dialog", "aria-labelledby": "heading", hidden: true, onkeydown: closeOnEscape },
  h(
    "header",
    {},
    heading,
    h("span", { className: "tag" }, "sandbox"),
    h("button", { type: "button", className: "close", "aria-label": "Close", onclick: close }, "✕"),
  ),
  h("div", { className: "identity" }, who, retry),
  h("nav", { "aria-label": "Feedback" }, tabs),
  news,
  content,
  h("footer", {}, "A local stand-in for Reqio"),
);

const host = h("div", { id: "reqio-sandbox" });
// A constructed sheet needs no 'unsafe-inline' from the page that embeds the widget.
const sheet = new CSSStyleSheet();
sheet.replaceSync(STYLE);
const root = host.attachShadow({ mode: "open" });
root.adoptedStyleSheets = [sheet];
root.append(panel, launcher);

/** Turbo, htmx and Astro replace the body, or all that is in it: the widget comes back. */
const replaced = new MutationObserver((changes) => {
  const removed = changes.flatMap(({ removedNodes }) => [...removedNodes]);
  // Whoever removes the widget alone means it.
  const withOthers = removed.length > 1 || removed[0] !== host;
  if (withOthers && removed.some((node) => node.contains(host)) && document.body) mount();
});

function mount() {
  // A copy of the page that a router kept has a copy of the host, which is empty.
  for (const copy of document.querySelectorAll(`#${host.id}`)) if (copy !== host) copy.remove();
  if (!host.isConnected) document.body.append(host);
  for (const parent of [document.documentElement, document.body]) replaced.observe(parent, { childList: true });
}

function toggle() {
  if (panel.hidden) open();
  else close();
}

function open() {
  panel.hidden = false;
  launcher.setAttribute("aria-expanded", "true");
  show(current.view, current.kind);
  heading.focus();
  void reload();
}

function close() {
  panel.hidden = true;
  launcher.setAttribute("aria-expanded", "false");
  launcher.focus();
}

function closeOnEscape(event) {
  if (event.key === "Escape") close();
}

function tryAgain() {
  identity = { state: "checking" };
  showWho();
  void checkIdentity();
}

function showWho() {
  const sentence = whoAmI();
  if (who.textContent !== sentence) who.textContent = sentence;
  who.dataset.state = identity.state;
  retry.hidden = identity.state !== "unreachable" && failed.size === 0;
}

function whoAmI() {
  switch (identity.state) {
    case "identified": {
      const { id, email, plan, monthly_amount: monthly } = identity.requester;
      const value = monthly === null ? "monthly value unknown" : `${money(monthly)} a month`;
      return `You are: ${email ?? id}, ${plan ?? "plan unknown"}, ${value}`;
    }
    case "anonymous":
      return "You are: anonymous";
    case "refused":
      return `Identity refused (${identity.code}): ${identity.message}`;
    case "unreachable":
      return identity.message;
    default:
      return "Checking who you are…";
  }
}
