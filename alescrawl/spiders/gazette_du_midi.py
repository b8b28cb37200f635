"""La Gazette du Midi (Toulouse, Occitanie): economic press."""

from __future__ import annotations

from alescrawl.crawling.discovery.spider import NewsSpider


class GazetteDuMidi(NewsSpider):
    """Economy and law; no route is known: its home page tells."""

    name = "gazette_du_midi"
    publisher = "La Gazette du Midi"
    kind = "economic_press"
    scope = "regional"
    # Articles were cited under it in 2025 and 2026.
    hosts = ("gazette-du-midi.fr",)
    verified = "2026-11-30"
