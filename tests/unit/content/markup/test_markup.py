"""What `convert` makes beyond a forge's structure: holes, ids, words, places, advice."""

from pathlib import PurePosixPath

import pytest

from cq.content.body import HOLE, Body, Heading
from cq.content.markup import convert, identity
from cq.diagnostic import Severity

PAGE = PurePosixPath("content/pages/essai.md")


def body(text, **options):
    return convert(text, PAGE, 1, **options).value


def codes(text, **options):
    return [one.code for one in convert(text, PAGE, 1, **options).found]


def test_a_leading_heading_is_the_title():
    made = body("# Le canal *vert*\n\nTexte.\n\n## Suite")
    assert made.title == "Le canal vert"
    assert "canal" not in made.html
    assert made.text == "Texte.\nSuite"
    assert made.headings == (Heading(2, "Suite", "suite", 5),)
    assert codes("# Titre\n\nx") == []


def test_a_title_that_is_kept_counts_as_a_heading():
    made = body("# Le canal\n\nTexte.", keep_title=True)
    assert made.title == "Le canal"
    assert '<h2 id="le-canal">Le canal</h2>' in made.html
    assert codes("# Le canal\n\nTexte.", keep_title=True) == ["heading-order"]


def test_a_quoted_heading_is_no_title():
    assert body("> # Citation\n\nx").title is None


@pytest.mark.parametrize(
    ("text", "line"),
    [("x\n\n# Un", 3), ("## a\n\n#### b", 3), ("### a", 1), ("##\n\nx", 1), ("# a\n\n# b", 3)],
)
def test_heading_order(text, line):
    found = convert(text, PAGE, 1).found
    assert [(one.code, one.severity, one.span.line) for one in found] == [
        ("heading-order", Severity.WARNING, line)
    ]
    assert "<h1" not in body(text).html


def test_heading_ids_keep_oe_and_are_unique():
    made = body("## Vœu n° 12\n\n## Vœu n° 12\n\n## Ex æquo\n\n## ???\n\n## !!!")
    anchors = [one.anchor for one in made.headings]
    assert anchors[:3] == ["voeu-n-12", "voeu-n-12-2", "ex-aequo"]
    assert len(set(anchors)) == 5
    assert made.anchors == tuple(anchors)


def test_internal_targets_become_holes_and_others_stay():
    text = (
        "[a](b.md) ![vue du canal](c.png) <https://d.fr> [e](mailto:e@f.fr) [g](tel:+331) [[h|i]]"
    )
    made = body(text)
    kinds = [(one.kind, one.target, one.text) for one in made.links]
    assert kinds == [
        ("link", "b.md", "a"),
        ("image", "c.png", "vue du canal"),
        ("link", "https://d.fr", "https://d.fr"),
        ("link", "mailto:e@f.fr", "e"),
        ("link", "tel:+331", "g"),
        ("wiki", "h", "i"),
    ]
    for number in (0, 1, 5):
        assert HOLE.format(number) in made.html
    assert '<a href="https://d.fr" rel="noopener noreferrer">' in made.html
    assert '<a href="mailto:e@f.fr">' in made.html
    assert made.html.count("\x02") == 3


def test_targets_are_as_written_with_escapes_undone():
    made = body("[a](b\\_c.md) [d](e&amp;f.md) [g](<h i.md>) <a href='j&eacute;.md'>k</a>")
    assert [one.target for one in made.links] == ["b_c.md", "e&f.md", "h i.md", "jé.md"]


def test_places_of_links():
    text = (
        "Un `[a](b)` puis [a](b).\n\n"
        "- x\n  - [c](d) et [c](d)\n\n"
        "> > [e][r] <a href=f>g</a>\n\n"
        "| u | v |\n|---|---|\n| [h](i) | [h](i) |\n\n"
        "\tcode [j](k)\n\n```\n[j](k)\n```\n[j](k) [[l]]\n\n[r]: s\n"
    )
    lines = text.split("\n")
    found = [
        (one.line, one.column, lines[one.line - 1][one.column - 1 :][: one.width])
        for one in body(text).links
    ]
    assert found == [
        (1, 18, "[a](b)"),
        (4, 5, "[c](d)"),
        (4, 15, "[c](d)"),
        (6, 5, "[e][r]"),
        (6, 12, "<a href=f>"),
        (10, 3, "[h](i)"),
        (10, 12, "[h](i)"),
        (17, 1, "[j](k)"),
        (17, 8, "[[l]]"),
    ]


def test_places_count_from_the_first_line_and_through_what_is_invisible():
    link = convert("a\n\n\u200bb\u200b \u200b[c](d)", PAGE, 7).value.links[0]
    assert (link.line, link.column, link.width) == (9, 6, 6)


def test_footnotes_speak_french():
    made = body("Un[^a] deux[^b] un[^a].\n\n[^a]: Note **a**.\n[^b]: Note b\n\n    suite.\n")
    assert 'aria-label="Retour au texte, note 1"' in made.html
    assert 'aria-label="Retour au texte, note 1, appel 2"' in made.html
    assert made.html.index('id="note_1"') < made.html.index('id="note_2"')
    assert "<p>suite. <a" in made.html
    assert made.text == "Un deux un.\nNote a.\nNote b\nsuite."
    assert set(made.anchors) == {"appel_1", "appel_2", "appel_1-2", "note_1", "note_2"}


def test_a_note_that_nothing_calls_is_said():
    found = convert("x\n\n[^a]: perdu", PAGE, 1).found
    assert [(one.code, one.span.line) for one in found] == [("unused-note", 3)]


@pytest.mark.parametrize(
    ("word", "title"),
    [
        ("NOTE", "Note"),
        ("TIP", "Conseil"),
        ("IMPORTANT", "Important"),
        ("WARNING", "Attention"),
        ("caution", "Danger"),
    ],
)
def test_alerts(word, title):
    made = body(f"> [!{word}]\n> Texte\n> - a")
    assert made.html.startswith(
        f'<div class="alerte alerte-{word.lower()}" role="note"><p class="alerte-titre">{title}</p>'
    )
    assert "<ul>" in made.html


def test_task_boxes_say_their_state():
    made = body("- [ ] a\n- [x] b")
    assert made.html.count("<input ") == 2
    assert 'type="checkbox" disabled="" aria-label="À faire"' in made.html
    assert 'type="checkbox" disabled="" checked="" aria-label="Fait"' in made.html
    assert made.html.count('<li class="tache">') == 2


def test_tables_have_classes_and_scopes():
    made = body("|a|b|\n|:-:|-:|\n|1|2|")
    assert '<th class="center" scope="col">a</th>' in made.html
    assert '<td class="right">2</td>' in made.html
    assert "style" not in made.html


def test_abbreviations():
    made = body('Le CQ et le CQP, `CQ`.\n\n*[CQ]: conseil de "quartier"\n')
    assert made.html.count("<abbr") == 1
    assert '<abbr title="conseil de &quot;quartier&quot;">CQ</abbr>' in made.html


def test_typography_spares_code_and_foreign_words():
    made = body("Quoi ? `Quoi ?`\n\n    Quoi ?\n\n<p lang=en>Quoi ? <b>Quoi ?</b></p>\n\nQuoi ?")
    assert made.html.count("Quoi\u202f?") == 2
    assert made.html.count("Quoi ?") == 4


def test_language_of_code_is_kept_if_it_is_a_word():
    assert '<code class="language-python">' in body("```python\nx\n```").html
    assert "<pre><code>x" in body('```a"b<c\nx\n```').html


@pytest.mark.parametrize(
    "words", ["ici", "Cliquez ici", "**En savoir plus**", "lire la suite…", ""]
)
def test_vague_links(words):
    found = convert(f"Voir [{words}](a.md).", PAGE, 1).found
    assert [(one.code, one.severity, one.span.column) for one in found] == [
        ("vague-link-text", Severity.WARNING, 6)
    ]


def test_clear_links_are_not_vague():
    assert codes("[le compte rendu](a.md) [![le plan du quai](b.png)](c.md) <https://a.fr>") == []


@pytest.mark.parametrize(
    "image",
    [
        "![](vue.png)",
        "![ ](vue.png)",
        "![vue.png](vue.png)",
        "![IMG_2034](a/IMG_2034.JPG)",
        "![DSC 0001](b.jpg)",
        "<img src='vue.png'>",
        "<img src='vue.png' alt=''>",
    ],
)
def test_images_without_words(image):
    found = convert(f"a {image}", PAGE, 1).found
    assert [(one.code, one.severity, one.span.column) for one in found] == [
        ("missing-alt", Severity.ERROR, 3)
    ]


def test_what_removed_html_says():
    (found,) = convert("Un\n\ndeux <font color=red>trois</font>", PAGE, 10).found
    assert (found.code, found.span.line, found.span.column) == ("removed-html", 12, 6)
    assert found.message == "la balise <font> a été enlevée"
    assert body("deux <font>trois</font>").text == "deux trois"


def test_harmless_html_stays():
    text = 'H<sub>2</sub>O <kbd>Ctrl</kbd> <mark>x</mark> <abbr title="y">z</abbr>'
    assert codes(text) == []
    for tag in ("sub", "kbd", "mark", "abbr"):
        assert f"<{tag}" in body(text).html


def test_template_syntax_is_text():
    assert body("{{ config }} {% include 'x' %}").text == "{{ config }} {% include 'x' %}"


def test_words_are_one_paragraph_a_line():
    text = "Un *mot*\net suite.\n\n- a\n- b & c\n\n|d|e|\n|-|-|\n|f|g|\n\n`h`"
    assert body(text).text == "Un mot et suite.\na\nb & c\nd e\nf g\nh"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("a \n\u00a0\u202fb   c\td", "a b c d"),
        ("<div>a </div>\n\n \n<p>\u2003b</p>", "a\nb"),
        ("<pre>\n a  \n\t b\n</pre>\n\n\u00a0", "a\nb"),
    ],
)
def test_words_have_one_blank_between_them(text, words):
    assert body(text).text == words


def test_nothing_gives_nothing():
    for text in ("", "\n", "   \n\n", "[a]: b\n"):
        assert convert(text, PAGE, 3).value == Body("")


def test_pages_do_not_leak_into_one_another():
    body("[a]: x.md\n*[CQ]: conseil\n\n[^n]: note\n\n[a] CQ x[^n]")
    assert body("[a] CQ x[^n]") == Body(html="<p>[a] CQ x[^n]</p>", text="[a] CQ x[^n]")


def test_identity_names_what_it_depends_on():
    assert "markdown" in identity()
    assert "nh3" in identity()
