"""The index of a whole site: what is in it, and what an edit changes of it."""

import json
from collections.abc import Callable
from pathlib import Path

import printed

from cq.content.kinds import KINDS
from cq.search.coding import decoded
from cq.search.words import words
from cq.site.plan import search

Site = Callable[[str], Path]


def files(root: Path) -> dict[str, str]:
    folder = root / "build" / "site" / "recherche"
    return {
        file.relative_to(folder).as_posix(): file.read_text("utf-8")
        for file in folder.rglob("*")
        if file.suffix in {".json", ".txt"}
    }


def found(made: dict[str, str], word: str) -> set[str]:
    """The addresses of the pages that have a form of `word`."""
    head = json.loads(made["index.json"])
    ((wanted, _),) = words(word)
    pages: set[int] = set()
    for shard in range(len(head["bornes"])):
        stamp, *lines = made[f"m/{shard}.txt"].splitlines()
        assert stamp == head["empreinte"]
        for line in lines:
            forms, postings = line.split("\t")
            if wanted in forms.split():
                pages.update(page for page, _ in decoded(postings))
    cards = []
    for block in range(-(-head["pages"] // head["bloc"])):
        stamp, *some = json.loads(made[f"p/{block}.json"])
        assert stamp == head["empreinte"]
        cards += some
    assert len(cards) == head["pages"] == len(head["sorte"]) == len(head["lieu"])
    return {cards[page][1] for page in pages}


def test_words_lead_to_their_pages(site: Site, run_cq) -> None:
    root = site("minimal")
    page = root / "content" / "wiki" / "zythum.md"
    page.parent.mkdir(parents=True, exist_ok=True)
    page.write_text("# Le zythum\n\nDes « xérographies » et l’œkoumène.\n", "utf-8")
    hidden = root / "content" / "prive" / "wiki" / "cache.md"
    hidden.parent.mkdir(parents=True, exist_ok=True)
    hidden.write_text("# Caché\n\nUn quokka.\n", "utf-8")
    draft = root / "content" / "wiki" / "brouillon.md"
    draft.write_text("---\nbrouillon: oui\n---\n# Brouillon\n\nUn quokka.\n", "utf-8")
    assert run_cq("build", "--public-only", cwd=root).returncode == 0
    made = files(root)
    for word in ("zythum", "xérographies", "œkoumène"):
        assert found(made, word) == {"wiki/zythum/"}
    assert found(made, "quokka") == set()
    assert "quokka" not in "".join(made.values())


def test_an_edited_text_changes_the_shards_of_its_words(site: Site, run_cq) -> None:
    root = site("minimal")
    folder = root / "content" / "wiki"
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(130):
        (folder / f"page-{number}.md").write_text(f"# Page {number}\n\nDes bancs.\n", "utf-8")
    assert run_cq("build", cwd=root).returncode == 0
    before = files(root)
    assert len([name for name in before if name.startswith("m/")]) == 8
    (folder / "page-7.md").write_text("# Page 7\n\nDes bancs et un zythum.\n", "utf-8")
    assert run_cq("build", cwd=root).returncode == 0
    after = files(root)
    changed = [name for name in after if after[name] != before[name]]
    assert found(before, "zythum") == set()
    assert found(after, "zythum") == {"wiki/page-7/"}
    assert len([name for name in changed if name.startswith("m/")]) <= 3
    assert run_cq("build", "--clean", cwd=root).returncode == 0
    assert files(root) == after


def test_pages_that_come_and_go_number_the_others_anew(site: Site, run_cq) -> None:
    root = site("minimal")
    folder = root / "content" / "wiki"
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(3):
        (folder / f"page-{number}.md").write_text(f"# Page {number}\n\nMot{number}.\n", "utf-8")
    assert run_cq("build", cwd=root).returncode == 0
    before = json.loads(files(root)["index.json"])
    (folder / "page-0.md").unlink()
    (folder / "ajout.md").write_text("# Ajout\n\nUn zythum.\n", "utf-8")
    assert run_cq("build", cwd=root).returncode == 0
    made = files(root)
    assert json.loads(made["index.json"])["empreinte"] != before["empreinte"]
    assert found(made, "mot0") == set()
    assert found(made, "mot2") == {"wiki/page-2/"}
    assert found(made, "zythum") == {"wiki/ajout/"}
    assert run_cq("build", "--clean", cwd=root).returncode == 0
    assert files(root) == made


def test_every_kind_with_pages_has_its_word() -> None:
    labels = {kind.name: kind.label for kind in KINDS}
    assert all(labels[name] == word for name, word in search.KINDS.items())
    pages = {kind.name for kind in KINDS if kind.suffix == ".md" and kind.file is None}
    assert pages == search.KINDS.keys()


def test_a_pdf_is_found_by_the_pages_that_show_it(site: Site, run_cq) -> None:
    root = site("minimal")
    folder = root / "content" / "documents"
    folder.mkdir(parents=True, exist_ok=True)
    page = "---\nfichier: budget.pdf\ndate: 2026-02-10\ntype: autre\n---\n\n# Le budget\n"
    (folder / "budget.md").write_text(page, "utf-8")
    (folder / "budget.pdf").write_bytes(printed.pdf("Un zythum"))
    assert run_cq("build", cwd=root).returncode == 0
    before = files(root)
    assert found(before, "zythum") == {"documents/budget/"}
    cards = [card for card in json.loads(before["p/0.json"])[1:] if card[4]]
    assert [card[4] for card in cards] == ["documents/budget.pdf.txt"]
    (folder / "budget.pdf").write_bytes(printed.pdf("Un quokka"))
    assert run_cq("build", cwd=root).returncode == 0
    made = files(root)
    assert found(made, "zythum") == set()
    assert found(made, "quokka") == {"documents/budget/"}
    assert run_cq("build", "--clean", cwd=root).returncode == 0
    assert files(root) == made
