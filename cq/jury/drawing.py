"""`cq draw-jury draw`: what the sources gave, typed or fetched, and the draw that follows from it.

What was typed is published at once, before drand's round comes: nobody throws again afterwards.
Drawing twice gives the same result or is refused, and both seeds stand in the journal.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from cq.content import logbook
from cq.content.draws import validation
from cq.draw import canon
from cq.draw import plan as plans
from cq.draw import pool as pools
from cq.draw.seating import seed_of
from cq.draw.sources import DRAND, LARGEST, WORDS, BadValue, Source, Valued, valued
from cq.draw.transcript import NAMES, Commitment, Result
from cq.draw.verify import LIST, PLAN, Signed, State, verified
from cq.french.dates import iso_words
from cq.jury import announced, frozen, logged, moments
from cq.jury.folders import FROZEN, JOURNAL, PEOPLE, Backwards, Entry, Folders, Refused, Step
from cq.jury.listed import promise as promised
from cq.terminal import one_line

_LONGEST = 200  # characters of a function
Fetch = Callable[[int], Iterator[tuple[str, str]]]
_NOT_YET = (
    "le tirage {0} n’est pas engagé : tirer maintenant ne prouverait rien\n"
    "la prochaine étape est dite par : cq draw-jury"
)
_CHANGED = {LIST: "la liste", PLAN: "le plan"}


@dataclass(frozen=True)
class Wish:
    """What was given on the command line, in the order of the sources; `day` is the journal's."""

    values: tuple[str, ...]
    signatures: tuple[str, ...]
    validator: str  # the function of whoever answers for the draw, "" where it is not said
    now: int
    day: str
    zone: str


@dataclass(frozen=True)
class World:
    """What is outside: somebody at the keyboard, the relays, whoever knows signatures."""

    ask: Callable[[str, Callable[[str], bool], str], str]
    agrees: Callable[[str], bool]
    is_there: bool  # somebody to be asked
    fetch: Fetch
    signed: Signed
    say: Callable[[str], None]


def draw(folders: Folders, wish: Wish, world: World) -> Result:
    """Draw, or show the draw that was done. Raises Backwards, Refused, BadFile, OSError and what
    `fetch` raises.
    """
    promise = promised(folders)
    if folders.is_cancelled():
        raise Backwards(f"le tirage {folders.name} est annulé, et le reste")
    if promise is None:
        raise Backwards(_NOT_YET.format(folders.name))
    _check(folders, promise)
    if folders.step() >= Step.DRAWN:
        return _again(folders, promise, wish)
    note = _validated(wish)  # before anybody types anything
    typed = _typed(folders, promise, wish, world)
    values = list(_valued(promise, typed, wish, world))
    made = result(folders, promise, values)
    lines = [Entry(wish.day, logbook.DRAWN, made.seed.hex(), note)]
    # Its files may be gone where the journal remembers: what comes back is the same draw.
    before = next((one.fingerprint for one in folders.journal() if one.step == logbook.DRAWN), "")
    if before:
        if before != made.seed.hex():
            raise _other_seed(folders, wish.day, before, made.seed.hex())
        lines = []
    folders.publish_together({
        "sources.json": canon.written([one.as_json() for one in values]),
        "transcript.json": canon.written(made.transcript()),
        JOURNAL: folders.noted(*lines),
    })  # fmt: skip
    return made


def result(folders: Folders, promise: Commitment, values: Sequence[Valued]) -> Result:
    """The draw that the public files and these values give."""
    plan = plans.of_json(canon.read((folders.public / "plan.json").read_bytes()))
    pool = pools.read((folders.public / "pool.txt").read_bytes())
    return Result(promise, plan, pool, values)


def _check(folders: Folders, promise: Commitment) -> None:
    """Raise Refused where the list or the plan is no longer what was promised."""
    back = f"remettez les fichiers publiés ce jour-là : git log content/jurys/{folders.name}"
    told = [one for one in folders.journal() if one.step == logbook.PROMISED]
    if told and told[-1].fingerprint != promise.digest().hex():
        raise Refused(f"commitment.json n’est pas l’engagement du journal. Tirage refusé.\n{back}")
    since = (
        f"depuis l’engagement du {iso_words(promise.published[:10])} "
        f"(empreinte {announced.grouped(promise.digest().hex())[0]}…). Tirage refusé."
    )
    files = folders.files()
    verdict = verified({name: files[name] for name in NAMES[:3] if name in files})
    if not verdict.good:
        red = [name for name, one in verdict.lights.items() if one.state is State.RED]
        what = " et ".join(_CHANGED[name] for name in red if name in _CHANGED)
        verb = "ont" if len(red) > 1 else "a"
        head = f"{what} {verb} changé {since}" if what else "l’engagement ne vaut rien. Refusé."
        said = " ".join(one for name in red for one in verdict.lights[name].said)
        raise Refused(f"{head}\n{one_line(said)}\n{back}")
    if (folders.private / FROZEN).is_file() and (folders.private / PEOPLE).is_file():
        try:
            frozen.unchanged(folders)
        except Backwards:
            raise Refused(
                f"la liste a changé {since}\n"
                f"celle de {folders.private / PEOPLE} n’est plus celle du gel : personne ne "
                "saurait qui est tiré\nremettez à sa place la copie faite après le gel"
            ) from None


def _validated(wish: Wish) -> str:
    try:
        words = canon.clean(wish.validator)
    except canon.BadText:
        raise Refused("--valide-par contient un caractère invisible : tapez-le à nouveau") from None
    if len(words) > _LONGEST:
        raise Refused(f"--valide-par : une fonction, en {_LONGEST} caractères au plus")
    return validation(words)


def _typed(folders: Folders, promise: Commitment, wish: Wish, world: World) -> dict[Source, Valued]:
    """What dice, lottery and words gave: what was published already, or what is given now."""
    sources = [one for one in promise.sources if one.kind != DRAND]
    if len(wish.values) > len(sources):
        raise Refused(f"--value : {len(wish.values)} valeurs pour {len(sources)} sources à saisir")
    known = {one.source: one for one in logged.values(folders)}
    given = {
        source: _read(source, text) for source, text in zip(sources, wish.values, strict=False)
    }
    for value in given.values():
        _hold(folders, wish.day, value, known.get(value.source))
    made = {one: given.get(one) or known.get(one) or _asked(one, world) for one in sources}
    fresh = [made[one] for one in sources if one not in known]
    for value in fresh:
        _hold(folders, wish.day, value, None)
    if fresh:
        _publish_values(folders, wish.day, made.values(), fresh)
    return made


def _hold(folders: Folders, day: str, value: Valued, before: Valued | None) -> None:
    """Raise Refused where the source was said to have given something else: here, or, since what
    was typed may have been typed on another machine, in the journal.
    """
    begin = logged.told(value).removesuffix(value.value)
    notes = (one.note for one in folders.journal() if one.step == logbook.SAID)
    noted = (one.removeprefix(begin) for one in notes if one.startswith(begin))
    first = before.value if before else next(noted, value.value)
    if first != value.value:
        note = f"{begin}« {value.value} » au lieu de « {first} »"
        _log(folders, Entry(day, logbook.REFUSED, "", note))
        raise Refused(
            f"« {one_line(value.source.label)} » a déjà donné : {one_line(first)}\n"
            "une autre valeur est refusée ; la demande est inscrite au journal"
        )


def _publish_values(
    folders: Folders, day: str, everything: Iterable[Valued], fresh: Iterable[Valued]
) -> None:
    folders.keep(logged.VALUES, canon.written([one.as_json() for one in everything]))
    told = {one.note for one in folders.journal() if one.step == logbook.SAID}
    lines = [
        Entry(day, logbook.SAID, "", note) for note in map(logged.told, fresh) if note not in told
    ]
    folders.publish_together({JOURNAL: folders.noted(*lines)})


def _read(source: Source, text: str) -> Valued:
    try:
        return source.valued(text)
    except BadValue as fault:
        raise Refused(f"{one_line(source.label or source.kind)} : {fault}") from None


def _asked(source: Source, world: World) -> Valued:
    """What is typed, read again aloud until it is right."""
    if not world.is_there:
        raise Refused(
            f"« {one_line(source.label)} » : personne pour saisir ce qui est sorti\n"
            "lancez la commande dans un terminal, ou ajoutez : --value '4 2 6 …'"
        )
    wanted = _wanted(source)

    def fits(text: str) -> bool:
        try:
            source.valued(text)
        except BadValue:
            return False
        return True

    while True:
        value = source.valued(world.ask(one_line(source.label), fits, wanted))
        if world.agrees(f"  {one_line(value.value)}   exact ?"):
            return value


def _wanted(source: Source) -> str:
    """« 10 nombres de 1 à 6, séparés par des espaces »."""
    if source.kind == WORDS:
        return "des mots"
    return f"{source.count} nombres de 1 à {LARGEST[source.kind]}, séparés par des espaces"


def _valued(
    promise: Commitment, typed: dict[Source, Valued], wish: Wish, world: World
) -> Iterator[Valued]:
    """All sources with their values, in the order of the promise."""
    signatures = iter(wish.signatures)
    rounds = [one for one in promise.sources if one.kind == DRAND]
    if len(wish.signatures) > len(rounds):
        raise Refused("--signature : l’engagement ne nomme pas autant de tours de drand")
    late = max((one for one in rounds if one.time() > wish.now), key=Source.time, default=None)
    if late is not None:
        raise Backwards(
            f"le tour {late.round} de drand vient {moments.words(late.time(), wish.zone)} : "
            "rien n’est encore tiré\n"
            f"relancez alors : cq draw-jury draw {promise.draw}"
        )
    for source in promise.sources:
        if source.kind != DRAND:
            yield typed[source]
        elif given := next(signatures, ""):
            yield _signed(source, given, world, "celle que vous avez donnée")
        else:
            yield _fetched(source, world)


def _signed(source: Source, text: str, world: World, whose: str) -> Valued:
    value = _read(source, text)
    good = world.signed(source.round, bytes.fromhex(value.value))
    if good is False:
        raise Refused(
            f"la signature du tour {source.round} de drand est fausse ({whose}) : rien n’est tiré\n"
            "recopiez-la sans erreur, ou lisez-la ailleurs"
        )
    if good is None:
        world.say("attention : la signature de drand n’a pas pu être vérifiée ici (cq doctor)")
    return value


def _fetched(source: Source, world: World) -> Valued:
    """The first signature that is good, whoever gives it."""
    fault: Refused | None = None
    for relay, text in world.fetch(source.round):
        try:
            value = _signed(source, text, world, f"celle que donne {relay}")
        except Refused as bad:
            fault = bad
            continue
        world.say(f"tour {source.round} de drand lu sur {relay}")
        return value
    raise fault or Refused(f"le tour {source.round} de drand n’a pas été lu")


def _again(folders: Folders, promise: Commitment, wish: Wish) -> Result:
    """The draw that was done; another seed for it is refused, and the request is published."""
    said = canon.read((folders.public / "sources.json").read_bytes())
    if not isinstance(said, list):
        raise canon.BadFile("sources.json n’est pas une liste de sources")
    before = tuple(valued(one) for one in said)
    if tuple(one.source for one in before) != promise.sources:
        raise canon.BadFile("sources.json n’a pas les sources que l’engagement nomme")
    values = iter(wish.values)
    signatures = iter(wish.signatures)
    asked = [
        _read(one.source, next(signatures if one.source.kind == DRAND else values, one.value))
        for one in before
    ]
    if tuple(asked) == before:
        return result(folders, promise, before)
    first, second = (
        seed_of(promise.digest(), [one.seed() for one in each]).hex() for each in (before, asked)
    )
    raise _other_seed(folders, wish.day, first, second)


def _other_seed(folders: Folders, day: str, first: str, second: str) -> Refused:
    """What to raise, once the journal has both."""
    note = f"second tirage demandé avec cette autre graine ; celle du tirage reste {first}"
    _log(folders, Entry(day, logbook.REFUSED, second, note))
    return Refused(
        f"le tirage {folders.name} a déjà eu lieu : il ne se refait pas avec d’autres valeurs\n"
        f"graine du tirage : {first}\ngraine demandée  : {second}\n"
        "les deux sont inscrites au journal public"
    )


def _log(folders: Folders, entry: Entry) -> None:
    """One line of the journal, once."""
    if entry[1:] not in [one[1:] for one in folders.journal()]:
        folders.publish_together({JOURNAL: folders.noted(entry)})
