// A ledger to read. Everything that comes from an article is set as text, never as markup.
"use strict";
const data = JSON.parse(document.getElementById("data").textContent);
const main = document.querySelector("main");
const AROUND = 1200, MOST = 500;

function make(tag, name, text, parent) {
  const made = document.createElement(tag);
  if (name) made.className = name;
  if (text !== undefined && text !== null) made.textContent = text;
  if (parent) parent.append(made);
  return made;
}

const letters = {}; // offsets count characters, not UTF-16 units
const text = (doc) => (letters[doc] ??= Array.from(data.articles[doc].text));
const source = (f) => f.source_name ?? "nobody";
const about = (doc) => [data.articles[doc].title ?? doc, data.articles[doc].publisher, data.articles[doc].published];

make("p", "about", data.about, main);
const bar = make("form", "bar", undefined, main);
bar.addEventListener("submit", (event) => event.preventDefault());
const search = make("input", null, undefined, make("label", null, "Search ", bar));
search.type = "search";
const filters = {};
for (const [name, label, value] of [["category", "Category ", (f) => f.category], ["source", "Source ", source],
  ["article", "Article ", (f) => f.doc_id], ["reviewed", "Checked ", (f) => f.reviewed ?? "nobody has"]]) {
  const select = make("select", name, undefined, make("label", null, label, bar));
  make("option", null, "all", select).value = "";
  for (const word of [...new Set(data.figures.map(value))].sort()) make("option", null, word, select).value = word;
  filters[name] = [select, value];
  select.addEventListener("change", draw);
}
const count = make("p", "count", undefined, main);
count.setAttribute("role", "status");
const both = make("div", "both", undefined, main);
const table = make("table", null, undefined, make("div", "scroll", undefined, both));
const head = make("tr", null, undefined, make("thead", null, undefined, table));
for (const name of ["Figure", "Category", "Whose", "Who stands behind it", "Article", "Checked"]) {
  make("th", null, name, head).scope = "col";
}
const body = make("tbody", null, undefined, table);
const words = make("section", "words", undefined, both);
words.setAttribute("aria-live", "polite");
make("p", null, "Choose a figure to see its words.", words);

const folded = data.figures.map((f) => [f.stated_as, f.number, f.counted, f.category, f.whose, f.source_name, f.place,
  ...about(f.doc_id), text(f.doc_id).slice(Math.max(0, f.start - 150), f.end + 150).join("")].join(" ").toLowerCase());

function draw() {
  const wanted = search.value.toLowerCase().split(/\s+/).filter(Boolean);
  const found = data.figures.filter((f, i) => wanted.every((w) => folded[i].includes(w)) &&
    Object.values(filters).every(([select, value]) => !select.value || value(f) === select.value));
  count.textContent = `${found.length} of ${data.figures.length} figures` +
    (found.length > MOST ? `; the first ${MOST} are shown` : "");
  body.replaceChildren(...found.slice(0, MOST).map(row));
}

function row(f) {
  const made = make("tr");
  const link = make("button", "link", `${f.stated_as || f.number}${f.counted ? " " + f.counted : ""}`,
    make("td", null, undefined, made));
  link.type = "button";
  link.addEventListener("click", () => show(f));
  const who = f.via.length ? `${source(f)}, via ${f.via.join(", ")}` : source(f);
  for (const cell of [f.category, f.whose ?? "–", who, about(f.doc_id)[0], f.reviewed ?? "–"]) make("td", null, cell, made);
  return made;
}

function show(f) {
  const all = text(f.doc_id), from = Math.max(data.articles[f.doc_id].begins, f.start - AROUND);
  const to = Math.min(all.length, f.end + AROUND);
  const marks = [[f.start, f.end, "figure"]];
  const s = f.source_span;
  if (s && s[0] >= from && s[1] <= to && !(s[0] < f.end && f.start < s[1])) marks.push([s[0], s[1], "source"]);
  marks.sort((a, b) => a[0] - b[0]);
  words.replaceChildren();
  make("h2", null, about(f.doc_id).filter(Boolean).join(" · "), words);
  const said = make("p", "text", undefined, words);
  let at = from;
  for (const [start, end, kind] of marks) {
    said.append(all.slice(at, start).join(""));
    make("mark", kind, all.slice(start, end).join(""), said);
    at = end;
  }
  said.append(all.slice(at, to).join(""));
  const cells = make("dl", null, undefined, words);
  for (const name of ["value", "low", "high", "bound", "unit", "category", "counted", "whose", "source_name", "credit",
    "as_of", "window_start", "window_end", "place", "reviewed"]) {
    if (f[name] === null || f[name] === undefined || f[name] === "") continue;
    make("dt", null, name.replaceAll("_", " "), cells);
    make("dd", null, typeof f[name] === "number" ? f[name].toLocaleString("en") : f[name], cells);
  }
  words.querySelector("mark.figure").scrollIntoView({ block: "nearest" });
}

search.addEventListener("input", draw);
draw();
