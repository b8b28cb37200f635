// Charts: each is drawn when it comes near the window, and anew in another language, theme or width.
const charts = new Map();
const NEAR = "400px";
const SETTLED = 150; // milliseconds: a window that is being resized is not drawn for at each step
const LEAST_WIDTH = 160; // a chart that is not laid out yet

function timeLocale() {
  const names = (options, count, at) =>
    Array.from({ length: count }, (_, n) => at(n).toLocaleDateString(locale(), { ...options, timeZone: "UTC" }));
  const monthAt = (n) => new Date(Date.UTC(2024, n, 15));
  const dayAt = (n) => new Date(Date.UTC(2024, 8, 1 + n));
  return {
    dateTime: "%A %e %B %Y %X", date: "%d/%m/%Y", time: "%H:%M:%S", periods: ["AM", "PM"],
    days: names({ weekday: "long" }, 7, dayAt), shortDays: names({ weekday: "short" }, 7, dayAt),
    months: names({ month: "long" }, 12, monthAt), shortMonths: names({ month: "short" }, 12, monthAt),
  };
}

function numberLocale() {
  const parts = new Intl.NumberFormat(locale()).formatToParts(1234567.8);
  const part = (type) => parts.find((p) => p.type === type).value;
  return { decimal: part("decimal"), thousands: part("group"), grouping: [3], currency: ["", " €"] };
}

function config() {
  const c = colours();
  const text = { labelColor: c.muted, titleColor: c.muted, labelFontSize: 12, titleFontSize: 12 };
  return {
    lineBreak: "\n", background: "transparent", font: c.sans, padding: { left: 0, top: 2, right: 0, bottom: 4 }, autosize: { type: "fit-x", contains: "padding" },
    view: { stroke: null },
    axis: {
      ...text, gridColor: c.grid, domainColor: c.rule, tickColor: c.rule, titleFontWeight: "normal",
      labelPadding: 5, ticks: false, domain: false, titlePadding: 8,
    },
    axisY: { titleAngle: 0, titleAlign: "left", titleAnchor: "start", titleY: -10 },
    header: { labelColor: c.ink, labelFontSize: 13, labelFontWeight: 600, labelAnchor: "start", title: null },
    legend: { ...text, titleFontWeight: "normal" },
    bar: { color: c.accent }, line: { color: c.accent }, area: { color: c.accent },
  };
}

function tip(_handler, event, _item, value) {
  const box = element("tip");
  box.hidden = value === null || value === undefined || value === "";
  if (box.hidden) return;
  const [first, ...rest] = String(value).split("\n");
  box.replaceChildren(made("b", { textContent: first }), ...rest.map((line) => made("div", { textContent: line })));
  const { width, height } = box.getBoundingClientRect();
  const left = event.clientX + 14 + width > innerWidth ? event.clientX - 14 - width : event.clientX + 14;
  box.style.left = `${Math.max(4, left)}px`;
  box.style.top = `${Math.max(4, Math.min(event.clientY + 14, innerHeight - height - 4))}px`;
}

// A chart is an element and a function of its width and colours that gives a specification for Vega,
// or a sentence where there is nothing to draw.
function chart(id, specification, { renderer = "svg", drawn = () => {} } = {}) {
  charts.set(element(id), { specification, renderer, drawn, near: false, stale: true, width: 0, turn: 0 });
  sight.observe(element(id));
  widths.observe(element(id));
}

// The script that draws is unpacked after the page is shown.
let charting = null;

async function loadCharting() {
  const code = await inflated("packed-charting");
  (0, eval)(code);
}

async function draw(node) {
  const entry = charts.get(node);
  if (!entry.near || !entry.stale || node.clientWidth < LEAST_WIDTH) return;
  entry.stale = false;
  entry.width = node.clientWidth;
  const turn = ++entry.turn;
  const specification = entry.specification(node.clientWidth, colours());
  const sentence = typeof specification === "string";
  const fresh = made(sentence ? "p" : "div", sentence ? { className: "empty", textContent: specification } : {});
  const description = chartTitle(node);
  if (!sentence) await charting;
  const result = sentence ? null : await vegaEmbed(fresh, { description, ...specification }, {
    actions: false, renderer: entry.renderer, tooltip: tip, config: config(),
    formatLocale: numberLocale(), timeFormatLocale: timeLocale(),
  });
  if (turn !== entry.turn) return result?.finalize();
  label(fresh, description);
  const former = entry.result;
  entry.result = result;
  node.classList.toggle("without", sentence);
  node.replaceChildren(fresh); // only now, so that the former one stays in sight until then
  former?.finalize();
  if (result) entry.drawn(result.view);
  node.dataset.drawn = String(Number(node.dataset.drawn ?? 0) + 1);
}

function redraw(...ids) {
  const nodes = ids.length ? ids.map(element) : charts.keys();
  for (const node of nodes) {
    charts.get(node).stale = true;
    draw(node);
  }
}

const sight = new IntersectionObserver((seen) => {
  for (const { target, isIntersecting } of seen) {
    charts.get(target).near = isIntersecting;
    draw(target);
  }
}, { rootMargin: NEAR });

const widths = new ResizeObserver((seen) => {
  for (const { target } of seen) {
    const entry = charts.get(target);
    clearTimeout(entry.waiting);
    entry.waiting = setTimeout(() => {
      if (Math.abs(target.clientWidth - entry.width) <= 2) return;
      entry.stale = true;
      draw(target);
    }, SETTLED);
  }
});

// Months are a row of equal places: a bar stands over its name, and no time zone shifts it.
const MONTH_LABEL = 80; // pixels that the name of a month takes
const YEAR_LABEL = 40;

function byMonth(width, padding = 0.15) {
  const domain = report.months.map(shortMonth);
  const room = Math.max(1, Math.floor(width / MONTH_LABEL));
  const step = [1, 2, 3, 6].find((each) => Math.ceil(domain.length / each) <= room) ?? 12;
  const years = step === 12 && width / (domain.length / 12) < MONTH_LABEL;
  const skip = years && width / (domain.length / 12) < YEAR_LABEL ? 24 : step;
  const hasRoom = (n) => (domain.length - n - 0.5) * (width / domain.length) > (years ? YEAR_LABEL : MONTH_LABEL) / 2;
  const named = domain.filter((_, n) => monthsBefore(report.months[n]) % skip === 0 && hasRoom(n));
  return {
    field: "month", type: "ordinal", sort: null, title: null, scale: { domain, padding },
    axis: {
      values: named.length ? named : domain.slice(0, 1), grid: false, labelAngle: 0, labelOverlap: false,
      ...(years && { labelExpr: "slice(datum.label, -4)" }),
    },
  };
}

const monthsBefore = (text) => Number(text.slice(0, 4)) * 12 + Number(text.slice(5)) - 1;

// Ticks for counts: about four, all whole.
function wholeTicks(least, most) {
  const size = 10 ** Math.floor(Math.log10(Math.max(1, (most - least) / 4)));
  const step = [1, 2, 5, 10].map((times) => times * size).find((each) => (most - least) / each <= 6);
  const ticks = [];
  for (let at = Math.floor(least / step) * step; at < most + step; at += step) ticks.push(at);
  return ticks;
}

function counts(field, title, values) {
  const all = values.map((value) => value[field]);
  const ticks = wholeTicks(Math.min(0, ...all), Math.max(1, ...all));
  return {
    field, type: "quantitative", title, stack: null,
    scale: { domain: [ticks[0], ticks.at(-1)], nice: false },
    axis: { values: ticks, format: ",.0f" },
  };
}

// To those who do not see it a chart is one picture with a name; its figures are behind « CSV ».
function label(node, description) {
  const svg = node.querySelector("svg");
  if (!svg) return;
  svg.setAttribute("role", "img");
  svg.setAttribute("aria-label", description);
  svg.removeAttribute("aria-roledescription");
  for (const part of svg.querySelectorAll("[role], [aria-label], [aria-roledescription]"))
    for (const name of ["role", "aria-label", "aria-roledescription", "aria-hidden"]) part.removeAttribute(name);
}

// Names broken into lines that are no wider than so many pixels.
const measuring = document.createElement("canvas").getContext("2d");

function wrapped(all, width) {
  measuring.font = `12px ${colours().sans}`;
  const fits = (text) => measuring.measureText(text).width <= width;
  return all.map((name) => name.split(/(?<=[ -])/).reduce((lines, word) => {
    const longer = (lines.at(-1) ?? "") + word;
    if (lines.length && fits(longer.trimEnd())) return [...lines.slice(0, -1), longer];
    return [...lines, word];
  }, []).map((line) => line.trimEnd()).join("\n"));
}

const LINE = 14;
const rowHeight = (names, least) => Math.max(least, 4 + LINE * Math.max(...names.map((name) => name.split("\n").length)));
