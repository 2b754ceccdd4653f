"""A draw by lot: what a town hall says of it beside the public files, which speak for themselves.

The announcement comes first, the files as the draw goes on; a draw that was announced stays on the
list, cancelled or not.
"""

import itertools
import shlex
from collections.abc import Iterator

from pydantic import Field

from cq.content import draws, layout
from cq.content.item import JuryFacts
from cq.content.kind import Draft, Kind, PageFields
from cq.content.types import Day, Email, Text, TextList, Words
from cq.diagnostic import Diagnostic, error, warning
from cq.french.dates import date_words


class JuryFields(PageFields):
    """Keys of a draw."""

    day: Day = Field(
        alias="tirage",
        description="Jour du tirage, en public.",
        examples=["2026-12-15"],
    )
    place: Text = Field(
        "",
        alias="lieu",
        description="Où il a lieu.",
        examples=["Salle des fêtes de la mairie, à 19 h"],
    )
    frozen: Day | None = Field(
        None,
        alias="gel",
        description="Jour où la liste est arrêtée.",
        examples=["2026-12-01"],
    )
    promised: Day | None = Field(
        None,
        alias="engagement",
        description="Jour où l’engagement est publié, dix jours au moins avant le tirage.",
        examples=["2026-12-04"],
    )
    contest: Day | None = Field(
        None,
        alias="contestation",
        description="Dernier jour pour contester.",
        examples=["2027-02-15"],
    )
    destroyed: Day = Field(
        alias="destruction",
        description="Jour où la clé et la liste des personnes seront détruites.",
        examples=["2027-03-15"],
    )
    purpose: Words = Field(
        alias="finalite",
        description="À quoi sert le tirage.",
        examples=["Composer le jury citoyen qui choisit les projets de 2027"],
    )
    basis: Words = Field(
        alias="base_legale",
        description="Ce qui permet de traiter ces données.",
        examples=["Mission d’intérêt public, délibération du 3 novembre 2026"],
    )
    origin: Words = Field(
        alias="source_liste",
        description="D’où vient la liste des personnes.",
        examples=["Liste électorale de l’arrondissement et habitants volontaires"],
    )
    told: Text = Field(
        "",
        alias="information",
        description="Comment ces personnes en ont été informées.",
        examples=["Affichage, site, et mention dans la lettre de convocation"],
    )
    consequences: Text = Field(
        "",
        alias="consequences",
        description="Ce que le tirage change pour une personne tirée.",
        examples=["Elle est invitée à siéger au jury, et peut refuser"],
    )
    validated: Text = Field(
        "",
        alias="valide_par",
        description="Qui a validé le résultat : une fonction, pas un nom.",
        examples=["l’adjointe à la démocratie locale"],
    )
    owner: Text = Field(
        "",
        alias="responsable",
        description="Administration responsable ; à défaut, l’éditeur du site.",
        examples=["Mairie du 10e arrondissement"],
    )
    service: Text = Field(
        "",
        alias="service",
        description="Service qui s’en occupe.",
        examples=["service de la démocratie locale"],
    )
    contact: Email | None = Field(
        None,
        alias="contact",
        description="Adresse à laquelle demander des explications ; à défaut, celle du site.",
        examples=["jury@mairie.example"],
    )
    quartiers: TextList = Field(
        (),
        alias="quartiers",
        description="Quartiers concernés (noms de leurs dossiers).",
        examples=["[louis-blanc-aqueduc]"],
    )


def check(draft: Draft) -> Iterator[Diagnostic]:
    """Its place, since a draw has one list for the whole site, and its days in their order."""
    fields: JuryFields = draft.fields
    where = layout.place(draft.path)
    if where.home and not where.private:
        name = layout.identity(draft.path).rsplit("/", 1)[-1]
        right = f"{layout.CONTENT}/{draws.FOLDER}/{name}/index.md"
        yield warning(
            "draw-elsewhere",
            "un tirage au sort ne se range ni dans un quartier, ni dans un groupe",
            draft.at(),
            "ses fichiers n’y seraient pas lus : tous ceux du site sont sous content/jurys/",
            f"déplacez-le : git mv {shlex.quote(str(draft.path))} {shlex.quote(right)}",
        )
    days = (
        ("gel", "le gel de la liste", fields.frozen),
        ("engagement", "l’engagement", fields.promised),
        ("tirage", "le tirage", fields.day),
        ("contestation", "la fin des contestations", fields.contest),
        ("destruction", "la destruction de la liste", fields.destroyed),
    )
    known = [(key, words, day) for key, words, day in days if day is not None]
    for (_, before, first), (key, words, day) in itertools.pairwise(known):
        if day < first:
            yield error(
                "draw-days",
                f"{words} serait le {date_words(day)}, avant {before}, le {date_words(first)}",
                draft.at(key),
                "le calendrier d’un tirage va du gel de la liste à sa destruction",
                f"corrigez la date, par exemple : {key}: {first}",
            )
            return


def facts(draft: Draft) -> JuryFacts:
    fields: JuryFields = draft.fields
    return JuryFacts(
        place=fields.place,
        frozen=fields.frozen.isoformat() if fields.frozen else None,
        promised=fields.promised.isoformat() if fields.promised else None,
        contest=fields.contest.isoformat() if fields.contest else None,
        destroyed=fields.destroyed.isoformat(),
        purpose=fields.purpose,
        basis=fields.basis,
        origin=fields.origin,
        told=fields.told,
        consequences=fields.consequences,
        validated=fields.validated,
        owner=fields.owner,
        service=fields.service,
        contact=fields.contact or "",
    )


EXAMPLE = """\
---
titre: Le jury citoyen de 2027
resume: Trente habitants tirés au sort choisiront les projets de l’année.
gel: 2026-12-01
engagement: 2026-12-04
tirage: 2026-12-15
lieu: Salle des fêtes de la mairie, à 19 h
contestation: 2027-02-15
destruction: 2027-03-15
finalite: Composer le jury citoyen qui choisit les projets de 2027
base_legale: Mission d’intérêt public, délibération du 3 novembre 2026
source_liste: Liste électorale de l’arrondissement et habitants volontaires
---

Le tirage est public : venez le voir.
"""

KIND = Kind(
    name="jury",
    label="tirage au sort",
    plural="tirages au sort",
    folder="jurys",
    model=JuryFields,
    template="jury.html",
    day_key="tirage",
    references=("groupes", "dossiers", "quartiers"),
    pointed=("tirage", "valide_par"),
    check=check,
    facts=facts,
    example=("jurys/jury-2027/index.md", EXAMPLE),
)
