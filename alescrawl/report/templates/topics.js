// The share of each topic among a month's articles, as small multiples on one scale.
const AXIS = 42;
const BETWEEN = 22;

function showTopics() {
  chart("chart-topics", topicsChart);
}

const topic = (name) => t(`topic_${name}`);

function topicsChart(width) {
  const { names: topics, cells } = report.topics;
  if (!cells.length) return t("topics_none");
  const found = new Map(cells.map(([row, n, count]) => [`${row} ${n}`, count]));
  const values = topics.flatMap((name, row) => report.totals.map((total, n) => {
    const share = total ? (found.get(`${row} ${n}`) ?? 0) / total : 0;
    return {
      topic: topic(name), month: shortMonth(report.months[n]), share: 100 * share,
      tip: `${topic(name)}\n${month(report.months[n])}\n${percent(share)} · ${counted("tip_articles", found.get(`${row} ${n}`) ?? 0)}`,
    };
  }));
  const columns = Math.max(width < 300 ? 1 : 2, Math.min(4, Math.floor(width / 260)));
  const each = Math.max(60, Math.floor((width - AXIS - (columns - 1) * BETWEEN) / columns));
  return {
    autosize: "pad", data: { values }, columns, spacing: { row: 22, column: BETWEEN },
    facet: { field: "topic", type: "nominal", sort: topics.map(topic), header: { labelPadding: 4, labelLimit: each, labelFontSize: width < 500 ? 11 : 13 } },
    spec: {
      width: each, height: 82,
      mark: { type: "bar" },
      encoding: {
        x: byMonth(each, 0.1),
        y: { field: "share", type: "quantitative", stack: null, title: null, axis: { tickCount: 3, format: ".0f", labelExpr: "datum.label + ' %'", labelFontSize: 11 } },
        tooltip: { field: "tip" },
      },
    },
    resolve: { scale: { y: "shared" } },
  };
}
