"""A small town with a register, and a keyring whose locks cost nothing."""

from collections.abc import Mapping
from dataclasses import dataclass

from cq.access import issue, register
from cq.access.issue import Issued
from cq.access.keyring import Keyring
from cq.access.locked import Cost
from cq.content.model import Content
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


def content(people: str = REGISTER, more: Mapping[str, str] | None = None) -> Content:
    files = {
        "site.yml": petit_bourg.SITE + petit_bourg.ADDRESS,
        "quartiers/canal/quartier.yml": "nom: Canal\n",
        "quartiers/gare/quartier.yml": "nom: La Gare\n",
        "groupes/berges/groupe.yml": "nom: Les berges\ntype: commission\n",
        "prive/conseillers.yml": people,
        **(more or {}),
    }
    return petit_bourg.content(files, TODAY)


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
