"""Personal data in public pages: what identifies or reaches one person is not published.

RGPD-05 and RGPD-07. `cq.content.traces` found the candidates, `disclosed` those of PDF files; the
site's own list of functional addresses decides here. Landlines of institutions, web addresses and
private pages are left alone.
"""

import json
from collections.abc import Callable, Iterator
from pathlib import PurePosixPath
from typing import NamedTuple

from cq.content import layout
from cq.content.functional import address_of, is_functional
from cq.content.item import PaperTrace, Trace
from cq.content.model import Content
from cq.content.pointing import at
from cq.diagnostic import Diagnostic, Span, error, warning
from cq.french.numbers import counted, number


def personal_data(content: Content) -> Iterator[Diagnostic]:
    """What is published is copied within the hour, and cannot be taken back."""
    judge = _Judge(content)
    for thing in content.sources:
        if not thing.traces or thing.space != layout.PUBLIC:
            continue
        for trace in thing.traces:
            place = at(thing, trace)
            if trace.kind == "email":
                if judge.personal(address_of(trace.text)) and not _is_legal(thing.kind):
                    yield _email(trace, place)
            elif trace.kind == "mobile":
                yield _mobile(trace, place)
            elif trace.kind == "home":
                yield _home(place)
            else:
                yield _resident(trace, place)


def personal_data_in_pdfs(content: Content) -> Iterator[Diagnostic]:
    """A PDF is copied as quickly as a page, and its text is published beside it."""
    judge = _Judge(content)
    for path, paper in content.papers.items():
        if not paper.traces or content.blobs[path].space != layout.PUBLIC:
            continue
        told: dict[str, list[PaperTrace]] = {}
        for trace in paper.traces:
            if trace.kind != "email" or judge.personal(address_of(trace.text)):
                told.setdefault(trace.kind, []).append(trace)
        more = dict(paper.more)
        for kind, traces in told.items():
            traces.sort(key=lambda one: one.page)
            yield _in_pdf(traces, more.get(kind, 0), Span(PurePosixPath(path)))


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
        return not is_functional(written)


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
        f"adresses_fonctionnelles:\n  - {address_of(trace.text)}",
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


class _Wording(NamedTuple):
    """What is said of one kind of trace in a PDF: of one, and of several."""

    make: Callable[..., Diagnostic]
    code: str
    one: str
    several: str
    hints: tuple[str, ...]


_LISTED = 20
_ANEW = "puis refaites le PDF : un rectangle noir posé dessus laisserait le texte dans le fichier"
_IN_PDF = {
    "email": _Wording(
        error, "personal-email",
        "semble être l’adresse d’une personne",
        "adresses de courriel de ce PDF semblent être celles de personnes",
        ("publiée, une adresse recevrait des messages indésirables, et ne pourrait être retirée",
         f"dans l’original, écrivez l’adresse du conseil, {_ANEW}"),
    ),
    "mobile": _Wording(
        error, "mobile-number",
        "est un numéro de téléphone mobile",
        "numéros de ce PDF sont ceux de téléphones mobiles",
        ("un mobile est presque toujours celui d’une personne",
         f"dans l’original, écrivez le numéro de l’accueil, {_ANEW}"),
    ),
    "home": _Wording(
        warning, "home-address",
        "semble dire où habite quelqu’un",
        "passages de ce PDF semblent dire où habitent des personnes",
        ("publiée, l’adresse d’une personne ne peut plus être retirée",
         f"dans l’original, gardez la rue, sans le numéro ni l’étage, {_ANEW}"),
    ),
    "resident": _Wording(
        warning, "named-resident",
        "nomme une personne",
        "passages de ce PDF nomment des personnes",
        ("dans un compte rendu, les habitants sont désignés par leur rôle",
         f"dans l’original, écrivez par exemple « une habitante », {_ANEW}"),
    ),
}  # fmt: skip


def _in_pdf(traces: list[PaperTrace], more: int, place: Span) -> Diagnostic:
    """One finding for all `traces` of a kind; `more` are those of which only the number is known.

    A PDF has no line to point at: the words are said, with their pages.
    """
    first, count = traces[0], len(traces) + more
    wording = _IN_PDF[first.kind]
    hints = list(wording.hints)
    if count == 1:
        message = f"« {first.text} », page {first.page} de ce PDF, {wording.one}"
    else:
        message = f"{number(count)} {wording.several}"
        hints.insert(0, _list(traces, count))
    if first.kind == "email":
        hints.append(
            "si c’est l’adresse d’un service, ajoutez dans site.yml :\n"
            f"adresses_fonctionnelles:\n  - {address_of(first.text)}"
        )
    return wording.make(wording.code, message, place, *hints)


def _list(traces: list[PaperTrace], count: int) -> str:
    by_page: dict[int, list[str]] = {}
    for one in traces[:_LISTED]:
        by_page.setdefault(one.page, []).append(f"« {one.text} »")
    lines = [f"page {page} : {', '.join(words)}" for page, words in by_page.items()]
    others = count - min(len(traces), _LISTED)
    if others:
        lines.append(f"… et {counted(others, 'autre')}")
    return "\n".join(lines)
