"""What PDF files say, on its way from the file to the site: read once, published beside it."""

from collections.abc import Callable
from pathlib import Path

import printed
import pytest

from cq import front, pipeline
from cq.content import papers, pdf
from cq.search.bag import bag_of_text
from cq.settings import Settings, resolve
from cq.shelf import Shelf
from cq.site.tree import tree_hash

Site = Callable[[str], Path]
MARK = "\ufeff"


@pytest.fixture
def settings(site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    monkeypatch.setenv("CQ_CACHE_DIR", str(tmp_path / "cache"))
    monkeypatch.setenv("CQ_TODAY", "2026-03-01")
    return resolve(root=site("minimal"), jobs=1)


def document(root: Path, name: str, data: bytes, folder: str = "") -> Path:
    place = root / "content" / folder / "documents"
    place.mkdir(parents=True, exist_ok=True)
    lines = f"---\nfichier: {name}.pdf\ndate: 2026-02-10\ntype: autre\n---\n\n# Le {name}\n"
    (place / f"{name}.md").write_text(lines, "utf-8")
    (place / f"{name}.pdf").write_bytes(data)
    return place / f"{name}.pdf"


def build(settings: Settings) -> Path:
    run = front.open_run(settings)
    try:
        pipeline.build(run)
    finally:
        run.ledger.close()
    return settings.output


def test_the_text_stands_beside_the_file(settings: Settings) -> None:
    document(settings.root, "budget", printed.pdf("L’été coûte <b>12 €</b>"))
    document(settings.root, "scan", printed.pdf("", picture=True))
    (settings.root / "content/documents/annexe.pdf").write_bytes(printed.pdf("Une annexe"))
    (settings.root / "content/documents/seul.pdf").write_bytes(printed.pdf("Sans page"))
    page = settings.root / "content/documents/budget.md"
    page.write_text(page.read_text("utf-8") + "\n[L’annexe](annexe.pdf)\n", "utf-8")
    made = build(settings) / "documents"
    assert (made / "budget.pdf.txt").read_text("utf-8") == f"{MARK}L’été coûte <b>12 €</b>\n"
    assert (made / "annexe.pdf.txt").read_text("utf-8") == f"{MARK}Une annexe\n"
    assert not (made / "seul.pdf.txt").exists()  # no page shows it
    assert not (made / "scan.pdf.txt").exists()
    assert 'documents/budget.pdf.txt" type="text/plain">Texte seul (' in (
        made / "budget" / "index.html"
    ).read_text("utf-8")
    assert "Texte seul" not in (made / "scan" / "index.html").read_text("utf-8")


def test_their_words_are_kept_for_the_search(settings: Settings) -> None:
    document(settings.root, "budget", printed.pdf("Les crédits des écoles"))
    document(settings.root, "scan", printed.pdf("", picture=True))
    build(settings)
    run = front.open_run(settings)
    (key,) = (paper.key for paper in run.ledger.papers().values() if paper.size)
    bag = Shelf(run.ledger).bag(key)
    run.ledger.close()
    assert bag == bag_of_text("Les crédits des écoles")


def test_a_private_pdf_says_nothing_in_public(settings: Settings) -> None:
    document(settings.root, "secret", printed.pdf("confidence"), folder="prive")
    made = build(settings)
    assert not [
        one for one in made.rglob("*") if one.is_file() and b"confidence" in one.read_bytes()
    ]
    assert not list(made.rglob("*.pdf*"))


def test_each_is_read_once(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[int] = []
    given = papers.apart

    def counted(*arguments, **options):
        read.append(len(arguments[2]))
        return given(*arguments, **options)

    monkeypatch.setattr(papers, "apart", counted)
    budget = document(settings.root, "budget", printed.pdf("Un"))
    document(settings.root, "copie", printed.pdf("Un"))
    document(settings.root, "casse", b"%PDF-1.7\n")
    build(settings)
    assert sum(read) == 2
    build(settings)
    budget.with_name("deplace.pdf").write_bytes(budget.read_bytes())
    build(settings)
    assert sum(read) == 2
    budget.write_bytes(printed.pdf("Deux"))
    made = build(settings)
    assert sum(read) == 3
    assert (made / "documents/budget.pdf.txt").read_text("utf-8") == f"{MARK}Deux\n"


def test_a_changed_pdf_is_as_a_clean_build(settings: Settings) -> None:
    """The law *incremental = clean*, for what another file than a page says."""
    budget = document(settings.root, "budget", printed.pdf("Un"))
    build(settings)
    for data in (printed.pdf("Deux\npages"), printed.pdf(""), b"%PDF-1.7\n", printed.pdf("Trois")):
        budget.write_bytes(data)
        again = tree_hash(build(settings))
        run = front.open_run(settings)
        run.ledger.forget()
        run.ledger.close()
        assert tree_hash(build(settings)) == again


def test_what_is_gone_is_forgotten(settings: Settings) -> None:
    document(settings.root, "budget", printed.pdf("Un")).rename(settings.root / "ailleurs.pdf")
    (settings.root / "content/documents/budget.md").unlink()
    build(settings)
    run = front.open_run(settings)
    assert not run.ledger.papers()
    run.ledger.close()


def test_a_hostile_one_ends_no_run(settings: Settings, run_cq) -> None:
    objects = (b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
               b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R>>",
               printed.stream(b"q " * 5_000_000))  # fmt: skip
    document(settings.root, "piege", printed.assembled(*objects))
    document(settings.root, "budget", printed.pdf("Bonjour"))
    done = run_cq("build", "--root", settings.root)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Bonjour" in (settings.output / "documents/budget.pdf.txt").read_text("utf-8")
    said = run_cq("validate", "--root", settings.root, "--format", "short").stdout
    assert "content/documents/piege.pdf:1:1: avertissement[unreadable-pdf]" in said


def test_the_reader_is_not_loaded_where_there_is_nothing_to_read(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pdf, "prepare", lambda: pytest.fail("it was"))
    build(settings)
