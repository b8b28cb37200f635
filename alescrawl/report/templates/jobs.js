// Jobs created and cut, by month, and the articles with the largest numbers.
function showJobs() {
  chart("chart-jobs", jobsChart);
}

function describeJobs() {
  const list = report.jobs.largest.slice(0, 8).map(([row, what, count]) => headline(row,
    made("b", { textContent: (what === "cut" ? "−" : "+") + number(count) })));
  element("jobs-list").replaceChildren(...list);
}

function jobsChart(width, c) {
  if (!report.jobs.cells.length) return t("jobs_none");
  const values = report.jobs.cells.flatMap(([n, created, cut]) => [
    { month: monthDate(n), what: "created", jobs: created, tip: `${month(report.months[n])}\n${number(created)} ${t("jobs_created")}` },
    { month: monthDate(n), what: "cut", jobs: -cut, tip: `${month(report.months[n])}\n${number(cut)} ${t("jobs_cut")}` },
  ]);
  return {
    width, height: 260, data: { values },
    mark: { type: "bar", width: { band: 0.8 } },
    encoding: {
      x: {
        ...byMonth(report.months.length), timeUnit: "utcyearmonth",
        scale: { domain: [monthDate(0), monthDate(report.months.length - 1)] },
      },
      y: {
        field: "jobs", type: "quantitative", title: t("axis_jobs"),
        axis: { labelExpr: "replace(format(abs(datum.value), ',.0f'), '-', '')", tickCount: 6 },
      },
      color: { field: "what", scale: { domain: ["created", "cut"], range: [c.accent, c.warm] }, legend: null },
      tooltip: { field: "tip" },
    },
  };
}
