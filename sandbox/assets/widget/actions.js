// What happens: loading, filing, voting, and following a change of identity.

const NOTIFICATIONS_EVERY_MS = 10_000;

/** Loads the lists anew. One that fails keeps what it showed, and a way to try again is offered. */
async function reload() {
  await Promise.all([load("features", "/api/features"), load("mine", "/api/features/mine"), loadNotifications()]);
}

function loadNotifications() {
  return load("notifications", "/api/notifications");
}

async function load(name, path) {
  const answer = await call("GET", path);
  if (answer.stale || isRefusal(answer)) return;
  if (answer.ok) {
    lists[name] = name === "notifications" ? answer.data.notifications : answer.data.features;
    failed.delete(name);
  } else {
    failed.add(name);
  }
  showWho();
  render();
}

async function submit(kind, problem, send) {
  if (send.disabled) return;
  send.disabled = true;
  problem.textContent = "";
  const filed = { ...drafts[kind] };
  const answer = await call("POST", "/api/features", { kind, ...filed });
  send.disabled = false;
  if (!answer.ok) {
    problem.textContent = answer.stale ? "Who you are has changed. Please send it again." : answer.data.message;
    return;
  }
  // What was typed while the answer was on its way is a draft of its own.
  const untouched = drafts[kind].title === filed.title && drafts[kind].details === filed.details;
  if (untouched) drafts[kind] = { title: "", details: "" };
  if (current.view === "form" && current.kind === kind) {
    content.replaceChildren();
    show("mine");
    heading.focus();
  }
  news.textContent = answer.stale ? "Filed, as who you were before." : "Filed. Thank you.";
  await reload();
}

async function vote({ id, upvoted }) {
  const answer = await call(upvoted ? "DELETE" : "POST", `/api/features/${id}/vote`);
  if (answer.stale) return;
  news.textContent = answer.ok ? "" : answer.data.message;
  if (answer.ok) await reload();
}

function forgetLists() {
  lists = { features: null, mine: null, notifications: null };
  failed.clear();
}

/** The identity is another from now on: what belongs to the last one goes at once, unless it is the same person. */
function identityChanged(samePerson) {
  if (!samePerson) {
    forgetLists();
    seenNotifications.clear();
    news.textContent = "";
  }
  showWho();
  render();
}

/** The sandbox has said who the visitor is. */
function identitySettled() {
  showWho();
  render();
  if (identity.state === "anonymous" || identity.state === "identified") {
    void (panel.hidden ? loadNotifications() : reload());
  }
}

function followNotifications() {
  setInterval(() => {
    if (document.hidden) return;
    if (identity.state === "unreachable") tryAgain();
    else if (!panel.hidden && identity.state !== "refused") void loadNotifications();
  }, NOTIFICATIONS_EVERY_MS);
}
