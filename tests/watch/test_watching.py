"""What a list finds is told once, by each way; nothing is lost where one does not work."""

from contextlib import closing

import feedparser
import pytest
from collected import COPY, FILATURE, MARCHE, RESERVED, article, collect
from mail_server import MailServer, read_mail

from alescrawl.dataset.folder import Folder
from alescrawl.dataset.ledger.connection import Ledger
from alescrawl.watch.entries import Entry, WatchList
from alescrawl.watch.mailing import FileWay, Mailing, SendmailWay, SmtpWay
from alescrawl.watch.watching import Watching
from alescrawl.watch.wording import Wording

PEYROLLE = Entry("name", "Laines Peyrolle", "Client : Peyrolle")
MECALZEN = Entry("name", "Mécalzen", "Mécalzen")
LIST = WatchList("matin", "Veille du matin", (PEYROLLE, MECALZEN))


@pytest.fixture
def server():
    with MailServer() as inbox:
        way = SmtpWay("127.0.0.1", inbox.port, is_tls=False)
        yield inbox, Mailing(way, "a@example.org", ("b@example.org",))


@pytest.fixture
def output(tmp_path):
    return tmp_path / "output"


def watch(output, watched=LIST, mailing=None, shown=True, since=None):
    folder = Folder(output)
    with closing(Ledger(folder.ledger)) as ledger:
        watching = Watching(ledger, folder, Wording("fr"), mailing)
        outcome = watching.watch(watched, since)
        if shown:
            watching.shown(outcome)
    return outcome


def titles(outcome):
    return [told.item.title for told in outcome.told]


def feed(output, name="matin"):
    read = feedparser.parse((output / "feeds" / f"{name}.atom").read_bytes())
    assert read.bozo == 0, read.get("bozo_exception")
    return read


def test_what_was_found_is_told_once(output):
    collect(output, FILATURE, MARCHE, RESERVED)
    assert titles(watch(output)) == [RESERVED.title, FILATURE.title]
    assert titles(watch(output)) == []
    collect(output, article(9, "Laines Peyrolle recrute", "Laines Peyrolle cherche dix fileurs."))
    assert titles(watch(output)) == ["Laines Peyrolle recrute"]


def test_the_feed_says_what_where_when_who_and_why(output):
    collect(output, FILATURE, RESERVED)
    watch(output)
    read = feed(output)
    assert read.feed.title == "Veille : Veille du matin"
    entry = next(e for e in read.entries if e.title == FILATURE.title)
    assert (entry.link, entry.published) == (FILATURE.canonical_url, "2026-11-20T05:01:00Z")
    assert entry.author == "Claire Vasserot"
    assert [tag.term for tag in entry.tags] == ["Client : Peyrolle"]
    content = entry.content[0].value
    assert "<b>Laines Peyrolle</b> reprend la filature" in content
    assert "20/11/2026 à 06h01" in content
    reserved = next(e for e in read.entries if e.title == RESERVED.title)
    assert "réservé" in reserved.content[0].value
    assert reserved.author == "Courrier"


def test_entries_of_the_feed_keep_their_identifier(output):
    collect(output, FILATURE)
    watch(output)
    before = [e.id for e in feed(output).entries]
    collect(output, article(1, FILATURE.title, "Laines Peyrolle embauche à Alès."))
    watch(output)
    assert [e.id for e in feed(output).entries] == before


def test_copies_are_one_item_with_its_other_places(output):
    collect(output, FILATURE)
    assert len(watch(output).told) == 1
    collect(output, COPY)
    assert watch(output).told == []
    (entry,) = feed(output).entries
    assert COPY.canonical_url in entry.content[0].value
    other = WatchList("soir", "Soir", (PEYROLLE,))
    assert len(watch(output, other).told) == 1


def test_a_changed_article_is_told_again_where_its_sentence_changed(output):
    collect(output, FILATURE)
    watch(output)
    later = [p.text for p in FILATURE.paragraphs]
    collect(output, article(1, FILATURE.title, later[0], "Rien de plus."))
    assert watch(output).told == []
    collect(output, article(1, "Laines Peyrolle renonce", "Laines Peyrolle renonce à Alès."))
    (told,) = watch(output).told
    assert (told.change, told.item.title) == ("changed", "Laines Peyrolle renonce")


def test_a_new_entry_looks_through_what_was_there_before(output):
    collect(output, FILATURE, RESERVED)
    watch(output, WatchList("matin", "Matin", (PEYROLLE,)))
    assert titles(watch(output)) == [RESERVED.title]
    assert titles(watch(output)) == []


def test_since_leaves_out_what_was_published_before(output):
    collect(output, FILATURE, RESERVED)
    assert titles(watch(output, since=RESERVED.published)) == [RESERVED.title]
    assert titles(watch(output)) == []


def test_rows_that_wait_are_not_told_before_they_are_let_through(output):
    folder = collect(output, FILATURE)
    watch(output)
    with closing(Ledger(folder.ledger)) as ledger, ledger.transaction() as db:
        db.execute("INSERT INTO sources (source, held) VALUES ('courrier', 'broken')")
    collect(output, article(1, "", "Laines Peyrolle"), article(9, "Laines Peyrolle", "Et."))
    assert watch(output).told == []
    assert [e.title for e in feed(output).entries] == [FILATURE.title]
    with closing(Ledger(folder.ledger)) as ledger, ledger.transaction() as db:
        db.execute("UPDATE sources SET held = NULL")
    assert len(watch(output).told) == 2


def test_what_is_forgotten_leaves_the_feed(output):
    folder = collect(output, FILATURE, RESERVED)
    watch(output)
    with closing(Ledger(folder.ledger)) as ledger, ledger.transaction() as db:
        db.execute("DELETE FROM articles WHERE article_id = ?", (FILATURE.article_id,))
    watch(output)
    assert [e.title for e in feed(output).entries] == [RESERVED.title]


def test_what_was_found_but_not_shown_is_shown_next_time(output):
    collect(output, FILATURE)
    assert len(watch(output, shown=False).told) == 1
    assert len(watch(output).told) == 1
    assert watch(output).told == []


def test_a_mail_has_all_as_text_and_as_html(output, server):
    inbox, mailing = server
    collect(output, FILATURE, COPY, RESERVED)
    watch(output, mailing=mailing)
    watch(output, mailing=mailing)
    (message,) = inbox.messages
    assert message["Subject"] == "Veille du matin : 2 nouveaux articles"
    assert (message["From"], message["To"]) == ("a@example.org", "b@example.org")
    text = message.get_body(("plain",)).get_content()
    html = message.get_body(("html",)).get_content()
    assert "**Laines Peyrolle**" in text
    assert "<b>Laines Peyrolle</b>" in html
    assert FILATURE.canonical_url in text
    assert COPY.canonical_url in html
    assert "Client : Peyrolle" in text


def test_a_mail_that_could_not_be_sent_is_sent_next_time_with_what_came_since(output, server):
    inbox, mailing = server
    collect(output, FILATURE)
    inbox.answers = ["451 later"]
    outcome = watch(output, mailing=mailing)
    assert (inbox.messages, len(outcome.failures)) == ([], 1)
    assert "451" in outcome.failures[0]
    collect(output, RESERVED)
    assert watch(output, mailing=mailing).failures == []
    (message,) = inbox.messages
    assert "2 nouveaux articles" in message["Subject"]
    watch(output, mailing=mailing)
    assert len(inbox.messages) == 1


def test_a_server_that_is_down_loses_nothing(output, server):
    inbox, mailing = server
    collect(output, FILATURE)
    down = Mailing(SmtpWay("127.0.0.1", 9, is_tls=False), "a@example.org", ("b@example.org",))
    assert "cannot be reached" in watch(output, mailing=down).failures[0]
    assert watch(output, mailing=mailing).mails == 1
    assert len(inbox.messages) == 1


def test_a_mail_that_may_have_arrived_comes_again_as_the_same_message(output, server, monkeypatch):
    inbox, mailing = server
    collect(output, FILATURE)
    monkeypatch.setattr("alescrawl.watch.book.Book.told", lambda *_: None)
    watch(output, mailing=mailing, shown=False)
    monkeypatch.undo()
    collect(output, RESERVED)
    watch(output, mailing=mailing)
    first, again, new = inbox.messages
    assert first["Message-ID"] == again["Message-ID"] != new["Message-ID"]
    assert "1 nouvel article" in again["Subject"] == first["Subject"] or again["Subject"]
    assert RESERVED.canonical_url not in again.get_body(("plain",)).get_content()


def test_mails_as_files_in_a_folder(output, tmp_path):
    mailing = Mailing(FileWay(tmp_path / "mails"), "a@example.org", ("b@example.org",))
    collect(output, FILATURE)
    watch(output, mailing=mailing)
    (path,) = (tmp_path / "mails").iterdir()
    assert read_mail(path.read_bytes())["To"] == "b@example.org"
    assert path.suffix == ".eml"


def test_mails_by_sendmail(output, tmp_path):
    command = tmp_path / "sendmail"
    command.write_text(f'#!/bin/sh\necho "$@" > {tmp_path}/words\ncat > {tmp_path}/mail\n')
    command.chmod(0o755)
    own = WatchList("matin", "Matin", (PEYROLLE,), ("cci@example.org",))
    mailing = Mailing(SendmailWay((str(command),)), "a@example.org", ("b@example.org",))
    collect(output, FILATURE)
    assert watch(output, own, mailing=mailing).failures == []
    assert read_mail((tmp_path / "mail").read_bytes())["To"] == "cci@example.org"
    assert (tmp_path / "words").read_text().split() == ["-t", "-i"]
    command.write_text("#!/bin/sh\necho full >&2; exit 75\n")
    collect(output, article(9, "Laines Peyrolle", "Encore."))
    assert "exit code 75: full" in watch(output, own, mailing=mailing).failures[0]


def test_a_title_cannot_be_markup(output):
    title = 'Laines Peyrolle <script>alert("x")</script> & Cie\x00'
    collect(output, article(9, title, "Et voilà."))
    watch(output)
    raw = (output / "feeds" / "matin.atom").read_text("utf-8")
    assert "<script" not in raw
    assert "<script" not in feed(output).entries[0].content[0].value
