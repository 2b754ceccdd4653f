"""Whether the keys open the spaces: every sealed file by its own space's key, listed as it is, and
by no other; and whether what a space tells is its own.

Everything is opened in memory, and nothing of it is kept or shown where CI is set.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from cq.access.published import agrees
from cq.audit.known import Known
from cq.audit.sieve import Seen, Sieve
from cq.audit.subject import Part, Subject, lies_sealed
from cq.audit.terms import Term
from cq.content.within import spaces_of
from cq.diagnostic import Diagnostic, Span, error, warning
from cq.french.numbers import counted
from cq.front import Progress
from cq.over import over
from cq.seal.cipher import Refused
from cq.seal.file import Opened, unseal
from cq.seal.keys import SpaceKey
from cq.seal.ring import Ring
from cq.seal.slots import Unknown, read
from cq.site.protect import SEALED, file_of, media_of
from cq.site.routes import SPACE
from cq.spaces import SLOTS

NAME = "clés"
_MANY = 20


class Listed(NamedTuple):
    """A file as a manifest lists it. `size` is before gzip, -1 for a page."""

    space: str
    logical: str
    id: str
    x: str
    size: int
    media: str


class Bad(ValueError):
    """A manifest that is not what a browser expects; the words are for the user."""


def opened(subject: Subject, sieve: Sieve, known: Known, progress: Progress) -> Part:
    """Part 5: with the keys, everything opens as it should and nothing else does."""
    sealed = [one.path for one in subject.files if lies_sealed(one.path)]
    ring = subject.ring
    if any(subject.clear_space(one.path) for one in subject.files):
        crossed = _crossed(subject, sieve, known, _met_in_clear(subject, sieve))
        found = [_guarded(subject), *crossed]
        return Part(NAME, "rien n’est scellé, un serveur garde les espaces", tuple(found))
    if ring is None:
        lacks = _without_keys(subject, len(sealed))
        said = "pas de clés ici, rien n’a été ouvert" if lacks else "aucun fichier scellé à ouvrir"
        return Part(NAME, said, lacks, done=not lacks)
    found = list(_slots(subject, ring))
    listed = _listed(subject, ring, found)
    found += [
        _sealed(subject, path, "aucune liste ne nomme ce fichier scellé", "")
        for path in sorted(set(sealed) - listed.keys())
    ]
    wanted = sorted(listed.items())
    foreign = _foreign(sieve, ring.keys)

    def look(one: tuple[str, Listed]) -> tuple[str, Seen]:
        wrong, body = _look(subject, ring, *one)
        space = one[1].space
        if not body or not sieve.terms or not sieve.runs.of.keys() | foreign.keys() > {space}:
            return wrong, Seen()
        return wrong, sieve.file("", body, _own(sieve, space))

    met: dict[str, dict[int, list[str]]] = {}
    for done, ((path, row), (wrong, seen)) in enumerate(
        zip(wanted, over(look, wanted, jobs=subject.settings.jobs), strict=True), 1
    ):
        if wrong:
            found.append(_sealed(subject, path, wrong, row.space))
        for number in _crossing(sieve, seen, row.space, foreign):
            met.setdefault(row.space, {}).setdefault(number, []).append(row.logical)
        progress("ouverture des espaces", done, len(wanted))
    found = [*_crossed(subject, sieve, known, met), *found]  # first: the list may be cut
    spaces = counted(len(ring.keys), "espace", "espaces")
    files = counted(len(listed), "fichier", "fichiers")
    said = f"{spaces}, {files} : chacun s’ouvre avec la clé de son espace et avec aucune autre"
    if found:
        said = f"{spaces}, {files} : {counted(len(found), 'chose à voir', 'choses à voir')}"
    if found[_MANY:]:
        said += f", dont voici les {_MANY} premières"
    return Part(NAME, said, tuple(found[:_MANY]))


def _met_in_clear(subject: Subject, sieve: Sieve) -> dict[str, dict[int, list[str]]]:
    """What spaces that a server guards tell of each other, by the space and the text."""
    foreign = _foreign(sieve, subject.spaces)
    met: dict[str, dict[int, list[str]]] = {}
    for one in subject.files:
        space = subject.clear_space(one.path) if one.size >= 0 else None
        if space is None:
            continue
        seen = sieve.file(one.path, subject.read(one.path), _own(sieve, space))
        for number in _crossing(sieve, seen, space, foreign):
            met.setdefault(space, {}).setdefault(number, []).append(one.path)
    return met


def _own(sieve: Sieve, space: str) -> tuple[set[int], ...]:
    """The runs that a space says itself."""
    return (sieve.runs.of.get(space, set()),)


def _crossing(
    sieve: Sieve, seen: Seen, space: str, foreign: Mapping[str, set[int]]
) -> Iterator[int]:
    """The terms of other spaces that a file of `space` tells."""
    yield from (number for number, _ in seen.terms if number in foreign[space])
    for run, _ in seen.runs:
        yield from (one for one in sieve.number(run) if sieve.terms[one].space != space)


def _guarded(subject: Subject) -> Diagnostic:
    """Private pages that no key protects: what does is not in the folder to publish."""
    return warning(
        "guarded-by-server",
        "les espaces privés sont en clair : seul le serveur les garde",
        Span(subject.span(SPACE.rstrip("/")).path),
        "rien de ce qui est vérifié ici ne dit qu’il le fait",
        "une fois publié : cq audit --live ADRESSE",
    )


def _without_keys(subject: Subject, sealed: int) -> tuple[Diagnostic, ...]:
    if not sealed and not spaces_of(subject.content):
        return ()
    return (
        warning(
            "keys-not-tried",
            "les espaces privés n’ont pas été ouverts : il n’y a pas de clés ici",
            Span(subject.span(SLOTS).path),
            "rien ne dit que leurs membres pourront les lire",
            "avec le trousseau (cq access) ou la variable CQ_CLES : cq audit",
        ),
    )


def _slots(subject: Subject, ring: Ring) -> Iterator[Diagnostic]:
    """The published file of slots is the one that `cq access` wrote, of this very site; with a
    keyring, each way in opens the spaces that it should and no other.
    """
    place = Span(subject.span(SLOTS).path)
    published = {one.path for one in subject.files}
    if SLOTS not in published:
        if spaces_of(subject.content):
            yield error(
                "bad-seal", "le site n’a pas de fichier d’accès", place,
                "personne n’entrerait dans les espaces privés", "refaites-le : cq build",
            )  # fmt: skip
        return
    data = subject.read(SLOTS)
    try:
        held = read(data)
    except Unknown as fault:
        yield error(
            "bad-seal", f"le fichier d’accès ne se lit pas : {fault}", place,
            "personne n’entrerait dans les espaces privés", "refaites-le : cq access add, cq build",
        )  # fmt: skip
        return
    ours = subject.keyring is None or agrees(subject.keyring, data)
    if held.site != ring.site or data != subject.access or not ours:
        yield error(
            "bad-seal", "le fichier d’accès publié n’est pas celui de ce trousseau", place,
            "des membres n’entreraient plus, ou d’anciens membres entreraient encore",
            "refaites-le : cq build",
        )  # fmt: skip


def _listed(subject: Subject, ring: Ring, found: list[Diagnostic]) -> dict[str, Listed]:
    """All sealed files that the manifests of all spaces list, by their places."""
    listed: dict[str, Listed] = {}
    for space, key in sorted(ring.keys.items()):
        try:
            listed.update(_manifest(subject, space, key))
        except Bad as fault:
            found.append(_sealed(subject, file_of(key.manifest_id), str(fault), space))
    return listed


def _manifest(subject: Subject, space: str, key: SpaceKey) -> dict[str, Listed]:
    """What the manifest of a space lists, by the place of each file; itself too. Raises Bad."""
    path = file_of(key.manifest_id)
    try:
        held = unseal(key, key.manifest_id, subject.read(path))
        told = json.loads(held.body)
        rows = [
            Listed(space, str(one["p"]), str(one["i"]), str(one["x"]), -1, "text/html")
            for one in told["pages"]
        ]
        for logical, (id_, x, size, media) in told["files"].items():
            rows.append(Listed(space, logical, str(id_), str(x), int(size), str(media)))
    except FileNotFoundError:
        raise Bad(f"l’espace {space} n’a pas de liste de ses fichiers") from None
    except Refused:
        raise Bad("la liste de cet espace ne s’ouvre pas avec sa clé") from None
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        raise Bad("la liste de cet espace n’a pas la forme attendue") from None
    home = Listed(space, "", key.manifest_id, held.x, -2, "application/json")
    found = {path: home}
    for row in rows:
        if row.id != key.file_id(row.logical):
            raise Bad("la liste de cet espace nomme un fichier d’un autre nom que le sien")
        found[file_of(row.id)] = row
    return found


def _look(subject: Subject, ring: Ring, path: str, row: Listed) -> tuple[str, bytes]:
    """What is wrong with a sealed file, "" if nothing; and what it holds."""
    try:
        data = subject.read(path)
        held = unseal(ring.keys[row.space], row.id, data)
    except FileNotFoundError:
        return "la liste de son espace nomme ce fichier, qui manque", b""
    except Refused:
        return "ce fichier ne s’ouvre pas avec la clé de son espace", b""
    others = (space for space in ring.keys if space != row.space)
    other = next((one for one in others if _opens(ring.keys[one], row.id, data)), None)
    if other is not None:
        return f"la clé de l’espace {other} ouvre ce fichier d’un autre espace", held.body
    return _differs(row, held), held.body


def _differs(row: Listed, held: Opened) -> str:
    """In what a file is not as its space's manifest says, "" if in nothing."""
    if held.x != row.x:
        return "ce fichier n’est pas celui que la liste de son espace annonce"
    if row.size >= 0 and row.size != len(held.body):
        return "ce fichier n’a pas la taille que la liste de son espace annonce"
    if held.type != row.media or (row.logical and held.type != media_of(row.logical)):
        return "ce fichier n’est pas du type que son nom annonce"
    return ""


def _opens(key: SpaceKey, identifier: str, data: bytes) -> bool:
    try:
        unseal(key, identifier, data)
    except Refused:
        return False
    return True


def _foreign(sieve: Sieve, spaces: Iterable[str]) -> dict[str, set[int]]:
    """For each space, the terms of all others that are not its own as well."""
    own: dict[str, set[tuple[bytes, str]]] = {}
    for term in sieve.terms:
        own.setdefault(term.space, set()).add(_key(term))
    return {
        space: {
            number for number, one in enumerate(sieve.terms)
            if one.space != space and _key(one) not in own.get(space, set())
        }
        for space in spaces
    }  # fmt: skip


def _key(term: Term) -> tuple[bytes, str]:
    return term.words, "" if term.words else term.text


def _crossed(
    subject: Subject,
    sieve: Sieve,
    known: Known,
    met: Mapping[str, Mapping[int, list[str]]],
) -> Iterator[Diagnostic]:
    """Texts of one space that another one shows, and that neither it nor the public says."""
    for space, numbers in sorted(met.items()):
        said = known.of(sieve, set(numbers), space)
        kept = [number for number in sorted(numbers) if number not in said]
        if not kept:
            continue
        where = Span(subject.span(SEALED.rstrip("/")).path)
        texts = counted(len(kept), "texte d’autres espaces", "textes d’autres espaces")
        shown: Iterable[str] = ()
        if not subject.veiled:
            shown = [
                f"« {sieve.terms[one].text} » ({sieve.terms[one].path}) dans "
                f"{', '.join(numbers[one][:3])}"
                for one in kept[:5]
            ]
        yield error(
            "crossed-spaces",
            f"l’espace {space} montre {texts}",
            where,
            "ses membres liraient ce qui est réservé à d’autres",
            *shown,
        )


def _sealed(subject: Subject, path: str, words: str, space: str) -> Diagnostic:
    return error(
        "bad-seal",
        words + (f" (espace {space})" if space else ""),
        subject.span(path),
        "ses lecteurs verraient une erreur, ou un fichier d’une autre version",
        "refaites-les : cq build --clean",
    )
