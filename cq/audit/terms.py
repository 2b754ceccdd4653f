"""What of the private content would betray it: titles, names, numbers, passages; nothing of the
public content, and nothing too short to mean anything.
"""

import json
import re
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import Any, NamedTuple

from cq.audit import folded
from cq.audit.phones import phones
from cq.audit.runs import LENGTH, Prose, is_worth
from cq.audit.unpack import TooMuch, pieces
from cq.content import layout
from cq.content.item import Item
from cq.content.layout import PUBLIC
from cq.content.model import Content
from cq.content.parsed import Record
from cq.ledger import Texts

_LONGEST = 12  # words of a value that is looked for whole
_EMAIL = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}")
_DATE = re.compile(r"\d{4}-\d\d-\d\d|\d\d:\d\d")
_DAY = re.compile(r"(?:\d{4}-\d\d-\d\d-)?(.*)\Z")
# Attachments that are text, whole or inside.
_TEXTS = frozenset((".csv", ".ics", ".geojson", ".svg"))
_ARCHIVES = frozenset((".docx", ".xlsx", ".pptx", ".odt", ".ods", ".odp"))
_MOST_READ = 20 << 20
# Keys whose value is a person's, an address, a number: shorter ones are looked for as well.
_NAMES = frozenset(("nom", "par", "id", "organisation", "comptes", "auteur"))
_WORDS = {
    "titre": "titre", "nom": "nom", "courriel": "courriel", "courriels": "courriel",
    "telephone": "téléphone", "adresse": "adresse", "organisation": "organisme",
    "comptes": "compte", "cles_ssh": "clé SSH", "fichier": "nom de fichier",
}  # fmt: skip


class Term(NamedTuple):
    """Something private that must not be found. `words` is how it is compared; a number has none
    and stands in `text` as its digits.
    """

    words: bytes
    text: str
    what: str
    path: str
    space: str

    @property
    def is_passage(self) -> bool:
        return self.what == "passage"


class Wanted(NamedTuple):
    """All that is looked for."""

    terms: tuple[Term, ...]
    prose: tuple[Prose, ...]


_Found = Iterator[Term | Prose]


def wanted(content: Content, ledger: Path, root: Path) -> Wanted:
    """Of all spaces, each term once a space, in the order of their files."""
    found: dict[tuple[bytes, str, str], Term] = {}
    prose: list[Prose] = []
    for one in _all(content, Texts(ledger), root):
        if isinstance(one, Prose):
            prose.append(one)
        else:
            found.setdefault((one.words, "" if one.words else one.text, one.space), one)
    return Wanted(tuple(found.values()), tuple(prose))


def _all(content: Content, texts: Texts, root: Path) -> _Found:
    known = set()
    for item in content.items:
        if item.space != PUBLIC:
            known.add(item.path)
            yield from _of_item(item, texts)
    for record in content.records:
        if record.space != PUBLIC:
            known.add(record.path)
            yield from _of_record(record)
    for path, blob in sorted(content.blobs.items()):
        if blob.space != PUBLIC:
            place = _Place(path, blob.space)
            yield from place.name(PurePosixPath(path).stem, "nom de fichier")
            for text in _said(root / path, blob.digest, texts):
                yield from place.text(text)
    for path in sorted(content.unread - known):
        # A text with a fault gave no card: what stands in it is private all the same.
        yield from _of_unread(root, path)


class _Place(NamedTuple):
    """Where terms come from."""

    path: str
    space: str

    def value(self, text: str, what: str, *, least: int = 6) -> _Found:
        """A short text as a whole, a long one by its passages; with its numbers and addresses."""
        words = folded.words(folded.plain(text))
        count = words.count(b" ") - 1
        if count > _LONGEST:
            yield from self.text(text)
            return
        if count >= 1 and is_worth(words, least) and not _DATE.fullmatch(text.strip()):
            yield Term(words, text.strip(), what, self.path, self.space)
        yield from self._numbers(text)

    def name(self, name: str, what: str) -> _Found:
        """Of a file or a page, with its day and without."""
        yield from self.value(name, what)
        bare = _DAY.match(name)
        if bare and bare[1] != name and "-" in bare[1]:
            yield from self.value(bare[1], what, least=10)

    def text(self, text: str) -> _Found:
        """Every run of words of a text; of a very short one, all its words at once."""
        words = folded.words(text)
        count = words.count(b" ") - 1
        if count >= LENGTH:
            yield Prose(words, self.path, self.space)
        elif count >= LENGTH // 2 and is_worth(words, 12):
            yield Term(words, words.decode("ascii").strip(), "passage", self.path, self.space)
        yield from self._numbers(text)

    def _numbers(self, text: str) -> Iterator[Term]:
        for number in phones(text):
            yield Term(b"", number, "téléphone", self.path, self.space)
        for found in _EMAIL.finditer(text) if "@" in text else ():
            words = folded.words(found[0])
            yield Term(words, found[0], "courriel", self.path, self.space)


def _of_item(item: Item, texts: Texts) -> _Found:
    place = _Place(item.path, item.space)
    text = texts.get(item.key)
    yield from place.value(item.title, "titre")
    yield from place.name(item.id.rpartition("/")[2], "adresse de page")
    for heading in text.headings:
        yield from place.value(heading.text, "intertitre", least=8)
    yield from _of_fields(place, json.loads(text.fields))
    for link in item.links:
        yield from place.value(link[2], "texte de lien", least=10)
        if "://" in link[1]:
            yield from place.value(link[1], "lien", least=10)
    yield from place.text(text.text)


def _of_record(record: Record) -> _Found:
    place = _Place(record.path, record.space)
    for row in record.fields:
        yield from _of_fields(place, json.loads(row))


def _of_fields(place: _Place, value: Any, key: str = "") -> _Found:  # noqa: ANN401 - JSON
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from _of_fields(place, inner, name)
    elif isinstance(value, list):
        for inner in value:
            yield from _of_fields(place, inner, key)
    elif isinstance(value, str):
        what = _WORDS.get(key) or f"clé {key}"
        yield from place.value(value, what, least=5 if key in _NAMES else 8)


def _of_unread(root: Path, path: str) -> _Found:
    space = layout.place(PurePosixPath(path)).space
    if space == PUBLIC or not path.endswith(tuple(layout.TEXTS)):
        return
    try:
        with (root / path).open("rb") as stream:
            data = stream.read(_MOST_READ)
    except OSError:
        return
    place = _Place(path, space)
    yield from place.name(PurePosixPath(path).stem, "nom de fichier")
    yield from place.text(folded.read(data))


def _said(file: Path, digest: str, texts: Texts) -> Iterator[str]:
    """The text of an attachment, where it has one."""
    suffix = file.suffix.lower()
    try:
        if suffix == ".pdf":
            yield texts.paper(digest)
        elif suffix in _TEXTS | _ARCHIVES:
            with file.open("rb") as stream:
                data = stream.read(_MOST_READ)
            if suffix in _TEXTS:
                yield folded.read(data)
            else:
                for piece in pieces("", data):
                    if piece.place.endswith("(texte)"):
                        yield folded.read(piece.data)
    except (OSError, TooMuch):
        return  # a paper that was never read, or a file without end: its name stays
