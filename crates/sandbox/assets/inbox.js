// Keeps an open inbox current and copies codes. Without this script the page works by reload.
"use strict";

const list = document.getElementById("messages");
const announcement = document.getElementById("announcement");

// The server renders every message; what is already here stays as it is, with its focus and its open parts.
async function refresh() {
  const response = await fetch("/", { cache: "no-store" });
  if (!response.ok) return;
  const current = new DOMParser().parseFromString(await response.text(), "text/html");
  const items = [...current.getElementById("messages").children];
  const wanted = new Set(items.map((item) => item.id));
  const arrived = items.filter((item) => !document.getElementById(item.id));
  for (const item of [...list.children]) if (!wanted.has(item.id)) item.remove();
  for (const item of arrived.reverse()) {
    const added = document.adoptNode(item);
    added.classList.add("arrived");
    list.prepend(added);
    prepare(added);
  }
  document.title = current.title;
  document.getElementById("state").replaceWith(document.adoptNode(current.getElementById("state")));
  showWhetherLive();
  document.getElementById("empty").hidden = current.getElementById("empty").hidden;
  if (arrived.length > 0) {
    const newest = list.firstElementChild;
    const code = newest.querySelector("code");
    announcement.textContent =
      "New: " + newest.querySelector("h2").textContent + (code ? ", code " + [...code.textContent].join(" ") : "");
  }
}

function prepare(part) {
  for (const button of part.querySelectorAll(".copy")) {
    button.hidden = false;
    button.addEventListener("click", () => copy(button));
  }
}

async function copy(button) {
  try {
    await navigator.clipboard.writeText(button.dataset.code);
    say(button, "Copied");
  } catch {
    // No clipboard here: select the code, so that one key copies it.
    getSelection().selectAllChildren(button.parentElement.querySelector("code"));
    say(button, "Selected");
  }
}

function say(button, word) {
  button.textContent = word;
  announcement.textContent = word + ": " + button.dataset.code;
  clearTimeout(button.dataset.timer);
  button.dataset.timer = setTimeout(() => { button.textContent = "Copy code"; }, 2000);
}

// One refresh at a time; what happens meanwhile asks for one more.
let running = false;
let again = false;
async function changed() {
  again = true;
  if (running) return;
  running = true;
  while (again) {
    again = false;
    await refresh().catch(() => {});
  }
  running = false;
}

// The browser connects again by itself; meanwhile the page does not promise what it cannot keep.
const events = new EventSource("/events");
function showWhetherLive() {
  const live = events.readyState === EventSource.OPEN;
  document.getElementById("live").hidden = !live;
  document.getElementById("reload").hidden = live;
}
events.addEventListener("open", showWhetherLive);
events.addEventListener("error", showWhetherLive);
events.addEventListener("inbox", changed);

prepare(list);
