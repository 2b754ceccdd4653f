"""Personal data in public pages: what identifies or reaches one person is not published.

RGPD-05 and RGPD-07. `cq.content.traces` found the candidates; the site's own list of functional
addresses decides here. Landlines of institutions, web addresses and private pages are left alone.
"""

import json
import re
from collections.abc import Iterator

from cq.content import layout
from cq.content.item import Trace
from cq.content.model import Content
from cq.content.pointing import at
from cq.diagnostic import Diagnostic, Span, error, warning
from cq.french.folding import fold

# A local part whose first word is one of these is nobody's own.
FUNCTIONS = frozenset(
    """
    contact mairie conseil conseils accueil info infos information informations secretariat
    bureau direction communication presse webmaster webmestre postmaster abuse dpo rgpd cnil
    accessibilite democratie participation citoyen citoyens citoyennete quartier quartiers cq
    association asso collectif comite commission equipe animation coordination moderation
    redaction newsletter lettre liste listes noreply support aide service services technique
    urbanisme voirie proprete culture education ecole bibliotheque mediatheque centre maison
    espace cabinet elus arrondissement inscription inscriptions reservation reservations
    evenement evenements agenda budget git hello bonjour ne no do security securite vie
    relations guichet courrier registre
    """.split()  # noqa: SIM905 - a list that people read and add to
)
_HIDDEN = re.compile(r"[ ]?[\[({](?:at|arobase|chez)[\])}][ ]?", re.IGNORECASE)
_WORD = re.compile(r"[a-z]+")


def personal_data(content: Content) -> Iterator[Diagnostic]:
    """What is published is copied within the hour, and cannot be taken back."""
    judge = _Judge(content)
    for thing in content.sources:
        if not thing.traces or thing.space != layout.PUBLIC:
            continue
        for trace in thing.traces:
            place = at(thing, trace)
            if trace.kind == "email":
                if judge.personal(_address(trace)) and not _is_legal(thing.kind):
                    yield _email(trace, place)
            elif trace.kind == "mobile":
                yield _mobile(trace, place)
            elif trace.kind == "home":
                yield _home(place)
            else:
                yield _resident(trace, place)


class _Judge:
    """Which e-mail addresses are an office's."""

    def __init__(self, content: Content) -> None:
        site = content.site
        listed = site.get("adresses_fonctionnelles")
        known = [str(one) for one in listed] if isinstance(listed, list | tuple) else []
        publisher = site.get("editeur")
        if isinstance(publisher, dict):
            known.append(str(publisher.get("courriel") or ""))
        known += [str(site.get("contact") or ""), str(site.get("dpo") or "")]
        known += [str(one.fact("adresse") or "") for one in content.communities.values()]
        # A public list is an office's by what it is; a private one is not known to the public.
        known += [
            str(json.loads(record.fields[0])["adresse"])
            for record in content.records
            if record.kind == "mailing_list" and record.space == layout.PUBLIC
        ]
        self.known = frozenset(one.casefold() for one in known)
        # A faulty site.yml must not make every address of the site a second fault.
        self.blind = not site or f"{layout.CONTENT}/site.yml" in content.unread

    def personal(self, written: str) -> bool:
        if self.blind or written.casefold() in self.known:
            return False
        local = fold(written.partition("@")[0])
        first = _WORD.match(local)
        return first is None or first[0] not in FUNCTIONS


def _address(trace: Trace) -> str:
    """« paul (at) exemple.fr » as the address that it is."""
    return _HIDDEN.sub("@", trace.text)


def _is_legal(kind: str) -> bool:
    """site.yml itself is where functional addresses are declared."""
    return kind == "site"


def _email(trace: Trace, place: Span) -> Diagnostic:
    return error(
        "personal-email",
        f"« {trace.text} » semble être l’adresse d’une personne",
        place,
        "publiée, elle recevrait des messages indésirables et ne pourrait plus être retirée",
        "écrivez l’adresse du conseil ; si celle-ci est l’adresse d’un service, ajoutez dans "
        "site.yml :",
        f"adresses_fonctionnelles:\n  - {_address(trace)}",
    )


def _mobile(trace: Trace, place: Span) -> Diagnostic:
    return error(
        "mobile-number",
        f"« {trace.text} » est un numéro de téléphone mobile",
        place,
        "un mobile est presque toujours celui d’une personne",
        "écrivez le numéro de l’accueil, ou une adresse de courriel du conseil",
    )


def _home(place: Span) -> Diagnostic:
    return warning(
        "home-address",
        "ce passage semble dire où habite quelqu’un",
        place,
        "publiée, l’adresse d’une personne ne peut plus être retirée",
        "gardez la rue, sans le numéro ni l’étage",
    )


def _resident(trace: Trace, place: Span) -> Diagnostic:
    role = trace.text.rstrip().rsplit(" ", 1)[-1].strip("(–-,)")
    woman = trace.text.startswith(("Mme", "Ma", "Ml"))
    return warning(
        "named-resident",
        f"une personne est nommée : « {trace.text} »",
        place,
        "dans un compte rendu, les habitants sont désignés par leur rôle",
        f"écrivez : {'une' if woman else 'un'} {role}",
    )
