// What came in since the last report.
const SOURCES_SHOWN = 12;
const NEWEST_SHOWN = 8;

const newRows = () => selection.rows.filter((row) => report.articles.new[row]);

function showFresh() {
  figuresOf.set("fresh", () => ({ columns: [t("filter_source"), t("axis_articles")], rows: freshBySource() }));
  element("fresh-all").addEventListener("click", () => showArticlesWhere("only-new", true));
}

function describeFresh() {
  const rows = newRows();
  const told = report.since && { day: dayAndTime(report.since) };
  element("fresh-text").textContent = !told ? t("fresh_first")
    : rows.length ? counted("fresh_text", rows.length, told) : t("fresh_none", told);
  element("chart-fresh").parentElement.hidden = !rows.length;
  element("fresh-all").hidden = rows.length <= NEWEST_SHOWN;
  element("fresh-all").textContent = counted("fresh_all", rows.length);
  const shown = rows.length ? rows : selection.rows;
  showFreshBars();
  element("fresh-list").replaceChildren(...shown.slice(0, NEWEST_SHOWN).map((row) => headline(row)));
}

function freshBySource() {
  const found = new Map();
  for (const row of newRows()) found.set(report.articles.source[row], (found.get(report.articles.source[row]) ?? 0) + 1);
  const names = labels();
  return [...found].sort((a, b) => b[1] - a[1]).map(([source, count]) => [names[source], count]);
}

function showFreshBars() {
  const all = freshBySource();
  const values = all.slice(0, SOURCES_SHOWN).map(([name, value]) => ({ name, value, told: number(value) }));
  const rest = all.slice(SOURCES_SHOWN);
  const count = rest.reduce((sum, each) => sum + each[1], 0);
  if (rest.length) values.push({ name: counted("fresh_by_source_rest", rest.length), value: count, told: number(count) });
  showBars("fresh", values, t("fresh_none", { day: report.since ? dayAndTime(report.since) : "–" }));
}
