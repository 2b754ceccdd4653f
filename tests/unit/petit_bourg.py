"""A small town in memory: what a few files say, parsed and modelled without a disk."""

from collections.abc import Iterable, Mapping
from pathlib import PurePosixPath

from cq import digest
from cq.content.item import Blob
from cq.content.model import Content, model
from cq.content.parse import parse
from cq.content.parsed import Parsed
from cq.content.scan import Source

SITE = """\
nom: Petit-Bourg
id: cq-petit-bourg
arrondissement: {numero: 1, nom: Petit-Bourg, code_insee: "00001", code_postal: "00001"}
"""
ADDRESS = "adresse_web: https://exemple.fr/\n"
LEGAL = """\
editeur: {nom: Mairie, adresse: 1 rue du Port, telephone: 01 99 00 12 34}
directeur_publication: le maire
hebergeur: {nom: Hôte, adresse: 2 rue, telephone: 01 99 00 12 35}
dpo: dpo@exemple.fr
contact: contact@exemple.fr
"""


def parsed(files: Mapping[str, str]) -> list[Parsed]:
    """What each file says, by its path under content/."""
    return [
        parse(Source(PurePosixPath("content", name), data, digest.of_bytes(data)))
        for name, data in ((name, text.encode()) for name, text in files.items())
    ]


def content(
    files: Mapping[str, str] | Iterable[Parsed], today: str, blobs: Iterable[Blob] = ()
) -> Content:
    """Of all that was written, or of what was parsed of it."""
    said = parsed(files) if isinstance(files, Mapping) else list(files)
    return model(
        [one.item.with_face() for one in said if one.item is not None],
        [one.record for one in said if one.record is not None],
        {one.path: one for one in blobs},
        today=today,
        unread=frozenset(one.path for one in said if one.item is None and one.record is None),
    )
