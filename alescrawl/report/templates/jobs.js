// Jobs created and cut, by month, and the articles with the largest numbers.
function showJobs() {
  chart("chart-jobs", jobsChart);
}

function describeJobs() {
  const list = report.jobs.largest.slice(0, 8).map(([row, what, count]) => headline(row,
    made("b", { textContent: (what === "cut" ? "−" : "+") + number(count) })));
  element("jobs-list").replaceChildren(...list);
  element("jobs-heading").hidden = element("jobs-key").hidden = !list.length;
}

function jobsChart(width, c) {
  if (!report.jobs.cells.length) return t("jobs_none");
  const values = report.jobs.cells.flatMap(([n, created, cut]) => [
    { month: shortMonth(report.months[n]), what: "created", jobs: created, tip: `${month(report.months[n])}\n${number(created)} ${t("jobs_created")}` },
    { month: shortMonth(report.months[n]), what: "cut", jobs: -cut, tip: `${month(report.months[n])}\n${number(cut)} ${t("jobs_cut")}` },
  ]);
  const y = counts("jobs", t("axis_jobs"), values);
  return {
    width, height: 260, data: { values },
    mark: { type: "bar" },
    encoding: {
      x: byMonth(width),
      y: { ...y, axis: { ...y.axis, labelExpr: "format(abs(datum.value), ',.0f')" } },
      color: { field: "what", scale: { domain: ["created", "cut"], range: [c.accent, c.warm] }, legend: null },
      tooltip: { field: "tip" },
    },
  };
}
