"""Why one number was drawn or was not, in words that its holder can check (art. R311-3-1-2 CRPA).

From the public files alone: nothing here knows who is behind a number.
"""

from collections.abc import Iterator, Sequence

from cq.draw.pool import Person
from cq.draw.replacement import Event
from cq.draw.transcript import Result
from cq.french import odds
from cq.french.numbers import counted, number, ordinal, plural
from cq.jury import criteria


class NotListed(Exception):
    """No such number in the list. Its words say nothing more: nobody learns who is in it."""


SEALED = (
    "Types scellés : pour que personne ne soit reconnu, ils n’ont ici que leur numéro. Table de "
    "leurs valeurs et des quotas,"
)


def values_words(result: Result, kind: int) -> str:
    """« quartier : Danube, âge : 16 à 34 ans », « sans critère »; « type 3 » where the types are
    sealed and their table is not here.
    """
    plan = result.plan
    if plan.is_closed:
        return f"type {kind}"
    pairs = zip(plan.features, plan.types[kind], strict=True)
    return (
        ", ".join(f"{criteria.words(feature)} : {value}" for feature, value in pairs)
        or "sans critère"
    )


def public_words(result: Result, kind: int) -> str:
    """The same for what is published: of sealed types the number alone."""
    return f"type {kind}" if result.plan.sealed else values_words(result, kind)


def explained(result: Result, events: Sequence[Event], pid: str) -> tuple[str, ...]:
    """Sentences, in the order of the law: what was decided and how far by a program, the data,
    the parameters, the operations done for this number. `result` was verified; `events` are those
    of the transcript. Raises NotListed.
    """
    person = next((one for one in result.order if one.pid == pid), None)
    if person is None:
        raise NotListed("ce numéro n’est pas dans la liste")
    return (
        f"Numéro {pid} : {_outcome(result, events, person)}.",
        *_contribution(result),
        *_data(result, person),
        *_parameters(result, person),
        *_operations(result, events, person),
    )


def _outcome(result: Result, events: Sequence[Event], person: Person) -> str:
    pid = person.pid
    left = next((event for event in events if event.leaving == pid), None)
    if left is not None:
        return f"personne tirée, puis remplacée (remplacement {left.number})"
    came = next((event for event in events if event.entering == pid), None)
    if came is not None:
        return f"personne appelée à siéger par le remplacement {came.number}"
    if any(one.pid == pid for one in result.drawn.seats):
        return "personne tirée, qui siège"
    place = result.drawn.reserve[person.type].index(pid) + 1
    return f"personne non tirée, {ordinal(place)} de ses critères dans l’ordre d’appel"


def _contribution(result: Result) -> Iterator[str]:
    yield (
        "Le tirage est fait par un programme, sans choix d’une personne ; la liste et le plan "
        "avaient été arrêtés et engagés avant que le hasard parle, le "
        f"{_day(result.promise.published)}."
    )


def _day(published: str) -> str:
    from cq.french.dates import iso_words

    return iso_words(published[:10])


def _data(result: Result, person: Person) -> Iterator[str]:
    home = ", et l’adresse, pour ne pas tirer deux personnes d’un même foyer"
    yield (
        f"Données : {values_words(result, person.type)}{home if result.plan.household else ''}. "
        f"{_number(result, person)}"
        "Elles viennent de la liste gelée, dont chaque ligne est protégée par une empreinte ; rien "
        "d’autre n’a compté."
    )


def _number(result: Result, person: Person) -> str:
    """What is public of somebody's values where they are sealed."""
    if not result.plan.sealed:
        return ""
    if result.plan.is_closed:
        return "Ses valeurs sont scellées, et leur table n’est pas ici : le témoin en a une. "
    return f"Le plan publié n’en dit qu’un numéro, le type {person.type}. "


def _parameters(result: Result, person: Person) -> Iterator[str]:
    plan, kind = result.plan, person.type
    alike = plan.counts[kind]
    before = " avant la règle des foyers" if plan.household else ""
    yield (
        f"Chance d’être tirée : {odds.words(plan.chance(kind))}{before}, la même pour les "
        f"{counted(alike, 'personne')} de ces critères."
        if alike > 1
        else f"Chance d’être tirée : {odds.words(plan.chance(kind))}{before}."
    )
    for quota in plan.quotas:
        if (quota.feature, quota.value) in zip(plan.features, plan.types[kind], strict=True):
            span = (
                f"{quota.least}" if quota.least == quota.most else f"{quota.least} à {quota.most}"
            )
            yield (
                f"Quota « {criteria.words(quota.feature)} : {quota.value} » : {span} "
                f"{plural(quota.most, 'siège')} sur {plan.k}."
            )


def _operations(result: Result, events: Sequence[Event], person: Person) -> Iterator[str]:
    plan, drawn, pid, kind = result.plan, result.drawn, person.pid, person.type
    seats = plan.compositions[drawn.composition][kind]
    if len(plan.compositions) > 1:
        yield (
            f"Billet {number(drawn.ticket + 1)} sur {number(plan.total)} : il a désigné la "
            f"composition {drawn.composition + 1} sur {len(plan.compositions)}."
        )
    yield (
        f"Cette composition a {counted(seats, 'siège')} pour ces critères."
        if seats
        else "Cette composition n’a aucun siège pour ces critères."
    )
    rank = next(place for place, one in enumerate(result.order, 1) if one.pid == pid)
    alike = [one.pid for one in result.order if one.type == kind]
    yield (
        f"Rang donné par la graine : {ordinal(rank)} sur {number(len(result.order))}, et "
        f"{ordinal(alike.index(pid) + 1)} des {number(len(alike))} de ces critères."
    )
    if pid in drawn.waived_household:
        yield (
            "Une personne de son foyer siégeait déjà ; la règle des foyers a été levée, faute "
            "d’autres personnes de ces critères."
        )
    elif pid in drawn.passed_household:
        yield "Passée à son tour : une personne de son foyer siégeait déjà."
    for event in events:
        if event.leaving == pid:
            yield f"Remplacée : événement {event.number}. La raison n’est pas publique."
        elif event.entering == pid:
            yield (
                f"Appelée par l’événement {event.number}, au siège du numéro {event.leaving} : "
                "c’était la suivante selon la règle."
            )
