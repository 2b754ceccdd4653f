"""A small town with a register, and a keyring whose locks cost nothing."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from cq.access import issue, register
from cq.access import keyring as keyrings
from cq.access.issue import Issued
from cq.access.keyring import Keyring
from cq.access.locked import Cost
from cq.content.model import Content
from cq.seal import slots
from tests.unit import petit_bourg

TODAY = "2026-03-01"
CHEAP = Cost(1, 8, 1)
ITERATIONS = 10
PHRASE = "abaisser bougie départ facture héron invoquer policier trilogie"
REGISTER = """\
- {id: canal, nom: Camille Passerelle, quartiers: [canal], groupes: [berges], depuis: 2025-09-01}
- {id: gare, nom: Dominique Fontaine, quartiers: [gare], depuis: 2025-09-01, jusqua: 2026-12-31}
- {id: voirie, nom: Service Réverbère, role: institution, groupes: [berges], depuis: 2025-09-01}
- {id: animatrice, nom: Alex Kiosque, role: animateur, depuis: 2025-09-01}
- {id: ancienne, nom: Claude Tilleul, quartiers: [gare], depuis: 2023-09-01, jusqua: 2025-08-31}
- {id: prochaine, nom: Noa Platane, quartiers: [gare], depuis: 2026-09-01}
"""
ALL = ("conseillers", "g-berges", "q-canal", "q-gare")
FILES = {
    "site.yml": petit_bourg.SITE + petit_bourg.ADDRESS,
    "quartiers/canal/quartier.yml": "nom: Canal\n",
    "quartiers/gare/quartier.yml": "nom: La Gare\n",
    "groupes/berges/groupe.yml": "nom: Les berges\ntype: commission\n",
    "prive/conseillers.yml": REGISTER,
}


def content(people: str = REGISTER, more: Mapping[str, str] | None = None) -> Content:
    return petit_bourg.content({**FILES, "prive/conseillers.yml": people, **(more or {})}, TODAY)


def settle(place: Path, monkeypatch: pytest.MonkeyPatch, files: Mapping[str, str] = FILES) -> Path:
    """The town on the disk, below `place`, and its user in it; the site's root."""
    root = place / "site"
    for name, text in files.items():
        file = root / "content" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
    monkeypatch.chdir(root)
    for name in ("CI", "CQ_ROOT", "CQ_OUTPUT", "CQ_ACCES", "CQ_CLES"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("CQ_CACHE_DIR", str(place / "cache"))
    monkeypatch.setenv("CQ_TODAY", TODAY)
    monkeypatch.setenv("CQ_JOBS", "1")
    monkeypatch.setenv("CQ_KEYRING", str(place / "k" / "trousseau.cqk"))
    monkeypatch.setenv("CQ_PHRASE", PHRASE)
    monkeypatch.setattr(keyrings, "COST", CHEAP)
    monkeypatch.setattr(keyrings, "ITERATIONS", ITERATIONS)
    return root


def phrases(file: Path) -> dict[str, str]:
    """What `cq access add --output` wrote for each member, by id."""
    found, who = {}, ""
    for line in file.read_text().splitlines():
        if line and not line.startswith(" "):
            who = line.rpartition("(")[2].rstrip(")")
        if "phrase de passe : " in line:
            found[who] = line.partition(" : ")[2]
    return found


def published(keyring: Keyring) -> tuple[Keyring, bytes]:
    """The keyring as it is kept, and its acces.json."""
    dummies = list(keyring.dummies)
    data = slots.written(
        keyring.site, keyring.salt, keyring.iterations, keyring.holders,
        dummies=dummies, random=secrets.token_bytes,
    )  # fmt: skip
    return replace(keyring, dummies=tuple(dummies)), data


@dataclass
class Town:
    content: Content
    keyring: Keyring
    told: dict[str, Issued]


def town(*, invitation: bool = False, people: str = REGISTER) -> Town:
    """Everybody whose mandate runs has a way in."""
    made = content(people)
    members = [one for one in register.members(made) if one.active(TODAY)]
    empty = issue.with_keys(new(), register.spaces(made))
    keyring, told = issue.issued(empty, members, TODAY, invitation=invitation)
    return Town(made, keyring, {one.member.id: one for one in told})


def new() -> Keyring:
    return Keyring.new(PHRASE, cost=CHEAP, iterations=ITERATIONS)
