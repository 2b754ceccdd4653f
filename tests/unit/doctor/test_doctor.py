"""What `cq doctor` sees, and that it says no private name."""

import json
import sqlite3
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from cq import ledger, remedies
from cq.doctor.git import _without
from cq.doctor.machine import within
from cq.doctor.remark import State
from cq.repository import RepositoryFault, survey
from cq.site import exchange

Run = Callable[..., subprocess.CompletedProcess[str]]
Site = Callable[[str], Path]
Git = Callable[..., str]
HIDDEN = "girafe-olive"
WHOLE = """
adresse_web: https://conseils.example/
editeur: {nom: Mairie, adresse: 1 rue, telephone: 01 99 00 12 34}
directeur_publication: le maire
hebergeur: {nom: Hôte, adresse: 2 rue, telephone: 01 99 00 12 35}
dpo: dpo@conseils.example
contact: contact@conseils.example
accessibilite: {etat: non conforme}
adresses_fonctionnelles: [dpo@conseils.example, contact@conseils.example]
"""


@pytest.fixture
def whole(site: Site, git: Git) -> Path:
    """A site with nothing to do."""
    root = site("minimal")
    with (root / "content" / "site.yml").open("a") as file:
        file.write(WHOLE)
    (root / ".gitignore").write_text("/build/\n")
    git(root, "init")
    git(root, "config", "user.name", "X")
    git(root, "config", "user.email", "x@x")
    git(root, "add", ".")
    git(root, "commit", "-m", "one")
    return root


def said(run_cq: Run, root: Path, **more: object) -> dict[str, list[dict[str, str]]]:
    """The remarks by part and subject."""
    done = run_cq("doctor", "--root", root, "--format", "json", **more)
    assert done.returncode in {0, 1}, done.stderr
    assert not done.stderr
    found: dict[str, list[dict[str, str]]] = {}
    for line in done.stdout.splitlines():
        one = json.loads(line)
        found.setdefault(f"{one['part']} {one['subject']}", []).append(one)
    states = [one["state"] for many in found.values() for one in many]
    assert done.returncode == (1 if "à faire" in states else 0)
    return found


def state(found: dict[str, list[dict[str, str]]], subject: str) -> str:
    return found[subject][0]["state"]


def test_a_whole_site_has_nothing_to_do(run_cq: Run, whole: Path) -> None:
    before = sorted(whole.rglob("*"))
    done = run_cq("doctor", "--root", whole)
    assert done.returncode == 0, done.stdout
    assert "à faire  " not in done.stdout
    assert done.stdout.splitlines()[-1].startswith("0\u00a0chose à faire")
    assert sorted(whole.rglob("*")) == before
    assert run_cq("build", "--root", whole).returncode == 0
    assert said(run_cq, whole)["machine mémoire"][0]["words"] == "en bon état"


def test_legal_details(run_cq: Run, whole: Path) -> None:
    file = whole / "content" / "site.yml"
    text = file.read_text()
    file.write_text(text.replace("dpo: dpo@conseils.example\n", "").replace("2 rue", "À COMPLÉTER"))
    one = said(run_cq, whole)["site mentions"][0]
    assert one["state"] == "à faire"
    assert "hebergeur.adresse, dpo ;" in one["words"]
    assert "\ndpo: dpo@exemple.fr" in one["remedy"]
    file.write_text(text.replace("nom:", "nom:\n  - x\n", 1))
    assert "cq validate content/site.yml" in said(run_cq, whole)["site site.yml"][0]["remedy"]


def test_what_git_should_not_keep(run_cq: Run, whole: Path, git: Git) -> None:
    (whole / ".gitignore").unlink()
    assert state(said(run_cq, whole), "git sortie") == "à faire"
    (whole / "build" / "site").mkdir(parents=True)
    (whole / "build" / "site" / "x.html").touch()
    (whole / "deploiement.KEY").touch()
    git(whole, "add", "-A")
    found = said(run_cq, whole)
    assert "suit 1\u00a0fichier de build/" in found["git sortie"][0]["words"]
    assert found["git sortie"][0]["remedy"].startswith("git rm -r -q --cached build && ")
    assert "1\u00a0fichier suivi a le nom d’une clé" in found["git secrets"][0]["words"]


def test_other_repositories(run_cq: Run, whole: Path, tmp_path: Path, git: Git) -> None:
    git(tmp_path, "clone", "--depth", "1", f"file://{whole}", "court")
    found = said(run_cq, tmp_path / "court")
    assert found["git histoire"][0]["remedy"] == "git fetch --unshallow"
    assert state(found, "git identité") == "attention"
    (tmp_path / "seul").mkdir()
    (whole / "content").rename(tmp_path / "seul" / "content")
    assert said(run_cq, tmp_path / "seul")["git dépôt"][0]["remedy"] == "git init"
    git(tmp_path / "seul", "init")
    assert "git commit" in said(run_cq, tmp_path / "seul")["git histoire"][0]["remedy"]


def test_no_git(run_cq: Run, whole: Path) -> None:
    found = said(run_cq, whole, env={"PATH": str(whole)})
    assert found["git programme"][0]["remedy"] == remedies.install("git")
    assert state(found, "git programme") == "à faire"


def test_someone_else_s_repository() -> None:
    words = "git refuse ce dépôt, qui appartient à quelqu’un d’autre : git config safe.directory /x"
    one = _without(words)
    assert one.state is State.TO_DO
    assert one.remedy == "git config safe.directory /x"


def test_a_broken_repository_is_not_begun_again() -> None:
    one = _without("git ne peut pas ouvrir ce dépôt : fatal: bad config line 9")
    assert (one.state, one.remedy) == (State.TO_DO, "")


@pytest.mark.parametrize("apart", [False, True])
def test_private_folders_are_counted_not_named(
    run_cq: Run, whole: Path, git: Git, *, apart: bool
) -> None:
    for place in (f"groupes/{HIDDEN}/prive", "prive", f"quartiers/{HIDDEN}-2/prive"):
        folder = whole / "content" / place
        (folder / "wiki").mkdir(parents=True)
        (folder / "wiki" / f"{HIDDEN}.md").write_text(f"# {HIDDEN}\n")
        (folder / f"{HIDDEN}.key").touch()
        if apart:
            git(folder, "init")
    for form in ("human", "json"):
        done = run_cq("doctor", "--root", whole, "--format", form)
        assert HIDDEN not in done.stdout + done.stderr
        assert "3\u00a0espaces privés" in done.stdout
    assert state(said(run_cq, whole), "site espaces privés") == ("ok" if apart else "attention")
    if not apart:
        git(whole, "add", "-A")
        done = run_cq("doctor", "--root", whole)
        assert "3\u00a0fichiers suivis ont le nom d’une clé" in done.stdout
        assert HIDDEN not in done.stdout + done.stderr


def test_theme_and_zone(run_cq: Run, whole: Path) -> None:
    with (whole / "content" / "site.yml").open("a") as file:
        file.write("theme: absent\n")
    found = said(run_cq, whole, env={"TZ": "Pacific/Auckland"})
    assert state(found, "site thème") == "à faire"
    assert "theme: default" in found["site thème"][0]["remedy"]
    assert state(found, "site fuseau") == "attention"
    assert state(said(run_cq, whole, env={"TZ": "Europe/Paris"}), "site fuseau") == "ok"


def test_the_day(run_cq: Run, whole: Path) -> None:
    assert said(run_cq, whole)["machine jour"][0]["remedy"] == "unset CQ_TODAY"
    assert state(said(run_cq, whole, env={"CQ_TODAY": ""}), "machine jour") == "ok"


def test_the_memory(run_cq: Run, whole: Path, tmp_path: Path) -> None:
    cache = tmp_path / "memory"
    own = {"CQ_CACHE_DIR": str(cache)}
    assert run_cq("validate", "--root", whole, env=own).returncode == 0
    [file] = cache.rglob("ledger.sqlite")
    assert state(said(run_cq, whole, env=own), "machine mémoire") == "ok"
    file.parent.chmod(0o755)
    one = said(run_cq, whole, env=own)["machine mémoire"][0]
    assert one["remedy"].startswith("chmod 700 ")
    file.parent.chmod(0o700)
    file.write_bytes(b"abc" * 1000)
    for journal in file.parent.glob("ledger.sqlite-*"):
        journal.unlink()
    assert "abîmée" in said(run_cq, whole, env=own)["machine mémoire"][0]["words"]


def test_the_condition_of_a_memory(tmp_path: Path) -> None:
    file = tmp_path / "ledger.sqlite"
    assert ledger.condition(file, "a") is ledger.Condition.ABSENT
    ledger.Ledger(file, "a").close()
    assert ledger.condition(file, "a") is ledger.Condition.GOOD
    assert ledger.condition(file, "b") is ledger.Condition.OLDER
    other = tmp_path / "other.sqlite"
    with sqlite3.connect(other) as database:
        database.execute("create table x (y)")
    database.close()
    assert ledger.condition(other, "a") is ledger.Condition.DAMAGED


@pytest.mark.parametrize("possible", [True, False])
def test_an_exchange_is_tried_and_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, possible: bool
) -> None:
    monkeypatch.setattr(exchange, "_at_once", lambda *_: possible)
    assert exchange.can_exchange(tmp_path) is possible
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("version", "bounds", "holds"),
    [
        ("3.10", ">=3.10,<4", True),
        ("3.10.1rc1", ">=3.10,<4", True),
        ("3.9.9", ">=3.10,<4", False),
        ("4", ">=3.10,<4", False),
        ("4.0.0", "<4", False),
        ("0.28.0", "<0.29,>=0.28", True),
        ("1.4.5", "~=1.4", True),
        ("2.0", "~=1.4", False),
        ("1.0", "==1.0.0", True),
        ("1.0", "!=1.0", False),
        ("1.0", "", True),
    ],
)
def test_versions(version: str, bounds: str, *, holds: bool) -> None:
    assert within(version, bounds) is holds


def test_outside_a_site(run_cq: Run, tmp_path: Path) -> None:
    done = run_cq("doctor", cwd=tmp_path)
    assert done.returncode == 0
    assert "pas de site ici" in done.stdout
    assert run_cq("doctor", "--root", tmp_path).returncode == 2
    assert run_cq("doctor", "--format", "xml", cwd=tmp_path).returncode == 2


def test_an_output_among_the_sources_is_refused(run_cq: Run, whole: Path) -> None:
    """No remedy may ever say to take content/ out of git."""
    done = run_cq("doctor", "--root", whole, env={"CQ_OUTPUT": str(whole / "content")})
    assert done.returncode == 2
    assert "git rm" not in done.stdout


def test_a_folder_without_a_repository(tmp_path: Path) -> None:
    with pytest.raises(RepositoryFault):
        survey(tmp_path, "build")
