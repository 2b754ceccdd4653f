"""Débats: the aller-retour between meetings and all the rest, which is what makes them débats.

A fault of a name (no such meeting, no such argument) is said with the other references, and
nothing here is said on top of it.
"""

from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath

from cq.content import hearing, layout
from cq.content.item import Item, Phase, Reference
from cq.content.links import of_reference
from cq.content.model import Content
from cq.content.pointing import at, at_key
from cq.diagnostic import Diagnostic, Label, Span, error, note, warning
from cq.french.dates import iso_words
from cq.french.folding import slug
from cq.french.numbers import counted

ONLINE = "en-ligne"


def debates_without_meeting(content: Content) -> Iterator[Diagnostic]:
    """A débat is a moment of participation, not a place beside it: the charter wants a meeting."""
    arguments = hearing.arguments(content)
    for item in content.items:
        if item.debate is not None:
            yield from _loop(content, item, arguments.get(item.id, ()))


def _loop(content: Content, item: Item, arguments: tuple[Item, ...]) -> Iterator[Diagnostic]:
    debate = item.debate
    named = [one for one in item.references if one.field == "rencontres"]
    meetings = hearing.meetings(content, item, "rencontres")
    found = {of_reference(content, item, "rencontres", one.target).item for one in named}
    if debate is None or found != set(meetings):
        return  # a meeting that nobody finds was said; nothing is known of the others' sum
    last = max(phase.end for phase in debate.phases)
    place = at_key(item, "rencontres" if named else "titre")
    if debate.synthesis or last < content.today:
        if not any(hearing.held(one, content.today) for one in meetings):
            said = "est conclu" if debate.synthesis else f"a fini le {iso_words(last)}"
            yield error(
                "debate-without-meeting",
                f"ce débat {said} sans qu’aucune rencontre ait eu lieu",
                place,
                "un débat passe au moins une fois par une réunion ouverte à toutes et à tous",
                "nommez la réunion où il a été discuté, par exemple : "
                "rencontres: [2026-03-10-pleniere]",
                "ou prolongez la dernière phase, le temps d’en tenir une",
            )
            return
    elif not named and arguments and all(map(_online, arguments)):
        yield error(
            "online-only-debate",
            "tous les arguments de ce débat sont venus en ligne, et il n’a aucune rencontre",
            place,
            "un débat n’est pas un espace parallèle : il passe par une réunion",
            "annoncez-en une, par exemple : rencontres: [2026-03-10-pleniere]",
        )
        return
    for phase in debate.phases:
        yield from _unfollowed(item, phase, arguments, meetings)


def _unfollowed(
    item: Item, phase: Phase, arguments: tuple[Item, ...], meetings: tuple[Item, ...]
) -> Iterator[Diagnostic]:
    """A phase that is held online, by its name or by what came, and no meeting after that."""
    came = [
        one.day for one in arguments
        if _online(one) and one.day is not None and phase.start <= one.day <= phase.end
    ]  # fmt: skip
    if not came and ONLINE not in slug(phase.name):
        return
    since = max(came, default=phase.end)
    if any(hearing.takes_place(one) and hearing.last_day(one) >= since for one in meetings):
        return
    said = f"ce qui est venu en ligne jusqu’au {iso_words(since)}" if came else "ce qui y vient"
    yield warning(
        "phase-without-meeting",
        f"aucune rencontre ne suit la phase en ligne « {phase.name} »",
        at_key(item, "rencontres"),
        f"{said} ne serait discuté nulle part",
        "ajoutez la réunion qui en parlera à : rencontres",
    )


def _online(argument: Item) -> bool:
    return argument.argument is not None and argument.argument.origin == ONLINE


def arguments_astray(content: Content) -> Iterator[Diagnostic]:
    """An argument lies beside its débat, in its time, and was heard where the débat was held."""
    said: set[str] = set()
    for argument in (item for item in content.items if item.argument is not None):
        home = hearing.debate_id(argument)
        debate = content.by_id.get(home)
        if debate is None or (debate.debate is None and not debate.faulty):
            if home not in said and not _unread(content, home):
                yield _orphan(content, argument, home)
            said.add(home)
        elif debate.debate is not None:
            yield from _dated(content, argument, debate)
            yield from _heard(content, argument, debate)


def _unread(content: Content, home: str) -> bool:
    paths = (f"{layout.CONTENT}/{home}.md", f"{layout.CONTENT}/{home}/index.md")
    return any(path in content.unread for path in paths)


def _orphan(content: Content, argument: Item, home: str) -> Diagnostic:
    number = sum(
        one.argument is not None and hearing.debate_id(one) == home for one in content.items
    )
    others = f", ni les {number - 1} autres" if number > 2 else ", ni l’autre" if number > 1 else ""
    return error(
        "argument-without-debate",
        f"il n’y a pas de débat « {home.rpartition('/')[2]} » au-dessus de cet argument",
        Span(PurePosixPath(argument.path)),
        f"il n’apparaîtrait nulle part{others}",
        f"écrivez le débat dans {layout.CONTENT}/{home}/index.md, ou déplacez le dossier",
    )


def _dated(content: Content, argument: Item, debate: Item) -> Iterator[Diagnostic]:
    day, phases = argument.day, debate.debate.phases if debate.debate else ()
    if day is None or any(phase.start <= day <= phase.end for phase in phases):
        return
    if any(one.day == day for one in hearing.meetings(content, debate, "rencontres")):
        return
    yield note(
        "argument-outside-phases",
        f"cet argument est daté du {iso_words(day)}, en dehors des phases du débat",
        at_key(argument, "date"),
        "il est gardé et montré comme les autres",
        "si la date est juste, rien à faire ; sinon, corrigez date, ou les phases du débat",
    )


def _heard(content: Content, argument: Item, debate: Item) -> Iterator[Diagnostic]:
    meetings = {one.id for one in hearing.meetings(content, debate, "rencontres")}
    for reference in argument.references:
        if reference.field != "discute_a":
            continue
        event = of_reference(content, argument, "discute_a", reference.target).item
        if event is None or event.event is None or event.day is None:
            continue
        if hearing.last_day(event) < (argument.day or ""):
            yield error(
                "heard-too-soon",
                f"cet argument du {iso_words(argument.day or '')} n’a pas pu être discuté "
                f"le {iso_words(event.day)}",
                at(argument, reference),
                "une réunion ne discute pas de ce qui n’est pas encore venu",
                "corrigez date, ou nommez une réunion plus tardive",
            )
        elif event.id not in meetings:
            name = event.id.rpartition("/")[2]
            yield warning(
                "heard-elsewhere",
                f"« {event.title} » n’est pas une rencontre de ce débat",
                at(argument, reference),
                "la page du débat ne montrerait pas cette réunion",
                f"si elle en est une, ajoutez « {name} » à rencontres, dans {debate.path}",
            )


def answers_astray(content: Content) -> Iterator[Diagnostic]:
    """An argument answers another one of the same débat; a chain of answers comes to an end."""
    answers: dict[str, tuple[Item, Reference, str]] = {}
    for argument in content.items:
        for reference in argument.references:
            if argument.argument is None or reference.field != "repond_a":
                continue
            found = of_reference(content, argument, "repond_a", reference.target).item
            if found is None or found.argument is None:
                continue
            if hearing.debate_id(found) != hearing.debate_id(argument):
                yield error(
                    "answer-elsewhere",
                    f"« {found.title} » est un argument d’un autre débat",
                    at(argument, reference),
                    "la réponse serait loin de ce à quoi elle répond",
                    "nommez un argument du même dossier, ou retirez la ligne : repond_a",
                )
            else:
                answers[argument.id] = (argument, reference, found.id)
    yield from _circles(answers)


def _circles(answers: Mapping[str, tuple[Item, Reference, str]]) -> Iterator[Diagnostic]:
    """Each circle once, at its first argument."""
    done: set[str] = set()
    for start in answers:
        way: list[str] = []
        seen: set[str] = set()
        one = start
        while one in answers and one not in done and one not in seen:
            way.append(one)
            seen.add(one)
            one = answers[one][2]
        if one in seen:
            circle = way[way.index(one) :]
            yield _circle([answers[each] for each in sorted(circle)])
        done |= seen


def _circle(circle: list[tuple[Item, Reference, str]]) -> Diagnostic:
    argument, reference, _ = circle[0]
    if len(circle) == 1:
        message = "cet argument se répond à lui-même"
    else:
        message = f"ces réponses tournent en rond : {counted(len(circle), 'argument')} se répondent"
    return error(
        "answer-circle",
        message,
        at(argument, reference),
        "aucun ne serait le premier",
        "retirez la ligne « repond_a » de celui qui est venu d’abord",
        labels=tuple(Label(at(one, where), "et ici") for one, where, _ in circle[1:4]),
    )
