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


def said(settings: Settings, *, afresh: bool = False) -> list[tuple[str, str]]:
    """The personal data that `cq validate` finds: code, message."""
    run = front.open_run(settings)
    if afresh:
        run.ledger.forget()
    try:
        found = front.validate(run).found
    finally:
        run.ledger.close()
    codes = {"personal-email", "mobile-number", "home-address", "named-resident"}
    return [(one.code, one.message) for one in found if one.code in codes]


def test_persons_in_a_pdf_are_remembered_and_judged_anew(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    budget = document(settings.root, "budget", printed.pdf("Rien", "", "Écrire à lilas@exemple.fr"))
    words = "« lilas@exemple.fr », page 3 de ce PDF, semble être l’adresse d’une personne"
    one = ("personal-email", words)
    assert said(settings) == [one]
    with monkeypatch.context() as held:
        held.setattr(pdf, "prepare", lambda: pytest.fail("it was read again"))
        _judge_again(settings, one)
    assert said(settings, afresh=True) == [one]
    budget.write_bytes(printed.pdf("Tél. 06 39 98 01 02"))
    changed = said(settings)
    assert [code for code, _ in changed] == ["mobile-number"]
    assert said(settings, afresh=True) == changed


def _judge_again(settings: Settings, one: tuple[str, str]) -> None:
    """The same file under another list of functional addresses."""
    assert said(settings) == [one]
    site = settings.root / "content/site.yml"
    listed = site.read_text("utf-8")
    site.write_text(f"{listed}adresses_fonctionnelles:\n  - lilas@exemple.fr\n", "utf-8")
    assert said(settings) == []
    site.write_text(listed, "utf-8")
    assert said(settings) == [one]


def test_a_private_pdf_may_name_persons_until_it_is_public(settings: Settings) -> None:
    data = printed.pdf("Écrire à jeanne.durand@exemple.fr")
    document(settings.root, "note", data, folder="prive")
    assert said(settings) == []
    document(settings.root, "copie", data)
    assert [code for code, _ in said(settings)] == ["personal-email"]


def test_a_directory_is_one_message_and_no_site(settings: Settings, run_cq) -> None:
    pages = [
        "\n".join(f"p{page:03}{line:02}@exemple.fr" for line in range(50)) for page in range(200)
    ]
    document(settings.root, "annuaire", printed.pdf(*pages))
    done = run_cq("build", "--root", settings.root)
    assert done.returncode == 1
    assert not settings.output.exists()
    shown = run_cq("validate", "--root", settings.root).stdout
    assert shown.count("[personal-email]") == 1
    assert "10\u202f000 adresses de courriel de ce PDF" in shown
    assert "page 1 : « p00000@exemple.fr », « p00001@exemple.fr »" in shown
    assert "… et 9\u202f980\u00a0autres" in shown


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
