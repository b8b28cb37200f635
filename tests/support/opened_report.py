"""The report as it is in a browser, with all that it told or asked for."""

import shutil

CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome")
CHARTS = (
    *("fresh", "totals", "sources", "names", "change", "network", "map", "jobs"),
    *("gazette", "topics", "gaps"),
)
_DRAWN = """id => {
  const chart = document.getElementById(id);
  return Number(chart.dataset.drawn ?? 0) > 0 && chart.querySelector('svg, ol') !== null;
}"""


class Opened:
    """A page of *browser* with the report at *path*, *at* after #; *options* are its context's."""

    def __init__(self, browser, path, width=1280, at="", **options):
        self.messages, self.requests = [], []
        options.setdefault("locale", "fr-FR")
        self.context = browser.new_context(
            viewport={"width": width, "height": 900}, reduced_motion="reduce", **options
        )
        self.page = self.context.new_page()
        self.page.on("console", lambda message: self.messages.append(message.text))
        self.page.on("pageerror", lambda error: self.messages.append(str(error)))
        self.page.on("request", lambda request: self.requests.append(request.url))
        self.page.goto(f"{path.as_uri()}#{at}" if at else path.as_uri())
        self.page.wait_for_function("performance.getEntriesByName('shown').length === 1")

    def draw(self, charts=CHARTS):
        """Scroll to each chart until it is drawn."""
        for name in charts:
            self.page.locator(f"#chart-{name}").scroll_into_view_if_needed()
            self.page.wait_for_function(_DRAWN, arg=f"chart-{name}")

    def text(self, selector):
        return self.page.locator(selector).inner_text()

    def rows(self):
        return self.page.locator("#article-table tbody tr")
