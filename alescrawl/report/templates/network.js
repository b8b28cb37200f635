// Who is named with whom: names in a column, joined by arcs, so that each can be read.
const GROUPS = ["company", "public", "association", "other", "person"];
const GROUP_OF = {
  company: 0, public_body: 1, chamber: 1, school: 1, association: 2, union: 2, party: 2, cluster: 2,
};
const NODES_AT_FIRST = 15;
const MORE_NODES = 15;
const CANDIDATES = 150; // names, most named first, among which pairs are counted
let nodesShown = NODES_AT_FIRST;
let chosenNode = null;
let network = { nodes: [], links: [] };

const group = ({ kind, subtype }) => (kind === "person" ? 4 : GROUP_OF[subtype] ?? 3);

// Pairs of the names and the articles that name both, most first.
function pairsNamed(names) {
  const byRow = new Map();
  names.forEach(({ rows }, n) => rows.forEach((row) => byRow.set(row, [...(byRow.get(row) ?? []), n])));
  const counts = new Map();
  for (const those of byRow.values())
    those.forEach((a, i) => those.slice(i + 1).forEach((b) => counts.set(a * CANDIDATES + b, (counts.get(a * CANDIDATES + b) ?? 0) + 1)));
  return [...counts].map(([key, count]) => ({ a: Math.floor(key / CANDIDATES), b: key % CANDIDATES, count })).sort((x, y) => y.count - x.count);
}

// The names of the strongest links, in an order that keeps those together that are named together.
function layOut() {
  const names = namesOfSelection().slice(0, CANDIDATES);
  const all = pairsNamed(names);
  const kept = new Set();
  for (const { a, b } of all) {
    if (kept.size + !kept.has(a) + !kept.has(b) > nodesShown) { if (kept.size >= nodesShown - 1) break; continue; }
    kept.add(a).add(b);
  }
  const links = all.filter(({ a, b }) => kept.has(a) && kept.has(b));
  const weight = (n, placed) => links.reduce((sum, { a, b, count }) =>
    sum + ((a === n && placed.includes(b)) || (b === n && placed.includes(a)) ? count : 0), 0);
  const waiting = [...kept];
  const order = waiting.splice(0, 1);
  while (waiting.length) {
    const near = order.slice(-3);
    const scores = waiting.map((n) => weight(n, near));
    order.push(...waiting.splice(scores.indexOf(Math.max(...scores)), 1));
  }
  const place = new Map(order.map((n, i) => [n, i]));
  network = {
    nodes: order.map((n) => names[n]),
    links: links.map(({ a, b, count }) => ({ a: place.get(a), b: place.get(b), count })),
    hasMore: all.some(({ a, b }) => !kept.has(a) || !kept.has(b)),
  };
}

function showNetwork() {
  element("network-more").addEventListener("click", () => { nodesShown += MORE_NODES; describeNetwork(); });
  element("network-fewer").addEventListener("click", () => { nodesShown = NODES_AT_FIRST; describeNetwork(); });
  new ResizeObserver(drawArcs).observe(element("chart-network"));
  figuresOf.set("network", () => ({
    columns: [t("filter_name"), t("network_other"), t("axis_articles")],
    rows: network.links.map(({ a, b, count }) => [network.nodes[a].name, network.nodes[b].name, count]),
  }));
}

function describeNetwork() {
  layOut();
  if (!network.nodes.some(({ name }) => name === chosenNode)) chosenNode = null;
  element("network-more").hidden = !network.hasMore;
  element("network-more").textContent = t("network_more", { count: number(MORE_NODES) });
  element("network-fewer").hidden = nodesShown === NODES_AT_FIRST;
  element("network-fewer").textContent = t("network_fewer", { count: number(NODES_AT_FIRST) });
  element("network-text").textContent = t("network_text", { count: number(network.nodes.length) });
  const box = element("chart-network");
  box.classList.toggle("without", !network.nodes.length);
  if (!network.nodes.length) box.replaceChildren(made("p", { className: "empty", textContent: t("network_none") }));
  else {
    const arcs = drawnShape("svg", { class: "arcs", "aria-hidden": "true" });
    box.replaceChildren(made("ol", { className: "nodes" }, ...network.nodes.map((entry) => made("li", {}, nodeButton(entry)))), arcs);
    drawArcs();
  }
  box.dataset.drawn = String(Number(box.dataset.drawn ?? 0) + 1);
  showPartners();
}

function nodeButton(entry) {
  const { name, rows } = entry;
  const dot = made("span", { className: "dot" });
  dot.style.background = `var(--group-${group(entry) + 1})`;
  return made("button", { type: "button", title: counted("tip_articles", rows.length), ariaPressed: String(name === chosenNode), onclick: () => chooseNode(name === chosenNode ? null : name) },
    made("span", { textContent: name }), dot);
}

function drawArcs() {
  const box = element("chart-network");
  const svg = box.querySelector(".arcs");
  if (!svg) return;
  const buttons = [...box.querySelectorAll(".nodes button")];
  const top = svg.getBoundingClientRect().top;
  const middles = buttons.map((button) => { const at = button.getBoundingClientRect(); return at.top + at.height / 2 - top; });
  const width = svg.clientWidth - 8;
  const tallest = Math.max(1, middles.at(-1) - middles[0]);
  const most = network.links[0]?.count ?? 1;
  const near = partners().map(({ name }) => name);
  svg.replaceChildren(...[...network.links].reverse().map(({ a, b, count }) => {
    const [from, to] = [middles[Math.min(a, b)], middles[Math.max(a, b)]];
    const reach = 12 + (width - 14) * ((to - from) / tallest);
    const touches = [a, b].some((n) => network.nodes[n].name === chosenNode);
    const path = drawnShape("path", {
      d: `M 2 ${from} A ${reach} ${(to - from) / 2} 0 0 1 2 ${to}`, "stroke-width": 0.8 + 6 * (count / most),
      class: chosenNode === null ? "" : touches ? "near" : "far",
    });
    path.append(drawnShape("title", {}, `${network.nodes[a].name} – ${network.nodes[b].name}: ${counted("tip_articles", count)}`));
    return path;
  }));
  buttons.forEach((button, n) => {
    const { name } = network.nodes[n];
    button.ariaPressed = String(name === chosenNode);
    button.classList.toggle("far", chosenNode !== null && name !== chosenNode && !near.includes(name));
  });
}

function chooseNode(name) {
  chosenNode = name;
  drawArcs();
  showPartners();
}

const partners = () => network.links.flatMap(({ a, b, count }) => {
  const [one, other] = [network.nodes[a].name, network.nodes[b].name];
  return one === chosenNode ? [{ name: other, count }] : other === chosenNode ? [{ name: one, count }] : [];
});

function legend() {
  const shown = new Set(network.nodes.map(group));
  const entries = GROUPS.map((name, n) => {
    if (!shown.has(n)) return null;
    const dot = made("span", { className: "dot" });
    dot.style.background = `var(--group-${n + 1})`;
    return made("span", {}, dot, t(`group_${name}`));
  });
  return made("p", { className: "legend" }, ...entries.filter(Boolean));
}

function showPartners() {
  const box = element("partners");
  const entry = network.nodes.find(({ name }) => name === chosenNode);
  if (!entry) {
    box.replaceChildren(legend(), made("p", { className: "note", textContent: network.nodes.length ? t("network_hint") : "" }));
    return;
  }
  const list = partners().map(({ name, count }) => made("li", {},
    made("button", { type: "button", textContent: name, onclick: () => chooseNode(name) }), made("span", { textContent: number(count) })));
  box.replaceChildren(legend(), made("h3", { textContent: entry.name }),
    made("button", { type: "button", textContent: counted("network_show", entry.rows.length), onclick: () => showArticlesWhere("filter-name", entry.name) }),
    made("p", { className: "note", textContent: t("network_with") }), made("ol", {}, ...list));
}
