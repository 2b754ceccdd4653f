"""A chance as somebody understands it who has never drawn a jury: « environ 1 chance sur 5 864 ».

The same words in letters, minutes, explanations and pages. What is rounded says so, and has the
exact fraction beside it, for whoever checks.
"""

from fractions import Fraction

from cq.french.numbers import NO_BREAK, counted, number

_FEW = 10  # from one in ten on, « 1 sur … » is at most a twentieth off; before, « 2 sur 5 » is told
_PARTS = 12  # at most, of a fraction that is told instead
_INVISIBLE = 5_000  # tickets are whole numbers: 1/17 becomes 5 882 337 in a hundred million
_MOST = 1_000_000  # parts of a fraction that still tells anybody anything


def shown(chance: Fraction) -> tuple[Fraction, bool]:
    """A fraction to be read, and whether it is but near. `chance` lies between 0 and 1."""
    one, few = Fraction(1, round(1 / chance)), chance.limit_denominator(_PARTS)
    for near in (one, few):
        if near == chance or (
            chance.denominator >= _MOST and 0 < near < 1
            and abs(near - chance) * _INVISIBLE < chance
        ):  # fmt: skip
            return near, False
    near = one if one.denominator >= _FEW else few
    near = near if near < 1 else Fraction(min(99, round(100 * chance)), 100)
    return near, near != chance


def odds(chance: Fraction) -> str:
    """« 1 sur 4 », « environ 1 sur 5 864 », « certaine »: for the cell of a table."""
    if not chance:
        return "aucune"
    if chance == 1:
        return "certaine"
    near, about = shown(chance)
    words = f"{number(near.numerator)} sur {number(near.denominator)}"
    return f"environ {words}" if about else words


def words(chance: Fraction) -> str:
    """« 1 chance sur 17 (5,88 %) », « environ 1 chance sur 5 864 (0,0171 %, exactement 15 sur
    87 967) ».
    """
    if not chance:
        return "aucune chance"
    if chance == 1:
        return "une place certaine"
    near, about = shown(chance)
    said = f"{counted(near.numerator, 'chance')} sur {number(near.denominator)}"
    if not about:
        return f"{said} ({percent(chance)})"
    exactly = ""
    if chance.denominator < _MOST:
        exactly = f", exactement {number(chance.numerator)} sur {number(chance.denominator)}"
    return f"environ {said} ({percent(chance)}{exactly})"


def percent(chance: Fraction) -> str:
    """« 5,88 % », « 0,0171 % »: four decimals below one in a thousand, and more where the chance
    is smaller still, since none must read as none.
    """
    places = 2 if chance * 1000 >= 1 or not chance else 4
    while chance and round(chance * 100, places) == 0:
        places += 1
    text = number(float(round(chance * 100, places)), places)
    return f"{text.rstrip('0').rstrip(',')}{NO_BREAK}%"
