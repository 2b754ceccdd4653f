"""Monsters: pages that no conseiller writes and that would stop a build. Refused, in French.

Limits only: what is under them is somebody else's work, and takes less than two seconds
(tests/unit/content/markup/test_monsters.py keeps the worst pages that pass).
"""

import re

from cq.content.markup.page import Page
from cq.content.markup.places import Source

LONGEST = 2_000_000  # characters of a page
DEEPEST = 20  # lists, quotes, brackets, emphasis in one another
MOST_UNMATCHED = 200  # `[` or `<` of one block that nothing closes
MOST_MARKS = 40_000  # places of a page that may begin a mark-up or a block: some 10,000 links
MOST_MISSING_CELLS = 20_000
MOST_RAW_TAGS = 20_000
DEEPEST_RAW = 60  # HTML elements in one another
MOST_FORMATTING = 12  # <b>, <i>, … that stay open: HTML opens them again in every paragraph

_SPLIT = "découpez la page en plusieurs pages, ou joignez un document"
_MARKUP = re.compile(r"[\[\]*_`~!<&|@\\#]|\n[ \t]*(?:[-+>=:\n]|\d{1,9}[.)])|://|www\.")
_PAIRS = {"[": "]", "<": ">"}


def check_size(text: str, page: Page) -> None:
    """Raise `TooComplex` for a page whose mere size says so; before Markdown begins."""
    start = Source("", 0)
    if len(text) > LONGEST:
        size = f"{len(text) / 1_000_000:.1f}".replace(".", ",")
        raise page.too_complex(
            f"cette page fait {size} millions de caractères, plus de 2 millions", _SPLIT, start
        )
    if len(text) <= MOST_MARKS:
        return
    marks = sum(1 for _ in _MARKUP.finditer(text))
    if marks > MOST_MARKS:
        raise page.too_complex(
            f"cette page contient {marks} signes de mise en forme, plus de {MOST_MARKS}",
            _SPLIT,
            start,
        )


def check_depth(depth: int, line: int, page: Page) -> None:
    if depth > DEEPEST:
        raise page.too_complex(
            f"plus de {DEEPEST} listes ou citations l’une dans l’autre",
            "ramenez les listes à deux ou trois niveaux",
            Source("", line),
        )


def check_brackets(leaf: Source, page: Page) -> None:
    """Raise `TooComplex` for a block with too many brackets, open or in one another."""
    for opening, closing in _PAIRS.items():
        if leaf.count(opening) <= DEEPEST:
            continue
        unmatched, deepest = _count(leaf, opening, closing)
        if unmatched > MOST_UNMATCHED:
            raise page.too_complex(
                f"{unmatched} signes « {opening} » que rien ne referme dans un seul paragraphe",
                f"s’il s’agit de texte, écrivez \\{opening} ; sinon refermez-les par {closing}",
                leaf,
            )
        if deepest > DEEPEST:
            raise page.too_complex(
                f"plus de {DEEPEST} signes « {opening} » l’un dans l’autre",
                f"s’il s’agit de texte, écrivez \\{opening}",
                leaf,
            )


def _count(text: str, opening: str, closing: str) -> tuple[int, int]:
    """How many stay open, and how deep the closed ones lie in one another."""
    heights: list[int] = []  # of each open one: the depth of what it already holds
    deepest = 0
    for found in re.finditer(rf"[\{opening}\{closing}]", text):
        if found[0] == opening:
            heights.append(0)
        elif heights:
            height = heights.pop() + 1
            deepest = max(deepest, height)
            if heights:
                heights[-1] = max(heights[-1], height)
    return len(heights), deepest


def check_missing_cells(missing: int, leaf: Source, page: Page) -> None:
    page.cells += missing
    if page.cells > MOST_MISSING_CELLS:
        raise page.too_complex(
            "un tableau dont des milliers de cases ne sont pas écrites",
            "réduisez le nombre de colonnes, ou joignez un fichier .csv ou .ods",
            leaf,
        )


def check_emphasis(depth: int, leaf: Source, page: Page) -> None:
    if depth > DEEPEST:
        raise page.too_complex(
            f"plus de {DEEPEST} mises en valeur (* ou _) l’une dans l’autre",
            "s’il s’agit de texte, écrivez \\* ou \\_",
            leaf,
        )


def check_raw(open_tags: list[str], formatting: int, leaf: Source, page: Page) -> None:
    page.raw_tags += 1
    if page.raw_tags > MOST_RAW_TAGS:
        raise page.too_complex(f"plus de {MOST_RAW_TAGS} balises HTML", _SPLIT, leaf)
    if len(open_tags) > DEEPEST_RAW or formatting > MOST_FORMATTING:
        raise page.too_complex(
            "trop de balises HTML ouvertes l’une dans l’autre",
            "refermez chaque balise, ou écrivez en Markdown",
            leaf,
        )
