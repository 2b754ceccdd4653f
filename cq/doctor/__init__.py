"""What is missing on this machine and in this site, and how to get it.

Looks and says, changes nothing (one probe makes two empty folders beside the output and removes
them). What the content says wrongly is `cq validate`'s affair. No name of a private file or folder
is ever said: only how many there are.
"""

from cq.doctor.git import repository
from cq.doctor.keys import keys
from cq.doctor.machine import machine
from cq.doctor.remark import Remark, State
from cq.doctor.site import site
from cq.settings import Settings

__all__ = ["Remark", "State", "examine"]


def examine(chosen: Settings | None) -> list[Remark]:
    """Every remark; without a site (None), of the machine alone."""
    if chosen is None:
        return [
            *machine(None),
            Remark(
                "site",
                "dossier",
                State.ATTENTION,
                "pas de site ici : seule la machine est examinée",
                "cq doctor --root DOSSIER",
            ),
        ]
    return [*machine(chosen), *repository(chosen), *site(chosen), *keys(chosen)]
