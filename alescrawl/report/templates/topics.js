// The share of each topic among a month's articles, as small multiples on one scale.
const AXIS = 42;
const BETWEEN = 22;

function countsByTopic() {
  const found = new Map();
  for (const row of originals()) {
    const n = report.articles.month[row];
    if (n >= 0) for (const each of report.articles.topics[row]) found.set(`${each} ${n}`, (found.get(`${each} ${n}`) ?? 0) + 1);
  }
  return found;
}

function showTopics() {
  chart("chart-topics", topicsChart);
  figuresOf.set("topics", () => {
    const [found, totals] = [countsByTopic(), countsByMonth(originals())];
    return monthFigures([t("filter_topic"), t("axis_articles"), t("axis_share")], report.topics.flatMap((name, row) => totals.map((total, n) => {
      const count = found.get(`${row} ${n}`) ?? 0;
      return [n, topic(name), count, total ? (100 * count) / total : 0];
    })));
  });
}

const topic = (name) => t(`topic_${name}`);

function topicsChart(width) {
  const found = countsByTopic();
  if (!found.size) return t("topics_none");
  const { topics } = report;
  const totals = countsByMonth(originals());
  const columns = Math.max(width < 300 ? 1 : 2, Math.min(4, Math.floor(width / 260)));
  const each = Math.max(60, Math.floor((width - AXIS - (columns - 1) * BETWEEN) / columns));
  const names = wrapped(topics.map(topic), each * 0.8); // headings are larger and bolder
  const values = topics.flatMap((name, row) => totals.map((total, n) => {
    const share = total ? (found.get(`${row} ${n}`) ?? 0) / total : 0;
    return {
      topic: names[row], month: shortMonth(report.months[n]), share: 100 * share, partial: isPartial(n),
      tip: `${topic(name)}\n${month(report.months[n])}\n${percent(share)} · ${counted("tip_articles", found.get(`${row} ${n}`) ?? 0)}${partialTold(n)}`,
    };
  }));
  return {
    autosize: "pad", data: { values }, columns, spacing: { row: 22, column: BETWEEN },
    facet: { field: "topic", type: "nominal", sort: names, header: { labelPadding: 4, labelLimit: 0, labelFontSize: width < 500 ? 11 : 13 } },
    spec: {
      width: each, height: 82,
      mark: { type: "bar" },
      encoding: {
        x: byMonth(each, 0.1),
        y: { field: "share", type: "quantitative", stack: null, title: null, axis: { tickCount: 3, format: ".0f", labelExpr: "datum.label + ' %'", labelFontSize: 11 } },
        opacity: paleWherePartial,
        tooltip: { field: "tip" },
      },
    },
    resolve: { scale: { y: "shared" } },
  };
}
