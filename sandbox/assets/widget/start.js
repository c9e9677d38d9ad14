// The start: once for each page, however often the script is on it. Run again it comes back, where a router took the body.

const COME_BACK = Symbol.for("reqio-sandbox:come-back");

/** What the real widget does when its script runs again is not known. */
function comeBack(next) {
  if (document.body) mount();
  if (next && next !== token) identify(next);
}

if (window.Reqio?.[COME_BACK]) {
  window.Reqio[COME_BACK](script.dataset.identityToken);
} else if (!window.Reqio) {
  window.Reqio = { identify, [COME_BACK]: comeBack };
  if (document.body) mount();
  else document.addEventListener("DOMContentLoaded", mount);
  showWho();
  render();
  followNotifications();
  const first = script.dataset.identityToken;
  if (first) identify(first);
  else void checkIdentity();
}
