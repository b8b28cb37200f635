// What is selected: the articles that all filters leave. Every chart shows these.
const FIELDS = ["search", "filter-source", "filter-topic", "filter-name", "filter-commune", "filter-from", "filter-to"];
const CHECKS = ["only-gard", "only-economy", "only-new", "no-copies"];
const OPTIONS_SHOWN = 60;
const SETTLED_AFTER = 250; // milliseconds without a key, then the charts follow

const selection = { rows: [], flags: null, condition: null, sought: null };
const isSelected = (row) => selection.flags[row] === 1;
const originals = () => selection.rows.filter((row) => !report.articles.copy[row]);
const isNarrowed = () => selection.rows.length < report.articles.title.length;

const valueOf = (id) => element(id).value.trim();
const isSet = (id) => (element(id).type === "checkbox" ? element(id).checked : valueOf(id) !== "");
const nameOf = (text) => report.named.names.findIndex(({ name }) => folded(name) === folded(text));
const communeOf = (text) => report.map.communes.findIndex(({ name, insee }) => folded(name) === folded(text) || insee === text);

function conditions() {
  const { articles, named, map } = report;
  const minute = (id, more) => Date.parse(`${valueOf(id)}T00:00`) / 60000 + more;
  const dated = (row) => articles.published[row] !== null;
  const among = (rows) => { const those = new Set(rows); return (row) => those.has(row); };
  const found = [];
  const sought = searchCondition(element("search").value);
  if (sought) found.push(sought);
  if (valueOf("filter-source")) found.push((row) => articles.source[row] === Number(valueOf("filter-source")));
  if (valueOf("filter-topic")) found.push((row) => articles.topics[row].includes(Number(valueOf("filter-topic"))));
  if (valueOf("filter-name")) found.push(among(named.names[nameOf(valueOf("filter-name"))]?.rows ?? []));
  if (valueOf("filter-commune")) found.push(among(map.communes[communeOf(valueOf("filter-commune"))]?.rows ?? []));
  if (valueOf("filter-from")) found.push((row) => dated(row) && articles.published[row] >= minute("filter-from", 0));
  if (valueOf("filter-to")) found.push((row) => dated(row) && articles.published[row] < minute("filter-to", 1440));
  if (element("only-gard").checked) found.push((row) => articles.about[row] & 1);
  if (element("only-economy").checked) found.push((row) => articles.about[row] & 2);
  if (element("only-new").checked) found.push((row) => articles.new[row]);
  if (element("no-copies").checked) found.push((row) => !articles.copy[row]);
  return found;
}

function select() {
  const all = conditions();
  const { title } = report.articles;
  selection.flags = Uint8Array.from(title, (_, row) => (all.every((holds) => holds(row)) ? 1 : 0));
  selection.rows = title.map((_, row) => row).filter(isSelected);
}

let settling;

// Shows the rows at once, the charts when the reader pauses.
function filter({ now = false } = {}) {
  const wanted = element("search").value.trim();
  if (wanted && !textIndex) prepareSearch().then(() => filter({ now }));
  select();
  table.rows = [...selection.rows];
  table.page = 0;
  sortRows();
  showPage();
  describeSelection();
  keepAddress();
  clearTimeout(settling);
  settling = setTimeout(showSelection, now ? 0 : SETTLED_AFTER);
}

function showSelection() {
  describeFigures();
  redraw();
}

function describeSelection() {
  const chips = [...FIELDS, ...CHECKS].filter(isSet).map((id) => {
    const node = element(id);
    const told = node.type === "checkbox" ? node.labels[0].textContent.trim() : node.tagName === "SELECT" ? node.selectedOptions[0].textContent : valueOf(id);
    return made("button", { type: "button", className: "chip", textContent: `${told} ×`, ariaLabel: t("drop_filter", { what: told }), onclick: () => setFilter(id, node.type === "checkbox" ? false : "") });
  });
  element("selected").hidden = !chips.length;
  element("selected-told").textContent = t("selected", { found: counted("found_of", selection.rows.length, { all: number(report.articles.title.length) }) });
  element("chips").replaceChildren(...chips, made("button", { type: "button", className: "chip", textContent: t("reset"), onclick: () => element("filters").reset() }));
}

function setFilter(id, value) {
  Object.assign(element(id), typeof value === "boolean" ? { checked: value } : { value });
  filter({ now: true });
}

const filterByName = (name) => setFilter("filter-name", name);
const filterByCommune = (name) => setFilter("filter-commune", name);

function suggest(id, entries) {
  const text = folded(element(id).value.trim());
  const found = [];
  for (const { name } of entries) {
    if (found.length === OPTIONS_SHOWN) break;
    if (folded(name).includes(text)) found.push(made("option", { value: name }));
  }
  element(`${id}-options`).replaceChildren(...found);
}

function showFilters() {
  element("filters").addEventListener("input", ({ target }) => filter({ now: target.id !== "search" }));
  element("filters").addEventListener("submit", (event) => event.preventDefault());
  element("filters").addEventListener("reset", () => setTimeout(() => filter({ now: true })));
  for (const [id, entries] of [["filter-name", report.named.names], ["filter-commune", report.map.communes]]) {
    element(id).addEventListener("focus", () => suggest(id, entries));
    element(id).addEventListener("input", () => suggest(id, entries));
  }
  element("search").addEventListener("focus", prepareSearch);
}
