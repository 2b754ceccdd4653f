"""`cq draw-jury draw`: what the sources gave, typed or fetched, and the draw that follows from it.

What was typed is published at once, before drand's round comes: nobody throws again afterwards.
Drawing twice gives the same result or is refused, and both seeds stand in the journal.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from cq.content.draws import validation
from cq.draw import canon
from cq.draw import plan as plans
from cq.draw import pool as pools
from cq.draw.seating import seed_of
from cq.draw.sources import DRAND, LARGEST, WORDS, BadValue, Source, Valued, valued
from cq.draw.transcript import NAMES, Commitment, Result
from cq.draw.verify import Signed, verified
from cq.jury import logged, moments
from cq.jury.folders import JOURNAL, Backwards, Entry, Folders, Refused, Step
from cq.jury.listed import promise as promised
from cq.terminal import one_line

_LONGEST = 200  # characters of a function
REFUSED = "refus"  # a step of the journal
Fetch = Callable[[int], Iterator[tuple[str, str]]]
_NOT_YET = (
    "le tirage {0} n’est pas engagé : tirer maintenant ne prouverait rien\n"
    "la prochaine étape est dite par : cq draw-jury"
)


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
        raise Backwards(f"le tirage {folders.name} est annulé : il n’aura pas lieu")
    if promise is None:
        raise Backwards(_NOT_YET.format(folders.name))
    _check(folders, promise)
    if folders.step() >= Step.DRAWN:
        return _again(folders, promise, wish)
    note = _validated(wish)  # before anybody types anything
    typed = _typed(folders, promise, wish, world)
    values = list(_valued(promise, typed, wish, world))
    made = result(folders, promise, values)
    folders.publish_together({
        "sources.json": canon.written([one.as_json() for one in values]),
        "transcript.json": canon.written(made.transcript()),
        JOURNAL: folders.noted(Entry(wish.day, "tirage", made.seed.hex(), note)),
    })  # fmt: skip
    return made


def result(folders: Folders, promise: Commitment, values: Sequence[Valued]) -> Result:
    """The draw that the public files and these values give."""
    plan = plans.of_json(canon.read((folders.public / "plan.json").read_bytes()))
    pool = pools.read((folders.public / "pool.txt").read_bytes())
    return Result(promise, plan, pool, values)


def _check(folders: Folders, promise: Commitment) -> None:
    """Raise Refused where the list or the plan is no longer what was promised."""
    announced = [one for one in folders.journal() if one.step == "engagement"]
    if announced and announced[-1].fingerprint != promise.digest().hex():
        raise Refused("commitment.json n’est pas l’engagement du journal. Tirage refusé.")
    files = folders.files()
    verdict = verified({name: files[name] for name in NAMES[:3] if name in files})
    if not verdict.good:
        said = " ".join(one for light in verdict.lights.values() for one in light.said)
        raise Refused(
            "la liste ou le plan ont changé depuis l’engagement. Tirage refusé.\n"
            f"{one_line(said)}\nremettez les fichiers publiés ce jour-là : git log content/jurys"
        )


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
    given = dict(zip(sources, wish.values, strict=False))
    for source, text in given.items():
        value = _read(source, text)
        if source in known and known[source] != value:
            note = f"{source.label} : « {value.value} » au lieu de « {known[source].value} »"
            _log(folders, Entry(wish.day, REFUSED, "", note))
            raise Refused(
                f"« {one_line(source.label)} » a déjà donné : {one_line(known[source].value)}\n"
                "une autre valeur est refusée ; la demande est inscrite au journal"
            )
    fresh = [one for one in sources if one not in known]
    values = {one: _read(one, given[one]) if one in given else _asked(one, world) for one in fresh}
    if values:
        _publish_values(folders, wish.day, {**known, **values}.values(), values.values())
    return {**known, **values}


def _publish_values(
    folders: Folders, day: str, everything: Iterable[Valued], fresh: Iterable[Valued]
) -> None:
    folders.keep(logged.VALUES, canon.written([one.as_json() for one in everything]))
    lines = [Entry(day, "valeurs", "", logged.told(one)) for one in fresh]
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
    note = f"second tirage demandé avec cette autre graine ; celle du tirage reste {first}"
    _log(folders, Entry(wish.day, REFUSED, second, note))
    raise Refused(
        f"le tirage {folders.name} a déjà eu lieu : il ne se refait pas avec d’autres valeurs\n"
        f"graine du tirage : {first}\ngraine demandée  : {second}\n"
        "les deux sont inscrites au journal public"
    )


def _log(folders: Folders, entry: Entry) -> None:
    """One line of the journal, once."""
    if entry[1:] not in [one[1:] for one in folders.journal()]:
        folders.publish_together({JOURNAL: folders.noted(entry)})
