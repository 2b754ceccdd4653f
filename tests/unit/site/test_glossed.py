"""The first use of a term is a link; where there is none, the text stays as it was."""

import re
import time
from html import escape

import pytest
from hypothesis import given
from hypothesis import strategies as some
from petit_bourg import SITE
from petit_bourg import content as made

from cq.content.layout import PUBLIC
from cq.content.terms import ways
from cq.site.glossed import Glossaries
from cq.site.plan import plan
from cq.site.views import Chrome, Frame, Glossary

TODAY = "2026-11-22"
SITE_TERMS = Glossary(
    "", "wiki/glossaire/",
    (("cq", ("Conseil de quartier", "CQ")), ("conseil", ("Conseil",)), ("voeu", ("Vœu",)),
     ("amp", ("amp",)), ("piege", ("a.*(b", "y<b>x</b>"))),
)  # fmt: skip
CANAL = Glossary(
    "groupes/canal/", "groupes/canal/wiki/glossaire/", (("v", ("vœu",)), ("b", ("Bief",)))
)


def marks(*glossaries: Glossary) -> Glossaries:
    chrome = Chrome(
        "S", "", (), (), (), (), (), "", "", "", "", "", "", "fr", "", "", "", "", "",
        glossaries=glossaries,
    )  # fmt: skip
    return Glossaries(chrome)


def marked(html: str, home: str = "", at: str = "wiki/page/") -> str:
    return marks(SITE_TERMS, CANAL).mark(html, Frame(at, "Page"), home)


def links(html: str, home: str = "", at: str = "wiki/page/") -> list[tuple[str, str]]:
    """(address, words) of each link that was made."""
    return re.findall(r'<a class="terme" href="([^"]*)">(.*?)</a>', marked(html, home, at))


def test_the_first_use_alone_is_a_link() -> None:
    html = "<p>Un vœu. Deux vœux.</p><p>Un vœu.</p>"
    link = '<a class="terme" href="../../wiki/glossaire/index.html#voeu">vœu</a>'
    assert marked(html) == f"<p>Un {link}. Deux vœux.</p><p>Un vœu.</p>"


def test_two_ways_are_one_term_and_the_longest_wins() -> None:
    found = links("<p>Les conseils de quartier, un CQ, le conseil.</p>")
    assert [words for _, words in found] == ["conseils de quartier", "conseil"]


@pytest.mark.parametrize(
    "html",
    [
        '<p><a href="x">un vœu</a></p>',
        "<h2>Le vœu</h2>",
        '<h3 id="u-a">Le <em>vœu</em> du CQ</h3>',
        "<p><code>vœu</code> <kbd>CQ</kbd></p>",
        "<pre><code>CQ vœu</code></pre>",
        "<blockquote><p>Un vœu</p><p>Un CQ</p></blockquote>",
        "<p>«\u00a0Le vœu du CQ\u00a0»</p>",
        "<p>Le « petit « vœu » du CQ »</p>",
        '<p><span lang="en">CQ <b>vœu</b></span></p>',
        '<p><abbr title="x">CQ</abbr></p>',
        '<p><img src="CQ.png" alt="Un vœu"></p>',
        "<table><thead><tr><th>CQ</th></tr></thead></table>",
        "<p>conseillers, vœuvre, sous-conseil, conseil-école, c@conseil.fr, /conseil/, CQs, cq</p>",
        "<p>R &amp; D &lt;b&gt;y&lt;/b&gt;</p>",
    ],
)
def test_where_no_link_is_made(html: str) -> None:
    assert marked(html) == html


def test_a_quotation_that_nobody_closed_ends_with_its_paragraph() -> None:
    assert links("<p>« Le vœu</p><p>un CQ</p>") == [("../../wiki/glossaire/index.html#cq", "CQ")]


def test_after_what_is_left_alone_terms_are_marked_again() -> None:
    html = '<p><a href="x">vœu<br></a><span lang="en">a<b>b</b></span> « CQ » un vœu</p>'
    assert [words for _, words in links(html)] == ["vœu"]


def test_a_glossary_is_never_marked() -> None:
    html = "<p>Un vœu, un bief.</p>"
    assert marked(html, at="wiki/glossaire/") == html
    assert marked(html, "groupes/canal/", "groupes/canal/wiki/glossaire/") == html


def test_the_nearest_glossary_wins_and_the_site_s_own_serves_all() -> None:
    found = links("<p>Un vœu du CQ au bief.</p>", "groupes/canal/", "groupes/canal/wiki/x/")
    assert [address.partition("groupes/canal/wiki/glossaire")[2] for address, _ in found] == [
        "/index.html#v", "", "/index.html#b",
    ]  # fmt: skip
    assert len(links("<p>Un vœu du CQ au bief.</p>", "quartiers/port/")) == 2


def test_terms_that_are_regular_expressions_or_mark_up() -> None:
    found = links("<p>a.*(b et y&lt;b&gt;x&lt;/b&gt;, axxb</p>")
    assert [words for _, words in found] == ["a.*(b"]  # two ways of one term


def test_without_a_glossary_nothing_is_done() -> None:
    assert marks().mark("<p>vœu</p>", Frame("x/", "X"), "") == "<p>vœu</p>"


@given(some.lists(some.text(min_size=1, max_size=30), max_size=8), some.text(max_size=200))
def test_any_terms_in_any_text(words: list[str], text: str) -> None:
    each = tuple((f"t{n}", found) for n, word in enumerate(words) if (found := ways(word)))
    html = f"<p>{escape(text, quote=False)} {escape(' '.join(words), quote=False)}</p>"
    after = marks(Glossary("", "wiki/glossaire/", each)).mark(html, Frame("p/", "P"), "")
    assert re.sub(r'<a class="terme" href="[^"<>]*">([^<]*)</a>', r"\1", after) == html


def test_many_terms_take_little_time() -> None:
    each = tuple((f"t{n}", (f"Terme {n} du conseil", f"T{n}X")) for n in range(300))
    glossaries = marks(Glossary("", "wiki/glossaire/", each))
    html = "<p>" + "Les habitants du quartier tiennent le terme des conseils. " * 100 + "</p>"
    glossaries.mark(html, Frame("p/", "P"), "")
    start = time.perf_counter()
    for _ in range(20):
        glossaries.mark(html, Frame("p/", "P"), "")
    assert (time.perf_counter() - start) / 20 < 0.02  # some 800 words; measured 1 ms


FILES = {
    "site.yml": SITE,
    "wiki/glossaire.md": "# Glossaire\n\n## Vœu\n\nUn texte.\n",
    "prive/wiki/glossaire.md": "# Secrets\n\n## Tirelire\n\nCachée.\n",
    "wiki/a.md": "# A\n\nUn vœu et une tirelire.\n",
    "wiki/b.md": "---\nglossaire: non\n---\n# B\n\nUn vœu.\n",
}


def test_private_terms_never_reach_the_public_site() -> None:
    public = made(FILES, TODAY).seen_by(PUBLIC, TODAY)
    (glossary,) = plan(public).chrome.glossaries
    assert glossary.terms == (("voeu", ("Vœu",)),)
    assert "Tirelire" not in repr(plan(public))


def test_a_page_or_the_site_may_do_without() -> None:
    public = made(FILES, TODAY).seen_by(PUBLIC, TODAY)
    views = {target.path: target.view for target in plan(public).targets}
    assert views["wiki/a/index.html"].glossed is True  # type: ignore[attr-defined]
    assert views["wiki/b/index.html"].glossed is False  # type: ignore[attr-defined]
    without = {**FILES, "site.yml": SITE + "glossaire: non\n"}
    assert plan(made(without, TODAY).seen_by(PUBLIC, TODAY)).chrome.glossaries == ()
