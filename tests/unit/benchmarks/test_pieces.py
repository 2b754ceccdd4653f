"""The bench sees a tool that writes less: each piece taken out of a page of cq's is named."""

import importlib
from collections.abc import Callable
from pathlib import Path
from random import Random  # noqa: TID251 - one instance with a seed, handed on
from types import ModuleType

import pytest

SEED = 10
COUNT = 40
Look = Callable[[], list[str]]


@pytest.fixture(scope="module")
def bench(root: Path) -> dict[str, ModuleType]:
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(root / "benchmarks")
        names = ("corpus", "layouts", "generators", "measure", "pieces")
        return {name: importlib.import_module(name) for name in names}


@pytest.fixture(scope="module")
def built(bench: dict[str, ModuleType], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small corpus, built by cq itself as the bench calls it."""
    site = tmp_path_factory.mktemp("banc") / "cq"
    bench["layouts"].LAYOUTS["cq"](pages(bench), site)
    bench["measure"].timing(bench["generators"].CQ.call(site))
    return site / bench["generators"].CQ.output


def pages(bench: dict[str, ModuleType]) -> list:
    return bench["corpus"].corpus(COUNT, Random(SEED))  # noqa: S311 - a corpus is no secret


def test_a_site_of_cq_has_all_pieces(bench: dict[str, ModuleType], built: Path) -> None:
    assert bench["pieces"].missing(pages(bench), built) == []


@pytest.mark.parametrize(
    ("taken", "said"),
    [
        ('property="og:title"', "pas de og:title"),
        ('name="referrer"', "pas de referrer"),
        ('http-equiv="Content-Security-Policy"', "pas de content-security-policy"),
        ('rel="canonical"', "pas d’adresse canonique"),
        ('type="application/feed+json"', "pas de lien application/feed+json"),
        ('{"@context"', "JSON-LD illisible"),
        ("NewsArticle", "pas de JSON-LD NewsArticle"),
        ('class="fil"', "fil d’Ariane de 0 liens"),
        ('class="sommaire"', "sommaire de 0 liens"),
        ("<footer", "pied de page de 0 liens"),
        ("<time", "pas de date"),
    ],
)
def test_a_piece_that_is_not_there_is_named(
    bench: dict[str, ModuleType], built: Path, taken: str, said: str
) -> None:
    page, path = news(bench, built)
    before = path.read_text(encoding="utf-8")
    assert taken in before
    try:
        path.write_text(before.replace(taken, "<i" if taken[0] == "<" else "x"), encoding="utf-8")
        found = bench["pieces"].missing([page], built)
    finally:
        path.write_text(before, encoding="utf-8")
    assert any(words.startswith(f"{page.address} : {said}") for words in found)


def test_a_page_a_calendar_a_report_a_feed_that_are_not_there_are_named(
    bench: dict[str, ModuleType], tmp_path: Path
) -> None:
    found = pages(bench)
    said = "\n".join(bench["pieces"].missing(found, tmp_path))
    assert "pas de page" in said
    assert "pas d’accueil" in said


def news(bench: dict[str, ModuleType], built: Path) -> tuple:
    """A news page with a list of contents."""
    for page in pages(bench):
        path = built / page.address / "index.html"
        if page.kind == "actualite" and 'class="sommaire"' in path.read_text(encoding="utf-8"):
            return page, path
    pytest.fail("no news with four headings in the corpus")
