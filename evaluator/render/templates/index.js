"use strict";
// Filters, sorting, search and the shortlist of a run's page. The page is whole without this script.
const body = document.querySelector("#candidates tbody");
const rows = [...body.rows];
// A long table costs a layout with every keystroke, so a large pool shows few rows at first.
const FEW = rows.length > 300 ? 20 : 60;
const marks = new Map([...document.querySelectorAll("#quadrant a")].map((a) => [a.dataset.id, a]));
const form = document.querySelector("#filters");
const told = document.querySelector("#told");
const named = document.querySelector("#named");
const more = document.querySelector("#more");
const exported = document.querySelector("#export");
const text = new Map(rows.map((row) => [row, row.textContent.toLowerCase()]));
const picked = new Set();
const gone = new Set();
let seen = new Set();
let frame = 0;
let sort = "-fit";
let sorted = "";
let limit = FEW;
let wanted = {};

const controls = { q: form.q, track: form.track, ml: form.ml, ops: form.ops, seniority: form.seniority, review: form.review, standing: form.standing };

function read() {
  const state = new URLSearchParams(location.hash.slice(1));
  for (const [name, control] of Object.entries(controls)) {
    if (control.type === "checkbox") control.checked = state.has(name);
    else control.value = state.get(name) ?? "";
    if (control.selectedIndex === -1) control.selectedIndex = 0;
  }
  sort = state.get("sort") ?? "-fit";
  picked.clear();
  for (const id of (state.get("pick") ?? "").split(",")) if (marks.has(id)) picked.add(id);
  show();
}

function write() {
  const state = new URLSearchParams();
  for (const [name, control] of Object.entries(controls)) {
    const value = control.type === "checkbox" ? (control.checked ? "1" : "") : control.value.trim();
    if (value) state.set(name, value);
  }
  if (sort !== "-fit") state.set("sort", sort);
  if (picked.size) state.set("pick", [...picked].join(","));
  history.replaceState(null, "", `#${state}`);
}

function matches(row) {
  const d = row.dataset;
  return wanted.words.every((word) => text.get(row).includes(word))
    && (!wanted.track || d.track === wanted.track)
    && d.ml >= wanted.ml
    && d.ops >= wanted.ops
    && (!wanted.seniority || d.seniority === wanted.seniority)
    && (!wanted.standing || d.standing.split(" ").includes(wanted.standing))
    && (!wanted.review || d.review === "0");
}

function order() {
  const down = sort.startsWith("-");
  const key = sort.replace(/^-/, "");
  const number = !["name", "track", "seniority"].includes(key);
  const value = new Map(rows.map((row) => [row, number ? Number(row.dataset[key]) : row.dataset[key] ?? ""]));
  const rank = new Map(rows.map((row) => [row, Number(row.dataset.rank)]));
  rows.sort((a, b) => {
    const by = number ? value.get(a) - value.get(b) : value.get(a).localeCompare(value.get(b));
    return (down ? -by : by) || rank.get(a) - rank.get(b);
  });
  sorted = sort;
  for (const head of document.querySelectorAll("#candidates th[data-key]")) {
    const own = key === head.dataset.key;
    head.setAttribute("aria-sort", own ? (down ? "descending" : "ascending") : "none");
  }
}

function show() {
  if (sorted !== sort) order();
  wanted = {
    words: controls.q.value.toLowerCase().split(/\s+/).filter(Boolean),
    track: controls.track.value,
    ml: controls.ml.value || "0",
    ops: controls.ops.value || "0",
    seniority: controls.seniority.value,
    standing: controls.standing.value,
    review: controls.review.checked,
  };
  const found = rows.filter(matches);
  const few = found.slice(0, limit);
  body.replaceChildren(...few);
  for (const row of few) row.querySelector("input").checked = picked.has(row.dataset.id);
  seen = new Set(found.map((row) => row.dataset.id));
  // The table answers at once; a picture of thousands of marks follows in the next frame.
  cancelAnimationFrame(frame);
  frame = requestAnimationFrame(paint);
  told.textContent = `${found.length} of ${rows.length} candidates`;
  more.hidden = found.length <= limit;
  more.textContent = `Show all ${found.length}`;
  exported.disabled = picked.size === 0;
  exported.textContent = picked.size ? `Export ${picked.size} as CSV` : "Export the shortlist as CSV";
}

function paint() {
  for (const [id, mark] of marks) {
    if (seen.has(id) === gone.has(id)) {
      if (seen.has(id)) gone.delete(id);
      else gone.add(id);
      mark.style.visibility = seen.has(id) ? "" : "hidden";
    }
    if (picked.has(id) !== mark.classList.contains("picked")) mark.classList.toggle("picked");
  }
}

function changed() {
  limit = FEW;
  write();
  show();
}

function cell(value) {
  const safe = /^[=+\-@\t\r\n＝＋－＠]/.test(value) ? `'${value}` : value;
  return `"${safe.replaceAll('"', '""')}"`;
}

form.addEventListener("input", changed);
form.addEventListener("submit", (event) => event.preventDefault());
form.addEventListener("reset", () => setTimeout(changed));
more.addEventListener("click", () => { limit = Infinity; show(); });
document.querySelector("#candidates thead").addEventListener("click", (event) => {
  const key = event.target.closest("th")?.dataset.key;
  if (!key || !event.target.closest("button")) return;
  const first = ["name", "track", "seniority"].includes(key) ? key : `-${key}`;
  sort = sort === first ? (first.startsWith("-") ? key : `-${key}`) : first;
  changed();
});
body.addEventListener("change", (event) => {
  const id = event.target.closest("tr").dataset.id;
  if (event.target.checked) picked.add(id);
  else picked.delete(id);
  write();
  show();
  event.target.focus();
});
exported.addEventListener("click", () => {
  const fields = ["id", "source", "name", "track", "mls", "ml", "opss", "ops", "seniority", "fit", "met", "unclear"];
  const names = "id,source,name,track,ml_score,ml_band,ops_score,ops_band,seniority,role_fit,requirements_met,requirements_unclear";
  const lines = rows.filter((row) => picked.has(row.dataset.id)).map((row) => fields.map((name) => cell(row.dataset[name])).join(","));
  const url = URL.createObjectURL(new Blob([`${[names, ...lines].join("\r\n")}\r\n`], { type: "text/csv" }));
  const link = Object.assign(document.createElement("a"), { href: url, download: "shortlist.csv" });
  link.click();
  URL.revokeObjectURL(url);
});
for (const mark of marks.values()) {
  for (const kind of ["mouseenter", "focus"]) mark.addEventListener(kind, () => { named.textContent = mark.getAttribute("aria-label"); });
}
addEventListener("hashchange", read);
form.hidden = false;
document.querySelector("#choosing").hidden = false;
for (const button of document.querySelectorAll("#candidates th button")) button.disabled = false;
document.body.classList.add("live");
read();
