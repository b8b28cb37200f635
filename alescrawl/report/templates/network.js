// Who is named with whom: names that repel each other, drawn together by the articles they share.
const GROUPS = ["company", "public", "association", "other", "person"];
const GROUP_OF = {
  company: 0, public_body: 1, chamber: 1, school: 1, association: 2, union: 2, party: 2, cluster: 2,
};
const LINKS_AT_FIRST = 120;
let least = 1;
let chosenNode = null;
let networkView = null;

const group = ({ kind, subtype }) => (kind === "person" ? 4 : GROUP_OF[subtype] ?? 3);
const strong = () => report.named.links.filter(([, , count]) => count >= least);

function showNetwork() {
  const { links } = report.named;
  const slider = element("least");
  least = links[Math.min(LINKS_AT_FIRST, links.length) - 1]?.[2] ?? 1;
  slider.max = Math.max(1, links[Math.min(10, links.length) - 1]?.[2] ?? 1);
  slider.value = least = Math.min(least, slider.max);
  describeNetwork();
  slider.addEventListener("input", () => {
    least = Number(slider.value);
    describeNetwork();
    redraw("chart-network");
  });
  element("node-choice").addEventListener("change", ({ target }) => chooseNode(target.value ? Number(target.value) : null));
  chart("chart-network", networkChart, { renderer: "canvas", drawn: followNetwork });
}

function describeNetwork() {
  element("least-told").textContent = number(least);
  element("network-control").hidden = !report.named.links.length;
  const nodes = [...new Set(strong().flatMap(([a, b]) => [a, b]))].sort((a, b) => a - b);
  if (!nodes.includes(chosenNode)) chosenNode = null;
  options(element("node-choice"), nodes.map((n) => [n, report.named.names[n].name]));
  showPartners();
}

function followNetwork(view) {
  networkView = view;
  view.addEventListener("click", (_event, item) => chooseNode(item?.datum?.number ?? null));
  markChosen();
}

function chooseNode(n) {
  chosenNode = n;
  element("node-choice").value = n ?? "";
  markChosen();
  showPartners();
}

const partners = () =>
  strong().filter(([a, b]) => a === chosenNode || b === chosenNode)
    .map(([a, b, count]) => ({ number: a === chosenNode ? b : a, count }));

function markChosen() {
  const near = chosenNode === null ? [] : [chosenNode, ...partners().map((partner) => partner.number)];
  networkView?.signal("near", near).signal("chosen", chosenNode).runAsync();
}

function legend() {
  const shown = new Set(strong().flatMap(([a, b]) => [a, b]).map((n) => group(report.named.names[n])));
  const entries = GROUPS.map((name, n) => shown.has(n) && made("span", {},
    made("span", { className: "dot", style: `background: var(--group-${n + 1})` }), t(`group_${name}`)));
  return made("p", { className: "legend" }, ...entries.filter(Boolean));
}

function showPartners() {
  const box = element("partners");
  if (chosenNode === null) {
    box.replaceChildren(legend(), made("p", { className: "note", textContent: strong().length ? t("network_hint") : "" }));
    return;
  }
  const { name, rows } = report.named.names[chosenNode];
  const list = partners().map(({ number: n, count }) => made("li", {},
    made("button", { type: "button", textContent: report.named.names[n].name, onclick: () => chooseNode(n) }),
    made("span", { textContent: number(count) })));
  box.replaceChildren(legend(), made("h3", { textContent: name }),
    made("button", { type: "button", textContent: counted("network_show", rows.length), onclick: () => showArticlesWhere("filter-name", chosenNode) }),
    made("p", { className: "note", textContent: t("network_with") }), made("ol", {}, ...list));
}

function networkChart(width, c) {
  const links = strong();
  if (!links.length) return t("network_none");
  const used = [...new Set(links.flatMap(([a, b]) => [a, b]))];
  const position = new Map(used.map((n, i) => [n, i]));
  const most = Math.max(...used.map((n) => report.named.names[n].rows.length));
  const strongest = links[0][2];
  const narrow = width < 560;
  const margin = narrow ? 34 : 90;
  const nodes = used.map((n) => {
    const entry = report.named.names[n];
    const share = Math.sqrt(entry.rows.length / most);
    return {
      number: n, name: entry.name, group: group(entry), size: 40 + 560 * share * share,
      radius: 5 + 12 * share, order: -share, font: Math.round(10 + 4 * share), 
      tip: `${entry.name}\n${counted("tip_articles", entry.rows.length)}`,
    };
  });
  const height = narrow ? Math.max(380, width) : Math.min(620, width * 0.72);
  return {
    $schema: "https://vega.github.io/schema/vega/v6.json",
    width, height, autosize: "none", padding: 0,
    signals: [{ name: "near", value: [] }, { name: "chosen", value: null }],
    data: [
      {
        name: "links",
        values: links.map(([a, b, count]) =>
          ({ source: position.get(a), target: position.get(b), a, b, wide: 0.7 + 4.5 * (count / strongest) })),
      },
      {
        name: "nodes", values: nodes,
        transform: [{
          type: "force", iterations: 300, static: true, signal: "force",
          forces: [
            { force: "x", x: { expr: "0" }, strength: 0.08 * (height / width) }, { force: "y", y: { expr: "0" }, strength: 0.1 },
            { force: "collide", radius: { expr: "datum.radius + 6" } },
            { force: "nbody", strength: -420 }, { force: "link", links: "links", distance: 90 },
          ],
        }],
      },
    ],
    // The layout is stretched to the frame, so that no name is outside.
    scales: [
      { name: "x", domain: { data: "nodes", field: "x" }, zero: false, range: [margin, width - margin] },
      { name: "y", domain: { data: "nodes", field: "y" }, zero: false, range: [24, height - 34] },
      { name: "group", type: "ordinal", domain: [0, 1, 2, 3, 4], range: c.groups },
    ],
    marks: [
      {
        type: "path", from: { data: "links" }, interactive: false,
        encode: {
          enter: { strokeWidth: { field: "wide" }, strokeCap: { value: "round" } },
          update: {
            stroke: [{ test: "datum.a === chosen || datum.b === chosen", value: c.accent }, { value: c.muted }],
            strokeOpacity: [
              { test: "chosen === null", value: 0.28 },
              { test: "datum.a === chosen || datum.b === chosen", value: 0.75 }, { value: 0.07 },
            ],
          },
        },
        transform: [{
          type: "linkpath", require: { signal: "force" }, shape: "line",
          sourceX: { expr: "scale('x', datum.datum.source.x)" }, sourceY: { expr: "scale('y', datum.datum.source.y)" },
          targetX: { expr: "scale('x', datum.datum.target.x)" }, targetY: { expr: "scale('y', datum.datum.target.y)" },
        }],
      },
      {
        name: "symbols", type: "symbol", zindex: 1, from: { data: "nodes" },
        encode: {
          enter: {
            fill: { scale: "group", field: "group" }, size: { field: "size" }, stroke: { value: c.paper },
            strokeWidth: { value: 1.5 }, cursor: { value: "pointer" }, tooltip: { field: "tip" },
          },
          update: {
            x: { scale: "x", field: "x" }, y: { scale: "y", field: "y" },
            opacity: [{ test: "chosen === null || indexof(near, datum.number) >= 0", value: 1 }, { value: 0.18 }],
          },
        },
      },
      {
        type: "text", from: { data: "symbols" }, interactive: false, zindex: 2,
        encode: {
          enter: {
            text: { field: "datum.name" }, fontSize: { field: "datum.font" }, font: { value: c.sans }, fill: { value: c.ink },
            limit: { value: narrow ? 120 : 230 },
          },
          update: {
            fillOpacity: [{ test: "chosen === null || indexof(near, datum.datum.number) >= 0", value: 1 }, { value: 0 }],
          },
        },
        // Labels that would overlap are left out; the largest come first.
        transform: [{
          type: "label", size: [width, height], anchor: ["bottom", "right", "left", "top"], offset: [3],
          sort: { field: "datum.order" }, avoidBaseMark: true,
        }],
      },
    ],
  };
}
