"""A round of drand, asked of those who hand it out. What they answer is checked elsewhere, so that
none of them is believed; what is asked tells them a round's number, and nothing of the draw.
"""

import json
import urllib.error
import urllib.request
from collections.abc import Iterator
from http.client import HTTPException

from cq.draw.sources import QUICKNET

# Two of the League's own and, between them, one by another hand.
RELAYS = ("https://api.drand.sh", "https://drand.cloudflare.com", "https://api2.drand.sh")
_PATIENCE = 10  # seconds for each
_MOST = 10_000  # bytes of an answer
_AGENT = "cq"


class Unreachable(Exception):
    """No relay gave the round; the words are for the user."""


def fetched(number: int) -> Iterator[tuple[str, str]]:
    """The relays that answered, each with the signature that it gives for the round.

    Raises Unreachable after the last one, where none had it.
    """
    reasons = []
    answered = False
    for relay in RELAYS:
        signature, why = _asked(relay, number)
        if signature:
            answered = True
            yield relay.removeprefix("https://"), signature
        else:
            reasons.append(f"  {relay.removeprefix('https://')} : {why}")
    if not answered:
        lines = "\n".join(reasons)
        raise Unreachable(
            f"le tour {number} de drand n’a pas pu être lu :\n{lines}\n"
            "le tirage attend, il ne change pas de tour : relancez la commande plus tard\n"
            "ou recopiez la signature lue sur un autre appareil : "
            f"{RELAYS[0]}/{QUICKNET}/public/{number}\n"
            "puis ajoutez : --signature CHIFFRES"
        )


def _asked(relay: str, number: int) -> tuple[str, str]:
    """A signature, or "" and why there is none."""
    address = f"{relay}/{QUICKNET}/public/{number}"
    request = urllib.request.Request(address, headers={"User-Agent": _AGENT})  # noqa: S310 - https
    try:
        with urllib.request.urlopen(request, timeout=_PATIENCE) as answer:  # noqa: S310 - https
            said = json.loads(answer.read(_MOST))
        signature = said["signature"]
        if said["round"] != number or not isinstance(signature, str):
            return "", "il répond par un autre tour"
    except urllib.error.HTTPError as fault:
        with fault:
            return "", f"réponse {fault.code}"
    except (TimeoutError, urllib.error.URLError) as fault:
        late = isinstance(getattr(fault, "reason", fault), TimeoutError)
        return "", "pas de réponse à temps" if late else "pas de réponse"
    except (HTTPException, OSError):
        return "", "pas de réponse"
    except (ValueError, KeyError, TypeError, RecursionError):
        return "", "il répond par autre chose qu’un tour"
    return signature, ""
