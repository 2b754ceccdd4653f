"""A file of quotas: for each value of each criterion, how many seats at least and at most.

Three spellings go round, and the French one: `category,feature,min,max` (panelot, older
sortition-algorithms), `feature,value,min,max[,min_flex,max_flex]` (newer), OpenDLP's
`category,name,…,min,max`, and `critère,valeur,min,max`. Whether a jury can hold them together is
for `cq.draw.leximin`; nothing is drawn here.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import PurePosixPath
from typing import NamedTuple

from cq.diagnostic import Diagnostic, Label, Outcome, Span, error, has_errors
from cq.draw.plan import Quota
from cq.draw.tables import Row, Sheet, alike
from cq.french.folding import nearest, slug
from cq.french.numbers import counted

MOST_QUOTAS = 5_000
MOST_SEATS = 1_000_000
_SPELLINGS = (
    ("category", "feature"), ("category", "name"), ("feature", "value"), ("critere", "valeur"),
)  # fmt: skip
_BOUNDS = (("min", "minimum", "mini"), ("max", "maximum", "maxi"))
_FLEX = (("min_flex", "min-souple"), ("max_flex", "max-souple"))
_MODEL = "critère,valeur,min,max\nâge,18-30 ans,4,8"
_LOST = "sans cela, aucun jury ne peut être proposé"


class Wanted(NamedTuple):
    """One line of the file. `low` and `high` are how far it may give way, if it says so."""

    quota: Quota
    span: Span
    low: int | None = None
    high: int | None = None


class _Places(NamedTuple):
    feature: int
    value: int
    least: int
    most: int
    low: int | None
    high: int | None


def read(sheet: Sheet, path: PurePosixPath) -> Outcome[tuple[Wanted, ...]]:
    """The quotas of a file, in the order of its lines, as it spells them."""
    places = _places(sheet)
    if places is None:
        return Outcome((), (_no_columns(sheet, path),))
    found: list[Diagnostic] = []
    wanted: dict[tuple[str, str], Wanted] = {}
    if len(sheet.rows) > MOST_QUOTAS:
        found.append(_refused(f"ce fichier a plus de {MOST_QUOTAS} lignes", Span(path)))
    for row in sheet.rows[:MOST_QUOTAS]:
        span = Span(path, row.line)
        one = _wanted(row, places, span)
        if isinstance(one, Diagnostic):
            found.append(one)
            continue
        first = wanted.setdefault((alike(one.quota.feature), alike(one.quota.value)), one)
        if first is not one:
            found.append(
                error(
                    "quota-row",
                    f"« {_short(one.quota.value)} » a déjà ses quotas",
                    span,
                    _LOST,
                    "gardez une seule des deux lignes",
                    labels=(Label(first.span, "première fois ici"),),
                )
            )
    if not wanted and not found:
        found.append(_refused("ce fichier n’a aucun quota", Span(path)))
    return Outcome(tuple(wanted.values()), tuple(found))


def _places(sheet: Sheet) -> _Places | None:
    pair = next(
        (one for one in _SPELLINGS if all(sheet.column(name) is not None for name in one)), None
    )
    least, most, low, high = (
        next((at for name in names if (at := sheet.column(name)) is not None), None)
        for names in (*_BOUNDS, *_FLEX)
    )
    if pair is None or least is None or most is None:
        return None
    feature, value = (sheet.column(name) or 0 for name in pair)
    return _Places(feature, value, least, most, low, high)


def _wanted(row: Row, places: _Places, span: Span) -> Wanted | Diagnostic:
    feature, value = row.cells[places.feature], row.cells[places.value]
    if not feature or not value:
        return _refused("cette ligne ne nomme pas son critère et sa valeur", span)
    name = f"{feature},{value}"
    numbers = [_number(row.cells[at]) for at in (places.least, places.most)]
    flex = [_number(row.cells[at]) if at is not None and row.cells[at] else None
            for at in (places.low, places.high)]  # fmt: skip
    least, most = numbers
    if least is None or most is None:
        return _refused("un quota est un nombre entier de places", span, f"écrivez : {name},4,8")
    if least > most:
        return _refused(
            f"le minimum ({least}) dépasse le maximum ({most})", span,
            f"écrivez : {name},{most},{least}",
        )  # fmt: skip
    low, high = flex
    # Where nobody set them, one program writes 0 and 0.
    if (low, high) == (0, 0) and most:
        low = high = None
    if (low is not None and low > least) or (high is not None and high < most):
        return _refused(
            f"les bornes souples doivent entourer {least} et {most}", span,
            f"écrivez : {name},{least},{most},{min(low or 0, least)},{max(high or 0, most)}",
        )  # fmt: skip
    return Wanted(Quota(feature, value, least, most), span, low, high)


def _number(cell: str) -> int | None:
    """« 12 », and what a spreadsheet makes of it: « 12,0 »."""
    digits = cell.removesuffix(".0").removesuffix(",0")
    if not digits.isascii() or not digits.isdigit() or len(digits) > 7:
        return None
    return int(digits) if int(digits) <= MOST_SEATS else None


def matched(
    wanted: Sequence[Wanted], there: Mapping[str, Counter[str]]
) -> Outcome[tuple[Wanted, ...]]:
    """The same quotas in the spelling of the list: `there` counts its values by criterion.

    Sorted as a plan wants them. What the list has and the file does not, or the other way round,
    is a finding: a criterion half counted would let some people in without any quota.
    """
    found: list[Diagnostic] = []
    columns = {slug(name): name for name in there}
    made: list[Wanted] = []
    by_feature: dict[str, list[Wanted]] = {}
    for one in wanted:
        by_feature.setdefault(slug(one.quota.feature), []).append(one)
    for key, lines in by_feature.items():
        if key not in columns:
            found.append(_unknown(lines[0], tuple(columns.values())))
            continue
        values, faults = _of_feature(lines, columns[key], there[columns[key]])
        made += values
        found += faults
    made.sort(key=lambda one: (one.quota.feature, one.quota.value))
    return Outcome(() if has_errors(found) else tuple(made), tuple(found))


def _of_feature(
    lines: Sequence[Wanted], feature: str, values: Counter[str]
) -> tuple[list[Wanted], list[Diagnostic]]:
    spelt: dict[str, list[str]] = {}
    for value in sorted(values):
        spelt.setdefault(alike(value), []).append(value)
    found = list(_several(lines[0].span, feature, spelt))
    made = []
    named = set()
    for one in lines:
        key = alike(one.quota.value)
        named.add(key)
        # A value that nobody has stays as the file spells it: its minimum can be 0 only.
        value = spelt.get(key, [one.quota.value])[0]
        made.append(one._replace(quota=Quota(feature, value, one.quota.least, one.quota.most)))
    for key in sorted(spelt.keys() - named):
        value, many = spelt[key][0], sum(values[one] for one in spelt[key])
        near = nearest(value, [one.quota.value for one in lines])
        shown = f"« {_short(value)} »" if value else "la case vide"
        found.append(
            error(
                "quota-missing",
                f"{shown} n’a pas de quota pour le critère « {_short(feature)} »",
                lines[-1].span,
                f"la liste a {counted(many, 'personne')} ainsi ; {_LOST}",
                f"le fichier dit « {_short(near[0])} » : écrivez-y « {_short(value)} »"
                if near
                else f"écrivez par exemple : {feature},{value},0,{many}",
            )
        )
    return made, found


def _several(span: Span, feature: str, spelt: Mapping[str, Sequence[str]]) -> Iterator[Diagnostic]:
    for several in spelt.values():
        if len(several) > 1:
            names = " et ".join(f"« {_short(one)} »" for one in several)
            yield error(
                "quota-missing",
                f"la liste écrit {names} pour une seule valeur de « {_short(feature)} »",
                span,
                "un quota ne compterait que l’une des deux",
                "gelez de nouveau la liste après l’avoir corrigée, ou regroupez : "
                f"--regrouper '{feature}={'+'.join(several)}:{several[0]}'",
            )


def _unknown(one: Wanted, names: Sequence[str]) -> Diagnostic:
    near = nearest(one.quota.feature, names)
    return error(
        "quota-missing",
        f"la liste n’a pas de critère « {_short(one.quota.feature)} »",
        one.span,
        _LOST,
        f"vouliez-vous dire « {near[0]} » ?" if near else f"ses critères : {', '.join(names)}",
    )


def hints(wanted: Sequence[Wanted]) -> dict[tuple[str, str], tuple[int, int]]:
    """How far each quota may give way, of those that say it."""
    return {
        (one.quota.feature, one.quota.value): (
            one.quota.least if one.low is None else one.low,
            one.quota.most if one.high is None else one.high,
        )
        for one in wanted
        if one.low is not None or one.high is not None
    }


def _no_columns(sheet: Sheet, path: PurePosixPath) -> Diagnostic:
    return _refused(
        "les colonnes d’un fichier de quotas sont « critère », « valeur », « min » et « max »",
        Span(path, sheet.line),
        f"il commence ainsi :\n{_MODEL}",
    )


def _refused(message: str, span: Span, hint: str = f"une ligne s’écrit :\n{_MODEL}") -> Diagnostic:
    return error("quota-row", message, span, _LOST, hint)


def _short(text: str) -> str:
    return text if len(text) <= 40 else f"{text[:40]}…"
