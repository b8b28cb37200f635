// The institutions most named, and how that changes.
const SHOWN = 20;
const CHANGES = 9;
let chosenName = 0;

function showNames() {
  chart("chart-names", namesChart, { drawn: chooseOnClick });
  chart("chart-change", changeChart, { drawn: chooseOnClick });
  chart("chart-name", nameChart);
  element("name-choice").addEventListener("change", (event) => chooseName(Number(event.target.value)));
}

function describeNames() {
  const { windows: _, ...named } = report.named;
  element("names-text").textContent = t("names_text");
  element("change-caption").textContent = t("names_change", {
    days: number(named.window_days), day: named.window_end ? plainDay(named.window_end) : "–",
  });
  element("name-choice").replaceChildren(...named.names.map(({ name }, n) =>
    made("option", { value: n, textContent: name, selected: n === chosenName })));
}

function chooseName(n) {
  chosenName = n;
  element("name-choice").value = n;
  redraw("chart-name");
}

function chooseOnClick(view) {
  view.addEventListener("click", (_event, item) => {
    if (item?.datum?.number !== undefined) chooseName(item.datum.number);
  });
}

const institutions = () =>
  report.named.names.map((entry, n) => ({ ...entry, number: n })).filter(({ kind }) => kind === "institution");

const names = (field, width, c) => ({
  field, type: "nominal", sort: null, title: null,
  axis: { labelLimit: Math.min(230, width * 0.45), labelColor: c.ink },
});

function namesChart(width, c) {
  const values = institutions().slice(0, SHOWN).map(({ name, rows, number: n }) =>
    ({ name, number: n, count: rows.length, told: number(rows.length), tip: `${name}\n${counted("tip_articles", rows.length)}` }));
  if (!values.length) return t("names_none");
  return {
    width, height: values.length * 22, data: { values },
    encoding: {
      y: names("name", width, c),
      x: { field: "count", type: "quantitative", axis: null, scale: { domainMin: 0 } },
      tooltip: { field: "tip" },
    },
    layer: [
      { mark: { type: "bar", height: { band: 0.68 }, cursor: "pointer", cornerRadiusEnd: 1 } },
      { mark: { type: "text", align: "left", dx: 5, color: c.muted, fontSize: 12 }, encoding: { text: { field: "told" } } },
    ],
  };
}

function changes() {
  const [recent, before] = report.named.windows;
  if (recent < 20 || before < 20) return [];
  const values = institutions().map((entry) => {
    const [now, earlier] = [(100 * entry.recent) / recent, (100 * entry.before) / before];
    return { name: entry.name, number: entry.number, now, earlier, change: now - earlier };
  });
  values.sort((a, b) => b.change - a.change);
  const up = values.filter(({ change }) => change > 0).slice(0, CHANGES);
  const down = values.filter(({ change }) => change < 0).slice(-CHANGES);
  return [...up, ...down];
}

function changeChart(width, c) {
  const values = changes().map((value) => ({
    ...value,
    told: (value.change > 0 ? "+" : "−") + number(Math.abs(value.change), 1),
    tip: `${value.name}\n${t("tip_per_hundred", { now: number(value.now, 1), before: number(value.earlier, 1) })}`,
  }));
  if (!values.length) return t("names_no_change");
  const most = Math.max(...values.map(({ change }) => Math.abs(change))) * 1.3;
  return {
    width, height: values.length * 22, data: { values },
    encoding: {
      y: names("name", width, c),
      x: { field: "change", type: "quantitative", axis: null, scale: { domain: [-most, most] } },
      tooltip: { field: "tip" },
    },
    layer: [
      {
        mark: { type: "bar", height: { band: 0.68 }, cursor: "pointer" },
        encoding: { color: { condition: { test: "datum.change < 0", value: c.warm }, value: c.accent } },
      },
      {
        transform: [{ filter: "datum.change >= 0" }],
        mark: { type: "text", align: "left", dx: 5, color: c.muted, fontSize: 12 }, encoding: { text: { field: "told" } },
      },
      {
        transform: [{ filter: "datum.change < 0" }],
        mark: { type: "text", align: "right", dx: -5, color: c.muted, fontSize: 12 }, encoding: { text: { field: "told" } },
      },
      { data: { values: [{}] }, mark: { type: "rule", color: c.muted }, encoding: { x: { datum: 0 }, y: null, tooltip: null } },
    ],
  };
}

function nameChart(width) {
  const entry = report.named.names[chosenName];
  if (!entry || !report.months.length) return t("names_none");
  const found = new Array(report.months.length).fill(0);
  for (const row of entry.rows) if (report.articles.month[row] >= 0) found[report.articles.month[row]] += 1;
  const values = found.map((count, n) =>
    ({ month: shortMonth(report.months[n]), count, tip: `${entry.name}\n${month(report.months[n])}\n${counted("tip_articles", count)}` }));
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
