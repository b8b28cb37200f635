// Light or dark: as the reader's system says, until the reader says otherwise.
const systemIsDark = matchMedia("(prefers-color-scheme: dark)");
let chosenTheme = null;

function applyTheme() {
  const theme = chosenTheme ?? (systemIsDark.matches ? "dark" : "light");
  document.documentElement.dataset.theme = theme;
  if (words) element("theme").textContent = t(theme === "dark" ? "theme_light" : "theme_dark");
  return theme;
}

function colours() {
  const style = getComputedStyle(document.documentElement);
  const names = ["paper", "card", "ink", "muted", "rule", "grid", "accent", "soft", "warm", "good", "warn"];
  const found = Object.fromEntries(names.map((name) => [name, style.getPropertyValue(`--${name}`).trim()]));
  found.groups = [1, 2, 3, 4, 5].map((n) => style.getPropertyValue(`--group-${n}`).trim());
  found.sans = style.getPropertyValue("--sans").trim();
  return found;
}

applyTheme();
