const api = this.api(), table = api.table().node();
if (table.dataset.live) return; // each drawing calls this: sorting, searching
table.dataset.live = "yes";
const plain = (cell) => new DOMParser().parseFromString(String(cell), "text/html").documentElement.textContent;
table.querySelector("tbody").addEventListener("click", (event) => {
  const tr = event.target.closest("tr");
  if (!tr || event.target.closest("a, .ascribe-words")) return;
  const row = api.row(tr), cells = row.data();
  if (!cells) return;
  if (row.child.isShown()) { row.child.hide(); tr.classList.remove("opened"); return; }
  row.child(ascribeWords(JSON.parse(plain(cells[cells.length - 1])))).show();
  tr.classList.add("opened");
});
