// A row for each source: its state and since when, its last runs, and how well each field is filled.
const KIND_OF_VERDICT = {
  ok: "well", nothing_new: "idle", degraded: "held", broken: "lost", blocked: "lost", gone: "lost",
};
const verdictKind = (verdict) => KIND_OF_VERDICT[verdict] ?? "idle";

function describeHealth() {
  const { health, fields } = report;
  const bad = health.filter((entry) => isBad(entry.verdict)).length;
  element("health-text").textContent = !health.length ? t("health_none")
    : bad ? counted("health_bad", bad, { all: number(health.length) }) : counted("health_well", health.length);
  element("health-table").replaceChildren();
  if (!health.length) return;
  const columns = ["source", "verdict", "last", "runs", "week"].map((name) => [t(`health_${name}`), name]);
  const heads = [...columns, ...fields.map((name) => [t(`field_${name}`), "fill"])].map(([textContent, kind]) =>
    made("th", { scope: "col", textContent, className: kind === "week" ? "number" : kind === "fill" ? kind : "" }));
  const names = labels();
  element("health-table").append(
    made("thead", {}, made("tr", {}, ...heads)),
    made("tbody", {}, ...health.map((entry) => healthRow(entry, names[entry.source]))));
}

function healthRow(entry, name) {
  return made("tr", {},
    made("td", { textContent: name }), verdictCell(entry), made("td", { textContent: entry.last ? day(entry.last) : "–" }),
    made("td", {}, runsStrip(entry.runs)), made("td", { className: "number", textContent: number(entry.week) }),
    ...(entry.fields.length ? entry.fields.map(fillCell) : report.fields.map(() => made("td", { className: "fill", textContent: "–" }))));
}

function verdictCell(entry) {
  const cell = made("td", {}, made("span", {
    className: `verdict ${verdictKind(entry.verdict)}`, textContent: t(`verdict_${entry.verdict || "unknown"}`),
  }));
  if (!isBad(entry.verdict)) return cell;
  const good = entry.good ? t("health_good", { day: day(entry.good) }) : t("health_never");
  cell.append(made("small", { textContent: `${t("health_since", { day: day(entry.since) })}, ${good}` }),
    ...entry.why.map((why) => made("small", { textContent: reason(why) })));
  return cell;
}

// A reason is recorded in English; `[[reasons]]` of words.toml has what each becomes in other languages.
function reason(text) {
  if (language === "en") return text;
  for (const { pattern, fr } of words.reasons) {
    const found = text.match(new RegExp(`^${pattern}$`));
    if (found) return fr.replace(/\{(\d)\}/g, (_, n) => inLanguage(found[n] ?? ""));
  }
  return text;
}

// The names of fields within a reason, and its percentages.
const inLanguage = (part) =>
  part.split(", ").map((each) => words[language][`field_${each}`] ?? each.replaceAll("%", "\u202f%")).join(", ");

function runsStrip(verdicts) {
  const told = verdicts.map((verdict) => t(`verdict_${verdict || "unknown"}`)).join(", ");
  const strip = made("span", { className: "strip", role: "img", ariaLabel: told, title: told });
  strip.append(...verdicts.map((verdict) => made("i", { className: verdictKind(verdict) })));
  return strip;
}

function fillCell([now, usual, drift]) {
  const told = now === null || now === undefined ? "–" : percent(now);
  const cell = made("td", { className: drift ? "fill drift" : "fill", textContent: drift ? `▼ ${told}` : told });
  if (drift) cell.append(made("small", { textContent: percent(usual) }));
  return cell;
}
