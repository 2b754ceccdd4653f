"""How much a phrase resists, and what breaking it would cost: for those that somebody chose.

Three estimates, of which the least counts: zxcvbn's with the site's own words and the French list,
of the phrase as it is typed in and of its words run together; and, where it is made of words of
the list, their number. None knows French verse: a chosen phrase is warned about, whatever it has.
"""

import functools
import json
import math
from collections.abc import Iterable
from typing import NamedTuple

from cq.content.model import Content
from cq.french.folding import fold
from cq.seal import keys, phrase

ENOUGH = 80  # bits: CNIL 2022-100, for a secret that nothing locks after some tries
_PER_WORD = 11.0  # bits of a word drawn from the list
_LONGEST = 72  # characters that zxcvbn looks at
# 1Password's challenge of 2018 paid 6 $ for 2^32 guesses at 100,000 iterations.
_PRICE, _GUESSES, _PRICED_AT = 6.0, 2.0**32, 100_000
# Words that join others: they are in no list of 2,048, and every sentence has them.
_JOINING = """
    le la les un une des de du au aux et ou ni mais donc car que qui quoi dont si je tu il elle on
    nous vous ils elles me te se mon ma mes ton ta tes son sa ses notre nos votre vos leur leurs ce
    cet cette ces dans par pour sur sous avec sans chez vers est sont etait suis es sommes etes ont
    avons avez pas plus ne bien tout tous toute toutes mairie maire conseil conseils quartier
    quartiers arrondissement ville paris lyon marseille france citoyen citoyenne habitant rue place
    quai canal espace motdepasse azerty soleil bonjour bienvenue merci
    """.split()  # noqa: SIM905 - a list that people read and add to


class Strength(NamedTuple):
    """`bits` of the phrase, and what a thief of the published files would pay on average."""

    bits: float
    euros: float
    of_the_list: bool  # whether it is made of words of the list alone

    @property
    def enough(self) -> bool:
        return self.bits >= ENOUGH


def measured(
    typed: str, around: Iterable[str] = (), iterations: int = keys.ITERATIONS
) -> Strength:  # fmt: skip
    """What `typed` is worth, to whoever knows the words `around` the site."""
    normal = phrase.norm(typed)
    tokens = normal.split("-") if normal else []
    listed = _listed()
    drawn = bool(tokens) and all(one in listed for one in tokens)
    bits = min(_guessed(normal, tuple(around)), _guessed("".join(tokens), tuple(around)))
    if drawn:  # a word that comes twice was not drawn
        bits = min(bits, _PER_WORD * len(set(tokens)))
    per_guess = _PRICE / _GUESSES * (iterations / _PRICED_AT)
    return Strength(bits, 2.0 ** (bits - 1) * per_guess, drawn)


def around(content: Content) -> tuple[str, ...]:
    """What anybody knows of the site: its names, its quartiers and streets, its people."""
    said = [
        str(content.site.get("nom") or ""),
        json.dumps(content.site.get("arrondissement") or {}, ensure_ascii=False),
    ]
    for one in (*content.quartiers, *content.groups):
        said += [one.name, one.slug, *(street.name for street in one.streets)]
    for record in content.records:
        if record.kind in {"register", "team"}:
            said += [json.loads(fields).get("nom") or "" for fields in record.fields]
    return tuple({one for text in said for one in _words(text)})


def told(strength: Strength) -> str:
    """« 52 bits, soit environ 30 000 € à qui voudrait la deviner »."""
    bits = math.floor(strength.bits)
    return f"{bits} bits, soit {_money(strength.euros)} à qui voudrait la deviner (prix de 2018)"


def _money(euros: float) -> str:
    from cq.french.numbers import number

    if euros < 1:
        return "moins d’un euro"
    if euros >= 1e12:
        return "plus de mille milliards d’euros"
    for size, name in ((1e9, "milliards d’euros"), (1e6, "millions d’euros")):
        if euros >= size:
            return f"environ {number(float(f'{euros / size:.2g}'))} {name}"
    return f"environ {number(float(f'{euros:.2g}'))} €"


@functools.cache
def _listed() -> frozenset[str]:
    return frozenset(phrase.norm(word) for word in phrase.words())


def _guessed(text: str, around: tuple[str, ...]) -> float:
    """Zxcvbn's estimate, in bits, of the first 72 characters."""
    from zxcvbn import zxcvbn

    if not text:
        return 0.0
    known = [*dict.fromkeys((*around, *_JOINING, *sorted(_listed())))]
    guesses = zxcvbn(text[:_LONGEST], user_inputs=known)["guesses_log10"]
    return float(guesses) * math.log2(10)


def _words(text: str) -> list[str]:
    """The words of a name, and the name run together: « louislblanc » is one too."""
    apart = "".join(one if one.isalnum() else " " for one in fold(text)).split()
    return [one for one in (*apart, "".join(apart)) if len(one) > 1]
