"""The bench of sealed spaces finds what stands in clear, however it is spelt."""

import gzip
import importlib
from collections.abc import Callable
from pathlib import Path
from random import Random  # noqa: TID251 - one instance with a seed, handed on
from types import ModuleType

import pytest

Bench = Callable[[str], ModuleType]


@pytest.fixture
def bench(root: Path, monkeypatch: pytest.MonkeyPatch) -> Bench:
    monkeypatch.syspath_prepend(root / "benchmarks")
    return importlib.import_module


def test_every_spelling_of_every_word_is_found(bench: Bench, tmp_path: Path) -> None:
    planted = bench("planted")
    assert len(planted.PLANTED) == 13
    for number, (name, text) in enumerate(planted.PLANTED.items()):
        spellings = planted.spellings(text)
        assert len(spellings) >= 15
        for spelling, data in spellings.items():
            folder = tmp_path / str(number) / spelling.replace(" ", "-")
            folder.mkdir(parents=True)
            (folder / "x").write_bytes(b"avant " + data + b" apr\xe8s")
            assert name in planted.leaks(folder), (name, spelling)


def test_words_are_found_in_names_and_in_gzip(bench: Bench, tmp_path: Path) -> None:
    planted = bench("planted")
    (tmp_path / "devis-pimprenelle").mkdir()
    (tmp_path / "x.gz").write_bytes(gzip.compress("Apollonie Grandcœur".encode()))
    assert planted.leaks(tmp_path) == {
        "nom de fichier": ["devis-pimprenelle"], "personne": ["x.gz"]
    }  # fmt: skip


def test_base64_is_found_wherever_it_begins(bench: Bench, tmp_path: Path) -> None:
    import base64

    planted = bench("planted")
    for before in range(7):
        text = b"\xff" * before + planted.PLANTED["titre"].encode() + b"\xff" * 5
        (tmp_path / "x").write_bytes(base64.b64encode(text))
        assert "titre" in planted.leaks(tmp_path), before


def test_what_says_nothing_leaks_nothing(bench: Bench, tmp_path: Path) -> None:
    (tmp_path / "x").write_bytes(Random(1).randbytes(100_000))  # noqa: S311 - a test
    (tmp_path / "y.html").write_text("Le banc du canal, 06 98 76 54 33, devis")
    assert not bench("planted").leaks(tmp_path)


def test_attachments_are_found_as_they_are(bench: Bench, tmp_path: Path) -> None:
    planted, weights = bench("planted"), bench("weights")
    for number, data in enumerate(planted.attachments().values()):
        assert weights.attachments(tmp_path) == number
        (tmp_path / f"other-{number}").write_bytes(data)
    assert weights.attachments(tmp_path) == 2
    leaks = planted.leaks(tmp_path)
    assert {*leaks} == {"contenu d’une pièce jointe", "texte d’une image"}


def test_no_two_private_pages_have_one_address(bench: Bench) -> None:
    corpus, sealers, planted = bench("corpus"), bench("sealers"), bench("planted")
    made = corpus.corpus(300, Random(corpus.SEED))  # noqa: S311 - a corpus is no secret
    pages = sealers.private(made)
    assert len({page.address for page in pages}) == len(pages) == 302
    assert [page.number for page in pages] == [*range(302)]
    assert {page.name for page in pages} >= {planted.NEWS, planted.WIKI}


def test_a_tool_that_leaves_its_text_in_clear_stops_the_bench(bench: Bench, tmp_path: Path) -> None:
    corpus, sealers, weights = bench("corpus"), bench("sealers"), bench("weights")
    measure = bench("measure")
    pages = sealers.private(corpus.corpus(1, Random(1)))[:1]  # noqa: S311
    tool = sealers.SEALERS["encryptcontent"]
    html = f"<main><p>{pages[0].body}</p></main>"
    for folder in (tool.plain, tool.output):
        place = tmp_path / folder / pages[0].address / "index.html"
        place.parent.mkdir(parents=True)
        place.write_text(html)
    with pytest.raises(measure.CallError, match="en clair"):
        weights.whole(tool, tmp_path, pages)
    place.write_text("<main>chiffre</main>")
    weights.whole(tool, tmp_path, pages)
    (tmp_path / tool.plain / pages[0].address / "index.html").write_text("<main></main>")
    with pytest.raises(measure.CallError, match="texte"):
        weights.whole(tool, tmp_path, pages)
