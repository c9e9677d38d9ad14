// The start: once for each page, however often the script is on it.

if (!window.Reqio) {
  window.Reqio = { identify };
  if (document.body) mount();
  else document.addEventListener("DOMContentLoaded", mount);
  showWho();
  render();
  followNotifications();
  const first = script.dataset.identityToken;
  if (first) identify(first);
  else void checkIdentity();
}
