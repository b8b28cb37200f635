// The communes of the Gard that are named, on the outline of the department.
const LABELLED = 9;
const LABELLED_ON_A_PHONE = 5;
const EAST = 4.35; // names of communes further east stand to the left of their circle

function showMap() {
  chart("chart-map", mapChart);
}

function describeMap() {
  const count = report.map.communes.length;
  element("map-text").textContent = count ? counted("map_text", count) : "";
}

function mapChart(width, c) {
  const { communes, outline } = report.map;
  if (!communes.length) return t("map_none");
  const narrow = width < 450;
  const values = communes.map((commune, n) => ({
    ...commune, label: n < (narrow ? LABELLED_ON_A_PHONE : LABELLED) ? commune.name : "", tip: `${commune.name}\n${counted("tip_articles", commune.articles)}`,
  }));
  const gard = { type: "Feature", geometry: { type: "Polygon", coordinates: [outline] } };
  const place = { longitude: { field: "longitude", type: "quantitative" }, latitude: { field: "latitude", type: "quantitative" } };
  return {
    width: width - 8, height: Math.min(520, width * 0.86), autosize: "none", padding: 4, projection: { type: "mercator" },
    layer: [
      { data: { values: [gard] }, mark: { type: "geoshape", fill: c.grid, stroke: c.muted, strokeWidth: 1 } },
      {
        data: { values },
        mark: { type: "circle", color: c.accent, opacity: 0.55, stroke: c.accent, strokeWidth: 1 },
        encoding: {
          ...place, tooltip: { field: "tip" },
          size: {
            field: "articles", type: "quantitative", scale: { domainMin: 0, range: [0, width * 3.6] },
            legend: {
              title: t("axis_articles"), orient: "bottom-left", tickCount: narrow ? 2 : 3, format: ",.0f", offset: 0,
              encode: { symbols: { update: { fill: { value: "transparent" }, stroke: { value: c.muted } } } },
            },
          },
        },
      },
      ...[true, false].flatMap((east) => [c.paper, null].map((halo) => ({
        data: { values: values.filter(({ label, longitude }) => label && east === longitude > EAST) },
        mark: {
          type: "text", color: c.ink, fontSize: 12, fontWeight: 600, align: east ? "right" : "left", dx: east ? -9 : 9,
          ...(halo && { stroke: halo, strokeWidth: 3, strokeJoin: "round", opacity: 0.8 }),
        },
        encoding: { ...place, text: { field: "label" } },
      }))),
    ],
  };
}
