"""A round of drand, asked of those who hand it out. What they answer is checked elsewhere, so that
none of them is believed; what is asked tells them a round's number, and nothing of the draw.
"""

import json
import queue
import ssl
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from http.client import HTTPException, HTTPResponse

from cq.draw.sources import QUICKNET

# Two of the League's own and, between them, one by another hand.
RELAYS = ("https://api.drand.sh", "https://drand.cloudflare.com", "https://api2.drand.sh")
_PATIENCE = 10.0  # seconds for each of its answers' parts
_LONGEST = 15.0  # seconds for the whole of it: one may send a byte at a time
_MOST = 10_000  # bytes of an answer
_AGENT = "cq"
_LATE = "pas de réponse à temps"
_NOT_YET = (404, 425)  # what a relay says of a round that is to come


class Unreachable(Exception):
    """No relay gave the round; the words are for the user."""


def fetched(number: int) -> Iterator[tuple[str, str]]:
    """The relays that answered, each with the signature that it gives for the round.

    Raises Unreachable after the last one, where none had it.
    """
    reasons = []
    answered = False
    for relay in RELAYS:
        signature, why = _in_time(relay, number)
        if signature:
            answered = True
            yield relay.removeprefix("https://"), signature
        else:
            reasons.append(f"  {relay.removeprefix('https://')} : {why}")
    if not answered:
        lines = "\n".join(reasons)
        raise Unreachable(
            f"le tour {number} de drand n’a pas pu être lu{_through()} :\n{lines}\n"
            "le tirage attend, il ne change pas de tour : relancez la commande plus tard\n"
            "ou recopiez la signature lue sur un autre appareil : "
            f"{RELAYS[0]}/{QUICKNET}/public/{number}\n"
            "puis ajoutez : --signature CHIFFRES"
        )


def _through() -> str:
    """By which door the machine goes out, where it is told to: never its address, which may have
    a password.
    """
    return " par le mandataire (proxy) de cette machine" if urllib.request.getproxies() else ""


def _in_time(relay: str, number: int) -> tuple[str, str]:
    """`_asked`, for so long: a relay that dribbles is left to itself."""
    said: queue.SimpleQueue[tuple[str, str]] = queue.SimpleQueue()
    threading.Thread(target=lambda: said.put(_asked(relay, number)), daemon=True).start()
    try:
        return said.get(timeout=_LONGEST)
    except queue.Empty:
        return "", _LATE


def _opener() -> urllib.request.OpenerDirector:
    """What Python's own has but a handler of redirections: a round is asked of those relays alone,
    and by https.
    """
    made = urllib.request.OpenerDirector()
    for handler in (
        urllib.request.ProxyHandler, urllib.request.HTTPHandler, urllib.request.HTTPSHandler,
        urllib.request.HTTPDefaultErrorHandler, urllib.request.HTTPErrorProcessor,
    ):  # fmt: skip
        made.add_handler(handler())
    return made


def _asked(relay: str, number: int) -> tuple[str, str]:
    """A signature, or "" and why there is none."""
    address = f"{relay}/{QUICKNET}/public/{number}"
    request = urllib.request.Request(address, headers={"User-Agent": _AGENT})  # noqa: S310 - https
    try:
        with _opener().open(request, timeout=_PATIENCE) as answer:
            said = json.loads(_read(answer))
        signature = said["signature"]
        if said["round"] != number or not isinstance(signature, str):
            return "", "il répond par un autre tour"
    except urllib.error.HTTPError as fault:
        with fault:
            return "", _refusal(fault.code)
    except (HTTPException, OSError) as fault:
        return "", _silence(fault)
    except (ValueError, KeyError, TypeError, RecursionError):
        return "", "il répond par autre chose qu’un tour"
    return signature, ""


def _read(answer: HTTPResponse) -> bytes:
    """What it says, so long and no longer."""
    end = time.monotonic() + _LONGEST
    data = b""
    while len(data) <= _MOST and (piece := answer.read1(_MOST + 1 - len(data))):
        data += piece
        if time.monotonic() > end:
            raise TimeoutError
    if len(data) > _MOST:
        raise ValueError("no round is so long")
    return data


def _refusal(code: int) -> str:
    if code in _NOT_YET:
        return f"il n’a pas encore ce tour (réponse {code})"
    if 300 <= code < 400:
        return f"il renvoie ailleurs, où rien n’est demandé (réponse {code})"
    return f"réponse {code}"


def _silence(fault: Exception) -> str:
    reason = getattr(fault, "reason", fault)
    if isinstance(reason, ssl.SSLError):
        return "sa connexion n’est pas sûre (certificat refusé ; l’heure d’ici est-elle juste ?)"
    return _LATE if isinstance(reason, TimeoutError) else "pas de réponse"
