"""Whole runs with keys: what a change in a private text changes of what is published, and what not.

Sealed files are read with the keys, so that each is called by what it holds.
"""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from cq.access import keyring as keyrings
from cq.access import published
from cq.access.keyring import Keyring
from cq.seal.file import unseal
from cq.site import protect
from cq.site.tree import tree_hash
from tests.conftest import PATH
from tests.unit.access.town import CHEAP, ITERATIONS, PHRASE
from tests.unit.annals import NOON, Commit, tell

Site = Callable[[str], Path]
Git = Callable[..., str]
TODAY = "2026-11-22"
DAY = 86400
PRIVATE = "content/quartiers/un/prive"
SECRET = f"{PRIVATE}/wiki/secret.md"
FILES = {
    "content/quartiers/un/quartier.yml": "nom: Quartier Un\n",
    "content/quartiers/un/wiki/bruit.md": "# Le bruit\n\nEn public.\n",
    "content/equipe.yml": "- id: camille\n  nom: Camille Exemple\n  consentement: 2026-01-01\n",
    "content/prive/conseillers.yml": """\
- {id: camille, nom: Camille Exemple, quartiers: [un], depuis: 2025-09-01}
- {id: gare, nom: Dominique Fontaine, quartiers: [un], depuis: 2025-09-01}
""",
    "content/prive/wiki/commun.md": "# Commun\n\nPour tous les conseillers.\n",
    SECRET: "# Le secret\n\nUne première version avec [[autre]].\n",
    f"{PRIVATE}/wiki/autre.md": "# L’autre\n\nElle mène à [[secret]].\n",
    f"{PRIVATE}/wiki/seule.md": "# La seule\n\nRien ne mène à elle.\n",
    f"{PRIVATE}/pages/regles.md": "# Nos règles\n\nOn s’écoute.\n",
    f"{PRIVATE}/agenda/2026-12-01-preparation.md": (
        "---\ntitre: Préparation\ndebut: 18:00\nlieu: Mairie\n---\n\nÀ préparer.\n"
    ),
}  # fmt: skip


class Town(NamedTuple):
    """A site in a repository, its keyring outside, and what runs it."""

    root: Path
    env: dict[str, str]
    cq: Callable[..., Any]

    def build(self, *words: str) -> str:
        done = self.cq("build", "--root", self.root, *words, today=TODAY, env=self.env)
        assert done.returncode == 0, done.stdout + done.stderr
        return str(done.stdout)

    @property
    def keyring(self) -> Keyring:
        return keyrings.load(Path(self.env["CQ_KEYRING"]), PHRASE)

    def shown(self) -> dict[str, bytes]:
        """Every file of the site, by its address; a sealed one by its space and path there."""
        site = self.root / "build/site"
        found = {
            file.relative_to(site).as_posix(): file.read_bytes()
            for file in site.rglob("*") if file.is_file()
        }  # fmt: skip
        for space, key in self.keyring.ring.keys.items():
            path = protect.file_of(key.manifest_id)
            names = {key.manifest_id: "manifest"}
            manifest = json.loads(unseal(key, key.manifest_id, found[path]).body)
            names |= {row["i"]: row["p"] for row in manifest["pages"]}
            names |= {row[0]: name for name, row in manifest["files"].items()}
            for identifier, name in names.items():
                found[f"{space} {name}"] = found.pop(protect.file_of(identifier))
        return found

    def page(self, space: str, place: str) -> str:
        key = self.keyring.ring.keys[space]
        file = self.root / "build/site" / protect.file_of(key.file_id(place))
        text = unseal(key, key.file_id(place), file.read_bytes()).body.decode("utf-8")
        return text.replace("\u00a0", " ")


@pytest.fixture
def town(site: Site, git: Git, run_cq, tmp_path: Path) -> Town:
    root = site("minimal")
    files = {
        path.relative_to(root).as_posix(): path.read_text("utf-8")
        for path in sorted((root / "content").rglob("*"))
        if path.suffix in {".md", ".yml"}
    }
    tell(git, root, [Commit(files | FILES)])
    keyring = tmp_path / "keys/trousseau.cqk"
    env = {"CQ_KEYRING": str(keyring), "CQ_PHRASE": PHRASE,
           "CQ_ACCES": str(tmp_path / "keys/acces.json")}  # fmt: skip
    empty = Keyring.new(PHRASE, cost=CHEAP, iterations=ITERATIONS)
    published.save(keyring, Path(env["CQ_ACCES"]), empty)
    done = run_cq("access", "add", "--root", root, "--output", tmp_path / "phrases.txt",
                  today=TODAY, env=env)  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    return Town(root, env, run_cq)


def sealed(site: Path) -> set[str]:
    return {one.name for one in (site / "espace/f").rglob("*") if one.is_file()}


def public(shown: dict[str, bytes]) -> dict[str, bytes]:
    return {name: data for name, data in shown.items() if " " not in name}


def changed(before: dict[str, bytes], after: dict[str, bytes]) -> set[str]:
    return {name for name in before.keys() | after.keys() if before.get(name) != after.get(name)}


SEARCH = {"q-un /recherche/m/0.txt", "q-un /recherche/p/0.json"}
LISTED = {"q-un /nouveautes/", "q-un manifest"}


def test_a_change_rewrites_what_shows_it_and_nothing_else(town: Town, git: Git) -> None:
    """SEAL amendment 3. Each edit is recorded; a build from nothing is the same to the byte."""
    town.build()
    before = town.shown()

    def rewritten(files: dict[str, str | None], day: int) -> set[str]:
        nonlocal before
        tell(git, town.root, [Commit(files, when=NOON + day * DAY)])
        town.build()
        was, before = before, town.shown()
        return changed(was, before)

    text = "# Le secret\n\nUne seconde version avec [[autre]].\n"
    assert rewritten({SECRET: text}, 1) == {"q-un /wiki/secret/"} | LISTED | SEARCH
    # Its title stands in the index of the wiki and where pages lead to it.
    assert rewritten({SECRET: text.replace("Le secret", "Le grand secret")}, 2) == {
        "q-un /wiki/secret/", "q-un /wiki/", "q-un /wiki/autre/", *LISTED, *SEARCH,
    }  # fmt: skip
    new = {f"{PRIVATE}/wiki/neuve.md": "# La neuve\n\nBonjour.\n"}
    number = {"q-un /recherche/index.json"}  # of the pages that are searched
    assert rewritten({**new}, 3) == {
        "q-un /wiki/neuve/", "q-un /wiki/", *LISTED, *SEARCH, *number,
    }  # fmt: skip
    # An attachment comes with the first page that leads to it; that page begins as it did.
    led = text.replace("Le secret", "Le grand secret") + "\n[Le tableau](../documents/note.csv)\n"
    table = {f"{PRIVATE}/documents/note.csv": "a;b\n1;2\n", SECRET: led}
    assert rewritten({**table}, 4) == {
        "q-un /wiki/secret/", "q-un /documents/note.csv", "q-un /recherche/m/0.txt", *LISTED,
    }  # fmt: skip
    only = {f"{PRIVATE}/documents/note.csv": "a;b\n1;3\n"}
    assert rewritten({**only}, 5) == {"q-un /documents/note.csv", "q-un manifest"}
    # What is not in the space is not of the space, not even its number.
    assert rewritten({"lisezmoi.md": "x", "content/wiki/x.md": None}, 6) == set()
    clean = tree_hash(town.root / "build/site")
    town.build("--clean")
    assert tree_hash(town.root / "build/site") == clean


def test_another_copy_of_the_same_state_is_the_same(town: Town, git: Git, tmp_path: Path) -> None:
    """On another machine, with an empty memory, by other hands."""
    tell(git, town.root, [Commit({SECRET: "# Le secret\n\nAutre.\n"}, when=NOON + DAY)])
    town.build()
    git(tmp_path, "clone", f"file://{town.root}", "copy")
    copy = Town(tmp_path / "copy", {**town.env, "CQ_CACHE_DIR": str(tmp_path / "other")}, town.cq)
    copy.build("--jobs", "1")
    assert changed(copy.shown(), town.shown()) == set()
    assert tree_hash(tmp_path / "copy/build/site") == tree_hash(town.root / "build/site")


def test_whoever_is_put_out_finds_nothing_that_was_there(town: Town) -> None:
    town.build()
    site = town.root / "build/site"
    before, old = sealed(site), town.shown()
    done = town.cq("access", "revoke", "gare", "--yes", "--root", town.root,
                   today=TODAY, env=town.env)  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    town.build()
    after = sealed(site)
    assert len(after) == len(before)
    assert before.isdisjoint(after)
    new = town.shown()
    assert public(new).keys() == public(old).keys()
    assert changed(public(old), public(new)) == {"espace/acces.json"}
    assert {name for name in old if " " in name} == {name for name in new if " " in name}


def test_without_keys_nothing_sealed_stays(town: Town) -> None:
    town.build()
    site = town.root / "build/site"
    before = public(town.shown())
    said = town.build("--public-only")
    assert "n’ont pas été construits" in said
    assert sealed(site) == set()
    assert not (site / "espace/f").exists()
    left = {
        file.relative_to(site).as_posix(): file.read_bytes()
        for file in site.rglob("*") if file.is_file()
    }  # fmt: skip
    assert changed(before, left) == {
        "espace/acces.json", "espace/mots.txt", "espace/index.html", "theme/espace.js",
    }  # fmt: skip
    assert not (site / "espace").exists()
    clean = tree_hash(site)
    town.build("--public-only", "--clean")
    assert tree_hash(site) == clean
    town.build()
    assert public(town.shown()) == before


def test_readers_learn_the_past_of_their_own_pages(town: Town, git: Git) -> None:
    later = Commit({SECRET: "# Le secret\n\nAutre.\n"}, "Zqauteur Secret", NOON + 20 * DAY)
    rules = Commit({f"{PRIVATE}/pages/regles.md": "# Nos règles\n\nx\n"}, when=NOON + 21 * DAY)
    tell(git, town.root, [later, rules])
    town.build()
    page = town.page("q-un", "/wiki/secret/")
    assert 'Modifiée le <time datetime="2026-03-22">' in page
    assert "par un conseiller ou une conseillère" in page
    assert "Camille Exemple" in page
    assert "Historique : 2 versions" in page
    assert 'Mis à jour le <time datetime="2026-03-23">' in town.page("q-un", "/regles/")
    assert "Page du wiki modifiée" in town.page("q-un", "/nouveautes/")
    assert "Zqauteur" not in page
    assert "Secret" not in town.page("conseillers", "/nouveautes/")


@pytest.mark.parametrize("words", [(), ("--public-only",)])
def test_a_private_commit_changes_nothing_that_is_public(
    words: tuple[str, ...], town: Town, git: Git
) -> None:
    """Neither a byte of the site, nor a word of the terminal, on a machine that only builds."""
    env = {**town.env, "CI": "true"}
    builder = town._replace(env=env)
    site = town.root / "build/site"

    def seen() -> dict[str, bytes]:
        return {
            name: data
            for file in site.rglob("*") if file.is_file()
            for name, data in [(file.relative_to(site).as_posix(), file.read_bytes())]
            if not name.startswith("espace/f/")
        }  # fmt: skip

    builder.build(*words)
    before = seen()
    hidden = {SECRET: "# Zqtitre\n\nZqmot.\n", f"{PRIVATE}/wiki/zqneuve.md": "# Zqneuve\n\nx\n"}
    tell(git, town.root, [Commit({**hidden}, "Zqauteur Secret", NOON + 9 * DAY)])
    said = builder.build(*words)
    assert seen() == before
    done = town.cq("history", "--root", town.root, "--format", "json", today=TODAY, env=env)
    assert "zq" not in (said + done.stdout + done.stderr).lower()
    assert "prive/" not in done.stdout
    assert "2026-03-11" not in done.stdout


@pytest.fixture
def apart(town: Town, git: Git) -> Town:
    """The same, with a space that is a repository of its own."""
    files = {name: text for name, text in FILES.items() if name.startswith(PRIVATE)}
    tell(git, town.root, [Commit(dict.fromkeys(files), when=NOON + 1)])
    shutil.rmtree(town.root / PRIVATE, ignore_errors=True)
    tell(git, town.root / PRIVATE, [
        Commit({name.removeprefix(f"{PRIVATE}/"): text for name, text in files.items()},
               when=NOON + 3 * DAY),
    ])  # fmt: skip
    return town


def test_a_space_kept_apart_has_a_past_of_its_own(apart: Town, git: Git) -> None:
    apart.build()
    assert 'Écrite le <time datetime="2026-03-05">' in apart.page("q-un", "/wiki/secret/")
    before = apart.shown()
    tell(git, apart.root / PRIVATE, [
        Commit({"wiki/secret.md": "# Le secret\n\nNeuf : [[autre]].\n"}, when=NOON + 4 * DAY),
    ])  # fmt: skip
    apart.build()
    after = apart.shown()
    assert changed(before, after) == {"q-un /wiki/secret/"} | LISTED | SEARCH
    assert "Historique : 2 versions" in apart.page("q-un", "/wiki/secret/")
    clean = tree_hash(apart.root / "build/site")
    apart.build("--clean")
    assert tree_hash(apart.root / "build/site") == clean


def test_no_git_is_started_where_no_repository_has_moved(
    apart: Town, git: Git, tmp_path: Path
) -> None:
    spy, asked = tmp_path / "spy/git", tmp_path / "asked"
    spy.parent.mkdir()
    spy.write_text(f'#!/bin/sh\necho "$PWD" >> {asked}\nexec {shutil.which("git")} "$@"\n')
    spy.chmod(0o755)
    watched = apart._replace(env={**apart.env, "PATH": f"{spy.parent}:{PATH}"})

    def places() -> set[str]:
        asked.write_text("")
        watched.build()
        said = {Path(one) for one in asked.read_text().split()}
        return {
            one.relative_to(apart.root).as_posix() if one.is_relative_to(apart.root) else "~"
            for one in said
        }

    # « ~ » is where the command was typed: GitPython asks for git's version as it is imported.
    assert places() == {"~", ".", "content/prive", PRIVATE}
    assert places() == set()
    (apart.root / SECRET).write_text("# Le secret\n\nPas encore enregistré.\n")
    assert places() == set()
    tell(git, apart.root / PRIVATE, [Commit({"wiki/secret.md": "# x\n\ny\n"}, when=NOON + 5 * DAY)])
    assert places() == {"~", PRIVATE}
    assert places() == set()


def test_what_git_does_not_know_is_said_without_a_name(town: Town) -> None:
    (town.root / PRIVATE / "wiki/zqneuve.md").write_text("# Zqneuve\n\nx\n")
    said = town.build()
    assert "histoire des espaces : 1\u00a0page n’est pas encore dans git" in said
    assert "zq" not in said.lower()
    assert "histoire des espaces" in town.build()  # nothing has changed, this neither
    shutil.rmtree(town.root / ".git")
    numbered = town._replace(env={**town.env, "CQ_BUILD_NUMBER": "1790000000"})
    said = numbered.build()
    assert said.count("pas dans un dépôt git") == 1
    assert "histoire des espaces" not in said
    assert "Historique" not in numbered.page("q-un", "/wiki/secret/")
