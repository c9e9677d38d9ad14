// The views: the tiles and the public list, the visitor's own, their notifications, and the form.

let current = { view: "home", kind: null };
let lists = { features: null, mine: null, notifications: null };
const failed = new Set();
const seenNotifications = new Set();

/** What was typed and not yet filed, for each kind. It outlives a failed submit, and a change of identity. */
const drafts = Object.fromEntries(Object.keys(KINDS).map((kind) => [kind, { title: "", details: "" }]));

function show(view, kind = null) {
  current = { view, kind };
  for (const tab of tabs) {
    if (tab.dataset.view === view) tab.setAttribute("aria-current", "page");
    else tab.removeAttribute("aria-current");
  }
  news.textContent = "";
  render();
  if (view === "form") content.querySelector("input").focus();
}

/** Draws the current view anew and leaves the focus where it was. A form is left alone: somebody is typing in it. */
function render() {
  if (current.view === "form" && content.firstChild?.dataset.kind === current.kind) return;
  const focused = content.getRootNode().activeElement?.dataset.key;
  const views = { home, mine, notifications, form };
  content.replaceChildren(...[views[current.view]()].flat());
  if (focused) content.querySelector(`[data-key="${focused}"]`)?.focus();
  if (current.view === "notifications" && !panel.hidden) markSeen();
  showBadge();
}

function home() {
  const tiles = Object.entries(KINDS).map(([kind, label]) =>
    h("button", { type: "button", className: "tile", "data-key": kind, onclick: () => show("form", kind) }, label),
  );
  return [h("div", { className: "tiles" }, tiles), h("h3", {}, "Requests and questions"), featureList("features")];
}

function mine() {
  return [h("h3", {}, "What you filed"), featureList("mine")];
}

function featureList(name) {
  const features = lists[name];
  if (features === null) return h("p", { className: "empty" }, emptyBecause(name));
  if (features.length === 0) return h("p", { className: "empty" }, "Nothing here yet.");
  return h("ul", { className: "features" }, features.map(featureItem));
}

function featureItem(feature) {
  const isPublic = feature.kind === "request" || feature.kind === "question";
  return h(
    "li",
    {},
    isPublic ? (feature.mine ? ownVoice(feature) : voteButton(feature)) : null,
    h(
      "div",
      {},
      h("p", { className: "title", dir: "auto" }, feature.title),
      h("p", { className: "meta" }, `${whose(feature)} · ${STATUSES[feature.status]}${isPublic ? "" : " · private"}`),
    ),
  );
}

function whose({ kind, mine }) {
  return mine ? `Your ${KINDS[kind].toLowerCase()}` : KINDS[kind];
}

/** Nothing to press: whoever files something stands behind it for good. */
function ownVoice({ voices }) {
  return h("p", { className: "vote" }, `${voices} `, h("span", { className: "meta" }, voices === 1 ? "voice" : "voices"));
}

function voteButton(feature) {
  return h(
    "button",
    {
      type: "button",
      className: "vote",
      "aria-pressed": String(feature.upvoted),
      "aria-label": `Upvote “${feature.title}”, ${feature.voices} so far`,
      "data-key": `vote-${feature.id}`,
      onclick: () => vote(feature),
    },
    h("span", { "aria-hidden": "true" }, "▲"),
    String(feature.voices),
  );
}

function notifications() {
  if (lists.notifications === null) return h("p", { className: "empty" }, emptyBecause("notifications"));
  if (lists.notifications.length === 0) return h("p", { className: "empty" }, "Nothing new. You hear when a status changes.");
  const items = lists.notifications.map(({ title, status }) =>
    h("li", {}, h("div", {}, h("p", { className: "title", dir: "auto" }, title), h("p", { className: "meta" }, STATUSES[status]))),
  );
  return h("ul", { className: "features" }, items);
}

/** Why a list is not there: it could not be loaded, is on its way, or the visitor's identity is refused. */
function emptyBecause(name) {
  if (identity.state === "refused") return "Nothing is shown while the identity is refused.";
  return identity.state === "unreachable" || failed.has(name) ? "This could not be loaded." : "Loading…";
}

function form() {
  const { kind } = current;
  const draft = drafts[kind];
  const keep = (event) => (draft[event.target.name] = event.target.value);
  const problem = h("p", { className: "problem", role: "alert" });
  const send = h("button", { type: "submit", className: "primary" }, "Send");
  const onsubmit = (event) => {
    event.preventDefault();
    void submit(kind, problem, send);
  };
  return h(
    "form",
    { "data-kind": kind, onsubmit },
    h("h3", {}, KINDS[kind]),
    h("p", { className: "meta" }, KIND_NOTES[kind]),
    h("label", { for: "title" }, "Title"),
    h("input", { id: "title", name: "title", required: true, maxLength: 140, value: draft.title, oninput: keep }),
    h("label", { for: "details" }, "Details (optional)"),
    h("textarea", { id: "details", name: "details", rows: 5, maxLength: 4000, value: draft.details, oninput: keep }),
    problem,
    h("div", { className: "actions" }, send, h("button", { type: "button", onclick: () => show("home") }, "Cancel")),
  );
}

function markSeen() {
  for (const { id } of lists.notifications ?? []) seenNotifications.add(id);
}

function showBadge() {
  const unseen = (lists.notifications ?? []).filter(({ id }) => !seenNotifications.has(id)).length;
  badge.hidden = unseen === 0;
  badge.textContent = unseen ? `${unseen} new` : "";
}
