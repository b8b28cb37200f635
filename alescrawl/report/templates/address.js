// The view in the address after #, so that it can be sent: the section, then what is filtered.
const KEYS = {
  q: "search", source: "filter-source", topic: "filter-topic", institution: "filter-name", commune: "filter-commune",
  from: "filter-from", to: "filter-to", gard: "only-gard", economy: "only-economy", new: "only-new", originals: "no-copies",
};
let section = "";

function addressParts() {
  const parts = new URLSearchParams();
  for (const [key, id] of Object.entries(KEYS)) {
    const node = element(id);
    if (node.type === "checkbox") { if (node.checked) parts.set(key, "1"); continue; }
    if (!node.value.trim()) continue;
    // By name: positions differ from one report to the next.
    parts.set(key, id === "filter-source" ? report.sources[node.value] : id === "filter-topic" ? report.topics[node.value] : node.value.trim());
  }
  if (table.sort !== "published" || table.ascending) parts.set("sort", `${table.ascending ? "" : "-"}${table.sort}`);
  if (table.page) parts.set("page", String(table.page + 1));
  return parts.toString();
}

function keepAddress() {
  const address = `#${[section, addressParts()].filter(Boolean).join("&")}`;
  if (address !== (location.hash || "#")) history.replaceState(null, "", address);
}

function readAddress() {
  const [first, ...rest] = location.hash.slice(1).split("&");
  section = first.includes("=") ? "" : first;
  const parts = new URLSearchParams((section ? rest : [first, ...rest]).join("&"));
  for (const [key, id] of Object.entries(KEYS)) {
    const node = element(id);
    const value = parts.get(key) ?? "";
    if (node.type === "checkbox") node.checked = value === "1";
    else if (id === "filter-source" || id === "filter-topic") {
      const place = (id === "filter-source" ? report.sources : report.topics).indexOf(value);
      node.value = value && place >= 0 ? String(place) : "";
    } else node.value = value;
  }
  const sort = parts.get("sort") ?? "-published";
  const column = sort.replace(/^-/, "");
  if (["published", "title", "source"].includes(column)) Object.assign(table, { sort: column, ascending: !sort.startsWith("-") });
  filter({ now: true });
  const pages = Math.max(1, Math.ceil(table.rows.length / ROWS_A_PAGE));
  table.page = Math.min(pages, Math.max(1, Number.parseInt(parts.get("page"), 10) || 1)) - 1;
  if (table.page) showPage();
  keepAddress();
}

function goToSection(id) {
  section = id;
  keepAddress();
  element(id).scrollIntoView();
  element(id).querySelector("h2")?.focus({ preventScroll: true });
}

function showAddress() {
  for (const link of document.querySelectorAll(".contents a, .skip"))
    link.addEventListener("click", (event) => { event.preventDefault(); goToSection(link.getAttribute("href").slice(1)); });
  addEventListener("hashchange", readAddress);
  readAddress();
  if (section && element(section)) element(section).scrollIntoView();
}
