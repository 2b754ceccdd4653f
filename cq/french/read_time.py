"""Reading an hour that a person typed: « 19:30 », « 19h30 », « 19 h 30 », « midi ».

An hour with exactly one reading is read; any other is refused with the form to write.
"""

import re
from datetime import time

from cq.french.folding import fold
from cq.french.reading import Reading, quoted

_MOST = 60
# Words on both sides of « h » and « : » may stand apart; seconds only where they are none.
_TIME = re.compile(
    r"(?:a )?(?P<hour>[0-9]{1,2}) ?"
    r"(?:(?::|h\.?|heures?)(?: ?(?P<minute>[0-9]{2})(?: ?(?:min\.?|mn|minutes?)|:00)?)?)",
)
_CLOSE = re.compile(
    r"(?P<hour>[0-9]{1,2})(?: ?[.,;h:] ?(?P<minute>[0-9]{1,2})|(?P<packed>[0-9]{2}))?"
    r"(?: ?(?P<half>[ap])\.? ?m\.?)?",
)
_TWO = re.compile(r"[0-9] ?[h:][ 0-9]*(?:-|–|—|/|a|et|puis|jusqu'a) ?[0-9]")
# Two hours of a meeting, or one with a word or two around it: « 19h à 21h », « 19h30 environ ».
_WITHIN = re.compile(r"(?<![0-9:])[0-9]{1,2} ?(?:h(?: ?[0-9]{2})?|:[0-9]{2})(?![0-9:])")
_NAMED = {"midi": time(12), "minuit": time(0)}


def read_time(text: str) -> Reading[time]:
    """An hour of the day. Canonical: `19:30`. Every refusal is `not-a-time`."""
    words = " ".join(fold(text[:_MOST]).split()).removesuffix(".")
    if words in _NAMED and len(text) <= _MOST:
        return _read(_NAMED[words])
    found = _TIME.fullmatch(words)
    # What was cut off might have said something else; « 19: » says too little.
    if found is None or (":" in words and found["minute"] is None) or len(text) > _MOST:
        return _refused(text, words)
    hours, minutes = int(found["hour"]), int(found["minute"] or 0)
    if hours > 23:
        late = (hours, minutes) == (24, 0)
        return _no(text, "minuit s’écrit 00:00" if late else f"l’heure {hours} n’existe pas")
    if minutes > 59:
        return _no(text, f"la minute {minutes} n’existe pas")
    return _read(time(hours, minutes))


def _read(moment: time) -> Reading[time]:
    return Reading(moment, f"{moment.hour:02}:{moment.minute:02}")


def _no(
    text: str, *hints: str, message: str = "", write: str = "écrivez par exemple : 19:30"
) -> Reading[time]:
    message = message or f"{quoted(text)} n’est pas une heure"
    return Reading(None, None, "not-a-time", message, (*hints, write))


def _refused(text: str, words: str) -> Reading[time]:
    """Why there is no hour, and the one that was probably meant."""
    if not words:
        return _no(text, message="l’heure est vide")
    close = _CLOSE.fullmatch(words) if len(text) <= _MOST else None
    if close is None or _TWO.search(words):
        return _among(text, words)
    hours, minute = int(close["hour"]), close["minute"] or close["packed"] or "00"
    if close["half"] == "p" and hours < 12:
        hours += 12
    if hours > 23 or int(minute) > 59:
        return _no(text)
    meant = [f"{hours:02}:{minute:0>2}"]
    if len(minute) == 1:
        meant = [f"{hours:02}:{minute:0>2}", *([f"{hours:02}:{minute}0"] if minute < "6" else [])]
        meant = list(dict.fromkeys(meant))
    wanted = " ou ".join(meant)
    return _no(text, f"vouliez-vous dire {wanted} ?", write=f"écrivez : {meant[0]}")


def _among(text: str, words: str) -> Reading[time]:
    """Two hours, or one among other words: the lines to write, where all of them exist."""
    found = _WITHIN.findall(words) if len(text) <= _MOST else []
    hours = [hour for one in found if (hour := read_time(one).canonical)]
    if _TWO.search(words):
        apart = "une seule heure par ligne : la première dans debut:, l’autre dans fin:"
        if len(hours) == len(found) == 2:
            return _no(text, apart, write=f"écrivez :\ndebut: {hours[0]}\nfin: {hours[1]}")
        return _no(text, apart)
    if len(hours) == len(found) == 1:
        apart = "cette ligne ne porte que l’heure ; le reste va dans le texte"
        return _no(text, apart, write=f"écrivez : {hours[0]}")
    return _no(text)
