// What came in since the last report.
const SOURCES_SHOWN = 12;
const NEWEST_SHOWN = 8;

const newRows = () => report.articles.new.flatMap((flag, row) => (flag ? [row] : []));

function showFresh() {
  chart("chart-fresh", freshChart);
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
  const shown = rows.length ? rows : report.articles.title.map((_, row) => row);
  element("fresh-list").replaceChildren(...shown.slice(0, NEWEST_SHOWN).map((row) => headline(row)));
}

function freshChart(width, c) {
  const found = new Map();
  for (const row of newRows()) found.set(report.articles.source[row], (found.get(report.articles.source[row]) ?? 0) + 1);
  if (!found.size) return t("fresh_none", { day: report.since ? dayAndTime(report.since) : "–" });
  const names = labels();
  const sorted = [...found].sort((a, b) => b[1] - a[1]);
  const rest = sorted.slice(SOURCES_SHOWN);
  const values = sorted.slice(0, SOURCES_SHOWN).map(([source, count]) => ({ source: names[source], count }));
  if (rest.length)
    values.push({ source: counted("fresh_by_source_rest", rest.length), count: rest.reduce((sum, [, count]) => sum + count, 0) });
  for (const value of values) Object.assign(value, { told: number(value.count), tip: `${value.source}\n${counted("tip_articles", value.count)}` });
  return {
    width, height: values.length * 24, data: { values },
    encoding: {
      y: { field: "source", type: "nominal", sort: null, title: null, axis: { labelLimit: width * 0.45, labelColor: c.ink } },
      x: { field: "count", type: "quantitative", axis: null }, tooltip: { field: "tip" },
    },
    layer: [
      { mark: { type: "bar", height: { band: 0.66 }, cornerRadiusEnd: 1 } },
      { mark: { type: "text", align: "left", dx: 5, color: c.muted, fontSize: 12 }, encoding: { text: { field: "told" } } },
    ],
  };
}
