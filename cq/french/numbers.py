"""Numbers, sizes, plurals, ordinals and telephone numbers, as France writes and dials them.

Reads what people type for a telephone number and writes what readers see. Nothing here knows
whether a number may be published.
"""

import re

from cq.french.reading import Reading, quoted

NO_BREAK = "\u00a0"
NARROW = "\u202f"

_UNITS = ("ko", "Mo", "Go", "To")
_FEW_DIGITS = 10
_MOST = 80

_SPACES = re.compile(r"[\s\u200b\u2060\ufeff]+")
_PARTS = re.compile(r"[ .\-/‐‑–()]+")  # and hyphens and dashes
_TRUNK = re.compile(r"\(\s*0\s*\)")
_LABEL = re.compile(r"(?:t[ée]l(?:\.|[ée]phone)?|tel)\s*:?\s*(?=[+0-9])", re.IGNORECASE)
_SEVERAL = re.compile(r"(?:\+33|0)[0-9]{9}(?:ou|et|,|;)?(?:\+33|0)[0-9]{9}")
_NATIONAL = re.compile(r"0[1-9][0-9]{8}")
_SHORT = re.compile(r"1[578]|1[0-9]{2}|[13][0-9]{3}|11[68][0-9]{3}")
_FOREIGN = re.compile(r"\+[1-9][0-9]{7,14}")


def number(value: float, places: int | None = None) -> str:
    """« 12 000 », « 12 000,5 »: groups of three with U+202F, decimal comma, a real minus sign.

    `places` fixes the decimals; without it an int has none and a float those it needs.
    """
    if places is not None:
        text = f"{value:,.{places}f}"
    elif isinstance(value, float):
        text = f"{value:,.6f}".rstrip("0").rstrip(".")
    else:
        text = f"{value:,}"
    return text.replace(",", NARROW).replace(".", ",").replace("-", "\u2212")


def size(count: int) -> str:
    """« 1,2 Mo » for a number of bytes, in powers of a thousand; at least two digits count."""
    if count < 1000:
        return counted(count, "octet")
    amount = float(count)
    for unit in _UNITS:
        amount /= 1000
        shown = round(amount, 1) if amount < _FEW_DIGITS - 0.05 else float(round(amount))
        if shown < 1000 or unit == _UNITS[-1]:
            break
    return f"{number(shown)}{NO_BREAK}{unit}"


def plural(count: float, singular: str, plural_form: str | None = None) -> str:
    """The word alone, as `count` asks: below two it stays singular (0 page, 1,5 page, 2 pages)."""
    if abs(count) < 2:
        return singular
    return f"{singular}s" if plural_form is None else plural_form


def counted(count: float, singular: str, plural_form: str | None = None) -> str:
    """« 12 pages »: the number and its word, with a no-break space between them."""
    return f"{number(count)}{NO_BREAK}{plural(count, singular, plural_form)}"


def ordinal(value: int, *, feminine: bool = False) -> str:
    """« 1er », « 1re », « 2e », « 47 710e »: for titles, file names and plain text."""
    return f"{number(value)}{_ending(value, feminine=feminine)}"


def ordinal_html(value: int, *, feminine: bool = False) -> str:
    """The same with its ending raised: « 10<sup>e</sup> »."""
    return f"{number(value)}<sup>{_ending(value, feminine=feminine)}</sup>"


def _ending(value: int, *, feminine: bool) -> str:
    if value != 1:
        return "e"
    return "re" if feminine else "er"


def read_phone(text: str) -> Reading[str]:
    """Ten digits from 01 to 09, +33 and nine, another country's number, or a short one (3975)."""
    written = _LABEL.sub("", _SPACES.sub(" ", text[:_MOST]).strip(), count=1)
    packed = _PARTS.sub("", _TRUNK.sub("", written))
    if len(text) > _MOST:
        return _not_a_phone(text, packed)
    # Ten digits are a French number with a slip, not another country's.
    if packed.startswith("00") and len(packed) > 10:
        packed = "+" + packed[2:]
    if packed.startswith("+33"):
        # « +33 01 … » keeps a zero that is not dialled; « +33 3975 » reaches no one.
        packed = "0" + packed[3:].removeprefix("0")
    if _NATIONAL.fullmatch(packed):
        shown = _in_pairs(packed)
        return Reading(shown, shown)
    if _SHORT.fullmatch(packed):
        shown = f"{packed[:3]} {packed[3:]}" if len(packed) == 6 else packed
        return Reading(shown, shown)
    if _FOREIGN.fullmatch(packed):
        shown = "+" + " ".join(_PARTS.sub(" ", _TRUNK.sub("", written)).lstrip("+0 ").split())
        return Reading(shown, shown)
    return _not_a_phone(text, packed)


def _in_pairs(digits: str) -> str:
    return " ".join(digits[place : place + 2] for place in range(0, len(digits), 2))


def _not_a_phone(text: str, packed: str) -> Reading[str]:
    digits = packed.removeprefix("+")
    if not digits.isascii() or not digits.isdigit():
        if _SEVERAL.match(packed):
            why = "il y a deux numéros sur la ligne"
        else:
            why = "un numéro ne contient que des chiffres"
    elif _SEVERAL.fullmatch(packed):
        why = "il y a deux numéros sur la ligne"
    elif len(digits) == 9 and digits[0] in "123456789":
        why = f"vouliez-vous dire {_in_pairs('0' + digits)} ?"
    elif digits.startswith("0") and len(digits) < 10:
        why = f"il manque {counted(10 - len(digits), 'chiffre')}"
    elif digits.startswith("0") and len(digits) > 10:
        why = f"il y a {counted(len(digits) - 10, 'chiffre')} de trop"
    else:
        why = "un numéro a dix chiffres et commence par 0"
    return Reading(
        None,
        None,
        "not-a-phone",
        f"{quoted(text)} n’est pas un numéro de téléphone",
        (why, "écrivez par exemple : 01 53 72 10 20"),
    )


def phone_uri(phone: str) -> str:
    """`tel:+33153721020` for a canonical number; a short number is dialled as it stands."""
    digits = phone.replace(" ", "").replace(NO_BREAK, "")
    return f"tel:+33{digits[1:]}" if _NATIONAL.fullmatch(digits) else f"tel:{digits}"


def phone_shown(phone: str) -> str:
    """A canonical number that does not break at the end of a line."""
    return phone.replace(" ", NO_BREAK)


def phone_html(phone: str) -> str:
    """A link that dials a canonical number. Safe as HTML: only digits, spaces and `+` remain."""
    clean = "".join(c for c in phone if c in "+ 0123456789\u00a0")
    return f'<a href="{phone_uri(clean)}">{phone_shown(clean)}</a>'
