// The share of each topic among a month's articles, as small multiples on one scale.
function showTopics() {
  chart("chart-topics", topicsChart);
}

const topic = (name) => t(`topic_${name}`);

function topicsChart(width, c) {
  const { names: topics, cells } = report.topics;
  if (!cells.length) return t("topics_none");
  const counts = new Map(cells.map(([row, n, count]) => [`${row} ${n}`, count]));
  const values = topics.flatMap((name, row) => report.totals.map((total, n) => {
    const share = total ? (counts.get(`${row} ${n}`) ?? 0) / total : 0;
    return {
      topic: topic(name), month: monthDate(n), share: 100 * share,
      tip: `${topic(name)}\n${month(report.months[n])}\n${percent(share)} · ${counted("tip_articles", counts.get(`${row} ${n}`) ?? 0)}`,
    };
  }));
  const columns = Math.max(2, Math.min(4, Math.floor(width / 260)));
  const each = Math.max(60, Math.floor(width / columns) - 44);
  return {
    autosize: "pad", data: { values }, columns, spacing: { row: 22, column: 22 },
    facet: { field: "topic", type: "nominal", sort: topics.map(topic), header: { labelPadding: 4 } },
    spec: {
      width: each, height: 82,
      layer: [
        { mark: { type: "area", opacity: 0.2, interpolate: "monotone" } },
        { mark: { type: "line", strokeWidth: 1.6, interpolate: "monotone" } },
        { mark: { type: "point", opacity: 0, size: 220 }, encoding: { tooltip: { field: "tip" } } },
      ],
      encoding: {
        x: {
          field: "month", type: "temporal", title: null,
          axis: { format: report.months.length > 18 ? "%Y" : "%b", grid: false, tickCount: report.months.length > 18 ? "year" : 4, labelOverlap: true, labelFontSize: 11 },
        },
        y: { field: "share", type: "quantitative", title: null, axis: { tickCount: 3, format: ".0f", labelExpr: "datum.label + ' %'", labelFontSize: 11 } },
      },
    },
    resolve: { scale: { y: "shared" } },
  };
}
