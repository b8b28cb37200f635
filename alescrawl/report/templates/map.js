// The communes of the Gard that are named, on the outline of the department.
const LABELLED = 9;
const LABELLED_ON_A_PHONE = 5;
const EDGE = 18; // pixels around the department, for circles on its border
const EAST = 4.35; // names of communes further east stand to the left of their circle

const COMMUNES_LISTED = 12;
let communesListed = COMMUNES_LISTED;

const communesOfSelection = () => report.map.communes
  .map((commune) => ({ ...commune, articles: (isNarrowed() ? selectedRows(commune.rows) : commune.rows).length }))
  .filter(({ articles }) => articles).sort((a, b) => b.articles - a.articles);

function showMap() {
  chart("chart-map", mapChart, { drawn: (view) => view.addEventListener("click", (_event, item) => {
    if (item?.datum?.insee) filterByCommune(item.datum.name);
  }) });
  element("communes-more").addEventListener("click", () => { communesListed = Infinity; describeMap(); });
  figuresOf.set("map", () => ({ columns: [t("filter_commune"), "INSEE", t("axis_articles")], rows: communesOfSelection().map(({ name, insee, articles }) => [name, insee, articles]) }));
}

function describeMap() {
  const communes = communesOfSelection();
  element("map-text").textContent = communes.length ? counted("map_text", communes.length) : "";
  element("communes").replaceChildren(...(communes.length ? [barList(communes.slice(0, communesListed).map(({ name, articles }) =>
    ({ name, value: articles, told: number(articles) })), { onclick: ({ name }) => filterByCommune(name), most: communes[0].articles })] : []));
  element("communes-more").hidden = communes.length <= communesListed;
  element("communes-more").textContent = t("communes_more", { count: number(communes.length) });
}

// So many counts or fewer, each about half of the one before.
function roundCounts(most, howMany) {
  const halves = Array.from({ length: howMany }, (_, n) => Math.max(1, Math.round(most / 2 ** n)));
  return [...new Set(halves)].reverse();
}

function mapChart(width, c) {
  const { outline } = report.map;
  const communes = communesOfSelection().map(({ rows: _, ...commune }) => commune);
  if (!communes.length) return t("map_none");
  const narrow = width < 450;
  const values = communes.map((commune, n) => ({
    ...commune, label: n < (narrow ? LABELLED_ON_A_PHONE : LABELLED) ? commune.name : "", tip: `${commune.name}\n${counted("tip_articles", commune.articles)}`,
  }));
  const gard = { type: "Feature", geometry: { type: "Polygon", coordinates: [outline] } };
  const place = { longitude: { field: "longitude", type: "quantitative" }, latitude: { field: "latitude", type: "quantitative" } };
  return {
    width: width - 2 * EDGE, height: Math.min(520, width * 0.86), autosize: "none", padding: EDGE, projection: { type: "mercator" },
    layer: [
      { data: { values: [gard] }, mark: { type: "geoshape", fill: c.grid, stroke: c.muted, strokeWidth: 1 } },
      {
        data: { values },
        mark: { type: "circle", cursor: "pointer", color: c.accent, opacity: 0.55, stroke: c.accent, strokeWidth: 1 },
        encoding: {
          ...place, tooltip: { field: "tip" },
          size: {
            field: "articles", type: "quantitative", scale: { domainMin: 0, range: [0, width * 3.6] },
            legend: {
              title: t("axis_articles"), orient: "bottom-left", values: roundCounts(communes[0].articles, narrow ? 2 : 3), format: ",.0f", offset: 0,
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
