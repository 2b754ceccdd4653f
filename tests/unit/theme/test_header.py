"""The menu of the default theme: short, a plain bar; long, its end opens without a script."""

import re
from pathlib import Path

import pytest

from cq.site.render import Renderer
from cq.site.target import Target
from cq.site.views import Frame, PlainView, Step
from cq.theme import load
from tests.unit.theme.test_environment import CHROME, NoTexts

TEN = tuple(Step(f"Rubrique {n}", f"r{n}/") for n in range(10))


def header(tmp_path: Path, entries: int, section: str = "") -> str:
    """The header of a page of `section`, on a site with so many entries."""
    chrome = CHROME._replace(menu=TEN[:entries])
    view = PlainView(Frame("a/", "Titre", section=section), ())
    made = Renderer(load(tmp_path), chrome, NoTexts()).render(
        Target("a/index.html", "not_found.html", view, "")
    )
    found = re.search(r"<header.*?</header>", made.data.decode(), re.DOTALL)
    assert found is not None
    return found[0]


@pytest.mark.parametrize("entries", [0, 1, 5])
def test_a_short_menu_is_a_plain_bar(tmp_path: Path, entries: int) -> None:
    made = header(tmp_path, entries)
    assert "<details" not in made
    assert made.count("Rubrique") == entries


@pytest.mark.parametrize("entries", [6, 10])
def test_a_long_one_keeps_four_and_opens_on_the_others(tmp_path: Path, entries: int) -> None:
    made = header(tmp_path, entries)
    bar, _, more = made.partition("<details>")
    assert bar.count("Rubrique") == 4
    assert more.count("Rubrique") == entries - 4
    assert "aria-current" not in made


def test_where_we_are_is_marked_though_it_is_put_away(tmp_path: Path) -> None:
    made = header(tmp_path, 9, "r7/")
    assert '<summary aria-current="true">' in made
    assert re.findall(r'aria-current="true">(Rub[^<]*)', made) == ["Rubrique 7"]
    assert "<summary>" in header(tmp_path, 9, "r2/")
