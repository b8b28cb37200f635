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

function totalsChart(width) {
  const values = report.totals.map((count, n) =>
    ({ month: shortMonth(report.months[n]), count, tip: `${month(report.months[n])}\n${counted("tip_articles", count)}` }));
  if (!values.length) return t("found_none");
  return {
    width, height: 150, data: { values },
    mark: { type: "bar", cornerRadiusEnd: 1 },
    encoding: {
      x: byMonth(width),
      y: counts("count", t("axis_articles"), values),
      tooltip: { field: "tip" },
    },
  };
}

function sourcesChart(width, c) {
  if (!report.by_source.length) return t("found_none");
  const names = labels();
  const values = report.by_source.map(([source, n, count]) => ({
    source: names[source], month: shortMonth(report.months[n]), count,
    tip: `${names[source]}\n${month(report.months[n])}\n${counted("tip_articles", count)}`,
  }));
  const drawn = [...new Set(values.map((value) => value.source))];
  const rows = names.filter((name) => drawn.includes(name));
  return {
    width, height: rows.length * 17, data: { values },
    mark: { type: "rect", stroke: c.paper, strokeWidth: 1 },
    encoding: {
      x: byMonth(width * 0.8, 0),
      y: {
        field: "source", type: "nominal", sort: rows, title: null,
        axis: { labelLimit: Math.min(220, width * 0.33), labelColor: c.ink },
      },
      color: {
        field: "count", type: "quantitative", scale: { type: "sqrt", range: [c.soft, c.accent] },
        legend: { title: t("axis_articles"), orient: "top", direction: "horizontal", gradientLength: 140, gradientThickness: 8, tickCount: 3, format: ",.0f", offset: 4 },
      },
      tooltip: { field: "tip" },
    },
  };
}

function showOverview() {
  chart("chart-totals", totalsChart);
  chart("chart-sources", sourcesChart);
}
