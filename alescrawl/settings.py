"""Scrapy settings of the project, each with its reason."""

from __future__ import annotations

import os
from typing import Any

from scrapy.settings import default_settings

BOT_NAME = "alescrawl"
SPIDER_MODULES = ["alescrawl.spiders"]
# A source's module that cannot be used is named in a line, and the others are crawled.
SPIDER_LOADER_CLASS = "alescrawl.crawling.source_loader.SourceLoader"
NEWSPIDER_MODULE = "alescrawl.spiders"
COMMANDS_MODULE = "alescrawl.commands"

# Where the dataset lies: a folder, relative to the one the command is run in, or an address,
# s3://bucket/prefix.
ALESCRAWL_OUTPUT = os.environ.get("ALESCRAWL_OUTPUT", "output")
# Where the ledger, its locks and the archive of pages lie: always a folder on this disk. Empty:
# in the output folder, or of an address in state/bucket/prefix.
ALESCRAWL_STATE = os.environ.get("ALESCRAWL_STATE", "")
# An address or a page at which a publisher reaches whoever runs this: part of the user agent.
ALESCRAWL_CONTACT = os.environ.get("ALESCRAWL_CONTACT", "")

# Keep each page as it came below output/raw, so that `scrapy reprocess` can read it again with
# better code and no request. Reserved pages are not kept.
ALESCRAWL_RAW = True
# Of them the newest months, this one among them, and at most so many megabytes (10^6 bytes) of all
# sources together: at the end of a run the oldest months go. 0 keeps all.
ALESCRAWL_RAW_MONTHS = 0
ALESCRAWL_RAW_MEGABYTES = 0

# Up to which age an article is looked at again after how long, without any sign of a change;
# older ones only when a route says that they changed. Minutes, hours, days, weeks: m, h, d, w.
ALESCRAWL_RECHECKS = ["1d 6h", "7d 1d", "30d 7d"]
# What brought no article is asked for again after the first wait, doubled each time up to the
# longest: it never is forgotten. The first wait of gone is also the least after which a page
# that is still not there makes its article a gone one.
ALESCRAWL_RETRIES = ["failed 1h 30d", "refused 1d 30d", "not_article 1d 30d", "gone 12h 180d"]

# Beyond 200 pages a run asks a source for at most so many for each article that it finds: lists
# without an end would have it ask for ever. The rest waits for the next run. 0 asks for all.
ALESCRAWL_PAGES_PER_ARTICLE = 10
# Processes that read pages and routes while this one downloads. One host is asked once a second,
# so one is enough; a site of your own gains by more. With 0 all is read in the process that
# downloads, and nothing ends what takes too long.
ALESCRAWL_WORKERS = 1
# Seconds of CPU that reading one page, feed or sitemap may take: one of a hundredth of a second is
# ordinary, a sitemap of 50,000 addresses takes a few. What takes longer is given up, counted as
# too_costly; of whose answers three are so, that host is left alone until the next run.
ALESCRAWL_LONGEST_READING = 10.0

# Whether texts are read for the institutions, persons, places, dates, amounts and jobs they name.
ALESCRAWL_ENTITIES = True
# Names of yours besides those of the package: a CSV file, see docs/entities.md.
ALESCRAWL_GAZETTEER = ""
# A spaCy pipeline (fr_core_news_lg) that tags unknown names instead of the package's tagger.
ALESCRAWL_TAGGER = ""
# Whether a person is linked to a party or a union of workers where the sentence says so: personal
# data of a special kind (GDPR, article 9), for which you need a reason of your own.
ALESCRAWL_PARTY_LINKS = False

# Of regional and national sources: "relevant" keeps what is about the economy of the Gard, "gard"
# what is about the Gard, "all" everything. All other sources are kept whole.
ALESCRAWL_KEEP = "relevant"

# Who is told when a source breaks, is blocked, or is well again: a command, which is given the
# text on its standard input, or an address, to which it is posted ("text", or "json" as
# {"text": …}). It may take so many seconds; what it could not be told, the next run tells.
ALESCRAWL_ALERT = os.environ.get("ALESCRAWL_ALERT", "")
ALESCRAWL_ALERT_FORMAT = os.environ.get("ALESCRAWL_ALERT_FORMAT", "text")
ALESCRAWL_ALERT_TIMEOUT = 10

# The language of `scrapy report`: fr, en, or that of the reader's browser. Whether it names persons
# (personal data: then mind who gets to see the page).
ALESCRAWL_REPORT_LANGUAGE = ""
ALESCRAWL_REPORT_PERSONS = False

# Watch lists: a file, or a folder of files .csv and .toml, see docs/watch.md; whether they are
# looked through after each crawl, or only by `scrapy watch`; fr or en for what is told; the address
# at which the folder feeds/ is to be had, if it is put on the web.
ALESCRAWL_WATCH = os.environ.get("ALESCRAWL_WATCH", "watch")
ALESCRAWL_WATCH_AFTER_CRAWL = True
ALESCRAWL_WATCH_LANGUAGE = "fr"
ALESCRAWL_WATCH_FEEDS_AT = ""
# Their mail: smtp://HOST:587, smtps://HOST:465, sendmail: or file:FOLDER; from whom and to whom,
# several addresses with commas. User and password: the environment variables ALESCRAWL_SMTP_USER
# and ALESCRAWL_SMTP_PASSWORD.
ALESCRAWL_WATCH_MAIL = os.environ.get("ALESCRAWL_WATCH_MAIL", "")
ALESCRAWL_WATCH_TO = os.environ.get("ALESCRAWL_WATCH_TO", "")
ALESCRAWL_WATCH_FROM = os.environ.get("ALESCRAWL_WATCH_FROM", "")

# Which company an institution is, decided by you: a CSV file that wins over all evidence of
# `scrapy registry`, see docs/registry.md.
ALESCRAWL_REGISTRY_DECISIONS = os.environ.get("ALESCRAWL_REGISTRY_DECISIONS", "registry.csv")
# Addresses of the State's search of companies and of the gazette's notices, where they are not
# those of alescrawl/data/registry.toml; seconds between two requests (the search allows seven a
# second).
ALESCRAWL_REGISTRY_SEARCH = ""
ALESCRAWL_REGISTRY_GAZETTE = ""
ALESCRAWL_REGISTRY_DELAY = 0.5

# The user agent says who asks and how to reach them; see crawling/hosts/user_agent.py.
ADDONS = {"alescrawl.crawling.hosts.user_agent.Identity": 0}
# robots.txt groups are chosen by this product token, not by the whole user agent.
ROBOTSTXT_USER_AGENT = "alescrawl"
ROBOTSTXT_OBEY = True

# The reservations that a host keeps in one file: tdmrep.json (W3C TDMRep) and ai.txt.
ALESCRAWL_TDMREP = True
# What a publisher's signals mean where that is not what data/rights_signals.toml has decided:
# "reserve" (no text), "skip" (no article) or "ignore" for a name such as "noai" or "ai-train=no".
ALESCRAWL_RIGHTS: dict[str, str] = {}

# One request at a time per host, with a second between them.
CONCURRENT_REQUESTS_PER_DOMAIN = 1
DOWNLOAD_DELAY = 1.0
# Requests that wait for their host count among these: of few, one slow host would take them all.
CONCURRENT_REQUESTS = 64
# A delay is a promise: Scrapy's default makes one second half a second at times.
DOWNLOAD_DELAY_JITTER = 0
# A slow server is asked more slowly: no sooner than it took to answer, never below the delay.
AUTOTHROTTLE_ENABLED = True
AUTOTHROTTLE_START_DELAY = 0
# Crawl-delay of robots.txt counts where it is longer than DOWNLOAD_DELAY; no more seconds than
# these, since some hosts ask for hours by mistake. A capped one is counted.
ALESCRAWL_LONGEST_CRAWL_DELAY = 60.0
# 429 and 503: the whole host waits as many seconds as its Retry-After says, else these, doubled
# each time. Who wants to wait longer than the longest is left alone until another run.
ALESCRAWL_FIRST_WAIT = 10.0
ALESCRAWL_LONGEST_WAIT = 300.0
# Whoever asks for more hours than these is asked again after them: some say 99999999 seconds.
ALESCRAWL_LONGEST_PAUSE = 24.0
# Seconds between two requests of `scrapy backfill` to one web archive, whatever reads the pages.
ALESCRAWL_ARCHIVE_DELAY = 1.5
# So many refusals, or requests without an answer, in a row: the host is left alone in this run.
ALESCRAWL_PATIENCE = 5
# A page that has not come in half a minute will not come.
DOWNLOAD_TIMEOUT = 30.0
# No article is larger; the default of 1 GiB would let one page exhaust the memory.
DOWNLOAD_MAXSIZE = 32 * 1024 * 1024
DOWNLOAD_WARNSIZE = 0
# A page whose sender cannot be told may be anybody's.
DOWNLOAD_VERIFY_CERTIFICATES = True
# What redirects more often leads nowhere.
REDIRECT_MAX_TIMES = 10
# A <meta> refresh on a news page reloads it for its readers; it is no redirect.
METAREFRESH_ENABLED = False
DEFAULT_REQUEST_HEADERS = {
    "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
    "Accept-Language": "fr,en;q=0.5",
}
# News pages need no session, and Scrapy's cookie middleware makes a request of its own.
COOKIES_ENABLED = False
# No console listens on a port while a scheduled crawl runs.
TELNETCONSOLE_ENABLED = False
REMOTE_CONTROL_ENABLED = False
# What is switched off is not imported either: that is half a second of each start.
EXTENSIONS_BASE = {
    name: order
    for name, order in default_settings.EXTENSIONS_BASE.items()
    if not name.endswith((".RemoteControl", ".TelnetConsole"))
}
DOWNLOADER_MIDDLEWARES_BASE = {
    name: order
    for name, order in default_settings.DOWNLOADER_MIDDLEWARES_BASE.items()
    if not name.endswith(".CookiesMiddleware")
}
# A page yields one article: the default starts 100 tasks for each response.
CONCURRENT_ITEMS = 1
# Addresses that are too long are counted in discovery; here they would vanish without a trace.
URLLENGTH_LIMIT = 0

# No page leads to an address of the network that the crawl runs in: refused when a connection is
# made, unless the user named that host and port.
TWISTED_DNS_RESOLVER = "alescrawl.crawling.hosts.private_addresses.GuardedResolver"
# The crawls of one process share the pace of each host.
DOWNLOADER = "alescrawl.crawling.hosts.downloader.SharingDownloader"
DOWNLOADER_MIDDLEWARES: dict[str, Any] = {
    "scrapy.downloadermiddlewares.robotstxt.RobotsTxtMiddleware": None,
    # Before anything is asked of a host for a request.
    "alescrawl.crawling.hosts.private_addresses.PrivateAddressMiddleware": 50,
    "alescrawl.crawling.hosts.robots.RobotsMiddleware": 100,
    "alescrawl.crawling.hosts.tdmrep.ReservationMiddleware": 110,
    # After Scrapy's retries (550), so that each single try passes it.
    "alescrawl.crawling.hosts.throttle.PolitenessMiddleware": 560,
    "scrapy.downloadermiddlewares.httpcompression.HttpCompressionMiddleware": None,
    "alescrawl.crawling.hosts.compression.WholeBodyMiddleware": 590,
}
EXTENSIONS = {
    "alescrawl.crawling.runs.run.Run": 100,
    "alescrawl.crawling.pages.extractor.Extractor": 100,
    "alescrawl.crawling.runs.faults.Faults": 100,
    "alescrawl.crawling.hosts.stopped.Hosts": 100,
    "alescrawl.crawling.hosts.host_files.HostFiles": 100,
    # After AutoThrottle (0), whose delay it raises to the one the host asks for.
    "alescrawl.crawling.hosts.throttle.Throttle": 150,
    "alescrawl.crawling.runs.progress.Progress": 200,
}
ITEM_PIPELINES = {
    "alescrawl.pipelines.boilerplate.BoilerplatePipeline": 100,
    "alescrawl.pipelines.rights.RightsPipeline": 200,
    "alescrawl.pipelines.ledger.ForgottenPipeline": 250,
    # After the rights: a reserved article has no text to read.
    "alescrawl.pipelines.entities.EntitiesPipeline": 300,
    "alescrawl.pipelines.relevance.RelevancePipeline": 400,
    "alescrawl.pipelines.ledger.LedgerPipeline": 900,
}

FEED_EXPORTERS = {
    "parquet": "alescrawl.dataset.publication.exporter.ParquetItemExporter",
    "csv": "alescrawl.dataset.publication.exporter.CsvArticleExporter",
}
FEED_STORAGES = {
    "": "alescrawl.dataset.publication.exporter.WholeFileStorage",
    "file": "alescrawl.dataset.publication.exporter.WholeFileStorage",
}
FEED_EXPORT_ENCODING = "utf-8"

# The commands end with a summary of their own; -L INFO shows Scrapy's log and stats.
LOG_LEVEL = "WARNING"
LOG_FORMATTER = "alescrawl.crawling.runs.logformatter.QuietLogFormatter"
# An address that fails is counted and tried again another day; it is no error of the program.
RETRY_GIVE_UP_LOG_LEVEL = "INFO"
