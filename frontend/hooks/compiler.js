// In a page for development: shows what the compiler says of the last edit until it is mended, and loads the page anew
// when either half is new. `cargo xtask dev` writes where this looks: a line that changes with them, then the words.
const words = Object.assign(document.createElement("pre"), { role: "alert", tabIndex: 0 });
Object.assign(words.style, {
  position: "fixed",
  inset: 0,
  zIndex: 1_000_000,
  overflow: "auto",
  margin: 0,
  padding: "2rem",
  background: "#1a1a1a",
  color: "#f2f2f2",
  font: "0.9rem/1.4 monospace",
});

const COLOR = /\x1b\[[\d;]*m/g;
let current;

async function look() {
  const answer = await fetch("/compiler.txt", { cache: "no-store" });
  // Where there is no such file, a page is just put in its place, and is the answer itself.
  if (!answer.headers.get("content-type")?.startsWith("text/plain")) return;
  const [latest, ...said] = (await answer.text()).split("\n");
  if (latest !== (current ??= latest)) location.reload();
  words.textContent = said.join("\n").replaceAll(COLOR, "");
  if (words.textContent === "") words.remove();
  else if (!words.isConnected) document.documentElement.append(words);
}

// While there is no answer there is nothing to know.
const again = () => look().catch(() => {}).then(() => setTimeout(again, 300));
again();
