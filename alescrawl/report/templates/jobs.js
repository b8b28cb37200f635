// Jobs created and cut, by month, and the articles with the largest numbers.
const LARGEST_SHOWN = 8;
const jobsOfSelection = () => report.jobs.filter(([row]) => isSelected(row));

function jobsByMonth() {
  const found = report.months.map((_, n) => [n, 0, 0]);
  for (const [row, what, count] of jobsOfSelection()) {
    const n = report.articles.month[row];
    if (n >= 0) found[n][what === "cut" ? 2 : 1] += count;
  }
  return found.filter(([, created, cut]) => created || cut);
}

function showJobs() {
  chart("chart-jobs", jobsChart);
  figuresOf.set("jobs", () => monthFigures([t("jobs_created"), t("jobs_cut")], jobsByMonth()));
}

function describeJobs() {
  const recent = jobsOfSelection().filter(([row]) => report.articles.month[row] >= Math.max(0, report.months.length - 12));
  const list = recent.slice(0, LARGEST_SHOWN).map(([row, what, count]) => headline(row,
    made("b", { textContent: (what === "cut" ? "−" : "+") + number(count) })));
  element("jobs-list").replaceChildren(...list);
  element("jobs-heading").hidden = !list.length;
  element("jobs-key").querySelector("span").hidden = !jobsByMonth().length;
}

function jobsChart(width, c) {
  const cells = jobsByMonth();
  if (!cells.length) return t("jobs_none");
  const values = cells.flatMap(([n, created, cut]) => [
    { month: shortMonth(report.months[n]), what: "created", jobs: created, partial: isPartial(n), tip: `${month(report.months[n])}\n${number(created)} ${t("jobs_created")}${partialTold(n)}` },
    { month: shortMonth(report.months[n]), what: "cut", jobs: -cut, partial: isPartial(n), tip: `${month(report.months[n])}\n${number(cut)} ${t("jobs_cut")}${partialTold(n)}` },
  ]);
  const y = counts("jobs", t("axis_jobs"), values);
  return {
    width, height: 260, data: { values },
    mark: { type: "bar" },
    encoding: {
      x: byMonth(width),
      y: { ...y, axis: { ...y.axis, labelExpr: "format(abs(datum.value), ',.0f')" } },
      color: { field: "what", scale: { domain: ["created", "cut"], range: [c.accent, c.warm] }, legend: null },
      opacity: paleWherePartial,
      tooltip: { field: "tip" },
    },
  };
}
