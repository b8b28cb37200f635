// Words, numbers and dates in the language of the reader.
const PARIS = "Europe/Paris";
let words;
let language;

function t(name, values = {}) {
  return (words[language][name] ?? name).replace(/\{(\w+)\}/g, (_, key) => values[key]);
}

const locale = () => (language === "fr" ? "fr-FR" : "en-GB");
const number = (value, digits = 0) => value.toLocaleString(locale(), { maximumFractionDigits: digits });
const percent = (share) => share.toLocaleString(locale(), { style: "percent" });
// « 1 article », « 2 articles »: French counts zero with one.
const isOne = (count) => (language === "fr" ? Math.abs(count) < 2 : count === 1);
const counted = (name, count, more = {}) =>
  t(isOne(count) && words[language][`${name}_one`] ? `${name}_one` : name, { count: number(count), ...more });
const formatters = new Map();

function formatted(moment, options, key) {
  const name = `${language} ${key}`;
  if (!formatters.has(name)) formatters.set(name, new Intl.DateTimeFormat(locale(), options));
  return formatters.get(name).format(moment);
}

const day = (moment) =>
  formatted(new Date(moment), { day: "numeric", month: "short", year: "numeric", timeZone: PARIS }, "day");
const dayAndTime = (moment) =>
  formatted(new Date(moment), { dateStyle: "long", timeStyle: "short", timeZone: PARIS }, "time");
// A day or month that has no time of its own: 2026-03, 2026-03-12.
const plainDay = (text) =>
  formatted(new Date(`${text}T12:00Z`), { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" }, "plain");
const month = (text) =>
  formatted(new Date(`${text}-15T12:00Z`), { month: "long", year: "numeric", timeZone: "UTC" }, "month");

const shortMonth = (text) =>
  formatted(new Date(`${text}-15T12:00Z`), { month: "short", year: "numeric", timeZone: "UTC" }, "short month");

// 2026-03-12 09:30 in Paris, as a spreadsheet reads it.
const parisTime = (moment) =>
  new Date(moment).toLocaleString("sv-SE", { timeZone: PARIS, dateStyle: "short", timeStyle: "short" });

function chosenLanguage() {
  const set = document.documentElement.dataset.language;
  if (set) return set;
  const known = navigator.languages.map((tag) => tag.slice(0, 2)).find((tag) => words[tag]);
  return known ?? "en";
}

function setLanguage(chosen) {
  language = chosen;
  document.documentElement.lang = language;
  document.title = t("title");
  for (const node of document.querySelectorAll("[data-t]")) node.textContent = t(node.dataset.t);
  for (const node of document.querySelectorAll("[data-label]")) node.ariaLabel = t(node.dataset.label);
  for (const button of document.querySelectorAll("[data-set-language]"))
    button.ariaPressed = String(button.dataset.setLanguage === language);
}
