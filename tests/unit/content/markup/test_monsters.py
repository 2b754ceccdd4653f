"""Monsters are refused with a finding; the worst pages that pass give what they should.

No test here looks at a clock: limits and structure are what keeps pages quick.
"""

from pathlib import PurePosixPath

import pytest

from cq.content.body import Body
from cq.content.markup import convert, guard

PAGE = PurePosixPath("content/pages/essai.md")


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("a\n\n" + "[" * 20_000, 3),
        ("a\n\n" + "<" * 201, 3),
        ("[" * 21 + "x" + "]" * 21, 1),
        ("".join("  " * level + "- a\n" for level in range(250)), 21),
        ("> " * 250 + "a", 1),
        ("*a " * 30 + "a* " * 30, 1),
        ("a" * 2_000_001, 1),
        ("* _ " * 30_000, 1),
        ("a\n\n" * 50_000, 1),
        ("<div>\n" * 61, 1),
        ("<b title=x>\n\n" * 13 + "x\n\n" * 1000, 25),
        ("|" + "a|" * 500 + "\n|" + "-|" * 500 + "\n" + "|1|\n" * 50, 43),
        ("- " * 30 + "a", 1),
    ],
)
def test_refused(text, line):
    outcome = convert(text, PAGE, 1)
    assert outcome.value == Body("")
    (found,) = outcome.found
    assert (found.code, found.span.line) == ("page-too-complex", line)
    assert len(found.hints) == 2


def made(text):
    outcome = convert(text, PAGE, 1)
    assert [one.code for one in outcome.found if one.code == "page-too-complex"] == []
    return outcome.value


MANY = guard.MOST_MARKS


def test_long_lines():
    assert len(made("mot [lien](a.md) *em* `c` " * 4000).links) == 4000
    assert made("a" * 300_000).html == "<p>" + "a" * 300_000 + "</p>"
    assert made("x" * 100_000 + "@").links == ()
    assert len(made("https://a.fr/" + "x)" * 19_000).links) == 1
    assert len(made("https://a.fr/" + "&a;" * 19_000).links) == 1


@pytest.mark.parametrize(
    "sign", ["*", "_", "`", "~", "!", "&", "|", ">", "]", "\\", "#", "*a", "a_"]
)
def test_thousands_of_signs(sign):
    body = made("x " + sign * (MANY // 2 - 1))
    assert len(body.text) > MANY // 8


def test_thousands_of_addresses():
    assert len(made("www.a.fr " * 30_000).links) == 30_000
    assert len(made("a@b.fr " * 30_000).links) == 30_000


def test_runs_of_all_lengths():
    assert made(" ".join("*" * size + "a" for size in range(1, 280))).text.startswith("*a **a ***a")
    assert "<code>" not in made(" ".join("`" * size + "a" for size in range(1, 280))).html


def test_long_tables_and_lists():
    table = "|a|b|\n|-|-|\n" + "|1|2|\n" * 10_000
    assert made(table).html.count("<tr>") == 10_001
    assert made("- a\n" * 30_000).html.count("<li>") == 30_000
    assert (
        made("".join("  " * level + "- a\n" for level in range(20)) * 300).html.count("<li>")
        == 6000
    )
    assert made("- a\n" + "b\n" * 100_000).html.count("<li>") == 1
    assert made("> - a\n> > b\n" * 5_000).html.count("<blockquote>") >= 5_000


def test_many_definitions():
    many = "".join(f"[r{number}]: u{number}\n" for number in range(9000))
    assert len(made(many + "\n" + " ".join(f"[r{number}]" for number in range(9000))).links) == 9000
    notes = "".join(f"x[^{number}]\n\n[^{number}]: n\n\n" for number in range(4000))
    assert made(notes).html.count("<li") == 4000
    headings = made("## titre\n\n" * 8000).headings
    assert len({one.anchor for one in headings}) == 8000


def test_a_definition_is_no_bomb():
    text = "[a]: " + "u" * 50_000 + "\n\n" + "[a] " * 9_000
    assert len(made(text).html) < 1_000_000


def test_raw_html_in_quantity():
    assert (
        made("<details><summary>a</summary>\n\nx\n\n</details>\n\n" * 2000).html.count("<details>")
        == 2000
    )
    assert made("<p " + "a=b " * 20_000 + ">").html == "<p></p>"
    assert made("<script> " * 4_000).html == ""
    assert made("<ul>\n" + "<li>a\n" * 5000 + "</ul>").html.count("</li>") == 5000


def test_findings_are_not_endless():
    outcome = convert("[a](javascript:x) " * 5000, PAGE, 1)
    assert 0 < len(outcome.found) <= 50
