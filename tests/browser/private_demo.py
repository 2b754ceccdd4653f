"""The demo site with its private spaces: sealed, or behind a web server's door.

Its private folders hold what their readers would write there; the kinds that they lack are the
public texts of a group, put into its private folder too, so that a page of every template is one
that somebody could read. Keys are made here, and nothing is a secret.
"""

import json
import shutil
from collections.abc import Iterator, Mapping
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from cq.content.layout import COMMUNITIES
from cq.seal import slots
from cq.seal.file import unseal
from cq.seal.keys import LEAST_ITERATIONS, Root, SpaceKey
from cq.seal.ring import Ring
from cq.site import protect
from tests.browser.sealed_site import SALT, SITE, TOKEN, chance
from tests.conftest import DEMO_DAY, ROOT, Git, RunCq
from tests.unit.annals import NOON, Commit, tell

GROUP = "g-canal-saint-martin"
_HOME = "groupes/canal-saint-martin"
_LENT = ("debats", "dossiers", "questions", "wiki", "actualites", "documents")
_TOLD = f"content/{_HOME}/prive/wiki/ce-que-nous-dirons.md"
_TEXT = "# Ce que nous dirons\n\nUne phrase de trop.\n"
_RULES = """\
---
titre: Nos règles
---

On s’écoute, et le [compte rendu](../documents/compte-rendu-2026-09-24.md) suit.

> [!WARNING]
> Rien de tout cela ne se dit dehors.
"""


class Spaces(NamedTuple):
    """A built site, and the key of each space that it seals."""

    site: Path
    keys: dict[str, SpaceKey]

    def opened(self, key: SpaceKey, identifier: str) -> bytes:
        data = (self.site / protect.file_of(identifier)).read_bytes()
        return unseal(key, identifier, data).body

    def manifest(self, space: str) -> dict[str, list[dict[str, str]] | dict[str, list[str]]]:
        key = self.keys[space]
        told: dict[str, list[dict[str, str]] | dict[str, list[str]]] = json.loads(
            self.opened(key, key.manifest_id)
        )
        return told

    def paths(self, space: str) -> set[str]:
        """Every logical path of a space."""
        told = self.manifest(space)
        return {row["p"] for row in told["pages"] if isinstance(row, dict)} | {*told["files"]}

    def pages(self) -> Iterator[tuple[str, str, str]]:
        """The pages of all spaces: space, logical path, HTML."""
        for space, key in self.keys.items():
            for row in self.manifest(space)["pages"]:
                assert isinstance(row, dict)
                yield space, row["p"], self.opened(key, row["i"]).decode("utf-8")


def _lend(content: Path) -> None:
    """Put the group's public texts, and a document with its PDF, into its private folder."""
    home = content / _HOME
    for folder in _LENT:
        for file in sorted((home / folder).rglob("*.*")):
            put = home / "prive" / file.relative_to(home)
            put.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(file, put)
    for file in (content / "quartiers/louis-blanc-aqueduc/documents").glob("compte-rendu*"):
        shutil.copy(file, home / "prive" / "documents")
    pages = home / "prive" / "pages"
    pages.mkdir()
    (pages / "regles.md").write_text(_RULES, "utf-8")
    for file in (home / "prive").rglob("*.md"):
        text = file.read_text("utf-8")
        for outside in ("../../../../wiki/", "../../../quartiers/"):  # one folder deeper now
            text = text.replace(f"]({outside}", f"](../{outside}")
        file.write_text(text, "utf-8")


def _keys(content: Path) -> dict[str, SpaceKey]:
    homes = sorted(
        f"{letter}-{file.parent.name}"
        for folder, letter in COMMUNITIES.items()
        for file in (content / folder).glob("*/*.yml")
    )
    return {
        space: SpaceKey(SITE, space, 1, sha256(space.encode()).digest())
        for space in ("conseillers", *dict.fromkeys(homes))
    }


def make(place: Path, run: RunCq, git: Git, protection: str = "chiffrement") -> Spaces:
    """Build it in `place`: with its keys, or for a server that was prepared."""
    content = place / "content"
    shutil.copytree(ROOT / "content", content)
    _lend(content)
    later = _TEXT.replace("Une phrase de trop.", "Une seule phrase, et pas un mot de plus.")
    tell(git, place, [Commit({_TOLD: _TEXT}), Commit({_TOLD: later}, when=NOON + 86400)])
    keys = _keys(content)
    env = {"CQ_SERVEUR": "serveur:/etc/cq"}
    if protection == "chiffrement":
        ring = Ring(SITE, keys)
        holders: dict[Root, Mapping[str, SpaceKey]] = {
            Root.of_token(SITE, TOKEN): keys, ring.root: {},
        }  # fmt: skip
        access = place / "acces.json"
        access.write_bytes(
            slots.written(SITE, SALT, LEAST_ITERATIONS, holders, dummies=[], random=chance())
        )
        env = {"CQ_CLES": ring.line(), "CQ_ACCES": str(access),
               "CQ_BUILD_NUMBER": "1790000000"}  # fmt: skip
    settings = content / "site.yml"
    text = settings.read_text("utf-8")
    assert "protection: chiffrement\n" in text
    settings.write_text(text.replace(": chiffrement\n", f": {protection}\n"), "utf-8")
    done = run("build", "--root", place, today=DEMO_DAY, env=env)
    assert done.returncode == 0, done.stdout + done.stderr
    return Spaces(place / "build" / "site", keys)
