"""The lottery that is proposed for a frozen list, before anybody is bound by it.

Who is of which type is read off the frozen rows; how seats are shared among types is `cq.draw`'s.
Nothing is written before all is known to be possible.
"""

import dataclasses
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

from cq.draw import canon, strata
from cq.draw.chances import chances as chances_of
from cq.draw.plan import Plan, of_json
from cq.draw.sealing import nonce_of, sealed
from cq.draw.tables import alike
from cq.french import odds
from cq.french.folding import nearest
from cq.french.numbers import counted, number
from cq.jury import criteria, frozen, homes, proposed
from cq.jury.columns import key_of
from cq.jury.folders import TYPES, Backwards, Folders, Refused, Step
from cq.jury.lists import shortened
from cq.terminal import one_line

FEW = 5  # below, somebody may be recognised (RGPD-15)
_SHOWN = 40  # types; of more, the least and the most likely


class Merge(NamedTuple):
    """Values of a criterion that become one: « age=16-17+18-24:16-24 ». `values` are as they were
    typed: only the list knows whether « 60+ » is one.
    """

    feature: str
    values: str
    to: str


class Pool(NamedTuple):
    """The frozen people by type, in the order of a plan."""

    features: tuple[str, ...]
    types: tuple[tuple[str, ...], ...]
    counts: tuple[int, ...]
    rows: tuple[tuple[str, ...], ...]  # of each type, the private numbers of its people


class Wish(NamedTuple):
    """What was asked. `shares` makes the lottery of a pool and a number of seats; it raises
    Refused, with the smallest change that would do, where there is none. `features` are the
    criteria that it looks at, all of the freeze for None. `seal`: the plan tells no values.
    """

    seats: int
    shares: Callable[[Pool, int], Plan]
    features: tuple[str, ...] | None = None
    merges: tuple[Merge, ...] = ()
    households: bool = False
    seal: bool = False


def merge_of(typed: str) -> Merge:
    """Raises Refused."""
    try:
        feature, _, rest = canon.clean(typed).partition("=")
    except canon.BadText:
        raise Refused("--regrouper : un caractère invisible, retapez les valeurs") from None
    values, _, to = rest.rpartition(":")
    if not key_of(feature) or "+" not in values.strip("+ ") or not to.strip():
        raise Refused(
            f"« {one_line(typed)} » : attendu --regrouper CRITERE=A+B:C, "
            "comme age=16-17+18-24:16-24"
        )
    return Merge(key_of(feature), values, to.strip())


def guard(folders: Folders) -> None:
    """Raise Backwards unless a plan may be proposed now."""
    if folders.is_cancelled():
        raise Backwards(f"le tirage {folders.name} est annulé, et le reste")
    if folders.step() >= Step.COMMITTED:
        raise Backwards(
            f"le tirage {folders.name} est engagé : son plan est publié et ne change plus\n"
            f"pour le relire : cq draw-jury verify {folders.name}"
        )


def propose(folders: Folders, wish: Wish) -> list[str]:
    """Keep a plan and say it. Raises Refused, Backwards or OSError; nothing is written then."""
    guard(folders)
    settled = frozen.of(folders)
    rows = folders.people()
    _enough(len(rows), wish.seats)
    wanted = settled.features if wish.features is None else wish.features
    features = [known(one, settled.features) for one in wanted]
    if wish.seal and not features:
        raise Refused("sceller des types n’a de sens qu’avec --quotas ou --strates")
    columns = list(rows[0])
    for feature, merges in _by_feature(wish.merges, features).items():
        name = feature + criteria.MERGED
        for row, value in zip(rows, _merged([one[feature] for one in rows], merges), strict=True):
            row[name] = value
        features[features.index(feature)] = name
        columns += [name] if name not in columns else []
    pool = _pool(rows, features)
    made = wish.shares(pool, wish.seats)
    if wish.households:
        if not settled.household:
            raise Refused(
                "pas de règle des foyers sans adresse : la liste gelée n’en a pas\n"
                f"gelez de nouveau en la nommant : cq draw-jury freeze {folders.name} … "
                "--adresse COLONNES --refaire"
            )
        made = dataclasses.replace(made, household=settled.household)
    made, table = of_json(made.as_json()), None  # refused here, never at the promise
    if wish.seal:
        made, table = sealed(made, nonce_of(folders.key(), folders.name))
    if wish.merges:
        frozen.widen(folders, columns, rows)
    people = homes.of(made, rows, settled.household)
    trials = homes.tested(made, people)
    proposed.keep(folders, made, table)
    homes.keep(folders, made, trials)
    return [
        *told(made), *homes.told(made, people, trials), *_sealed(folders, made), *_next(folders),
    ]  # fmt: skip


def known(name: str, features: Sequence[str]) -> str:
    """The criterion of the freeze that `name` is. Raises Refused."""
    key = key_of(name)
    for one in (key, criteria.CRITERION + key):
        if one in features:
            return one
    near = nearest(key, features)
    meant = f" ; vouliez-vous dire « {near[0]} » ?" if near else ""
    there = f"les critères gelés : {', '.join(features)}" if features else "aucun n’est gelé"
    raise Refused(
        f"« {one_line(name)} » n’est pas un critère de la liste gelée{meant}\n"
        f"{there} ; pour en ajouter : cq draw-jury freeze … --criteres COLONNES --refaire"
    )


def _enough(people: int, seats: int) -> None:
    if seats < people:
        return
    why = "il n’y a pas assez de monde"
    if seats == people:
        why = "tout le monde en est, il n’y a rien à tirer"
    raise Refused(f"{counted(seats, 'place')} pour {counted(people, 'personne')} : {why}")


def _by_feature(merges: Sequence[Merge], features: Sequence[str]) -> dict[str, list[Merge]]:
    by_feature: dict[str, list[Merge]] = {}
    for one in merges:
        by_feature.setdefault(known(one.feature, features), []).append(one)
    return by_feature


def _merged(values: Sequence[str], merges: Sequence[Merge]) -> Iterator[str]:
    there = {alike(value): value for value in values}
    to: dict[str, str] = {}
    for merge in merges:
        for value in _parted(merge.values, there):
            if alike(value) not in there:
                near = nearest(value, there.values())
                meant = f" ; vouliez-vous dire « {near[0]} » ?" if near else ""
                raise Refused(f"personne n’a « {one_line(value)} » pour {merge.feature}{meant}")
            if alike(value) in to:
                raise Refused(f"« {one_line(value)} » est regroupé deux fois")
            to[alike(value)] = merge.to
    return (to.get(alike(value), value) for value in values)


def _parted(typed: str, there: Mapping[str, str]) -> list[str]:
    """« 18-29+60+ » as the values that somebody has, else cut at each « + »."""
    pieces = typed.split("+")
    ways: list[list[str] | None] = [[], *(None for _ in pieces)]  # up to each piece
    for end in range(1, len(pieces) + 1):
        for start in range(max(0, end - 8), end):
            value = "+".join(pieces[start:end]).strip()
            before = ways[start]
            if before is not None and alike(value) in there:
                ways[end] = [*before, value]
    return ways[-1] or [one.strip() for one in pieces if one.strip()]


def _pool(rows: Sequence[dict[str, str]], features: Sequence[str]) -> Pool:
    by_type: dict[tuple[str, ...], list[str]] = {}
    for row in rows:
        by_type.setdefault(tuple(row[one] for one in features), []).append(row["id"])
    types = sorted(by_type)
    ids = tuple(tuple(by_type[one]) for one in types)
    return Pool(tuple(features), tuple(types), tuple(map(len, ids)), ids)


def told(made: Plan) -> Iterator[str]:
    """A plan in words: every type, its people, its seats and the chance of each of them."""
    found = chances_of(made)
    chances = found.each
    order = sorted(range(len(chances)), key=lambda kind: (chances[kind], made.types[kind]))
    shown = sorted(order if len(order) <= _SHOWN else order[: _SHOWN // 2] + order[-_SHOWN // 2 :])
    seats = counted(made.k, "place")
    yield f"plan : {seats}, {counted(sum(made.counts), 'personne')}, " + counted(
        len(made.types), "type"
    )
    for kind in shown:
        drawn = sorted({seats[kind] for seats in made.compositions})
        places = number(drawn[0]) if len(drawn) == 1 else f"{drawn[0]} à {drawn[-1]}"
        yield (
            f"  {_name(made, kind)} : {counted(made.counts[kind], 'personne')}, "
            f"{places} {'place' if drawn[-1] < 2 else 'places'}, {odds.words(chances[kind])}"
        )
    if len(order) > len(shown):
        yield f"  ({len(order) - len(shown)} types de chances moyennes ne sont pas montrés)"
    if len(order) > 1:
        yield (
            f"la moins grande chance : {odds.words(chances[order[0]])} ; "
            f"la plus grande : {odds.words(chances[order[-1]])}"
        )
        yield f"indice de Gini des chances : {number(float(found.gini), 3)} (0 : toutes égales)"
    if not all(chances):
        never = [_name(made, kind) for kind in order if not chances[kind]]
        yield f"attention : sans aucune chance : {' ; '.join(shortened(never))}"
    yield from _tied(made)
    yield from _few(made)


def _tied(made: Plan) -> Iterator[str]:
    """Strata of one remainder, of which only some have the seat: nobody should learn it later."""
    if made.quotas or len(made.compositions) > 1:
        return
    have, lack = strata.tied(made.counts, made.compositions[0])
    if have:
        with_, without = (" ; ".join(_name(made, kind) for kind in some) for some in (have, lack))
        yield (
            f"attention : à égalité de reste, une place de plus va à {with_}, et non à {without} ; "
            "pour en décider vous-même : --strates FICHIER"
        )


def _name(made: Plan, kind: int) -> str:
    pairs = zip(made.features, made.types[kind], strict=True)
    words = ", ".join(f"{criteria.words(name)} : {value}" for name, value in pairs)
    number_ = f"type {kind}, " if made.sealed else ""
    return one_line(f"{number_}{words}") or "toute la liste"


def _few(made: Plan) -> Iterator[str]:
    """Types of so few people that somebody may be recognised in what is published."""
    few = [kind for kind, many in enumerate(made.counts) if many < FEW and made.features]
    if not few:
        return
    many = f"{counted(len(few), 'type')} de moins de {FEW} personnes"
    if made.sealed:
        yield f"{many} : le plan publié dit leur numéro, non leurs valeurs"
        return
    yield (f"attention : {many} : on pourrait y reconnaître quelqu’un, puisque le plan est publié")
    yield from shortened([
        f"  {_name(made, kind)} : {counted(made.counts[kind], 'personne')}" for kind in few
    ])  # fmt: skip
    yield from _mergeable(made)
    yield (
        "ou scellez les types : --types-scelles ne publie que leurs numéros ; les quotas ne se "
        "vérifient alors qu’avec une table, remise à un témoin"
    )


def _mergeable(made: Plan) -> Iterator[str]:
    """The line to copy: the rarest value of all, of a criterion that has some to spare, with the
    one beside it.
    """
    people: dict[int, Counter[str]] = {}
    for values, many in zip(made.types, made.counts, strict=True):
        for place, value in enumerate(values):
            people.setdefault(place, Counter())[value] += many
    rare = [
        (many, place, value)
        for place, by_value in people.items()
        for value, many in by_value.items()
        if len(by_value) > 2 and not made.features[place].endswith(criteria.MERGED)
    ]
    if not rare:
        yield "regroupez des valeurs (--regrouper CRITERE=A+B:C), ou enlevez un critère"
        return
    _, place, value = min(rare)
    there = sorted(people[place])
    at = max(1, there.index(value))
    one, other = there[at - 1 : at + 1]
    merge = one_line(f"{criteria.title(made.features[place])}={one}+{other}:{one} ou {other}")
    yield f"regroupez des valeurs, par exemple : --regrouper '{merge}'"


def _sealed(folders: Folders, made: Plan) -> Iterator[str]:
    """What sealing takes, and asks for."""
    if not made.sealed:
        return
    yield (
        "types scellés : le plan publié dit leurs numéros, leurs effectifs et leurs chances ; "
        "ni leurs valeurs, ni les quotas"
    )
    yield f"leur table, à remettre au témoin avant le tirage : {folders.private / TYPES}"
    yield f"  son empreinte, que le plan publie : {made.sealed}"
    yield (
        "attention : qui connaît les quotas peut, en calculant, retrouver une grande part de la "
        "table ; --regrouper protège mieux"
    )


def _next(folders: Folders) -> list[str]:
    commit = f"cq draw-jury commit {folders.name} --title TITRE"
    return [
        "rien n’est encore publié ; un autre plan remplacerait celui-ci",
        f"ensuite : {commit} --source drand --at AAAA-MM-JJTHH:MM",
    ]
