// The reviewer's page. Everything that comes from an article is set as text, never as markup.

const CELLS = {
  figures: ["value", "low", "high", "bound", "unit", "category", "counted", "whose", "source_name", "credit",
    "as_of", "window_start", "window_end", "place", "accumulation"],
  claims: ["source_name", "cue", "via", "kind", "polarity", "likelihood", "stated_on"],
};
const NUMBERS = ["value", "low", "high"];
const KEYS = { a: "accept", r: "reject", n: "next", ArrowRight: "next", p: "back", ArrowLeft: "back", u: "undo",
  c: "turn" };
const BLANK = {
  figures: { bound: "exact", category: "other", credit: "none", accumulation: "unknown" },
  claims: { kind: "indirect", polarity: "asserted" },
};
const FIRST = { figures: "category", claims: "source_name" };
const MISSED = { figures: "the number", claims: "what is said" };
const TABLES = { figures: "Figures", claims: "Claims" };
const LONG = 90; // characters of a claim that stand above its cells; its words are marked in the text
const help = (table) => `a accept · r reject · e edit · m add ${MISSED[table]} selected in the text · Enter save · Esc leave · ` +
  "n next · p back · u undo · c figures or claims";

function make(tag, name, text, parent) {
  const made = document.createElement(tag);
  if (name) made.className = name;
  if (text !== undefined && text !== null) made.textContent = text;
  if (parent) parent.append(made);
  return made;
}

function shown(value) {
  if (value === null || value === undefined || value === "") return "–";
  return typeof value === "number" ? value.toLocaleString("en") : String(value);
}

function short(text) {
  const letters = Array.from(text);
  return letters.length > LONG ? `${letters.slice(0, LONG).join("")} …` : text;
}

function words(card, parent) {
  const text = Array.from(card.text); // offsets count characters, not UTF-16 units
  let at = 0;
  for (const [start, end, kind] of card.marks) {
    parent.append(text.slice(at, start).join(""));
    make("mark", kind, text.slice(start, end).join(""), parent);
    at = end;
  }
  parent.append(text.slice(at).join(""));
}

function field(name, card, lists) {
  const value = card.cells[name];
  if (lists[name]) {
    const input = make("select");
    for (const word of lists[name]) make("option", null, word, input).value = word;
    if (!lists[name].includes(value)) make("option", null, shown(value), input).value = value ?? "";
    input.value = value ?? "";
    return input;
  }
  const input = make("input");
  input.value = value ?? "";
  return input;
}

function render({ model, el }) {
  const root = make("div", "ascribe-review", undefined, el);
  root.tabIndex = 0;
  root.setAttribute("data-lm-suppress-shortcuts", "true"); // JupyterLab's own keys stay out of it
  root.setAttribute("role", "group");
  root.setAttribute("aria-label", "Review of figures and claims");
  const top = make("div", "top", undefined, root);
  const tabs = {};
  for (const [table, label] of Object.entries(TABLES)) {
    tabs[table] = make("button", `tab ${table}`, label, top);
    tabs[table].addEventListener("click", () => { if (model.get("progress").table !== table) ask("turn"); });
  }
  const bar = make("progress", null, undefined, top);
  bar.setAttribute("aria-label", "Looked at");
  const count = make("span", "count", undefined, top);
  const said = make("span", "said", undefined, top);
  said.setAttribute("role", "status");
  const body = make("div", "body", undefined, root);
  const foot = make("div", "foot", undefined, root);
  const sources = make("datalist", null, undefined, root);
  sources.id = `ascribe-sources-${Math.random().toString(36).slice(2)}`;
  let inputs = null; // the fields, while the cells are edited
  let reason = null;
  let added = null; // the words of what was missed, while its cells are written

  function ask(what, more = {}) {
    const card = model.get("card");
    model.send({ do: what, row_id: card.row_id, reason: reason ? reason.value : "", ...more });
  }

  function edit() {
    const card = model.get("card");
    if (!card.row_id) return;
    inputs = {};
    draw();
    inputs[FIRST[card.table]].focus();
  }

  function add() {
    const chosen = window.getSelection(), text = root.querySelector(".text");
    if (!chosen.rangeCount || chosen.isCollapsed || !text || !text.contains(chosen.getRangeAt(0).commonAncestorContainer)) {
      said.textContent = `Select the words of ${MISSED[model.get("card").table]} in the text first.`;
      return;
    }
    const range = chosen.getRangeAt(0), before = document.createRange();
    before.setStart(text, 0);
    before.setEnd(range.startContainer, range.startOffset);
    const start = Array.from(before.toString()).length;
    added = { start, end: start + Array.from(range.toString()).length, words: range.toString() };
    edit();
  }

  function save() {
    const card = model.get("card");
    const held = added ? BLANK[card.table] : card.cells;
    const cells = {};
    for (const name of CELLS[card.table]) {
      const text = inputs[name].value.trim();
      const value = text === "" ? null : NUMBERS.includes(name) ? text.replaceAll(",", "") : text;
      if (added ? value !== null : String(value ?? "") !== String(held[name] ?? "")) cells[name] = value;
    }
    if (added) {
      if (cells.credit === "none") delete cells.credit; // what follows from the source is found
      ask("add", { start: added.start, end: added.end, cells });
      leave();
      return;
    }
    const everywhere = inputs.everywhere.checked && cells.source_name && card.cells.source_name;
    if (everywhere) {
      ask("merge", { old: card.cells.source_name, new: cells.source_name });
      delete cells.source_name;
    }
    if (!everywhere || Object.keys(cells).length) ask("edit", { cells });
    leave();
  }

  function leave() {
    inputs = added = null;
    draw();
    root.focus();
  }

  function drawCells(card, parent) {
    const table = make("table", "cells", undefined, parent);
    for (const name of CELLS[card.table]) {
      const row = make("tr", null, undefined, table);
      const label = make("th", null, name.replaceAll("_", " "), row);
      label.scope = "row";
      const cell = make("td", `cell-${name}`, undefined, row);
      if (!inputs) {
        cell.textContent = shown(card.cells[name]);
        continue;
      }
      const input = field(name, added ? { cells: BLANK[card.table] } : card, model.get("lists"));
      input.setAttribute("aria-label", name.replaceAll("_", " "));
      input.name = name;
      if (name === "source_name") input.setAttribute("list", sources.id);
      inputs[name] = input;
      cell.append(input);
      if (name === "source_name") {
        const all = make("label", "everywhere", undefined, cell);
        inputs.everywhere = make("input", null, undefined, all);
        inputs.everywhere.type = "checkbox";
        all.append(" in all its mentions");
      }
    }
  }

  function draw() {
    const card = model.get("card"), progress = model.get("progress");
    const kept = reason ? reason.value : "";
    bar.max = progress.total || 1;
    bar.value = progress.done || 0;
    count.textContent = `${progress.done} of ${progress.total} looked at: ${progress.accepted} accepted, ` +
      `${progress.corrected} corrected, ${progress.rejected} rejected`;
    said.textContent = model.get("message");
    body.replaceChildren();
    foot.replaceChildren();
    for (const [table, button] of Object.entries(tabs)) {
      const { done, total } = progress.of[table];
      button.textContent = `${TABLES[table]} ${done}/${total}`;
      button.setAttribute("aria-pressed", String(table === progress.table));
    }
    if (!card.row_id) {
      make("p", null, `There is no ${card.table === "claims" ? "claim" : "figure"} to look at.`, body);
      return;
    }
    const left = make("div", "words", undefined, body);
    make("p", "article", [card.article, card.publisher, card.published].filter(Boolean).join(" · "), left);
    words(card, make("p", "text", undefined, left));
    const right = make("div", "row", undefined, body);
    const state = card.rejected ? "rejected" : card.reviewed;
    make("p", "figure", added ? `Missed: ${short(added.words)}` : `${card.at + 1}: ${short(card.words)}`, right);
    if (state) make("p", `state ${state}`, state, right);
    drawCells(card, right);
    sources.replaceChildren();
    for (const name of new Set([...card.mentions, ...model.get("lists").sources])) {
      make("option", null, undefined, sources).value = name;
    }
    reason = make("input", "reason");
    reason.placeholder = "Why (kept with the decision)";
    reason.setAttribute("aria-label", "Reason");
    reason.value = kept;
    right.append(reason);
    const buttons = inputs ? [["Save", save], ["Leave", leave]] : [["Accept", () => ask("accept")],
      ["Reject", () => ask("reject")], ["Edit", edit], ["Add", add], ["Back", () => ask("back")], ["Next", () => ask("next")],
      ["Undo", () => ask("undo")]];
    for (const [label, act] of buttons) make("button", label.toLowerCase(), label, foot).addEventListener("click", act);
    make("span", "help", help(card.table), foot);
  }

  root.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const typing = ["INPUT", "SELECT"].includes(event.target.tagName);
    if (inputs && event.key === "Enter") save();
    else if (event.key === "Escape") leave();
    else if (typing || event.target.tagName === "BUTTON" && event.key === "Enter") return event.stopPropagation();
    else if (event.key === "e") edit();
    else if (!inputs && event.key === "m") add();
    else if (!inputs && KEYS[event.key]) ask(KEYS[event.key]);
    else return;
    event.preventDefault();
    event.stopPropagation();
  });

  let last = null;
  function changed() {
    const card = model.get("card");
    if (card.row_id !== last) { // another row: its reason is its own
      inputs = added = null;
      if (reason) reason.value = "";
      last = card.row_id;
    }
    const had = root.contains(document.activeElement);
    draw();
    if (had && !inputs) root.focus();
  }
  for (const name of ["card", "progress", "message"]) model.on(`change:${name}`, changed);
  changed();
}

export default { render };
