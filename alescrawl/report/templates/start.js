// Reads the packed data, shows the page, and follows the switches of language and theme.
function describe() {
  showHeading();
  describeTables();
  describePartial();
  describeTable();
  describeHealth();
  describeSelection();
  describeFigures();
}

// What follows the selection and is no chart that is drawn when it comes near.
function describeFigures() {
  describeFresh();
  describeNames();
  describeNetwork();
  describeMap();
  describeJobs();
  describeGazette();
}

function changeLanguage(chosen) {
  setLanguage(chosen);
  applyTheme();
  describe();
  redraw();
}

function changeTheme() {
  applyTheme();
  redraw();
}

async function start() {
  if (!("DecompressionStream" in globalThis)) throw new Error("DecompressionStream");
  [words, report] = await Promise.all([unpacked("packed-words"), unpacked("packed-figures")]);
  setLanguage(chosenLanguage());
  applyTheme();
  charting = new Promise((done, failed) => setTimeout(() => loadCharting().then(done, failed)));
  select();
  table.rows = [...selection.rows];
  showTable();
  describe();
  showFilters();
  showTables();
  showFresh();
  showOverview();
  showNames();
  showNetwork();
  showMap();
  showJobs();
  showGazette();
  showTopics();
  showGaps();
  showAddress();
  for (const button of document.querySelectorAll("[data-set-language]"))
    button.addEventListener("click", () => changeLanguage(button.dataset.setLanguage));
  element("theme").addEventListener("click", () => {
    chosenTheme = document.documentElement.dataset.theme === "dark" ? "light" : "dark";
    changeTheme();
  });
  systemIsDark.addEventListener("change", changeTheme);
  performance.mark("shown");
  (globalThis.requestIdleCallback ?? setTimeout)(prepareSearch);
}

start().catch((error) => {
  const box = element("failure");
  box.hidden = false;
  box.textContent = words ? t("failed", { error: error.message })
    : `Ce navigateur est trop ancien pour cette page · This browser is too old for this page (${error.message}): Firefox, Chrome, Edge, Safari, 2023 or later.`;
  throw error;
});
