"""From the first key to a revocation, over the published files: who reads what, and who no more.

Run in this process, so that the locks may be cheap ones; the browser's part has its own hall.
"""

import itertools
from collections.abc import Callable
from pathlib import Path

import pytest

from cq.cli import run
from cq.seal import phrase, slots
from cq.seal.cipher import Refused
from cq.seal.file import unseal
from cq.seal.keys import Root, SpaceKey
from tests.unit import petit_bourg
from tests.unit.access import town

FILES = town.FILES | {
    "site.yml": petit_bourg.SITE + petit_bourg.ADDRESS + petit_bourg.LEGAL,
    "index.md": "# Petit-Bourg\n\nBienvenue.\n",
    "quartiers/canal/index.md": "Le canal.\n",
    "quartiers/gare/index.md": "La gare.\n",
    "groupes/berges/index.md": "Les berges.\n",
    "prive/wiki/commun.md": "# Commun\n\nLe mot de tous : hippocampe.\n",
    "quartiers/canal/prive/wiki/canal.md": "# Canal\n\nLe mot du canal : libellule.\n",
    "quartiers/gare/prive/wiki/gare.md": "# Gare\n\nLe mot de la gare : salamandre.\n",
    "groupes/berges/prive/wiki/berges.md": "# Berges\n\nLe mot des berges : martinet.\n",
}
WORDS = {
    "conseillers": b"hippocampe", "q-canal": b"libellule", "q-gare": b"salamandre",
    "g-berges": b"martinet",
}  # fmt: skip
OPENS = {
    "canal": {"conseillers", "q-canal", "g-berges"},
    "gare": {"conseillers", "q-gare"},
    "voirie": {"conseillers", "g-berges"},
    "animatrice": set(WORDS),
}


class Site:
    """A site on the disk, built and kept by the commands alone."""

    def __init__(self, root: Path, numbers: "itertools.count[int]", set_: Callable[..., None]):
        self.root, self.numbers, self.set = root, numbers, set_

    def cq(self, *arguments: str) -> None:
        assert run(list(arguments)) == 0, arguments

    def settled(self) -> dict[str, str]:
        """The phrases by member, once everybody is in and the site is built."""
        file = self.root.parent / "phrases.txt"
        self.cq("access", "init")
        self.cq("access", "add", "--output", str(file))
        self.build()
        return town.phrases(file)

    def build(self) -> None:
        self.set("CQ_BUILD_NUMBER", str(next(self.numbers)))
        self.cq("build")

    @property
    def access(self) -> bytes:
        return (self.root / "build/site/espace/acces.json").read_bytes()

    @property
    def files(self) -> dict[str, bytes]:
        """What anybody can fetch, by its name."""
        place = self.root / "build/site/espace/f"
        return {one.name: one.read_bytes() for one in place.rglob("*") if one.is_file()}

    def keys(self, typed: str, access: bytes | None = None) -> dict[str, SpaceKey]:
        """What a phrase opens, of this acces.json or of another one that somebody kept."""
        held = slots.read(access or self.access)
        root = Root.of_phrase(held.site, held.salt, phrase.norm(typed), held.iterations)
        return held.opened(root) or {}

    def reads(self, keys: dict[str, SpaceKey]) -> set[str]:
        """The spaces whose word these keys read in the published files, whatever they lie under."""
        found = set()
        for (name, data), key in itertools.product(self.files.items(), keys.values()):
            try:
                body = unseal(key, name, data).body
            except Refused:
                continue
            found |= {space for space, word in WORDS.items() if word in body}
        return found


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Site:
    root = town.settle(tmp_path, monkeypatch, FILES)
    return Site(root, itertools.count(1), monkeypatch.setenv)


def test_who_reads_what_and_who_no_more(site: Site, tmp_path: Path) -> None:
    told = site.settled()
    for member, spaces in OPENS.items():
        keys = site.keys(told[member])
        assert keys.keys() == spaces
        assert site.reads(keys) == spaces, member
    kept, files, theirs = site.access, site.files, site.keys(told["canal"])

    site.cq("access", "revoke", "canal", "--yes")
    site.build()
    assert site.keys(told["canal"]) == {}
    # Neither their keys nor the acces.json that they kept read anything that is published now.
    assert site.reads(theirs) == set()
    assert site.reads(site.keys(told["canal"], kept)) == set()
    # No file of the spaces that they opened is left under its former name; the others stay as
    # they were, but for the manifest, which counts the builds.
    gone = {name for name in files if name not in site.files}
    gare = site.keys(told["gare"])["q-gare"]
    stays = {name for name in files if site.files.get(name) == files[name]}
    assert gone
    assert {name for name in stays if _opens(gare, name, files[name])}
    assert not any(
        _opens(key, name, data) for name, data in site.files.items() for key in theirs.values()
    )
    for member in OPENS.keys() - {"canal"}:
        assert site.reads(site.keys(told[member])) == OPENS[member], member

    site.cq("access", "add", "canal", "--output", str(tmp_path / "again.txt"))
    site.build()
    again = town.phrases(tmp_path / "again.txt")["canal"]
    assert site.reads(site.keys(again)) == OPENS["canal"]
    assert site.keys(told["canal"]) == {}


def _opens(key: SpaceKey, name: str, data: bytes) -> bool:
    try:
        unseal(key, name, data)
    except Refused:
        return False
    return True


def test_an_ended_mandate_keeps_a_build_from_publishing(
    site: Site, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    told = site.settled()
    before = site.files
    monkeypatch.setenv("CQ_TODAY", "2027-01-01")
    capfd.readouterr()
    assert run(["build"]) == 1
    said = "".join(capfd.readouterr())
    assert "content/prive/conseillers.yml:2:3: erreur[open-access] Dominique Fontaine" in said
    assert "cq access expire" in said
    assert site.files == before
    site.cq("access", "expire", "--yes")
    site.build()
    assert site.keys(told["gare"]) == {}


def test_a_machine_with_the_line_builds_the_same(
    site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    site.settled()
    before = site.files
    capfd.readouterr()
    site.cq("access", "export-ci")
    line = capfd.readouterr().out.splitlines()[0]
    monkeypatch.delenv("CQ_PHRASE")
    monkeypatch.setenv("CQ_KEYRING", str(tmp_path / "nulle-part"))
    monkeypatch.setenv("CQ_CLES", line)
    monkeypatch.setenv("CQ_CACHE_DIR", str(tmp_path / "other"))
    site.cq("build", "--clean")
    assert site.files == before


def test_a_machine_with_a_former_line_publishes_nothing(
    site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """It would seal under the key that somebody who was put out has kept, and nobody else has."""
    site.cq("access", "init")
    site.cq("access", "add", "--output", str(tmp_path / "phrases.txt"))
    site.build()
    capfd.readouterr()
    site.cq("access", "export-ci")
    line = capfd.readouterr().out.splitlines()[0]
    early = site.access
    site.cq("access", "revoke", "gare", "--yes")
    site.build()
    before = site.files
    monkeypatch.setenv("CQ_CLES", line)
    capfd.readouterr()
    assert run(["build", "--clean"]) == 1
    said = "".join(capfd.readouterr())
    assert "erreur[stale-acces] les clés de CQ_CLES" in said
    assert "cq access export-ci" in said
    assert site.files == before
    # and the other way round: the line is new, the file was not put into git
    monkeypatch.delenv("CQ_CLES")
    site.cq("access", "export-ci")
    line = capfd.readouterr().out.splitlines()[0]
    (site.root / "content/acces.json").write_bytes(early)
    monkeypatch.setenv("CQ_CLES", line)
    assert run(["build", "--clean"]) == 1
    assert "stale-acces" in "".join(capfd.readouterr())
