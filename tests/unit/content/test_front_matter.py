"""Where the header ends and the body begins."""

from pathlib import PurePosixPath

import pytest

from cq.content.front_matter import Parts, split
from cq.diagnostic import Diagnostic, Severity
from cq.repair import repaired

PATH = PurePosixPath("content/pages/canal.md")


def only(text: str) -> tuple[Parts, Diagnostic]:
    made = split(text, PATH)
    assert len(made.found) == 1, made.found
    assert made.found[0].code == "front-matter"
    return made.value, made.found[0]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("---\ntitre: x\n---\nTexte\n", Parts("titre: x\n", 2, "Texte\n", 4)),
        ("---\ntitre: x\n---", Parts("titre: x\n", 2, "", 3)),
        ("---\ntitre: x\n---\n", Parts("titre: x\n", 2, "", 4)),
        ("---  \ntitre: x\n---\t\xa0\nTexte", Parts("titre: x\n", 2, "Texte", 4)),
        ("---\ntitre: x\n...\nTexte", Parts("titre: x\n", 2, "Texte", 4)),
        ("---\n---\nTexte", Parts("", 2, "Texte", 3)),
        ("---\n# une remarque\n---\nTexte", Parts("# une remarque\n", 2, "Texte", 4)),
        ("---\n\ntitre: x\n---\nun\n---\ndeux", Parts("\ntitre: x\n", 2, "un\n---\ndeux", 5)),
        ("\u200b---\ntitre: x\n---\n", Parts("titre: x\n", 2, "", 4)),
        ("---\ntexte: |\n  a\n  ---\n  b\n---\nc", Parts("texte: |\n  a\n  ---\n  b\n", 2, "c", 7)),
        ("---\ntitre Canal\ndate: x\n---\n", Parts("titre Canal\ndate: x\n", 2, "", 5)),
    ],
    ids=[
        "usual", "no body", "empty body", "blanks", "dots", "empty", "comment", "break in body",
        "invisible", "dashes in a text", "first line broken",
    ],
)  # fmt: skip
def test_header_and_body(text: str, parts: Parts) -> None:
    made = split(text, PATH)
    assert made.value == parts
    assert made.found == ()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n\n",
        "Texte\n",
        "# Titre\n\nTexte\n",
        "---\n\nUn filet, puis du texte.\n",
        "---\nUn titre\n---\nTexte\n",
        "---\n\n# Lieu : la mairie\n\nTexte\n\n---\n",
        "Lieu : la mairie\n---\nTexte\n",
        "Note: ceci\n\nTexte sans trait\n",
        "https://exemple.fr\n---\n",
        "***\ntitre: x\n",
    ],
    ids=[
        "nothing", "blank", "text", "heading", "break", "break and heading", "breaks",
        "underlined heading", "a word and a colon", "an address", "stars",
    ],
)  # fmt: skip
def test_no_header(text: str) -> None:
    made = split(text, PATH)
    assert made.value == Parts("", 1, text, 1)
    assert made.found == ()


@pytest.mark.parametrize(
    ("text", "parts", "fixed"),
    [
        (
            " ---\n titre: x\n ---\nTexte",
            Parts(" titre: x\n", 2, "Texte", 4),
            "---\n titre: x\n---\nTexte",
        ),
        (
            "---\ntitre: x\n  ---\nTexte\n",
            Parts("titre: x\n", 2, "Texte\n", 4),
            "---\ntitre: x\n---\nTexte\n",
        ),
        (
            "\n\n---\ntitre: x\n---\nTexte",
            Parts("titre: x\n", 4, "Texte", 6),
            "---\ntitre: x\n---\nTexte",
        ),
        (
            "—-\ntitre: x\n—-\nTexte",
            Parts("titre: x\n", 2, "Texte", 4),
            "---\ntitre: x\n---\nTexte",
        ),
        (
            "-----\ntitre: x\n-----\nTexte",
            Parts("titre: x\n", 2, "Texte", 4),
            "---\ntitre: x\n---\nTexte",
        ),
    ],
    ids=["indented", "indented end", "blank lines", "smart dashes", "more dashes"],
)
def test_read_and_noted(text: str, parts: Parts, fixed: str) -> None:
    made, one = only(text)
    assert one.severity is Severity.NOTE
    assert made == parts
    assert repaired(text, one.fixes) == fixed
    assert split(fixed, PATH).found == ()


def test_not_closed() -> None:
    text = "---\ntitre: x\nlieu:\n  nom: y\n\ndate: 2026-01-05\n\nTexte\n"
    made, one = only(text)
    assert (one.severity, one.message) == (Severity.ERROR, "l’en-tête n’est pas fermé")
    assert (one.span.line, one.span.column, one.span.width) == (1, 1, 3)
    assert one.hints[-1] == "ajoutez une ligne « --- » après la ligne 6"
    assert made == Parts("titre: x\nlieu:\n  nom: y\n\ndate: 2026-01-05\n", 2, "\nTexte\n", 7)
    assert split(repaired(text, one.fixes), PATH).found == ()


def test_not_closed_and_no_telling_where() -> None:
    made, one = only("---\ntitre: x\nTexte tout de suite\n")
    assert one.severity is Severity.ERROR
    assert made == Parts("titre: x\n", 2, "Texte tout de suite\n", 3)
    assert one.fixes == ()


@pytest.mark.parametrize("text", ["---\ntitre: x", "---\ntitre: x\n", "---\nTitre : x\nDate : y\n"])
def test_not_closed_until_the_end(text: str) -> None:
    made, one = only(text)
    assert one.severity is Severity.ERROR
    assert made.header == text[4:].rstrip("\n") + "\n"
    assert split(repaired(text, one.fixes), PATH).found == ()


def test_not_opened() -> None:
    text = "titre: x\ndate: 2026-01-05\n---\nTexte\n"
    made, one = only(text)
    assert one.severity is Severity.ERROR
    assert "ouvre" in one.message
    assert made == Parts("titre: x\ndate: 2026-01-05\n", 1, "Texte\n", 4)
    assert split(repaired(text, one.fixes), PATH).value == Parts(
        "titre: x\ndate: 2026-01-05\n", 2, "Texte\n", 5
    )


def test_one_key_in_small_letters_before_dashes_is_a_header() -> None:
    assert only("titre: x\n---\nTexte\n")[0].header == "titre: x\n"


def test_neither_opened_nor_closed() -> None:
    made, one = only("titre: x\ndate: 2026-01-05\n\nTexte\n")
    assert one.severity is Severity.ERROR
    assert one.message == "l’en-tête n’a pas ses deux lignes « --- »"
    assert made == Parts("titre: x\ndate: 2026-01-05\n", 1, "\nTexte\n", 3)
