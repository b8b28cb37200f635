"""What the page says in its own name within a text is none of the text."""

import pytest

from alescrawl.extraction.article import extract_article

URL = "https://gazette-val.example/economie/pont"
TITLE = "Le pont de pierre sera repris avant l'été"
PARAGRAPHS = """
Le conseil de la vallée a voté hier soir la reprise du pont de pierre, fermé depuis les crues, \
pour un montant de deux millions d'euros sur trois ans.
Les commerçants de la rue basse, qui perdaient un client sur trois depuis la fermeture, disent \
attendre l'ouverture avec impatience et sans illusion.
« On nous promet ce chantier depuis quatre ans », rappelle une fleuriste installée au pied de \
l'ouvrage, qui a dû licencier son apprentie.
Les travaux doivent commencer avant l'été, après le choix de l'entreprise par la commission.
""".strip().splitlines()
LINK = "<a href=/moulin>Le moulin de la Prade tourne de nouveau depuis mardi</a>"


def _texts(start="", middle="", end=""):
    inner = [f"<p>{text}</p>" for text in PARAGRAPHS]
    body = "".join((start, *inner[:2], middle, *inner[2:], end))
    page = f"<html lang=fr><title>{TITLE}</title><body><main><h1>{TITLE}</h1>{body}</main></body>"
    return [paragraph.text for paragraph in extract_article(page, URL).paragraphs]


@pytest.mark.parametrize(
    "line",
    [
        "<p>Découvrez également <a href=/d>notre dossier sur les moulins de la vallée</a></p>",
        f"<p>Retrouvez notre article : {LINK}</p>",
        f"<p>Dans nos archives : {LINK}</p>",
        f"<p>{LINK}</p>",
        f"<p><b>{LINK}</b></p>",
        "<div><p>Inscrivez-vous à notre lettre du matin, chaque jour à 7 heures</p></div>",
        "<p>La suite après la publicité</p>",
        "<p>Suite de l'article ci-dessous</p>",
        "<p>Faites défiler pour continuer la lecture</p>",
        "<p>Ce contenu est bloqué car vous n'avez pas accepté les cookies.</p>",
        "<p>Signaler une erreur dans cet article</p>",
        "<p>Cliquez sur la carte pour l'agrandir</p>",
        "<p>(Lire par ailleurs)</p>",
        "<p>Lire notre édition de mardi</p>",
        "<p>Chaque vendredi, l'essentiel du Gard dans votre boîte mail. Je m'inscris !</p>",
        "<p>Déjà abonné ? Connectez-vous</p>",
        "<ul><li>Facebook</li><li>Twitter</li><li>LinkedIn</li></ul>",
    ],
)
def test_a_line_of_the_page_among_paragraphs_is_none(line):
    assert _texts(middle=line) == PARAGRAPHS


@pytest.mark.parametrize(
    "line",
    [
        "<p>Imprimer Envoyer par mail</p>",
        "<p>Écouter cet article (3 min)</p>",
        "<p>Cet article vous est lu par une voix de synthèse</p>",
        "<p>Article réservé à nos abonnés</p>",
        "<p>Accueil > Économie > Travaux</p>",
        "<p>Copier le lien</p>",
    ],
)
def test_the_tools_above_a_text_are_none_of_it(line):
    assert _texts(start=line) == PARAGRAPHS


@pytest.mark.parametrize(
    "end",
    [
        "<p>Ces articles peuvent vous intéresser</p>",
        "<div><h3>Vous aimerez peut-être</h3></div>",
        "<h3>Nos partenaires</h3>",
        "<p>Retour en haut de page</p>",
        f"<p>Et aussi</p><p>{LINK}</p><p>{LINK.replace('moulin', 'halle')}</p>",
        "<p>Contenus sponsorisés</p><p><a href=//ads.example>Cette montre étonne le monde</a></p>",
        "<p>Vous appréciez notre travail ? Faites un don à la rédaction.</p>",
        "<p>© Gazette du Val, tous droits réservés. Reproduction interdite.</p>",
        "<p>Réagissez à cet article en laissant un commentaire ci-dessous</p>",
        "<p>Mots-clés : <a href=/t/pont>pont</a>, <a href=/t/crue>crue</a></p>",
        "<p>Article précédent : <a href=/m>Le moulin</a></p><p>Article suivant : <a>Non</a></p>",
        "<h3>À propos de l'auteur</h3><p>Anna Blois suit les travaux de la vallée depuis 2019.</p>",
        "<h3>2 commentaires</h3><p>Lulu30</p><p>Il était temps que ce pont soit réparé, non ?</p>",
    ],
)
def test_what_follows_the_article_is_none_of_it(end):
    assert _texts(end=end) == PARAGRAPHS


@pytest.mark.parametrize(
    "line",
    [
        "La suite dira si la vallée peut payer.",
        "Dans l'article 12 de la convention, la commune s'engage à payer.",
        "Partager le pont avec les cyclistes ne sera pas simple.",
        "Signaler une panne au service des ponts suffit désormais.",
        "Le maire a ouvert la page des grands travaux.",
        "Le vote a été unanime.",
        "Écouter les riverains, dit-il, est un début.",
        "Lire la plaque du pont demande une loupe.",
        "L'étude peut intéresser les communes voisines.",
    ],
)
def test_a_sentence_that_begins_alike_stays(line):
    assert _texts(middle=f"<p>{line}</p>") == [*PARAGRAPHS[:2], line, *PARAGRAPHS[2:]]


def test_many_lines_of_links_are_what_the_text_is_about():
    lines = [f"<p><a href=/m{n}>Le moulin numéro {n} de la vallée rouvre</a></p>" for n in "1234"]
    prose = f"<p>{PARAGRAPHS[0]}</p>"
    found = _texts(middle="".join(line + prose for line in lines))
    assert sum("moulin" in text for text in found) == len(lines)


READER = "<p>Je passe par là chaque matin depuis vingt ans et personne ne nous a rien demandé.</p>"


@pytest.mark.parametrize(
    "line",
    [
        "<h3>Commentaires (12)</h3>",
        "<h4>3 comments</h4>",
        "<div>Reader comments</div>",
        "<span>Please add comments</span>",
    ],
)
def test_what_readers_say_is_none_however_much_they_say(line):
    assert _texts(end=f"<div>{line}</div>" + f"<div>{READER}</div>" * 12) == PARAGRAPHS


@pytest.mark.parametrize("line", ["<a href=#c>12 commentaires</a>", "<div>12 commentaires</div>"])
def test_a_count_of_remarks_among_paragraphs_ends_no_text(line):
    assert _texts(middle=f"<div>{line}</div>")[-1] == PARAGRAPHS[-1]


def test_reactions_may_head_a_part_of_an_article():
    found = _texts(start="<h3>Réactions</h3>")
    assert found[-1] == PARAGRAPHS[-1]


def test_a_text_that_is_printed_again_as_one_block_is_printed_once():
    assert _texts(end=f"<div>{' '.join(PARAGRAPHS)}</div>") == PARAGRAPHS
