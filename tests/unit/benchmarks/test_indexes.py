"""The bench sees a search that knows less: each thing that an index lacks is named."""

import gzip
import importlib
import json
from collections.abc import Callable
from pathlib import Path
from random import Random  # noqa: TID251 - one instance with a seed, handed on
from types import ModuleType
from typing import Any

import pytest

SEED = 10
COUNT = 30
FRENCH = {"hash": "fr_1", "wasm": "fr", "page_count": COUNT + 10}  # and ten quartiers and groupes


@pytest.fixture
def bench(root: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, ModuleType]:
    monkeypatch.syspath_prepend(root / "benchmarks")
    names = ("corpus", "indexes", "generators", "layouts", "measure", "table")
    return {name: importlib.import_module(name) for name in names}


@pytest.fixture
def pages(bench: dict[str, ModuleType]) -> list:
    return bench["corpus"].corpus(COUNT, Random(SEED))  # noqa: S311 - a corpus is no secret


@pytest.fixture
def site(bench: dict[str, ModuleType], pages: list, tmp_path: Path) -> Path:
    """A whole index in Pagefind's format."""
    wanted = bench["indexes"]._wanted(pages)
    write_entry(tmp_path, {"fr": FRENCH})
    for number, (address, text) in enumerate(wanted.items()):
        fragment(tmp_path, number, f"/{address}/", text)
    return tmp_path


def write_entry(site: Path, languages: dict[str, Any]) -> None:
    (site / "pagefind" / "fragment").mkdir(parents=True, exist_ok=True)
    entry = {"version": "1.5.2", "languages": languages}
    (site / "pagefind" / "pagefind-entry.json").write_text(json.dumps(entry), encoding="utf-8")


def fragment(site: Path, number: int, url: str, text: str) -> None:
    packed = gzip.compress(b"pagefind_dcd" + json.dumps({"url": url, "content": text}).encode())
    (site / "pagefind" / "fragment" / f"fr_{number}.pf_fragment").write_bytes(packed)


def test_a_whole_index_lacks_nothing(bench: dict, pages: list, site: Path) -> None:
    assert bench["indexes"].lacking(pages, site) == []
    assert bench["indexes"].counted(pages, site) == []


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (lambda site: (site / "pagefind" / "pagefind-entry.json").unlink(), "pas d’index"),
        (lambda site: write_entry(site, {}), "en aucune langue, et non en français"),
        (lambda site: write_entry(site, {"en": FRENCH}), "en en, et non en français"),
        (lambda site: write_entry(site, {"fr": FRENCH, "en": FRENCH}), "en fr, en, et non"),
        (lambda site: write_entry(site, {"fr": {**FRENCH, "wasm": None}}), "et non en français"),
        (lambda site: write_entry(site, {"fr": {**FRENCH, "page_count": 39}}), "39 pages dans"),
        (
            lambda site: fragment(site, 99, "/mentions-legales/", "Mentions"),
            "pages de trop dans l’index : 1 (mentions-legales)",
        ),
        (lambda site: fragment(site, 20, "/ailleurs/", "Rien"), "pages absentes de l’index : 1"),
    ],
)
def test_what_an_index_lacks_is_named(
    bench: dict, pages: list, site: Path, spoil: Callable[[Path], None], said: str
) -> None:
    spoil(site)
    assert said in "\n".join(bench["indexes"].lacking(pages, site))


def test_a_page_without_its_text_is_named(bench: dict, pages: list, site: Path) -> None:
    fragment(site, 99, f"/{pages[7].address}/", pages[7].title)
    for path in (site / "pagefind" / "fragment").iterdir():
        if path.name != "fr_99.pf_fragment" and pages[7].title in bench_text(path):
            path.unlink()
    said = bench["indexes"].lacking(pages, site)
    assert said == [f"pages dont l’index n’a pas le texte : 1 ({pages[7].address})"]


def bench_text(path: Path) -> str:
    text: str = json.loads(gzip.decompress(path.read_bytes())[12:])["content"]
    return text.partition("\n")[0]


def test_fewer_pages_after_a_round_are_seen(bench: dict, pages: list, site: Path) -> None:
    write_entry(site, {"fr": {**FRENCH, "page_count": 12}})
    assert bench["indexes"].counted(pages, site) == [
        f"12 pages dans l’index au lieu de {COUNT + 10}"
    ]


def test_an_edit_is_looked_for_in_its_own_page(bench: dict, pages: list, site: Path) -> None:
    words = bench["generators"].Edit.words(3)
    fragment(site, 98, f"/{pages[4].address}/", f"Un texte. {words}")
    assert bench["indexes"].says(pages[4], site, words)
    assert not bench["indexes"].says(pages[5], site, words)
    assert not bench["indexes"].says(pages[4], site, bench["generators"].Edit.words(4))


def test_files_are_weighed_as_they_are_sent(bench: dict, site: Path) -> None:
    folder = site / "pagefind"
    (folder / "index").mkdir()
    (folder / "index" / "fr_1.pf_index").write_bytes(b"x" * 1000)
    (folder / "pagefind.fr_1.pf_meta").write_bytes(b"x" * 500)
    (folder / "pagefind-ui.js").write_bytes(b"x" * 9000)  # a program, no index
    weight = bench["indexes"].weight(site)
    entry = len(gzip.compress((folder / "pagefind-entry.json").read_bytes()))
    assert weight.words == 1500 + entry
    assert weight.shown == sum(path.stat().st_size for path in (folder / "fragment").iterdir())
    assert (weight.pages, weight.files) == (COUNT + 10, COUNT + 13)


def test_cq_s_own_index_is_held_to_the_same_pages(bench: dict, pages: list, tmp_path: Path) -> None:
    cq = bench["generators"].CQ
    bench["layouts"].LAYOUTS["cq"](pages, tmp_path)
    bench["measure"].timing(cq.call(tmp_path))
    output = tmp_path / cq.output
    assert bench["indexes"].lacking_in_cq(pages, output) == []
    assert bench["indexes"].weight_of_cq(output).pages == COUNT + 10
    card = output / "recherche" / "p" / "0.json"
    card.write_text(json.dumps(json.loads(card.read_text(encoding="utf-8"))[:-1]), encoding="utf-8")
    assert "pages absentes de l’index : 1" in "\n".join(
        bench["indexes"].lacking_in_cq(pages, output)
    )


def test_cq_has_no_search_to_add(bench: dict, tmp_path: Path) -> None:
    assert bench["generators"].CQ.search(tmp_path) is None


def test_pagefind_is_pinned(root: Path) -> None:
    lines = (root / "benchmarks" / "requirements.txt").read_text(encoding="utf-8").splitlines()
    wanted = [line for line in lines if not line.startswith("#")]
    assert all("==" in line for line in wanted)
    assert any(line.startswith("pagefind-bin==") for line in wanted)


def test_the_table_has_the_sums_and_the_share(bench: dict) -> None:
    spread = {"min": 1.0, "median": 1.0, "max": 1.0, "cpu": 1.0}
    names = ("cq", "hugo", "hugo+pagefind")
    times = {
        "cold": {name: {**spread, "median": 2.0} for name in names},
        "validate": {"cq": spread},
    }
    times["cold"]["hugo"]["median"] = 0.5
    weight = {"pages": 10_010, "files": 9, "words": 700_000, "shown": 350_000}
    count = dict.fromkeys(("items", "lists", "feeds", "entries", "sitemap", "files"), 1)
    size = {
        "words": 400.0,
        "times": times,
        "memory": {"cold": {"cq": 1e6}},
        "counts": {"cq": {**count, "megabytes": 1.0}},
        "indexes": {"cq": weight, "hugo": {**weight, "shown": 7_300_000}},
        "text": {"raw": 9_000_000, "each": 4_000_000, "whole": 1_000_000},
    }
    machine = {"processor": "P", "cores": 2, "system": "S", "load_before": [0.1]}
    found = {"sizes": {"10000": size}, "versions": {}, "machine": machine, "load_after": [0.1]}
    text = bench["table"].markdown(found).replace("\N{NARROW NO-BREAK SPACE}", " ")
    assert "| construction à froid | 4,000 × Hugo | ≤ 3,50 × Hugo | **non** |" in text
    assert "| 1,000 × Hugo + Pagefind | ≤ 3,50 × Hugo + Pagefind | oui |" in text
    assert "| 26,2 % du texte | ≤ 25 % | **non** |" in text
    assert "| 10 000 | Hugo + Pagefind | 10 010 | 9 | 700 | 7 300 | 8 000 | 200,0 % |" in text
