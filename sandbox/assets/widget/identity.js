// Who the visitor is. Every change begins a new generation, and an answer to an older one is never shown.

let token = null;
let generation = 0;

/** What the sandbox says of the visitor: checking, anonymous, identified, refused or unreachable. */
let identity = { state: "checking" };

/** Takes over a new identity. What `window.Reqio.identify` returns and throws is the sandbox's own choice. */
function identify(next) {
  if (typeof next !== "string" || next.trim() === "") {
    throw new TypeError("Reqio.identify takes an identity token: a string that is not empty");
  }
  const samePerson = token !== null && subjectOf(token) !== null && subjectOf(token) === subjectOf(next);
  token = next;
  generation += 1;
  identity = { state: "checking" };
  identityChanged(samePerson);
  void checkIdentity();
}

/** Calls the API as whoever the visitor is now. `stale` tells that they were somebody else when the answer came. */
async function call(method, path, body) {
  const asked = generation;
  const answer = await request(token, method, path, body);
  const stale = asked !== generation;
  if (!stale && isRefusal(answer)) refuse(answer);
  return { ...answer, stale };
}

/** Only the judge refuses: a 503, a lost network or somebody else's 401 says nothing of the token. */
function isRefusal({ status, data }) {
  return status === 401 && typeof data.error === "string";
}

/** The first call of every identity. */
async function checkIdentity() {
  const answer = await call("GET", "/api/widget-config");
  if (answer.stale) return;
  if (answer.ok) {
    const { requester } = answer.data.identity;
    currency = answer.data.currency;
    identity = requester ? { state: "identified", requester } : { state: "anonymous" };
  } else if (!isRefusal(answer)) {
    identity = { state: "unreachable", message: answer.data.message };
  }
  if (token !== null && identity.state !== "unreachable") announceVerdict(answer);
  identitySettled();
}

/** A refused identity sees nothing, not even what was on screen: the claim to be the same person is unproven. */
function refuse({ data }) {
  identity = { state: "refused", code: data.error, message: data.message };
  forgetLists();
  showWho();
  render();
}

/** Sandbox only: tells the page what became of its token. The real widget is not known to have such an event. */
function announceVerdict({ status, data }) {
  const { error, message } = data;
  const requester = data.identity?.requester ?? undefined;
  window.dispatchEvent(new CustomEvent("reqio-sandbox:verdict", { detail: { status, error, message, requester } }));
}

/** Whom a token speaks of, unverified: only to know whether what is on screen is still the same person's. */
function subjectOf(someToken) {
  try {
    const payload = someToken.split(".")[1].replaceAll("-", "+").replaceAll("_", "/");
    return JSON.parse(atob(payload)).sub ?? null;
  } catch {
    return null;
  }
}
