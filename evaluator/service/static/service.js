"use strict";
// Keys, filters that apply themselves, and the count of ticked candidates. Every page works without this script.
const KEPT = "evaluator-keys";
const typing = (target) => target.closest("input:not([type=checkbox]), select, textarea, [contenteditable]");
const items = [...document.querySelectorAll("[data-item]")];
const isOn = () => localStorage.getItem(KEPT) !== "off";

function move(by) {
  const at = items.indexOf(document.activeElement?.closest?.("[data-item]"));
  const next = items[Math.min(items.length - 1, Math.max(0, at === -1 ? (by > 0 ? 0 : items.length - 1) : at + by))];
  next.querySelector("[data-open]").focus();
  next.scrollIntoView({ block: "nearest" });
}

addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || !isOn() || typing(event.target)) return;
  const key = { ArrowDown: items.length ? "j" : "", ArrowUp: items.length ? "k" : "", ArrowRight: items.length ? "" : "j", ArrowLeft: items.length ? "" : "k" }[event.key] ?? event.key;
  if (!key) return;
  if (items.length && (key === "j" || key === "k")) move(key === "j" ? 1 : -1);
  else if (items.length && key === "x") document.activeElement?.closest?.("[data-item]")?.querySelector("input").click();
  else {
    const found = document.querySelector(`[data-key="${CSS.escape(key)}"]`);
    if (!found) return;
    if (found.matches("input")) found.focus();
    else found.click();
  }
  event.preventDefault();
});

const keys = document.querySelector("[data-keys]");
if (keys) {
  keys.hidden = !document.querySelector("[data-item], [data-key]");
  const box = keys.querySelector("input");
  box.checked = isOn();
  box.addEventListener("change", () => localStorage.setItem(KEPT, box.checked ? "on" : "off"));
}

document.querySelector("[data-live]")?.addEventListener("change", (event) => {
  if (event.target.type !== "search") event.currentTarget.requestSubmit();
});

// On a phone candidates come first and filters open at a touch; without this script they stand open.
const fold = document.querySelector("[data-fold]");
if (fold && matchMedia("(max-width: 52rem)").matches) fold.open = false;

const pick = document.querySelector("[data-pick]");
if (pick) {
  const button = pick.querySelector("[data-compare]");
  const told = pick.querySelector("[data-told]");
  const count = () => {
    if (!button) return;
    const n = pick.querySelectorAll("input:checked").length;
    button.disabled = n < 2 || n > 4;
    told.textContent = n === 0 ? "Select two to four." : n === 1 ? "One selected; select one more." : n > 4 ? `${n} selected; at most four fit side by side.` : `${n} selected.`;
  };
  pick.addEventListener("change", count);
  addEventListener("pageshow", count);
}

const watched = document.querySelector("[data-events]");
if (watched) {
  const stream = new EventSource(watched.dataset.events);
  // A fragment of this server's own template, every value in it escaped.
  stream.addEventListener("message", (event) => { watched.innerHTML = event.data; });
  stream.addEventListener("over", () => { stream.close(); location.reload(); });
}

for (const field of document.querySelectorAll(".drop input")) {
  const told = field.closest(".drop").querySelector("span");
  field.addEventListener("change", () => { told.textContent = field.files.length === 1 ? field.files[0].name : `${field.files.length} files chosen`; });
}

// All files of a folder that is dropped; the browser hands them out a hundred at a time.
async function filesOf(entry) {
  if (entry.isFile) return [await new Promise((found, failed) => entry.file(found, failed))];
  const reader = entry.createReader(), found = [];
  for (;;) {
    const some = await new Promise((read, failed) => reader.readEntries(read, failed));
    if (!some.length) return found;
    for (const one of some) if (!one.name.startsWith(".")) found.push(...await filesOf(one));
  }
}

for (const zone of document.querySelectorAll("[data-drop]")) {
  const [field, folder] = zone.querySelectorAll("input[type=file]");
  const tooMuch = zone.querySelector("[data-too-much]");
  const button = zone.closest("form").querySelector("button.main");
  const count = () => {
    const files = [...field.files, ...folder.files];
    const bytes = files.reduce((sum, file) => sum + file.size, 0);
    const { mostFiles, mostBytes } = zone.dataset;
    tooMuch.textContent = files.length > mostFiles ? `${files.length} files: ${mostFiles} can be uploaded at once.` : bytes > mostBytes ? `${Math.ceil(bytes / 1048576)} MB: ${Math.floor(mostBytes / 1048576)} MB can be uploaded at once.` : "";
    tooMuch.hidden = !tooMuch.textContent;
    button.disabled = !tooMuch.hidden;
  };
  zone.addEventListener("change", count);
  addEventListener("pageshow", count);
  for (const name of ["dragover", "dragleave", "drop"]) zone.addEventListener(name, () => zone.classList.toggle("over", name === "dragover"));
  zone.addEventListener("drop", async (event) => {
    const entries = [...event.dataTransfer.items].map((item) => item.webkitGetAsEntry?.()).filter(Boolean);
    if (!entries.some((entry) => entry.isDirectory)) return; // the field itself takes files
    event.preventDefault();
    const taken = new DataTransfer();
    for (const entry of entries) for (const file of await filesOf(entry)) taken.items.add(file);
    field.files = taken.files;
    field.dispatchEvent(new Event("change", { bubbles: true }));
  });
}
