"""The canary: a copy of the site in which everything private carries a word that stands nowhere
else, built with keys that are thrown away. Not one of them may be in what is public, and the public
site may not differ by one byte from the same site without them. A leak made on purpose shows that
they would be seen.
"""

import secrets
import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from cq.access.guard import htaccess
from cq.audit import folded
from cq.audit.copied import copied, mark
from cq.audit.phones import phones
from cq.audit.planted import Planter, plant
from cq.audit.sieve import Sieve
from cq.audit.subject import Part, Subject, lies_sealed, subject
from cq.audit.terms import Term
from cq.content.layout import CONSEILLERS, CONTENT, DOUBLE, PRIVATE_FOLDER, PUBLIC, SERVER
from cq.content.model import Content
from cq.content.within import folder_of, spaces_of
from cq.diagnostic import Diagnostic, Severity, Span, error
from cq.french.numbers import counted
from cq.front import Progress, open_run
from cq.pipeline import Built, build
from cq.seal import keys, slots
from cq.seal.cipher import KEY, Refused
from cq.seal.file import unseal
from cq.seal.keys import SpaceKey
from cq.seal.ring import Ring
from cq.seal.vault import Guarded, Vault
from cq.settings import Settings
from cq.site.tree import read_manifest
from cq.spaces import of_spaces

NAME = "canari"
_PLACE = PurePosixPath("(copie piégée)")
_LETTERS = "bcdfghjkmnpqrstvwxz23456789"
_SHOWN = 10
_TRIES = 3


class _Stuck(Exception):
    """The copy cannot be built; the words are for the user."""


class Met(NamedTuple):
    """A planted word that was met: which, in which file."""

    word: str
    path: str


def canary(chosen: Settings, real: Subject, progress: Progress) -> Part:
    """Part 3. Works in the user's own cache, and leaves nothing there."""
    with _workshop(chosen.cache) as folder:
        try:
            return _tried(_Copy(chosen, folder), real, progress)
        except _Stuck as fault:
            found = error(
                "canary-stuck", f"la copie piégée n’a pas pu être construite : {fault}",
                Span(_PLACE), "rien ne peut être dit", "d’abord : cq validate, puis cq build",
            )  # fmt: skip
            return Part(NAME, "n’a pas pu être fait", (found,))


@contextmanager
def _workshop(cache: Path) -> Iterator[Path]:
    """A folder for its owner alone, beside what else is remembered of private texts."""
    cache.mkdir(parents=True, exist_ok=True, mode=0o700)
    folder = Path(tempfile.mkdtemp(prefix="canari-", dir=cache))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


class _Copy:
    """The copy, its keys, and how it is built."""

    def __init__(self, chosen: Settings, folder: Path) -> None:
        root = folder / "site"
        root.mkdir()
        copied(chosen.root, root)
        self.settings = replace(
            chosen, root=root, output=root / "build" / "site", cache=folder / "memoire"
        )
        self.content = root / CONTENT
        self._site = secrets.token_bytes(keys.SITE)
        self._keys: dict[str, SpaceKey] = {}
        self._access = slots.written(
            self._site, secrets.token_bytes(keys.SALT), keys.LEAST_ITERATIONS, {},
            dummies=[], random=secrets.token_bytes,
        )  # fmt: skip
        (self.content / "acces.json").write_bytes(self._access)

    @property
    def ring(self) -> Ring:
        return Ring(self._site, self._keys)

    def opener(self, content: Content) -> tuple[Vault | Guarded, tuple[Diagnostic, ...]]:
        protection, spaces = str(content.site.get("protection") or ""), spaces_of(content)
        rules = htaccess(protection, spaces, "/etc/cq") if protection in {SERVER, DOUBLE} else {}
        if protection == SERVER:
            return Guarded(spaces, rules), ()
        for space in spaces_of(content):
            if space not in self._keys:
                self._keys[space] = SpaceKey(self._site, space, 1, secrets.token_bytes(KEY))
        return Vault(self.ring, dict.fromkeys(self._keys, 1), self._access, rules), ()

    def build(self, progress: Progress) -> Built:
        run = open_run(self.settings, progress)
        try:
            return build(run, opener=self.opener)
        finally:
            run.ledger.close()

    def built(self, progress: Progress) -> dict[str, str]:
        """The digests of the public files, by their paths. Raises _Stuck."""
        made = self.build(progress)
        if not made.written:
            worst = [one for one in made.found if one.severity is Severity.ERROR]
            raise _Stuck(f"{worst[0].code}, {len(worst)} en tout" if worst else "sans raison")
        manifest = read_manifest(self.settings.workshop / "tree.json")
        if manifest is None:
            raise _Stuck("sa liste de fichiers manque")
        return {
            path: entry.digest for path, entry in manifest.entries.items() if not of_spaces(path)
        }


def _tried(copy: _Copy, real: Subject, progress: Progress) -> Part:
    spaces = spaces_of(real.content) or (CONSEILLERS,)
    home = copy.content / PRIVATE_FOLDER
    if not spaces_of(real.content):  # a site without any: it could have one tomorrow
        home.mkdir()
        (home / "index.md").write_text("# Canari\n", "utf-8")
    before = copy.built(progress)
    planter = _planter(real)
    for space in spaces:
        plant(copy.settings.root, folder_of(space).rstrip("/"), planter)
    after = _marked(copy, real, planter, progress)
    made = subject(copy.settings, progress)
    found = list(_escaped(made, planter.words))
    paths = sorted(before.keys() | after.keys())
    changed = [path for path in paths if before.get(path) != after.get(path)]
    if changed:
        found.append(_changes(changed))
    inside = _inside(made, copy.ring, planter.words)
    seen = _control(copy, planter, progress)
    if not seen or not inside:
        found.append(_blind(len(seen), len(inside)))
    words = counted(len(planter.words), "mot planté", "mots plantés")
    where = counted(len(spaces), "espace", "espaces")
    out = counted(len(found), "chose à voir", "choses à voir") if found else "aucun ne sort"
    said = (
        f"{words} dans {where} : {out}, "
        f"{len(inside)} retrouvés dans les espaces ouverts ; la fuite faite exprès est vue dans "
        f"{counted(len(seen), 'fichier', 'fichiers')}"
    )
    return Part(NAME, said, tuple(found))


def _planter(real: Subject) -> Planter:
    """Words by chance, and numbers that nobody of this site has."""
    content = real.content
    taken = {
        number
        for one in content.sources
        for number in phones(folded.read((real.root / one.path).read_bytes()))
    }
    free = (f"01990{number:05d}" for number in range(100_000) if f"1990{number:05d}" not in taken)

    def draw() -> str:
        return "zq" + "".join(secrets.choice(_LETTERS) for _ in range(9))

    quartier = next((one.slug for one in content.quartiers), "")
    group = next((one.slug for one in content.groups), "")
    return Planter(draw, lambda: next(free), real.settings.today, quartier, group)


def _marked(copy: _Copy, real: Subject, planter: Planter, progress: Progress) -> dict[str, str]:
    """Mark the site's own private texts too; one that this makes faulty is left as it was."""
    own = {one.path for one in real.content.sources if one.space != PUBLIC}
    before: dict[str, bytes] = {}
    for path in sorted(own):
        file = copy.settings.root / path
        before[path] = file.read_bytes()
        mark(file, planter.word)
    for _ in range(_TRIES):
        made = copy.build(progress)
        if made.written:
            break
        faulty = {str(one.span.path) for one in made.found if one.severity is Severity.ERROR}
        back = faulty & before.keys()
        if not back:
            break
        for path in back:
            (copy.settings.root / path).write_bytes(before.pop(path))
    return copy.built(progress)


def _sieve(words: Sequence[str]) -> Sieve:
    return Sieve(
        [
            Term(b"", one[1:], "mot planté", "", PUBLIC) if one.isdecimal()
            else Term(folded.words(one), one, "mot planté", "", PUBLIC)
            for one in words
        ]
    )  # fmt: skip


def met(made: Subject, words: Sequence[str]) -> Iterator[Met]:
    """Which words stand in what anybody may read."""
    sieve = _sieve(words)
    for one in made.open_files():
        for number, _ in sieve.file(one.path, made.read(one.path)).terms:
            yield Met(words[number], one.path)


def _escaped(made: Subject, words: Sequence[str]) -> Iterator[Diagnostic]:
    by_path: dict[str, list[str]] = {}
    for one in met(made, words):
        by_path.setdefault(one.path, []).append(one.word)
    for path, some in sorted(by_path.items())[:_SHOWN]:
        yield error(
            "canary-escaped",
            f"{counted(len(some), 'mot planté', 'mots plantés')} dans un espace privé de la copie "
            "en est sorti" + ("s" if len(some) > 1 else ""),
            Span(_PLACE / path),
            "ce fichier du vrai site peut montrer ce qui est privé de la même façon",
            "ne publiez pas ; c’est une faute de cq ou du thème : signalez-la",
        )
    if len(by_path) > _SHOWN:
        yield error(
            "canary-escaped", f"{len(by_path)} fichiers publics en tout sont dans ce cas",
            Span(_PLACE),
        )  # fmt: skip


def _changes(changed: Sequence[str]) -> Diagnostic:
    return error(
        "canary-escaped",
        f"{counted(len(changed), 'fichier public change', 'fichiers publics changent')} quand "
        "seuls des textes privés changent",
        Span(_PLACE / changed[0]),
        f"ce sont : {', '.join(changed[:_SHOWN])}",
        "un nombre, un jour ou un ordre y tient à ce qui est privé",
        "ne publiez pas ; c’est une faute de cq ou du thème : signalez-la",
    )


def _inside(made: Subject, ring: Ring, words: Sequence[str]) -> set[str]:
    """The words that readers of the spaces find there: what was planted does reach them."""
    sieve = _sieve(words)
    return {
        words[number]
        for one in made.files
        if lies_sealed(one.path) or made.clear_space(one.path)
        for data in _read(made, ring, one.path)
        for number in sieve.met(data)[0]
    }


def _read(made: Subject, ring: Ring, path: str) -> Iterator[bytes]:
    """What a file of a space says to its readers."""
    if made.clear_space(path):
        yield made.read(path)
    else:
        yield from _unsealed(ring.keys, path.rpartition("/")[2], made.read(path))


def _unsealed(held: Mapping[str, SpaceKey], identifier: str, data: bytes) -> Iterator[bytes]:
    for key in held.values():
        try:
            yield unseal(key, identifier, data).body
        except Refused:
            continue


def _control(copy: _Copy, planter: Planter, progress: Progress) -> frozenset[str]:
    """The files in which a leak made on purpose is seen: a planted text, in public."""
    words = [planter.draw() for _ in range(4)]
    title, summary, body, name = words
    day = copy.settings.today.isoformat()
    file = copy.content / "actualites" / f"{day}-{name}.md"
    file.parent.mkdir(exist_ok=True)
    file.write_text(
        f"---\ntitre: {title}\nresume: {summary}\ndate: {day}\n---\n\n{body}\n", "utf-8"
    )
    copy.built(progress)
    return frozenset(one.path for one in met(subject(copy.settings, progress), words))


def _blind(seen: int, inside: int) -> Diagnostic:
    what = "une fuite faite exprès n’est pas vue"
    if seen:
        what = "les mots plantés ne sont pas arrivés dans les espaces"
    return error(
        "canary-stuck", f"le canari ne prouve rien : {what}", Span(_PLACE),
        f"fichiers où la fuite est vue : {seen} ; mots retrouvés dans les espaces : {inside}",
        "c’est une faute de cq : signalez-la",
    )  # fmt: skip
