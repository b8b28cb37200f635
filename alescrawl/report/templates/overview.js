// The key figures, the articles by month, and by source and month.
let report;

function labels() {
  const seen = new Map();
  for (const name of report.publishers) seen.set(name, (seen.get(name) ?? 0) + 1);
  return report.publishers.map((name, n) => (seen.get(name) > 1 ? `${name} (${report.sources[n]})` : name));
}

const isBad = (verdict) => ["degraded", "broken", "blocked", "gone"].includes(verdict);

function showHeading() {
  const { articles, sources, health } = report;
  const told = {
    day: dayAndTime(report.made), articles: counted("found", articles.title.length), sources: counted("count_sources", sources.length),
  };
  const dated = articles.published.filter((minute) => minute !== null);
  const [last, first] = [dated[0], dated.at(-1)].map((minute) => minute !== undefined && day(minute * 60000));
  element("dateline").textContent = t(dated.length ? "dateline" : "dateline_undated", { ...told, first, last });
  const { scope } = report;
  element("scope").hidden = !scope.names.length && !scope.since;
  element("scope").textContent = [
    scope.names.length && t("scope", { names: scope.names.join(", ") }), scope.since && t("scope_since", { day: plainDay(scope.since) }),
  ].filter(Boolean).join(" ");
  const sum = (flags) => flags.reduce((total, flag) => total + flag, 0);
  const aboutGard = sum(articles.about.map((about) => about & 1));
  const drifted = sum(health.map((entry) => entry.fields.filter(([, , drift]) => drift).length));
  const well = health.filter((entry) => !isBad(entry.verdict)).length;
  const figures = [
    [number(articles.title.length), counted("key_articles", articles.title.length)],
    [number(sum(articles.new)), t(report.since ? "key_new" : "key_new_first")],
    [articles.title.length ? percent(aboutGard / articles.title.length) : "–", t("key_gard")],
    [number(well), counted("key_sources", well, { all: number(health.length) }), well < health.length],
    [number(drifted), counted("key_drift", drifted), drifted > 0],
  ];
  element("key-figures").replaceChildren(...figures.map(([value, name, bad]) =>
    made("div", { className: bad ? "bad" : "" }, made("dt", { textContent: name }), made("dd", { textContent: value }))));
  element("overview-text").textContent =
    t("overview_text") + (report.older ? ` ${counted("overview_older", report.older)}` : "");
}

const countsByMonth = (rows) => {
  const found = new Array(report.months.length).fill(0);
  for (const row of rows) if (report.articles.month[row] >= 0) found[report.articles.month[row]] += 1;
  return found;
};

const isPartial = (n) => report.partial.some((each) => each.month === n);
const partialTold = (n) => {
  const found = report.partial.find((each) => each.month === n);
  return found ? `\n${t("partial_tip", { from: number(found.from), to: number(found.to) })}` : "";
};
// Months that are not whole are drawn pale.
const paleWherePartial = { condition: { test: "datum.partial", value: 0.45 }, value: 1 };

function describePartial() {
  const told = report.partial.map(({ month: n, from, to }) => t("partial_month", { month: month(report.months[n]), from: number(from), to: number(to) }));
  for (const node of document.querySelectorAll("[data-partial]")) {
    node.hidden = !told.length;
    node.textContent = told.length ? t("partial", { months: told.join(", ") }) : "";
  }
}

function totalsChart(width) {
  const values = countsByMonth(originals()).map((count, n) =>
    ({ month: shortMonth(report.months[n]), count, partial: isPartial(n), tip: `${month(report.months[n])}\n${counted("tip_articles", count)}${partialTold(n)}` }));
  if (!values.length) return t("found_none");
  return {
    width, height: 150, data: { values },
    mark: { type: "bar", cornerRadiusEnd: 1 },
    encoding: {
      x: byMonth(width),
      y: counts("count", t("axis_articles"), values),
      opacity: paleWherePartial,
      tooltip: { field: "tip" },
    },
  };
}

function cellsBySource() {
  const cells = new Map();
  for (const row of selection.rows) {
    const n = report.articles.month[row];
    if (n < 0) continue;
    const key = report.articles.source[row] * report.months.length + n;
    cells.set(key, (cells.get(key) ?? 0) + 1);
  }
  return [...cells].map(([key, count]) => [Math.floor(key / report.months.length), key % report.months.length, count]);
}

function sourcesChart(width, c) {
  const cells = cellsBySource();
  if (!cells.length) return t("found_none");
  const names = wrapped(labels(), Math.min(240, width * 0.36));
  const values = cells.map(([source, n, count]) => ({
    source: names[source], month: shortMonth(report.months[n]), count,
    tip: `${labels()[source]}\n${month(report.months[n])}\n${counted("tip_articles", count)}`,
  }));
  const drawn = [...new Set(values.map((value) => value.source))];
  const rows = names.filter((name) => drawn.includes(name));
  return {
    width, height: rows.length * rowHeight(rows, 17), data: { values },
    mark: { type: "rect", stroke: c.paper, strokeWidth: 1 },
    encoding: {
      x: byMonth(width * 0.8, 0),
      y: {
        field: "source", type: "nominal", sort: rows, title: null,
        axis: { labelLimit: 0, labelColor: c.ink },
      },
      color: {
        field: "count", type: "quantitative", scale: { type: "sqrt", range: [c.soft, c.accent] },
        legend: { title: t("axis_articles"), orient: "top", direction: "horizontal", gradientLength: 140, gradientThickness: 8, tickCount: 3, format: ",.0f", offset: 4 },
      },
      tooltip: { field: "tip" },
    },
  };
}

function monthFigures(columns, rows) {
  return { columns: [t("column_month"), ...columns, t("column_whole")], rows: rows.map(([n, ...cells]) => [report.months[n], ...cells, t(isPartial(n) ? "no" : "yes")]) };
}

function showOverview() {
  chart("chart-totals", totalsChart);
  chart("chart-sources", sourcesChart);
  figuresOf.set("totals", () => monthFigures([t("axis_articles")], countsByMonth(originals()).map((count, n) => [n, count])));
  figuresOf.set("sources", () => monthFigures([t("filter_source"), t("axis_articles")], cellsBySource().map(([source, n, count]) => [n, labels()[source], count])));
}
