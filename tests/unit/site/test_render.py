"""The text of an item takes its place in the page: links filled, tables in a box, no echo."""

import pytest

from cq.content.parsed import Text
from cq.site.render import Renderer
from cq.site.target import Target
from cq.site.views import Card, Chrome, Frame, Glossary, ItemView
from cq.theme import Theme

CHROME = Chrome(
    site="S", arrondissement="", menu=(), quartiers=(), groups=(), pages=(), legal=(),
    accessibility="non conforme", declaration="", publisher="", publisher_address="", contact="",
    licence="", language="fr", feed="actualites.atom", calendar="agenda.ics",
    json_feed="actualites.json", address="", zone="Europe/Paris",
)  # fmt: skip
BOX = '<div class="tableau" role="group" aria-label="Tableau" tabindex="0">'


class OneText:
    """A store with one text for every key."""

    def __init__(self, html: str, text: str) -> None:
        self.kept = Text("{}", html, (), text)

    def get(self, key: str) -> Text:
        assert key == "k"
        return self.kept


GLOSSARY = Glossary("", "wiki/glossaire/", (("voeu", ("Vœu",)),))


def rendered(
    template: str, html: str = "", text: str = "", summary: str = "", **view: object
) -> str:
    parts = {"parts/header.html": "", "parts/footer.html": "", "page.html": template}
    theme = Theme("t", parts, {}, "", "")
    frame = Frame("a/b/", "T", description=summary)
    shown = ItemView(frame, Card("a/b/", "T", "page"), "k", **({"links": ()} | view))  # type: ignore[arg-type]
    target = Target("a/b/index.html", "page.html", shown, "")
    return Renderer(theme, CHROME, OneText(html, text)).render(target).data.decode()


def test_holes_become_relative_links() -> None:
    html = '<a href="\x020\x03">x</a><a href="\x021\x03">y</a><img src="\x022\x03" alt="">'
    made = rendered("{{ corps }}", html, links=("c/", None, 'i"&.png'))
    assert made == (
        '<a href="../../c/index.html">x</a><a data-absent="">y</a>'
        '<img src="../../i&quot;&amp;.png" alt="">'
    )


def test_a_picture_keeps_its_place_unless_its_author_chose_a_size() -> None:
    html = '<img alt="a" src="\x020\x03"><img src="\x021\x03" width="9"><a href="\x022\x03">x</a>'
    made = rendered(
        "{{ corps }}", html, links=("i.png", "j.png", "i.png"),
        sizes=((0, 40, 30), (1, 40, 30), (2, 40, 30)),
    )  # fmt: skip
    assert made == (
        '<img alt="a" src="../../i.png" width="40" height="30"><img src="../../j.png" width="9">'
        '<a href="../../i.png">x</a>'
    )


@pytest.mark.parametrize("tag", ["<table>", '<table id="u-x">'])
def test_a_table_scrolls_in_a_box_that_the_keyboard_reaches(tag: str) -> None:
    made = rendered("{{ corps }}", f"<p>a</p>{tag}<tr></tr></table><p>b</p>")
    assert made == f"<p>a</p>{BOX}{tag}<tr></tr></table></div><p>b</p>"


@pytest.mark.parametrize(
    ("summary", "text", "lead"),
    [
        ("En deux mots.", "Tout autre chose.", "En deux mots."),
        ("En deux mots.", "", "En deux mots."),
        ("", "Tout autre chose.", ""),
        ("L’été commence\u202f!", "L'été commence !\nEt il dure.", ""),
        ("L’été commence tôt …", "L'été commence tôt cette année.", ""),
        ("L’été commence tôt …", "L'été commence tard.", "L’été commence tôt …"),
    ],
)
def test_a_summary_that_the_text_repeats_is_not_shown_twice(
    summary: str, text: str, lead: str
) -> None:
    assert rendered("{{ chapeau }}", text=text, summary=summary) == lead


def test_a_wiki_link_without_words_says_the_title_of_its_page() -> None:
    html = '<a href="\x020\x03">plan-2015</a> <a href="\x021\x03">mes mots</a>'
    made = rendered("{{ corps }}", html, links=("w/", "x/"), names=((0, "Plan <2015>"),))
    assert made == (
        '<a href="../../w/index.html">Plan &lt;2015></a> <a href="../../x/index.html">mes mots</a>'
    )


@pytest.mark.parametrize(("glossed", "links"), [("oui", 1), ("", 0)])
def test_a_glossary_s_words_are_marked_where_the_page_wants_it(glossed: str, links: int) -> None:
    chrome = CHROME._replace(glossaries=(GLOSSARY,))
    parts = {"parts/header.html": "", "parts/footer.html": "", "page.html": "{{ corps }}"}
    theme = Theme("t", parts, {}, "", "")
    view = ItemView(Frame("a/", "T"), Card("a/", "T", "page"), "k", (), glossed=bool(glossed))
    target = Target("a/index.html", "page.html", view, "")
    made = Renderer(theme, chrome, OneText("<p>un vœu</p>", "")).render(target).data.decode()
    assert made.count('class="terme"') == links
