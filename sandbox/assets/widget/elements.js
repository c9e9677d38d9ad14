// Building elements. Text only ever becomes text: nothing here parses HTML.

/** An element with properties, attributes (`aria-*`, `data-*`, `role`) and children. */
function h(name, properties = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (key.includes("-") || key === "role" || key === "for") element.setAttribute(key, value);
    else element[key] = value;
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return element;
}

/** What amounts are shown in, as the sandbox says. The token names no currency. */
let currency = "$";

/** Cents as a person reads them: `$29`, and with cents where there are any, `$82.50`. */
function money(cents) {
  const space = /\p{L}$/u.test(currency) ? "\u00a0" : "";
  const rest = cents % 100 ? `.${String(cents % 100).padStart(2, "0")}` : "";
  return `${currency}${space}${Math.floor(cents / 100)}${rest}`;
}

const KINDS = { request: "Request", error: "Error", feedback: "Feedback", question: "Question" };

const KIND_NOTES = {
  request: "Public. Others can upvote it.",
  error: "Private. Only the team sees it.",
  feedback: "Private. Only the team sees it.",
  question: "Public. Others can upvote it.",
};

const STATUSES = {
  needs_action: "Needs action",
  in_progress: "In progress",
  shipped: "Completed: Shipped",
  next_update: "Completed: Coming in the next update",
};
