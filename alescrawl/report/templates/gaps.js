// Silences that are long for a source, along time.
function showGaps() {
  chart("chart-gaps", gapsChart);
  figuresOf.set("gaps", () => ({
    columns: [t("filter_source"), t("filter_from"), t("filter_to"), t("column_days")],
    rows: report.gaps.gaps.map(({ source, from, to, days }) => [labels()[source], from, to, days]),
  }));
}

function gapsChart(width, c) {
  const { gaps, spans } = report.gaps;
  if (!gaps.length) return t("gaps_none");
  const names = wrapped(labels(), Math.min(240, width * 0.36));
  const start = Date.parse(`${report.months[0]}-01`);
  const rows = [...new Set(gaps.map(({ source }) => source))].sort((a, b) => a - b);
  const lines = rows.map((source) => ({ source: names[source], from: Math.max(start, Date.parse(spans[source][0])), to: Date.parse(report.made) }));
  const values = gaps.map((gap) => ({
    source: names[gap.source], from: Date.parse(gap.from), to: Date.parse(gap.to) + 86400000, open: gap.open,
    tip: [
      labels()[gap.source], `${plainDay(gap.from)} – ${gap.open ? t("gap_open") : plainDay(gap.to)}`,
      counted("gap_days", gap.days), counted("gap_usual", gap.usual),
    ].join("\n"),
  }));
  return {
    width, height: rows.length * rowHeight(rows.map((source) => names[source]), 22),
    encoding: {
      y: {
        field: "source", type: "nominal", sort: rows.map((source) => names[source]), title: null,
        axis: { labelLimit: 0, labelColor: c.ink },
      },
      x: {
        field: "from", type: "temporal", title: null, scale: { type: "utc", nice: false },
        axis: { format: "%b %Y", labelOverlap: true, labelBound: 2, grid: true, tickCount: Math.max(3, Math.floor(width / 140)) },
      },
      x2: { field: "to" },
    },
    layer: [
      { data: { values: lines }, mark: { type: "rule", color: c.rule, strokeWidth: 2 } },
      {
        data: { values }, mark: { type: "bar", height: 9, minBandSize: 3 },
        encoding: { color: { condition: { test: "datum.open", value: c.warm }, value: c.warn }, tooltip: { field: "tip" } },
      },
    ],
  };
}
