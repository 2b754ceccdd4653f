"""TYP-01 to TYP-10, row by row. ~ stands for U+00A0 and ^ for U+202F."""

import re
import time

import pytest

from cq.french.typography import html, plain


def shown(text: str) -> str:
    return text.replace("\u00a0", "~").replace("\u202f", "^")


def meant(text: str) -> str:
    return text.replace("~", "\u00a0").replace("^", "\u202f")


BOTH = [
    # TYP-01: before ; ! ?
    ("Quoi ?", "Quoi^?"),
    ("Oui ! Non ; si", "Oui^! Non^; si"),
    ("Vraiment ? !", "Vraiment^?^!"),
    (" ?", "^?"),
    ("fin ;", "fin^;"),
    ("Quoi~?", "Quoi^?"),
    ("Oui~! Non~; si", "Oui^! Non^; si"),
    # TYP-02: before : and inside « »
    ("voici : le canal", "voici~: le canal"),
    ("voici :", "voici~:"),
    ("a : : b", "a~:~: b"),
    ("« bonjour »", "«~bonjour~»"),
    ("« ", "«~"),
    (" »", "~»"),
    (" », dit-il", "~», dit-il"),
    ("«^bonjour^»", "«^bonjour^»"),
    # TYP-03: no space is inserted
    ("Quoi? Oui! a; b: «c»", "Quoi? Oui! a; b: «c»"),
    ("à 19:30, échelle 1:200", "à 19:30, échelle 1:200"),
    ("50%, 10€", "50%, 10€"),
    # TYP-04: : and ; only before a space or the end
    ("sourire :-) et ;-)", "sourire :-) et ;-)"),
    ("drôle :D", "drôle :D"),
    ("un :mot", "un :mot"),
    # TYP-05: addresses stay whole
    ("https://a.fr/l'eau...x?10eme&a=1", "https://a.fr/l'eau...x?10eme&a=1"),
    ("voir : https://a.fr/?q=l'eau ; ou ?", "voir~: https://a.fr/?q=l'eau^; ou^?"),
    ("www.l'eau.fr/coeur", "www.l'eau.fr/coeur"),
    ("l'adresse : d'ici@paris.fr !", "l’adresse~: d'ici@paris.fr^!"),
    ("le 10eme.html, coeur.md", "le 10eme.html, coeur.md"),
    ("src/.../x", "src/.../x"),
    # TYP-06: numbers and units
    ("12 000 habitants", "12^000 habitants"),
    ("12 000,50 €", "12^000,50~€"),
    ("1 200 000 €", "1^200^000~€"),
    ("12~000", "12^000"),
    ("en 2024 100 personnes", "en 2024 100 personnes"),
    ("12 0000", "12 0000"),
    ("3 000 5", "3 000 5"),
    ("3,5 000", "3,5 000"),
    ("75010 Paris", "75010 Paris"),
    ("50 %, 20 €, 3 h, 5 km, 8 m², 2 m", "50~%, 20~€, 3~h, 5~km, 8~m², 2~m"),
    ("30 km/h et 4 °C", "30~km/h et 4~°C"),
    ("3 mois, 2 moulins, 3 l'eau", "3 mois, 2 moulins, 3 l’eau"),
    ("3 t-shirts", "3 t-shirts"),
    ("n° 12, N° 3, p. 12, pp. 3", "n°~12, N°~3, p.~12, pp.~3"),
    ("le n° de rue", "le n° de rue"),
    ("01 53 72 10 20", "01~53~72~10~20"),
    ("+33 1 53 72 10 20", "+33~1~53~72~10~20"),
    ("à 19 h 30 ou 19h 30", "à 19~h~30 ou 19h~30"),
    # TYP-07: apostrophe, ligature, ellipsis; capitals are left to their author
    ("l'eau d'ici, aujourd'hui", "l’eau d’ici, aujourd’hui"),
    ("L'École", "L’École"),
    ("l'« eau »", "l’«~eau~»"),
    ("d'1 km", "d’1~km"),
    ("qu'", "qu’"),
    ("des 'mots' entre", "des 'mots' entre"),
    ("'l'", "'l'"),
    ("5' et 6''", "5' et 6''"),
    ("coeur, Oeuvre, SOEUR, voeux, noeud", "cœur, Œuvre, SŒUR, vœux, nœud"),
    ("oeil, boeufs, moeurs, oeufs, manoeuvre, choeur", "œil, bœufs, mœurs, œufs, manœuvre, chœur"),
    ("le Sacré-Coeur.", "le Sacré-Cœur."),
    ("moelle, coefficient, poème, Noel, Boeuf2", "moelle, coefficient, poème, Noel, Boeuf2"),
    ("Etat, A Paris", "Etat, A Paris"),
    ("etc...", "etc…"),
    ("....", "...."),
    ("..", ".."),
    # TYP-09: abbreviations
    ("M. Dupont, MM. X et Y", "M.~Dupont, MM.~X et Y"),
    ("Mme Éluard, Mmes X, Mlle Z", "Mme~Éluard, Mmes~X, Mlle~Z"),
    ("le plan M. suite", "le plan M. suite"),
    ("HLM. Dupont", "HLM. Dupont"),
    ("50 av. J.-C., 12 apr. J.-C.", "50~av.~J.-C., 12~apr.~J.-C."),
    # Nothing at all
    ("", ""),
    ("\n", "\n"),
    ("Agenda", "Agenda"),
    ("mot\n? suite", "mot\n? suite"),
]

# TYP-08: raised in HTML, on the line elsewhere
ORDINALS = [
    ("1er", "1<sup>er</sup>", "1er"),
    ("1ers", "1<sup>ers</sup>", "1ers"),
    ("1re", "1<sup>re</sup>", "1re"),
    ("1ère", "1<sup>re</sup>", "1re"),
    ("1ere", "1<sup>re</sup>", "1re"),
    ("1ères", "1<sup>res</sup>", "1res"),
    ("2e", "2<sup>e</sup>", "2e"),
    ("2nde", "2<sup>nde</sup>", "2nde"),
    ("10ème", "10<sup>e</sup>", "10e"),
    ("10eme", "10<sup>e</sup>", "10e"),
    ("10ième", "10<sup>e</sup>", "10e"),
    ("10èmes", "10<sup>es</sup>", "10es"),
    ("le 10e, le 11e.", "le 10<sup>e</sup>, le 11<sup>e</sup>.", "le 10e, le 11e."),
    ("XXe siècle", "XX<sup>e</sup> siècle", "XXe siècle"),
    ("XIXème", "XIX<sup>e</sup>", "XIXe"),
    ("Ve République", "V<sup>e</sup> République", "Ve République"),
    ("Xème arrondissement", "X<sup>e</sup> arrondissement", "Xe arrondissement"),
    ("François Ier", "François I<sup>er</sup>", "François Ier"),
    *((same, same, same) for same in ("21er", "10er", "75010e", "1e-5", "v1.2e", "3e8", "a1er")),
    *((same, same, same) for same in ("Xe", "Ve", "Ire", "Vie", "IX", "XIXer", "10e-nord")),
]


@pytest.mark.parametrize(("text", "expected"), BOTH)
def test_rows_that_html_and_plain_share(text, expected):
    assert shown(plain(meant(text))) == expected
    assert shown(html(meant(text))) == expected


@pytest.mark.parametrize(("text", "raised", "line"), ORDINALS)
def test_ordinals(text, raised, line):
    assert html(text) == raised
    assert plain(text) == line


@pytest.mark.parametrize("text", [row[0] for row in BOTH] + [row[0] for row in ORDINALS])
def test_typ_10_twice_is_once(text):
    text = meant(text)
    assert html(html(text)) == html(text)
    assert plain(plain(text)) == plain(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("R&amp;D ; a &lt; b !", "R&amp;D^; a &lt; b^!"),
        ("&quot;mot&quot; ?", "&quot;mot&quot;^?"),
        ("mot&nbsp;? oui&nbsp;: non&nbsp;;", "mot^? oui~: non^;"),
        ("12&nbsp;000&nbsp;€", "12^000~€"),
        ("l&#39;eau, l&#x27;air", "l’eau, l’air"),
        ("&amp;#39;", "&amp;#39;"),
        ("&#8217; &#233;", "&#8217; &#233;"),
        ("\x021\x03 \x022er\x03", "\x021\x03 \x022er\x03"),
    ],
)
def test_entities_are_no_punctuation(text, expected):
    assert shown(html(text)) == expected


def test_plain_text_has_no_entities():
    assert plain("A&nbsp;: l&#39;eau") == "A&nbsp;: l&#39;eau"


@pytest.mark.parametrize(
    "unit",
    [
        *(" ", "1", "1 ", "100 ", "01 ", "0 ", "'", "l'", ".", ":// ", "@", "a@ ", " :", " ;"),
        *("« ", "M. ", "oe", "coeur ", "XI", "Xe ", "1e", "&#39;", "\u00a0", "+33 ", "h 1 "),
        *("www", "1er ", "n° ", "\u00a0?", "J.-C.", "12 000 ", "a", "é'"),
    ],
)
def test_a_hundred_thousand_characters_take_no_time(unit):
    text = unit * (100_000 // len(unit))
    start = time.process_time()
    html(text)
    html(text + "@")
    plain(text)
    # Each call is under 0.1 s; a quadratic one would take minutes.
    assert time.process_time() - start < 3


def test_a_usual_paragraph_is_dressed_as_a_whole():
    text = (
        "Le 1er mars 2026, à 19 h 30, M. Dupont demande : « Qu'en est-il du 10ème ? » "
        "Réponse : 12 000 € pour l'école du n° 12, soit 3 % ; à suivre..."
    )
    assert shown(plain(text)) == (
        "Le 1er mars 2026, à 19~h~30, M.~Dupont demande~: «~Qu’en est-il du 10e^?~» "
        "Réponse~: 12^000~€ pour l’école du n°~12, soit 3~%^; à suivre…"
    )
    assert re.findall("<sup>(.*?)</sup>", html(text)) == ["er", "e"]
