// Keeps a page of the sandbox up to date: when something changes, the page is fetched anew and its live part replaced.
"use strict";

const events = new EventSource(document.currentScript.dataset.events);
let fetching = false;
let changedAgain = false;

events.addEventListener("changed", refresh);

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
      const answer = await fetch(location.href, { headers: { accept: "text/html" } });
      if (answer.ok) show(new DOMParser().parseFromString(await answer.text(), "text/html"));
    } while (changedAgain);
  } catch {
    // The sandbox is away. The event stream reconnects by itself, and its first event leads here again.
  } finally {
    fetching = false;
  }
}

function show(fresh) {
  const live = document.getElementById("live");
  const next = fresh.getElementById("live");
  if (!live || !next || live.innerHTML === next.innerHTML) return;
  keepWhatThePersonDid(live, next);
  const focused = live.contains(document.activeElement) ? document.activeElement.id : "";
  const replace = () => {
    live.replaceChildren(...next.childNodes);
    if (focused) document.getElementById(focused)?.focus({ preventScroll: true });
  };
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  if (still || !document.startViewTransition) replace();
  else document.startViewTransition(replace);
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
