// Bars with names of any length, as a list: names break into lines, and each is a button where it leads on.
function barList(entries, { onclick, most = Math.max(1, ...entries.map(({ value }) => Math.abs(value))) } = {}) {
  return made("ol", { className: "bars" }, ...entries.map((entry) => barRow(entry, onclick, most)));
}

function barRow(entry, onclick, most) {
  const { name, value, told, tip } = entry;
  const label = onclick
    ? made("button", { type: "button", textContent: name, title: tip ?? "", onclick: () => onclick(entry) })
    : made("span", { textContent: name });
  const bar = made("span", { className: value < 0 ? "bar down" : "bar" });
  bar.style.width = `${(100 * Math.abs(value)) / most}%`;
  const track = made("span", { className: "track" }, bar);
  track.setAttribute("aria-hidden", "true");
  return made("li", {}, made("span", { className: "name" }, label), track, made("span", { className: "told", textContent: told }));
}

function showBars(id, entries, nothing, choices) {
  const box = element(`chart-${id}`);
  box.classList.toggle("without", !entries.length);
  box.replaceChildren(entries.length ? barList(entries, choices) : made("p", { className: "empty", textContent: nothing }));
  box.dataset.drawn = String(Number(box.dataset.drawn ?? 0) + 1);
}
