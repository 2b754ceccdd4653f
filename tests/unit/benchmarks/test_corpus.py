"""The bench measures what it says: one corpus, its size, its words, links that lead somewhere."""

import importlib
import posixpath
import re
import statistics
from collections import Counter
from pathlib import Path
from random import Random  # noqa: TID251 - one instance with a seed, handed on
from types import ModuleType

import pytest

SEED = 10
COUNT = 300
LINK = re.compile(r"\[[^\]]+\]\(([^)\s]+)\)")


@pytest.fixture
def corpus(root: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(root / "benchmarks")
    return importlib.import_module("corpus")


@pytest.fixture
def layouts(corpus: ModuleType) -> ModuleType:
    assert corpus
    return importlib.import_module("layouts")


def pages(corpus: ModuleType, seed: int = SEED) -> list:
    return corpus.corpus(COUNT, Random(seed))  # noqa: S311 - a corpus is no secret


def tree(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_one_seed_makes_one_corpus(corpus: ModuleType) -> None:
    assert pages(corpus) == pages(corpus)
    assert pages(corpus) != pages(corpus, SEED + 1)


def test_it_has_as_many_pages_as_asked_each_at_its_own_address(corpus: ModuleType) -> None:
    found = pages(corpus)
    assert len({page.address for page in found}) == len(found) == COUNT
    assert all(page.address.isascii() for page in found)


def test_a_page_has_about_400_words(corpus: ModuleType) -> None:
    words = [len(page.body.split()) for page in pages(corpus)]
    assert 350 < statistics.mean(words) < 450
    assert min(words) > 150
    assert max(words) < 800


def test_it_has_every_kind_and_every_home(corpus: ModuleType) -> None:
    found = pages(corpus)
    kinds = Counter(page.kind for page in found)
    assert set(kinds) == set(corpus.FOLDERS)
    assert kinds.most_common(1)[0][0] == "actualite"
    assert {page.home for page in found} == {"", *(ident for ident, _ in corpus.HOMES)}


def test_it_writes_what_councils_write(corpus: ModuleType) -> None:
    text = "\n".join(page.body for page in pages(corpus))
    for mark in ("\n## ", "\n### ", "\n- ", "\n1. ", "\n|---|", "\n> ", "**", "« ", " €", "[^1]: "):
        assert mark in text, mark


def test_every_link_of_the_cq_layout_leads_to_a_file_of_it(
    corpus: ModuleType, layouts: ModuleType, tmp_path: Path
) -> None:
    layouts.write_cq(pages(corpus), tmp_path)
    files = tree(tmp_path)
    assert sum(name.startswith("content/") and name.endswith(".md") for name in files) == (
        COUNT + len(corpus.HOMES)
    )
    links = [
        posixpath.normpath(posixpath.join(posixpath.dirname(name), target))
        for name, data in files.items()
        for target in LINK.findall(data.decode())
    ]
    assert len(links) > COUNT
    assert not set(links) - set(files)


@pytest.mark.parametrize("peer", ["hugo", "pelican"])
def test_the_peers_get_the_same_texts_and_links(
    corpus: ModuleType, layouts: ModuleType, tmp_path: Path, peer: str
) -> None:
    found = pages(corpus)
    layouts.LAYOUTS[peer](found, tmp_path)
    addresses = {page.address for page in found}
    for page in found:
        text = (tmp_path / "content" / f"{page.ident}.md").read_text(encoding="utf-8")
        body = re.sub(r"\]\(@\d+\)", "](…)", page.body)
        assert LINK.sub(lambda link: link[0].replace(link[1], "…"), text).endswith(body)
        for target in LINK.findall(text):
            assert posixpath.normpath(posixpath.join(page.address, target)) in addresses
