// Tables for a spreadsheet: CSV as the reader's language has it, with nothing that a spreadsheet would run.
const harmless = (cell) => {
  const text = cell === null || cell === undefined ? "" : typeof cell === "number" ? cell.toLocaleString(locale(), { useGrouping: false, maximumFractionDigits: 4 }) : String(cell);
  return typeof cell !== "number" && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
};

function asCsv(columns, rows) {
  const separator = language === "fr" ? ";" : ",";
  const quoted = (cell) => (/[",;\n\r]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);
  const lines = [columns, ...rows].map((cells) => cells.map((cell) => quoted(harmless(cell))).join(separator));
  return `\ufeff${lines.join("\r\n")}\r\n`;
}

function save(name, columns, rows) {
  const address = URL.createObjectURL(new Blob([asCsv(columns, rows)], { type: "text/csv;charset=utf-8" }));
  made("a", { href: address, download: `${name}.csv` }).click();
  setTimeout(() => URL.revokeObjectURL(address), 1000);
}

// A button for each chart that has figures: `data-csv` names the chart.
const figuresOf = new Map();

function describeTables() {
  for (const button of document.querySelectorAll("[data-csv]")) {
    button.textContent = "CSV";
    button.ariaLabel = t("csv_of", { what: chartTitle(element(`chart-${button.dataset.csv}`)) });
    button.title = button.ariaLabel;
  }
}

function showTables() {
  for (const button of document.querySelectorAll("[data-csv]"))
    button.addEventListener("click", () => {
      const { columns, rows } = figuresOf.get(button.dataset.csv)();
      save(`alescrawl-${button.dataset.csv}`, columns, rows);
    });
}

const chartTitle = (node) =>
  (node.closest("figure")?.querySelector("figcaption > span, figcaption")?.textContent || node.closest("section").querySelector("h2").textContent).trim();
