"""Days and hours that the calendar, the clock or the page itself contradicts.

Past events are never spoken of: an archive is full of them.
"""

import calendar
import datetime
from collections.abc import Iterator

from cq.content import layout, weekdays
from cq.content.item import Item, Repetition
from cq.content.model import Content
from cq.content.pointing import at_key
from cq.diagnostic import Diagnostic, error, note, warning
from cq.french.dates import WEEKDAYS, date_words, is_zone, iso_words, local_instant


def clock_changes(content: Content) -> Iterator[Diagnostic]:
    """Twice a year an hour does not exist or comes twice; a meeting then has no sure moment."""
    zone = content.zone
    if not is_zone(zone):
        return
    for item in content.items:
        event = item.event
        if event is None or item.day is None:
            continue
        if event.start is not None:
            yield from _hour(item, "debut", item.day, event.start, zone)
        if event.end is not None:
            yield from _hour(item, "fin", event.end_day or item.day, event.end, zone)


def _hour(item: Item, key: str, iso: str, hour: str, zone: str) -> Iterator[Diagnostic]:
    day, moment = datetime.date.fromisoformat(iso), datetime.time.fromisoformat(hour)
    instant, verdict = local_instant(day, moment, zone)
    if verdict is None:
        return
    words = f"{moment.hour} h {moment.minute:02}"
    if verdict == "gap":
        # What a clock that nobody moved would show is the next hour that exists.
        shown = instant.astimezone(datetime.UTC).astimezone(instant.tzinfo)
        yield error(
            "dst-gap",
            f"le {date_words(day)}, {words} n’existe pas : on passe à l’heure d’été",
            at_key(item, key),
            "les agendas montreraient chacun une autre heure",
            f"écrivez : {key}: {shown:%H:%M}",
        )
    else:
        yield note(
            "dst-overlap",
            f"le {date_words(day)}, {words} vient deux fois : on passe à l’heure d’hiver",
            at_key(item, key),
            "la première des deux est retenue",
            f"si c’est la seconde, dites-le dans le texte, ou commencez après {moment.hour + 1} h",
        )


def contradicted_weekdays(content: Content) -> Iterator[Diagnostic]:
    """« Plénière du mardi 9 décembre » on a page dated the 9th, a Wednesday: one is wrong."""
    for item in content.items:
        if item.day is None or "di" not in item.title:
            continue
        day = datetime.date.fromisoformat(item.day)
        named = weekdays.named_in(item.title, day.year)
        if named is not None and named[1] == day and WEEKDAYS[day.weekday()] != named[0]:
            yield warning(
                "weekday-mismatch",
                weekdays.message(day, named[0]),
                at_key(item, "titre"),
                *weekdays.hints(day),
            )


def never_published(content: Content) -> Iterator[Diagnostic]:
    """A page that expires before it is published never is."""
    for item in content.items:
        if item.publish is None or item.expires is None or item.publish <= item.expires:
            continue
        first = datetime.date.fromisoformat(item.publish)
        last = datetime.date.fromisoformat(item.expires)
        yield warning(
            "never-published",
            f"la page expire le {date_words(last)}, avant d’être publiée le {date_words(first)}",
            at_key(item, "expire"),
            "elle n’apparaîtra jamais",
            f"écrivez une date après celle-ci : expire: {first}",
        )


def future_comparisons(content: Content) -> Iterator[Diagnostic]:
    """Differences from a day to come on: until then the page shows none, and nothing says why."""
    for item in content.items:
        since = item.wiki.since if item.wiki is not None else None
        if since is None or since <= content.today or item.space != layout.PUBLIC:
            continue
        yield note(
            "future-comparison",
            f"les versions ne seront comparées qu’à partir du {iso_words(since)}",
            at_key(item, "historique_depuis"),
            "d’ici là, la page n’en montre que les jours",
            f"pour les comparer dès aujourd’hui, écrivez : historique_depuis: {content.today}",
        )


def days_off_the_rule(content: Content) -> Iterator[Diagnostic]:
    """A repeated meeting whose own day its rule does not know: each agenda shows another thing."""
    for item in content.items:
        event = item.event
        if event is None or event.repetition is None or item.day is None:
            continue
        rule = event.repetition
        day = datetime.date.fromisoformat(item.day)
        if not _on_rule(day, day, rule):
            yield warning(
                "repetition-mismatch",
                f"le {date_words(day, weekday=True)} n’est pas {_rule(rule)}",
                at_key(item, "repetition"),
                "les agendas des téléphones ne seraient pas d’accord sur la première réunion",
                f"le premier jour de la règle est le {_first(day, rule)} : écrivez-le dans date:, "
                "ou corrigez la répétition",
            )
        else:
            yield from _exceptions(item, day, rule)


def _exceptions(item: Item, day: datetime.date, rule: Repetition) -> Iterator[Diagnostic]:
    for iso in rule.but:
        left_out = datetime.date.fromisoformat(iso)
        if not _on_rule(left_out, day, rule):
            yield warning(
                "repetition-mismatch",
                f"sauf : le {date_words(left_out, weekday=True)} n’est pas {_rule(rule, day)}",
                at_key(item, "repetition"),
                "il n’y a pas de réunion à sauter ce jour-là",
                "corrigez ou retirez cette date",
            )


def _on_rule(day: datetime.date, first: datetime.date, rule: Repetition) -> bool:
    weekday = first.weekday() if rule.weekday is None else rule.weekday
    if day.weekday() != weekday:
        return False
    if rule.every != "mois":
        return True
    rank = rule.rank or (first.day + 6) // 7
    if rank > 0:
        return (day.day + 6) // 7 == rank
    return day.day + 7 > calendar.monthrange(day.year, day.month)[1]


def _first(day: datetime.date, rule: Repetition) -> str:
    """The rule's first day from `day` on; within a year there is one, or none at all."""
    for later in range(366):
        try:
            other = day + datetime.timedelta(later)
        except OverflowError:
            break
        if _on_rule(other, day, rule):
            return date_words(other, weekday=True)
    return "… (aucun dans l’année)"


def _rule(rule: Repetition, day: datetime.date | None = None) -> str:
    """« un lundi », « le deuxième mardi du mois »."""
    weekday = rule.weekday if rule.weekday is not None else (day.weekday() if day else None)
    name = WEEKDAYS[weekday] if weekday is not None else "jour"
    rank = rule.rank or ((day.day + 6) // 7 if day else None)
    if rule.every != "mois" or rank is None:
        return f"un {name}"
    words = {1: "premier", 2: "deuxième", 3: "troisième", 4: "quatrième", 5: "cinquième"}
    return f"le {words.get(rank, 'dernier')} {name} du mois"
