// The institutions most named, and how that changes; a click on one leaves the articles that name it.
const NAMES_AT_FIRST = 20;
const MORE_NAMES = 50;
const CHANGES = 9;
let namesShown = NAMES_AT_FIRST;

const selectedRows = (rows) => rows.filter(isSelected);

// The names of the selected articles, most named first.
function namesOfSelection(kind) {
  return report.named.names.filter((entry) => !kind || entry.kind === kind)
    .map((entry) => ({ ...entry, rows: isNarrowed() ? selectedRows(entry.rows) : entry.rows }))
    .filter(({ rows }) => rows.length).sort((a, b) => b.rows.length - a.rows.length);
}

function showNames() {
  element("names-more").addEventListener("click", () => { namesShown += MORE_NAMES; describeNames(); });
  element("name-search").addEventListener("input", () => { namesShown = NAMES_AT_FIRST; describeNames(); });
  figuresOf.set("names", () => ({ columns: [t("filter_name"), t("column_kind"), t("axis_articles")], rows: namesOfSelection("institution").map(({ name, subtype, rows }) => [name, subtype, rows.length]) }));
  figuresOf.set("change", () => ({
    columns: [t("filter_name"), t("column_now"), t("column_before"), t("column_change")],
    rows: changes(Infinity).map(({ name, now, earlier, value }) => [name, now, earlier, value]),
  }));
}

function describeNames() {
  const { named } = report;
  const all = namesOfSelection("institution");
  const sought = folded(element("name-search").value.trim());
  const found = sought ? all.filter(({ name }) => folded(name).includes(sought)) : all;
  element("names-text").textContent = t("names_text");
  element("change-caption").textContent = t("names_change", {
    days: number(named.window_days), day: named.window_end ? plainDay(named.window_end) : "–",
  });
  element("names-told").textContent = all.length ? counted("names_all", found.length) : "";
  element("name-search").parentElement.hidden = !all.length;
  element("names-more").hidden = found.length <= namesShown;
  element("names-more").textContent = t("names_more", { count: number(Math.min(MORE_NAMES, found.length - namesShown)) });
  const shown = found.slice(0, namesShown).map(({ name, rows }) =>
    ({ name, value: rows.length, told: number(rows.length), tip: counted("tip_articles", rows.length) }));
  showBars("names", shown, t(sought && all.length ? "names_not_found" : "names_none"), { onclick: ({ name }) => filterByName(name), most: all[0]?.rows.length ?? 1 });
  const changed = changes(CHANGES).map((entry) => ({
    ...entry, told: (entry.value > 0 ? "+" : "−") + number(Math.abs(entry.value), 1),
    tip: t("tip_per_hundred", { now: number(entry.now, 1), before: number(entry.earlier, 1) }),
  }));
  showBars("change", changed, t("names_no_change"), { onclick: ({ name }) => filterByName(name) });
}

function changes(most) {
  const { window: windows } = report.named;
  const within = (rows, n) => rows.reduce((sum, row) => sum + (windows[row] === n ? 1 : 0), 0);
  const [recent, before] = [within(originals(), 1), within(originals(), 2)];
  if (recent < 20 || before < 20) return [];
  const values = namesOfSelection("institution").map(({ name, rows }) => {
    const [now, earlier] = [(100 * within(rows, 1)) / recent, (100 * within(rows, 2)) / before];
    return { name, now, earlier, value: now - earlier };
  });
  values.sort((a, b) => b.value - a.value);
  const up = values.filter(({ value }) => value > 0).slice(0, most);
  const down = values.filter(({ value }) => value < 0);
  return [...up, ...down.slice(Math.max(0, down.length - most))];
}
