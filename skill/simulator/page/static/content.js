// The table of all items: found by words, sorted by any column.

import { follow } from "./news.js";

const body = document.querySelector("#items tbody");
const filter = document.getElementById("filter");
const locale = document.getElementById("locale");

function find() {
  const wanted = filter.value.toLowerCase().split(/[\s,]+/).filter(Boolean);
  let shown = 0;
  for (const row of body.rows) {
    row.hidden = !wanted.every((word) => row.dataset.words.includes(word));
    shown += !row.hidden;
  }
  document.getElementById("count").textContent = `${shown} of ${body.rows.length} items`;
}

function sort(button) {
  const head = button.closest("th");
  const column = [...head.parentElement.children].indexOf(head);
  const down = head.getAttribute("aria-sort") === "ascending";
  for (const each of head.parentElement.children) each.setAttribute("aria-sort", "none");
  head.setAttribute("aria-sort", down ? "descending" : "ascending");
  const value = (row) => row.cells[column].textContent.trim();
  const order = button.dataset.kind === "number" ? (a, b) => Number(value(a)) - Number(value(b)) : (a, b) => value(a).localeCompare(value(b));
  const rows = [...body.rows].sort(order);
  body.append(...(down ? rows.reverse() : rows));
}

filter.addEventListener("input", find);
locale.addEventListener("change", () => { location.search = `locale=${locale.value}`; });
for (const button of document.querySelectorAll("#items thead button")) button.addEventListener("click", () => sort(button));
find();
follow(() => location.reload());
document.body.dataset.ready = "yes";
