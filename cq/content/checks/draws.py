"""Draws by lot: what their public files tell must be whole, true, and shown.

The files speak for the town hall, to people who have every reason to look twice: whatever is wrong
with them is an error, and what may recognise somebody is said before it is published.
"""

import datetime
import shlex
from collections.abc import Iterator
from pathlib import PurePosixPath

from cq.content import draws, logbook
from cq.content.draws import Draw, Light
from cq.content.layout import CONTENT
from cq.content.model import Content
from cq.content.pointing import at_key
from cq.diagnostic import Diagnostic, Span, error, warning
from cq.french.dates import iso_words
from cq.french.numbers import counted

_FILES = {
    "liste": draws.POOL, "plan": draws.PLAN, "graine": draws.VALUES,
    "tirage": draws.TRANSCRIPT, "remplacements": draws.TRANSCRIPT,
}  # fmt: skip
_NOTICE = 10  # days from the promise to the draw


def true_draws(content: Content) -> Iterator[Diagnostic]:
    """A draw that cannot be done again from its files is none; only the first red light is said,
    since the others may be red for its sake.
    """
    for draw in content.draws:
        red = next((one for one in draw.lights if one.state == draws.RED), None)
        if red is not None:
            yield _red(content, draw, red)
        if draw.page and not draw.page_known:
            yield error(
                "draw-page",
                "cette page de vérification n’est pas celle de cq",
                _file(draw, draws.PAGE),
                "elle a un script, qui pourrait montrer n’importe quoi : elle n’est pas publiée",
                f"remettez celle de l’engagement : git checkout -- {_quoted(draw, draws.PAGE)}",
            )
        for fault in draw.faults:
            yield error(
                "draw-journal" if fault.file == draws.JOURNAL else "draw-other",
                fault.words,
                Span(PurePosixPath(_path(draw, fault.file)), fault.line),
                "ce que le site dirait du tirage ne serait pas ce qui s’est passé",
                f"remettez le fichier que cq a écrit : git checkout -- {_quoted(draw, fault.file)}",
            )


def _red(content: Content, draw: Draw, red: Light) -> Diagnostic:
    name = _FILES[red.name]
    there = f"{CONTENT}/{draw.id}/{name}" in content.blobs
    said = red.said[-1].rstrip(".")
    return error(
        "draw-red",
        f"feu « {red.name} » rouge : {said[:1].lower()}{said[1:]}",
        _file(draw, name if there else draws.PROMISE),
        "personne ne pourrait refaire ce tirage, et le site ne le montre pas",
        f"remettez les fichiers que cq a écrits : git checkout -- {_quoted(draw, '')}",
        f"pour voir les cinq feux : cq draw-jury verify {_name(draw)}",
    )


def journals(content: Content) -> Iterator[Diagnostic]:
    """The public log says which promise was made and how many replacements there were: it is what
    a reader compares with the sheet on the wall.
    """
    for draw in content.draws:
        events = {one.number: one.digest for one in draw.events}
        for entry in draw.journal:
            if entry.step == logbook.DRAWN and not draw.drawn:
                yield error(
                    "draw-journal",
                    "le journal dit que ce tirage a eu lieu, et son résultat manque",
                    Span(PurePosixPath(_path(draw, draws.JOURNAL)), entry.line),
                    "le site le montrerait comme un tirage à venir",
                    f"remettez les fichiers que cq a écrits : git checkout -- {_quoted(draw, '')}",
                )
                break
            step, _, number = entry.step.partition(" ")
            wanted = ""
            if step == logbook.PROMISED and not draw.faults:
                wanted = draw.fingerprint
            elif step == logbook.PAGE:
                wanted = draw.page
            elif step == logbook.DRAWN:
                wanted = draw.seed
            elif step == logbook.REPLACED and number.isdecimal() and draw.drawn:
                wanted = events.get(int(number), "" if int(number) <= draw.replaced else "-")
            if entry.fingerprint and wanted and entry.fingerprint != wanted:
                yield error(
                    "draw-journal",
                    f"l’empreinte de l’étape « {entry.step} » n’est pas celle des fichiers",
                    Span(PurePosixPath(_path(draw, draws.JOURNAL)), entry.line),
                    "qui a noté l’empreinte annoncée croirait le tirage changé",
                    "remettez le fichier que cq a écrit : git checkout -- "
                    f"{_quoted(draw, draws.JOURNAL)}",
                )
                break


def draws_without_page(content: Content) -> Iterator[Diagnostic]:
    """A draw whose files are there and whose page is not would be known to nobody."""
    pages = {item.id for item in content.items}
    for draw in content.draws:
        path = f"{CONTENT}/{draw.id}/index.md"
        if draw.id in pages or path in content.unread:
            continue
        title = draw.title or "Le jury citoyen"
        day = draw.published[:10] or content.today
        yield error(
            "draw-without-page",
            "ce tirage n’a pas de page : ses fichiers ne sont pas publiés",
            _file(draw, draws.PROMISE if draw.fingerprint else draws.JOURNAL),
            "un tirage annoncé reste sur la liste, même annulé",
            f"créez {path} avec ces lignes, à compléter :\n---\n"
            f"titre: {_words(title)}\ntirage: {day}\ndestruction: {day}\n"
            "finalite: Composer le jury citoyen\nbase_legale: Mission d’intérêt public\n"
            "source_liste: Liste électorale de l’arrondissement\n---",
        )


def countersigned_draws(content: Content) -> Iterator[Diagnostic]:
    """ALG-04: a machine's draw becomes a decision when a person says so."""
    for item in content.items:
        draw = content.by_draw.get(item.id)
        if item.jury is None or draw is None or not draw.drawn or draw.cancelled:
            continue
        if not (item.jury.validated or draw.validated):
            yield error(
                "draw-not-validated",
                "ce tirage est fait, et la page ne dit pas qui a validé son résultat",
                at_key(item, "tirage"),
                "une décision prise par un traitement seul est nulle (loi 78-17, article 47)",
                "ajoutez la fonction, pas un nom : valide_par: l’adjointe à la démocratie locale",
            )


def draw_calendars(content: Content) -> Iterator[Diagnostic]:
    """A draw that is late, or promised too late for anyone to have seen it."""
    for item in content.items:
        if item.jury is None or item.day is None:
            continue
        draw = content.by_draw.get(item.id)
        if (draw is None or not (draw.drawn or draw.cancelled)) and item.day < content.today:
            yield warning(
                "draw-overdue",
                f"le tirage du {iso_words(item.day)} n’a pas eu lieu",
                at_key(item, "tirage"),
                "la page l’annonce encore pour ce jour-là",
                f"tirez : cq draw-jury draw {item.id.rpartition('/')[2]} ; ou corrigez la date",
            )
        elif draw is not None and draw.published:
            days = _days(draw.published[:10], item.day)
            if days < _NOTICE and not draw.cancelled:
                yield warning(
                    "draw-short-notice",
                    f"l’engagement du {iso_words(draw.published[:10])} est à "
                    f"{counted(max(days, 0), 'jour')} du tirage",
                    at_key(item, "tirage"),
                    f"il en faut {_NOTICE} au moins pour que chacun ait pu le voir et le noter",
                    "reculez le tirage, ou dites dans le texte comment l’empreinte a été annoncée",
                )


def small_groups(content: Content) -> Iterator[Diagnostic]:
    """Somebody who is alone of their type is recognised by their number's type, unless nobody is
    told whose type it is.
    """
    for draw in content.draws:
        if draw.small and not draw.sealed and not draw.cancelled:
            yield warning(
                "draw-small-group",
                f"{counted(draw.small, 'type')} de moins de {draws.SMALL} personnes "
                f"{'sont' if draw.small > 1 else 'est'} dans le plan",
                _file(draw, draws.PLAN),
                "un voisin pourrait reconnaître quelqu’un, et savoir s’il a été tiré",
                "avant l’engagement, réunissez des valeurs rares, ou scellez les types "
                "(cq draw-jury plan … --types-scelles) ; après, dites-le dans le texte",
            )


def _days(first: str, last: str) -> int:
    return (datetime.date.fromisoformat(last) - datetime.date.fromisoformat(first)).days


def _words(title: str) -> str:
    """A title that YAML takes as it is."""
    return '"' + title.replace("\\", "").replace('"', "”").replace("\n", " ") + '"'


def _name(draw: Draw) -> str:
    return draw.id.rpartition("/")[2]


def _path(draw: Draw, name: str) -> str:
    return f"{CONTENT}/{draw.id}/{name}".rstrip("/")


def _quoted(draw: Draw, name: str) -> str:
    return shlex.quote(_path(draw, name))


def _file(draw: Draw, name: str) -> Span:
    return Span(PurePosixPath(_path(draw, name)))
