// Keeps a page of the sandbox up to date: when something changes, the page is fetched anew and its live part replaced.
"use strict";

const events = new EventSource(document.currentScript.dataset.events);
let fetching = false;
let changedAgain = false;

events.addEventListener("changed", refresh);
addEventListener("hashchange", refresh);
// "3 min ago" grows old by itself.
setInterval(() => document.hidden || refresh(), 30_000);

async function refresh() {
  // One fetch at a time; what changes meanwhile is fetched right after it.
  if (fetching) {
    changedAgain = true;
    return;
  }
  fetching = true;
  try {
    do {
      changedAgain = false;
      const answer = await fetch(address(), { headers: { accept: "text/html" } });
      if (answer.ok) await show(new DOMParser().parseFromString(await answer.text(), "text/html"));
    } while (changedAgain);
  } catch {
    // The sandbox is away. The event stream reconnects by itself, and its first event leads here again.
  } finally {
    fetching = false;
  }
}

/** In a frame the page around it may say in the fragment who looks: the user's id, percent-encoded, and never a token. */
function address() {
  const { pathname, search, hash } = location;
  const isFrame = new URLSearchParams(search).has("embed");
  return isFrame && hash.length > 1 ? `${pathname}?embed&visitor=${hash.slice(1)}` : pathname + search;
}

async function show(fresh) {
  const live = document.getElementById("live");
  const next = fresh.getElementById("live");
  if (!live || !next || live.innerHTML === next.innerHTML) return;
  keepWhatThePersonDid(live, next);
  const focused = live.contains(document.activeElement) ? document.activeElement.id : "";
  const replace = () => {
    live.replaceChildren(...next.childNodes);
    if (focused) document.getElementById(focused)?.focus({ preventScroll: true });
  };
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches || !document.startViewTransition;
  if (calm || order(live) === order(next)) replace();
  else await move(live, replace);
}

/** The entries of the backlog in their order. */
function order(part) {
  return Array.from(part.querySelectorAll(".backlog > li"), ({ id }) => id).join();
}

/** Lets each entry travel to its new place, so that a change of rank is seen, and comes back once all have arrived. */
async function move(live, replace) {
  const name = (named) => {
    for (const entry of live.querySelectorAll(".backlog > li")) {
      if (named) entry.style.viewTransitionName = entry.id;
      // Even an empty attribute would make the page differ from each fresh copy.
      else entry.removeAttribute("style");
    }
  };
  name(true);
  const transition = document.startViewTransition(() => {
    replace();
    name(true);
  });
  // A browser may skip the journey, as in a tab nobody looks at. What is shown is replaced all the same.
  transition.ready.catch(() => {});
  await transition.finished;
  name(false);
}

/** Carries choices not yet sent, and opened details, into the fresh copy. */
function keepWhatThePersonDid(live, next) {
  for (const select of live.querySelectorAll("select")) {
    const chosen = [...select.options].find((option) => option.selected);
    const untouched = !chosen || chosen.defaultSelected;
    const copy = next.querySelector(`#${select.id}`);
    if (!untouched && copy) copy.value = select.value;
  }
  for (const details of live.querySelectorAll("details[open]")) {
    const copy = details.id && next.querySelector(`#${details.id}`);
    if (copy) copy.open = true;
  }
}
