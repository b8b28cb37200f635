// What the gazette announced of companies, and which articles report it.
const NOTICES_LISTED = 10;
const OPENINGS = ["insolvency_opening", "insolvency_liquidation"];
let noticesListed = NOTICES_LISTED;

const hasNotices = () => report.gazette.notices.length > 0;
const noticeKind = (kind) => t(`notice_${kind}`);
const isReported = ([, , , , , , rows]) => rows.length > 0;

// Those of companies that the selected articles name, in the days that are chosen.
function noticesOfSelection() {
  const { companies, notices } = report.gazette;
  const [from, to] = [valueOf("filter-from"), valueOf("filter-to")];
  const isNarrow = [...FIELDS, ...CHECKS].some((id) => isSet(id) && id !== "filter-from" && id !== "filter-to");
  const meant = companies.map(({ rows }) => !isNarrow || rows.some(isSelected));
  return notices.filter(([company, on]) => meant[company] && (!from || on >= from) && (!to || on <= to));
}

function showGazette() {
  element("gazette").hidden = !hasNotices();
  document.querySelector("nav a[href='#gazette']").hidden = !hasNotices();
  if (!hasNotices()) return;
  chart("chart-gazette", gazetteChart);
  element("gazette-unreported").addEventListener("change", describeGazette);
  element("gazette-more").addEventListener("click", () => { noticesListed = Infinity; describeGazette(); });
  figuresOf.set("gazette", () => ({
    columns: ["date", "company", "notice", "tribunal", "reported", "address"].map((name) => t(`column_${name}`)),
    rows: noticesListedFrom().map((notice) => {
      const [company, on, , kind, tribunal, url] = notice;
      return [on, report.gazette.companies[company].name, noticeKind(kind), tribunal, t(isReported(notice) ? "yes" : "no"), url];
    }),
  }));
}

const noticesListedFrom = () => noticesOfSelection().filter((notice) => !element("gazette-unreported").checked || !isReported(notice));

function describeGazette() {
  if (!hasNotices()) return;
  const openings = noticesOfSelection().filter(([, , , kind]) => OPENINGS.includes(kind));
  const unreported = openings.filter((notice) => !isReported(notice)).length;
  element("gazette-text").textContent = counted("gazette_text", openings.length, { unreported: number(unreported) });
  const all = noticesListedFrom();
  element("gazette-list").replaceChildren(...all.slice(0, noticesListed).map(noticeLine));
  element("gazette-none").hidden = all.length > 0;
  element("gazette-more").hidden = all.length <= noticesListed;
  element("gazette-more").textContent = counted("gazette_more", all.length);
}

function noticeLine([company, on, , kind, tribunal, url, rows]) {
  const { name } = report.gazette.companies[company];
  const who = nameOf(name) < 0 ? made("span", { textContent: name })
    : made("button", { type: "button", textContent: name, onclick: () => filterByName(name) });
  const what = url ? made("a", { textContent: noticeKind(kind), href: url, target: "_blank", rel: "noopener noreferrer" }) : made("span", { textContent: noticeKind(kind) });
  const told = made("small", { textContent: [plainDay(on), tribunal].filter(Boolean).join(" · ") });
  // That an article names a company about then says that it reports an insolvency, of which it is; of other notices it does not.
  const tells = kind.startsWith("insolvency") ? "reports" : "names";
  const first = made("small", {}, ...(rows.length ? [`${t(`gazette_${tells}`)} `, link(rows[0]), ` · ${report.publishers[report.articles.source[rows[0]]]} · ${published(rows[0])}`] : [t(`gazette_none_${tells}`)]));
  return made("li", {}, who, what, told, first);
}

function gazetteByMonth() {
  const found = report.months.map((_, n) => [n, 0, 0]);
  for (const notice of noticesOfSelection()) {
    const [, , n, kind] = notice;
    if (n >= 0 && OPENINGS.includes(kind)) found[n][isReported(notice) ? 1 : 2] += 1;
  }
  return found.filter(([, reported, unreported]) => reported || unreported);
}

function gazetteChart(width, c) {
  const cells = gazetteByMonth();
  if (!cells.length) return t("gazette_none");
  const values = cells.flatMap(([n, ...both]) => both.map((count, place) => ({
    month: shortMonth(report.months[n]), what: ["reported", "unreported"][place], place, count, partial: isPartial(n),
    tip: `${month(report.months[n])}\n${number(count)} ${t(["gazette_reported", "gazette_unreported"][place])}${partialTold(n)}`,
  })));
  const totals = cells.map(([, reported, unreported]) => ({ count: reported + unreported }));
  return {
    width, height: 200, data: { values },
    mark: { type: "bar" },
    encoding: {
      x: byMonth(width),
      y: { ...counts("count", t("axis_notices"), totals), stack: "zero" },
      color: { field: "what", scale: { domain: ["reported", "unreported"], range: [c.accent, c.warm] }, legend: null },
      order: { field: "place" },
      opacity: paleWherePartial,
      tooltip: { field: "tip" },
    },
  };
}
