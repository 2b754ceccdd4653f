"""The texts that public pages of the wiki had once, where their authors let them be compared.

Each is read as a page is, so that only what readers saw is compared: no comment, no front matter.
One that was a draft, that is still to be published, that was refused or that is too large ends the
comparison there; e-mail addresses, telephone numbers and homes that stood in one stay out of it.
"""

import json
from collections.abc import Collection, Iterator
from dataclasses import replace
from pathlib import Path, PurePosixPath

from cq import digest
from cq.content.layout import PUBLIC
from cq.content.model import Content
from cq.content.past import Version, shown_since
from cq.diagnostic import has_errors
from cq.ledger import Ledger, as_text, reading
from cq.repository.places import place_of

_MOST = 200_000  # bytes of one version
_HIDDEN = "[…]"
_ROUNDS = 20
# What is remembered of a text: the day until which it was withheld; None: it is not to be shown.
_Shown = dict[str, str | None]


def with_earlier(
    content: Content, root: Path, ledger: Ledger, places: Collection[str] = ()
) -> tuple[Content, tuple[str, ...]]:
    """`content` with the versions that may be compared, whose texts the ledger then has; and what
    the user must know of those that git has not given: they are asked for again next time.
    `places` are the repositories of the site (`cq.repository.places`).

    Raises `Damaged`.
    """
    wanted = dict(_wanted(content))
    with reading():
        known: _Shown = dict(json.loads(ledger.note("earlier") or "{}"))
    keys = {_key(one, path): path for path, versions in wanted.items() for one in versions}
    missing = {key: path for key, path in keys.items() if key not in known}
    gone = known.keys() - keys.keys()
    lacks: tuple[str, ...] = ()
    if missing or gone:
        read, texts, lacks = _read_all(root, missing, places)
        known = {key: shown for key, shown in (known | read).items() if key in keys}
        ledger.keep_earlier(texts, gone, as_text(known))
    compared = {}
    for path, versions in wanted.items():
        kept = []
        for one in versions:
            until = known.get(_key(one, path))
            if until is None or until > content.today:
                break
            kept.append(one)
        compared[path] = tuple(kept)
    return replace(content, compared=compared), lacks


def _wanted(content: Content) -> Iterator[tuple[str, tuple[Version, ...]]]:
    for item in content.items:
        since = item.wiki.since if item.wiki else None
        if since and item.space == PUBLIC and item.path in content.past:
            yield item.path, shown_since(content.past[item.path], since)


def _key(version: Version, path: str) -> str:
    return f"{version.blob}:{path}"


def _read_all(
    root: Path, missing: dict[str, str], places: Collection[str]
) -> tuple[_Shown, dict[str, str], tuple[str, ...]]:
    """What each repository has of the texts by these keys."""
    by_place: dict[str, dict[str, str]] = {}
    for key, path in missing.items():
        by_place.setdefault(place_of(path, places), {})[key] = path
    shown: _Shown = {}
    texts: dict[str, str] = {}
    lacks = []
    for place, some in by_place.items():
        read, words, lack = _read(root / place, some)
        shown |= read
        texts |= words
        lacks.append(lack)
    return shown, texts, tuple(filter(None, lacks))


def _read(root: Path, missing: dict[str, str]) -> tuple[_Shown, dict[str, str], str]:
    """What may be shown of the texts by these keys, the words of those, and what git lacks."""
    from cq.repository.blobs import contents
    from cq.repository.launcher import RepositoryFault

    by_blob: dict[str, list[str]] = {}
    for key in missing:
        by_blob.setdefault(key.partition(":")[0], []).append(key)
    shown: _Shown = {}
    texts: dict[str, str] = {}
    fault = ""
    try:
        for blob, data in contents(root, by_blob, _MOST):
            for key in by_blob[blob]:
                shown[key], words = _parsed(missing[key], data)
                if shown[key] is not None:
                    texts[key] = words
    except RepositoryFault as stopped:
        fault = str(stopped)
    return shown, texts, _lacks(len(missing) - len(shown), fault)


def _lacks(number: int, fault: str) -> str:
    from cq.french.numbers import counted

    if fault:
        unread = counted(number, "ancien texte n’est pas lu", "anciens textes ne sont pas lus")
        return f"différences entre versions : {unread} : {fault}"
    if number:
        absent = counted(number, "ancien texte manque", "anciens textes manquent")
        return (
            f"différences entre versions : {absent} à ce dépôt, et ce qui précède n’est pas "
            "comparé ; git fsck dit ce qui est abîmé"
        )
    return ""


def _parsed(path: str, data: bytes | None) -> tuple[str | None, str]:
    from cq.content.parse import parse
    from cq.content.scan import Source

    if data is None:
        return None, ""
    parsed = parse(Source(PurePosixPath(path), data, digest.of_bytes(data)))
    item = parsed.item
    refused = item is None or item.faulty or has_errors(parsed.found)
    if item is None or refused or item.draft or item.space != PUBLIC:
        return None, ""
    words = without_people(f"{item.title}\n{parsed.body.text}")
    return (None, "") if words is None else (item.publish or "", words)


def without_people(text: str) -> str | None:
    """What a later version took out for somebody's sake is not brought back by its difference.

    By words, since `traces` names each once a line and not more than some hundreds; None for a text
    that still has some after several rounds, which is no page of a wiki.
    """
    from cq.content.traces import traces

    for _ in range(_ROUNDS):
        found = traces(text)
        if not found:
            return text
        lines = text.split("\n")
        words = {lines[one.line - 1][one.column - 1 :][: one.width] for one in found}
        for some in sorted(words, key=len, reverse=True):
            text = text.replace(some, _HIDDEN)
    return None
