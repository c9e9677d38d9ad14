// take home: identify
/** Call it after every sign-in, once the widget's script has run. */
async function identify() {
  let wait = 30;
  try {
    const response = await fetch("/identity-token", { method: "POST" });
    if (response.status === 401) return;
    if (response.ok) {
      const { token, expires_in } = await response.json();
      window.Reqio?.identify(token);
      wait = (expires_in * 2) / 3;
    }
  } catch {
    // The server cannot be reached: try again.
  }
  setTimeout(identify, wait * 1000);
}
// take home: end
