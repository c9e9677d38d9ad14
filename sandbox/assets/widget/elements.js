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

/** Cents as units and cents. The token names no currency. */
function money(cents) {
  return `${Math.floor(cents / 100)}.${String(cents % 100).padStart(2, "0")}`;
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
