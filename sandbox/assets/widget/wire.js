// What goes over the wire. The names of the headers are the sandbox's own choice: Reqio documents none.

const PROJECT_HEADER = "X-Reqio-Project";
const ANONYMOUS_ID_HEADER = "X-Reqio-Anonymous-Id";
const ANONYMOUS_ID_KEY = "reqio-sandbox:anonymous-id";

// Only while a classic script runs does the document say which one it is.
const script = document.currentScript;
const origin = new URL(script.src).origin;
const project = script.dataset.projectId ?? "";

let anonymousIdInMemory = null;

/** The random id that tells one anonymous visitor from another. Where storage is closed, it lasts as long as the page. */
function anonymousId() {
  try {
    const kept = localStorage.getItem(ANONYMOUS_ID_KEY);
    if (/^[\w-]{1,64}$/.test(kept ?? "")) return kept;
    anonymousIdInMemory ??= randomId();
    localStorage.setItem(ANONYMOUS_ID_KEY, anonymousIdInMemory);
  } catch {
    anonymousIdInMemory ??= randomId();
  }
  return anonymousIdInMemory;
}

/** 128 random bits in hex. `crypto.randomUUID` is missing on pages that are not secure. */
function randomId() {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** Calls the API as `token`'s user, or anonymously. A network failure is an answer too, with the status 0. */
async function request(token, method, path, body) {
  const headers = { [PROJECT_HEADER]: project };
  if (token === null) headers[ANONYMOUS_ID_HEADER] = anonymousId();
  else headers.Authorization = `Bearer ${token}`;
  if (body) headers["Content-Type"] = "application/json";
  try {
    const answer = await fetch(origin + path, {
      method,
      headers,
      body: body && JSON.stringify(body),
      cache: "no-store",
      credentials: "omit",
      referrerPolicy: "no-referrer",
    });
    const data = await answer.json().catch((problem) => {
      if (answer.ok) throw problem;
      return { message: `The sandbox answered ${answer.status}.` };
    });
    return { ok: answer.ok, status: answer.status, data };
  } catch {
    return { ok: false, status: 0, data: { error: "network", message: "The sandbox cannot be reached." } };
  }
}
