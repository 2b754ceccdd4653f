"""The rule of households in figures: what it does to the chances that are printed without it.

Told when a plan is proposed, and kept for the procès-verbal: sums that name nobody.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from cq.draw import canon
from cq.draw.canon import BadFile
from cq.draw.plan import Plan
from cq.draw.trials import Trials, tried
from cq.french.numbers import NO_BREAK, counted, number, plural
from cq.jury.folders import Folders

FILE = "foyers.json"
DEAR = 0.9  # of the printed chance: below, the rule is worth a second thought


Homes = Sequence[tuple[int, str]]  # everyone's type and household, "" where no address is known


def of(made: Plan, rows: Sequence[Mapping[str, str]], address: Sequence[str]) -> Homes:
    """Households are told apart as their public numbers are (`cq.draw.pool.household_of`)."""
    kinds = {values: kind for kind, values in enumerate(made.types)}
    people = []
    for row in rows:
        home = "\n".join(row[one] for one in address).casefold()
        kind = kinds[tuple(row[one] for one in made.features)]
        people.append((kind, home if home.strip() else ""))
    return people


def _sizes(people: Homes) -> Counter[str]:
    return Counter(home for _, home in people if home)


def told(made: Plan, people: Homes, trials: Trials | None) -> Iterator[str]:
    """What the rule does, or would do."""
    sizes = _sizes(people)
    shared = [many for many in sizes.values() if many > 1]
    if not made.household:
        if shared:
            yield (
                f"{counted(sum(shared), 'personne')} partagent leur adresse avec d’autres ; pour "
                "une place au plus par foyer : --foyers"
            )
        return
    every = number(len(sizes) + len(people) - sizes.total())
    yield f"règle des foyers : une place au plus pour chacun des {every} foyers"
    if trials is None:
        yield "  personne ne partage le sien : elle ne change rien"
        return
    yield f"  {number(sum(shared))} personnes en partagent un ; le plus grand en a {max(shared)}"
    yield "  les chances dites plus haut sont celles d’avant cette règle ; ce qu’elle leur fait :"
    yield f"  {passed_words(trials)}"
    if trials.size and trials.passed:
        yield f"  {kept_words(trials)}"
    if (trials.size and trials.kept < DEAR) or trials.waived >= trials.draws:
        yield (
            "attention : peu de foyers pour tant de places, la règle coûte cher ; pour s’en "
            "passer, la même commande sans --foyers"
        )


def passed_words(trials: Trials) -> str:
    """« sur 200 tirages d’essai, 1,3 personne passée en moyenne, leur foyer siégeant déjà »."""
    draws = counted(trials.draws, "tirage")
    if not trials.passed:
        return f"sur {draws} d’essai, personne n’a été passé parce que son foyer siégeait déjà"
    passed = _mean(trials.passed, trials, "personne passée", "personnes passées")
    said = f"sur {draws} d’essai, {passed} en moyenne, leur foyer siégeant déjà"
    if not trials.waived:
        return said
    return f"{said} ; dont {_mean(trials.waived, trials, 'admise')} ensuite, faute d’autres"


def _mean(many: int, trials: Trials, one: str, several: str | None = None) -> str:
    return f"{number(many / trials.draws, 1)}{NO_BREAK}" + plural(
        round(many / trials.draws, 1), one, several
    )


def kept_words(trials: Trials) -> str:
    """« une personne d’un foyer de 4 ou plus garde 93 % de la chance dite »."""
    share = f"{number(100 * trials.kept, 0)}{NO_BREAK}%"
    return f"une personne d’un foyer de {trials.size} ou plus garde {share} de la chance dite"


def tested(made: Plan, people: Homes) -> Trials | None:
    """The trials of a plan that has the rule; None where it has not, or where all live alone."""
    if not made.household or max(_sizes(people).values(), default=0) < 2:
        return None
    return tried(made, people)


def keep(folders: Folders, made: Plan, trials: Trials | None) -> None:
    """Beside the plan, for whoever writes the procès-verbal. Raises OSError."""
    if trials:
        value = {"plan": made.digest(), **trials._asdict()}
        folders.keep(FILE, canon.written(value))


def kept(folders: Folders, made: Plan) -> Trials | None:
    """The trials of this very plan; None where they are not here."""
    try:
        value = canon.read(folders.kept(FILE))
        if value.pop("plan") == made.digest():
            return Trials(**value)
    except (OSError, BadFile, AttributeError, KeyError, TypeError):
        pass
    return None


def recalled(trials: Trials) -> str:
    """The same after the draw: two sentences of the procès-verbal."""
    said = f"Avant l’engagement, {passed_words(trials)}."
    return (
        f"{said} D’après ces essais, {kept_words(trials)}."
        if trials.size and trials.passed
        else said
    )
