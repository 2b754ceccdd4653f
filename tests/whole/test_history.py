"""Whole runs in a repository: pages tell their past, the terminal lists it, and nothing leaks."""

import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path

from cq.site.tree import tree_hash
from tests.unit.annals import NOON, Commit, tell

Site = Callable[[str], Path]
Git = Callable[..., str]
TODAY = "2026-11-22"
WIKI = "content/wiki/canal.md"
TEAM = "- id: camille\n  nom: Camille Exemple\n  consentement: 2026-01-01\n"


def sound(site: Site, git: Git) -> Path:
    """The minimal site as the first commit of an animateur, with a page of the wiki."""
    root = site("minimal")
    files = {
        path.relative_to(root).as_posix(): path.read_text("utf-8")
        for path in sorted((root / "content").rglob("*"))
        if path.suffix in {".md", ".yml"}
    }
    files |= {"content/equipe.yml": TEAM, WIKI: "# Canal\n\nTexte.\n"}
    return tell(git, root, [Commit(files, "Jean Secret")])


def build(run_cq, root: Path, *words: str, today: str = TODAY) -> str:
    done = run_cq("build", "--public-only", "--root", root, *words, today=today)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def page(root: Path) -> str:
    text = (root / "build/site/wiki/canal/index.html").read_text("utf-8")
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", text[text.index("<footer") :]))


def test_pages_follow_the_commits(site: Site, git: Git, run_cq) -> None:
    root = sound(site, git)
    assert "histoire" not in build(run_cq, root)
    assert "Écrite le 2 mars 2026 par un conseiller" in page(root)
    assert "rien n’avait changé" in build(run_cq, root)
    later = NOON + 5 * 86400
    tell(git, root, [Commit({WIKI: "# Canal\n\nTexte.\n\nSuite.\n"}, "camille exemple", later)])
    build(run_cq, root)
    assert "Modifiée le 7 mars 2026 par Camille Exemple Historique : 2 versions" in page(root)
    # a commit that brings no new text, but a day
    again = Commit({WIKI: "# Canal\n\nTexte.\n\nSuite.\n"}, "x", later + 86400)
    tell(git, root, [Commit({"lisezmoi": "x"}), Commit({WIKI: None}, when=later), again])
    build(run_cq, root)
    assert "Écrite le 8 mars 2026 par un conseiller" in page(root)
    before = tree_hash(root / "build/site")
    build(run_cq, root, "--clean")
    assert tree_hash(root / "build/site") == before


def test_nothing_of_a_commit_but_consenting_names_is_published(
    site: Site, git: Git, run_cq
) -> None:
    root = sound(site, git)
    hidden = "content/prive/wiki/projet.md"
    tell(git, root, [
        Commit({hidden: "# Projet zqsecret\n\nTexte.\n"}, "Zqauteur Secret", NOON + 86400),
        Commit({hidden: None, "content/wiki/projet.md": "# Projet\n\nTexte.\n"}, "Zqauteur Secret",
               NOON + 99 * 86400),
    ])  # fmt: skip
    build(run_cq, root)
    assert (root / "build/site/wiki/projet/index.html").is_file()
    for file in (root / "build").rglob("*"):
        if file.is_file():
            data = file.read_bytes()
            for word in (b"Jean Secret", b"zqsecret", b"Zqauteur", b"courriel.example", b"secret-"):
                assert word not in data, (file, word)
            assert b"2026-03-03" not in data, file  # the day of its private past
    done = run_cq("history", "--root", root, "--format", "json", today=TODAY)
    said = [row for row in json.loads(done.stdout) if "projet" in row["chemin"]]
    assert [(one["jour"], one["auteur"]) for one in said] == [("2026-06-09", "")]
    assert "Secret" not in done.stdout


def test_the_site_is_the_same_without_private_commits(site: Site, git: Git, run_cq) -> None:
    root = sound(site, git)
    build(run_cq, root)
    before = tree_hash(root / "build/site")
    tell(git, root, [Commit({"content/prive/wiki/a.md": "# A\n\nTexte.\n"}, when=NOON + 86400)])
    build(run_cq, root)
    assert tree_hash(root / "build/site") == before


def test_what_git_cannot_tell_is_said(site: Site, git: Git, run_cq, tmp_path: Path) -> None:
    root = site("minimal")
    assert "pas dans un dépôt git" in build(run_cq, root)
    assert "pas dans un dépôt git" in build(run_cq, root)  # nothing has changed, this neither
    git(root, "init", "--template=")
    assert "rien n’est encore enregistré dans git" in build(run_cq, root)
    shutil.rmtree(root)
    root = sound(site, git)
    fresh = root / "content/wiki/neuf.md"
    fresh.write_text("# Neuf\n\nTexte.\n", "utf-8")
    assert "1\u00a0page n’est pas encore dans git" in build(run_cq, root)
    git(tmp_path, "clone", "--depth", "1", f"file://{root}", "clone")
    tell(git, root, [Commit({WIKI: "# Canal\n\nAutre.\n"}, when=NOON + 10**8)])
    said = build(run_cq, root)
    assert "datés d’un jour à venir" in said
    assert "Modifiée le 22 novembre 2026" in page(root)
    assert "git fetch --unshallow" in build(run_cq, tmp_path / "clone")
    assert "Historique" not in page(tmp_path / "clone")


def test_a_repository_inside_the_content_tells_its_own_past(site: Site, git: Git, run_cq) -> None:
    """With the differences between its versions, and no git where neither has moved."""
    root = sound(site, git)
    inner = root / "content/quartiers/un"
    head = "---\nhistorique_depuis: 2026-01-01\n---\n\n# A\n\n"
    tell(git, inner, [
        Commit({"quartier.yml": "nom: Un\n", "wiki/a.md": f"{head}Ancien texte.\n"}),
        Commit({"wiki/a.md": f"{head}Texte neuf.\n"}, "Camille Exemple", NOON + 86400),
    ])  # fmt: skip
    assert "histoire" not in build(run_cq, root)
    page = root / "build/site/quartiers/un/wiki/a"
    text = (page / "index.html").read_text("utf-8")
    assert "Historique : 2 versions" in re.sub(r"\s", " ", text)
    assert "Ancien" in (page / "historique/index.html").read_text("utf-8")
    assert "rien n’avait changé" in build(run_cq, root)
    later = Commit({"wiki/a.md": f"{head}Texte neuf et long.\n"}, when=NOON + 2 * 86400)
    tell(git, inner, [later])
    build(run_cq, root)
    assert "Historique : 3 versions" in re.sub(r"\s", " ", (page / "index.html").read_text("utf-8"))
    before = tree_hash(root / "build/site")
    build(run_cq, root, "--clean")
    assert tree_hash(root / "build/site") == before


def test_the_terminal_lists_it(site: Site, git: Git, run_cq) -> None:
    root = sound(site, git)
    tell(git, root, [
        Commit({WIKI: f"# Canal\n\n{n}.\n"}, "Camille Exemple", NOON + n * 86400)
        for n in range(1, 30)
    ])  # fmt: skip

    def listed(*words: str) -> list[dict[str, str]]:
        done = run_cq("history", "--root", root, *words, "--format", "json", today=TODAY)
        assert done.returncode == 0, done.stderr
        rows: list[dict[str, str]] = json.loads(done.stdout)
        return rows

    assert len(listed(WIKI)) == 30
    assert listed("content/wiki") == listed(WIKI)
    assert [row["jour"] for row in listed("--depuis", "2026-03-30")] == ["2026-03-31", "2026-03-30"]
    assert listed("--nombre", "1") == [
        {"jour": "2026-03-31", "auteur": "Camille Exemple", "titre": "Canal", "chemin": WIKI,
         "commit": git(root, "rev-parse", "--short=10", "HEAD").strip()},
    ]  # fmt: skip
    done = run_cq("history", "--root", root, WIKI, today=TODAY)
    assert "20\u00a0versions, 30 en tout : --nombre 30" in done.stdout
    (root / "content/prive").mkdir()
    for private in ("content/prive", "content/prive/x.md"):
        (root / "content/prive/x.md").write_text("# X\n")
        assert run_cq("history", "--root", root, private, today=TODAY).returncode == 2
    # What has no version says why.
    (root / "content/wiki/plan.pdf").write_bytes(b"%PDF-1.7")
    paper = run_cq("history", "--root", root, "content/wiki/plan.pdf", today=TODAY)
    assert paper.returncode == 2
    assert "n’est pas un texte" in paper.stderr
    assert "git log --stat -- content/wiki/plan.pdf" in paper.stderr
    (root / "content/documents").mkdir(exist_ok=True)
    empty = run_cq("history", "--root", root, "content/documents", today=TODAY)
    assert "0\u00a0version : aucun texte n’y est encore enregistré dans git" in empty.stdout
    calm = run_cq("history", "--root", root, WIKI, "--depuis", "2026-06-01", today=TODAY)
    assert "0\u00a0version : rien n’y a changé depuis le 1er juin 2026" in calm.stdout
    absent = run_cq("history", "--root", root, "content/rien.md", today=TODAY)
    assert absent.returncode == 2
    assert "git log --stat -- content/rien.md" in absent.stderr
    (root / "README.md").write_text("x", "utf-8")
    outside = run_cq("history", "--root", root, root / "README.md", today=TODAY)
    assert outside.returncode == 2
    assert "n’est pas dans content/" in outside.stderr
    assert "vérifie" not in outside.stderr


def test_differences_that_git_cannot_give_are_said_until_it_can(
    site: Site, git: Git, run_cq, tmp_path: Path
) -> None:
    root = sound(site, git)
    head = "---\nhistorique_depuis: 2026-01-01\n---\n\n# Canal\n\n"
    tell(git, root, [
        Commit({WIKI: f"{head}{n}.\n"}, when=NOON + n * 86400) for n in range(1, 4)
    ])  # fmt: skip
    git(root, "config", "uploadpack.allowFilter", "true")
    git(tmp_path, "clone", "--filter=blob:none", f"file://{root}", "copie")
    copy = tmp_path / "copie"
    shown = copy / "build/site/wiki/canal/historique/index.html"
    for _ in range(2):  # the second has nothing else to do
        assert "différences entre versions" in build(run_cq, copy)
        assert not shown.exists()
    git(copy, "fetch", "--refetch", "--no-filter")
    assert "différences" not in build(run_cq, copy)
    assert shown.exists()
