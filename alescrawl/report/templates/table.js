// The table of articles: one page of rows at a time, searched and filtered by column.
const ROWS_A_PAGE = 40;
const table = { rows: [], page: 0, sort: "published", ascending: false };

function link(row) {
  const { title, url } = report.articles;
  const textContent = title[row] || t("untitled");
  if (!url[row]) return made("span", { textContent });
  return made("a", { textContent, href: url[row], target: "_blank", rel: "noopener noreferrer" });
}

const published = (row) =>
  report.articles.published[row] === null ? t("undated") : day(report.articles.published[row] * 60000);

function headline(row, ...more) {
  const source = report.publishers[report.articles.source[row]];
  return made("li", {}, link(row), ...more, made("small", { textContent: `${source} · ${published(row)}` }));
}

function options(select, entries) {
  const kept = select.value;
  select.replaceChildren(made("option", { value: "", textContent: t("all") }),
    ...entries.map(([value, textContent]) => made("option", { value, textContent })));
  select.value = kept;
}

function describeTable() {
  const names = labels();
  const collator = new Intl.Collator(locale());
  const sorted = (entries) => entries.sort((a, b) => collator.compare(a[1], b[1]));
  options(element("filter-source"), sorted(names.map((name, n) => [n, name])));
  options(element("filter-topic"), sorted(report.topics.map((name, n) => [n, topic(name)])));
  describeSearch();
  showPage();
}

function describeSearch() {
  const told = [t("search_hint")];
  if (textIndex && textIndex.size < report.articles.title.length) told.push(t("search_some", { count: number(textIndex.size) }));
  if (textIndex?.size && !textIndex.pair_bits) told.push(t("search_loose"));
  element("search-note").textContent = told.join(" ");
}

// The rows come newest first; a row's number is its place in that order.
function sortRows() {
  const { title, source } = report.articles;
  const collator = new Intl.Collator(locale());
  const names = labels();
  const order = {
    published: (a, b) => b - a,
    title: (a, b) => collator.compare(title[a], title[b]),
    source: (a, b) => collator.compare(names[source[a]], names[source[b]]) || a - b,
  }[table.sort];
  table.rows.sort(table.ascending ? order : (a, b) => order(b, a));
}

function sortBy(column) {
  table.ascending = table.sort === column ? !table.ascending : column !== "published";
  table.sort = column;
  sortRows();
  table.page = 0;
  showPage();
  keepAddress();
}

function tableRow(row, names) {
  const { articles, topics } = report;
  const tags = [["new", "new"], ["reserved", "reserved"], ["copy", "copy"]].filter(([column]) => articles[column][row])
    .map(([column, name]) => made("span", { className: `tag ${column}`, textContent: t(`tag_${name}`) }));
  const title = made("td", {}, link(row), ...tags);
  if (articles.lead[row]) title.append(made("p", { textContent: articles.lead[row] }));
  return made("tr", {}, made("td", { textContent: published(row) }), title, made("td", { textContent: names[articles.source[row]] }),
    made("td", { textContent: articles.topics[row].slice(0, 3).map((n) => topic(topics[n])).join(", ") }));
}

function showPage() {
  const all = report.articles.title.length;
  const { rows, page } = table;
  const shown = rows.slice(page * ROWS_A_PAGE, (page + 1) * ROWS_A_PAGE);
  const names = labels();
  document.querySelector("#article-table tbody").replaceChildren(...shown.map((row) => tableRow(row, names)));
  for (const button of document.querySelectorAll("[data-sort]")) {
    const head = button.parentElement;
    if (button.dataset.sort === table.sort) head.ariaSort = table.ascending ? "ascending" : "descending";
    else head.removeAttribute("aria-sort");
  }
  element("found").textContent = !rows.length ? t("found_none")
    : counted(rows.length === all ? "found" : "found_of", rows.length, { all: number(all) });
  element("page-told").textContent = rows.length ? t("page_told", {
    first: number(page * ROWS_A_PAGE + 1), last: number(page * ROWS_A_PAGE + shown.length), all: number(rows.length),
  }) : "";
  element("previous").disabled = page === 0;
  element("next").disabled = (page + 1) * ROWS_A_PAGE >= rows.length;
}

function turn(step) {
  table.page += step;
  showPage();
  keepAddress();
  element("found").scrollIntoView({ block: "nearest" });
}

function showArticlesWhere(id, value) {
  setFilter(id, value);
  goToSection("articles");
}

function saveRows() {
  const { articles, topics } = report;
  const names = labels();
  const columns = ["published", "title", "source", "topics"].map((name) => t(`column_${name}`));
  const stamp = (row) => (articles.published[row] === null ? "" : parisTime(articles.published[row] * 60000));
  save("alescrawl-articles", [...columns, t("column_address"), t("column_lead")], table.rows.map((row) =>
    [stamp(row), articles.title[row], names[articles.source[row]], articles.topics[row].map((n) => topic(topics[n])).join(", "), articles.url[row], articles.lead[row]]));
}

function showTable() {
  element("previous").addEventListener("click", () => turn(-1));
  element("next").addEventListener("click", () => turn(1));
  element("save-rows").addEventListener("click", saveRows);
  for (const button of document.querySelectorAll("[data-sort]"))
    button.addEventListener("click", () => sortBy(button.dataset.sort));
}
