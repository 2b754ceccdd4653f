"""The licence of the data: under what name machines know it, and the file that says it.

`licence:` of site.yml is free text. The usual ones are recognised; any other is quoted as it is.
"""

import re
import textwrap
from typing import NamedTuple

from cq.french.folding import fold


class Licence(NamedTuple):
    """`name` is SPDX's, `address` where it can be read; both "" for one that is not known."""

    title: str
    name: str = ""
    address: str = ""


_CC = "https://creativecommons.org"
_KNOWN = (
    (r"licence ouverte|open licence|etalab", Licence(
        "Licence Ouverte 2.0 (Etalab)", "etalab-2.0",
        "https://www.etalab.gouv.fr/licence-ouverte-open-licence/",
    )),
    (r"odbl|open database", Licence(
        "Open Database License 1.0 (ODbL)", "ODbL-1.0",
        "https://opendatacommons.org/licenses/odbl/1-0/",
    )),
    (r"cc[ -]by[ -]sa[ -]4", Licence(
        "Creative Commons Attribution – Partage dans les mêmes conditions 4.0", "CC-BY-SA-4.0",
        f"{_CC}/licenses/by-sa/4.0/deed.fr",
    )),
    (r"cc[ -]by[ -]4", Licence(
        "Creative Commons Attribution 4.0", "CC-BY-4.0", f"{_CC}/licenses/by/4.0/deed.fr"
    )),
    (r"cc0", Licence("Creative Commons Zéro 1.0", "CC0-1.0",
                     f"{_CC}/publicdomain/zero/1.0/deed.fr")),
)  # fmt: skip
_OTHER_VERSION = re.compile(r"licence ouverte 1|etalab[ -]1|licence 1")


def of_site(written: str) -> Licence:
    """What `licence:` names; without one, what the law says of public information."""
    if not written:
        return Licence("Réutilisation libre des informations publiques (CRPA, art. L321-1)")
    folded = " ".join(fold(written).split())
    if not _OTHER_VERSION.search(folded):
        for pattern, licence in _KNOWN:
            if re.match(rf"(?:{pattern})\b", folded):
                return licence
    return Licence(written)


def text(licence: Licence, publisher: str) -> str:
    """`donnees/licence.txt`."""
    head = [f"Licence des données de ce dossier : {licence.title}"]
    if licence.address:
        head.append(licence.address)
    if licence.name:
        said = (
            "Vous pouvez copier, modifier et republier ces données, si vous citez leur source, "
            f"« {publisher} », et le jour de leur dernière mise à jour, sans en changer le sens."
        )
    else:
        said = (
            "À défaut d’autre condition dans cette licence, l’article L322-1 du code des relations "
            "entre le public et l’administration s’applique : ne pas altérer les données, ne pas "
            f"en changer le sens, et citer leur source, « {publisher} », et le jour de leur "
            "dernière mise à jour."
        )
    return "\n".join((*head, "", textwrap.fill(said, 78), "", textwrap.fill(_ELSE, 78))) + "\n"


_ELSE = (
    "Les documents auxquels elles renvoient gardent chacun leur licence, dite sur leur page. Les "
    "auteurs ne sont pas nommés ici ; n’en tirez pas de données sur des personnes."
)
