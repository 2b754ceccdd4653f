"""Stage 2, parse: one source in, its card, its text and its findings out. Wide and pure.

Nothing about another file may enter here: what a file parses to is kept by its own digest
(esbuild's law). References are only collected; `check` follows them.
"""

import datetime
import re
from pathlib import PurePosixPath

from cq.content import layout, markup, weekdays, yaml
from cq.content.body import Body
from cq.content.front_matter import split
from cq.content.item import Item, Reference, Trace
from cq.content.kind import Draft, Kind, PageFields
from cq.content.kinds import BY_NAME, KINDS
from cq.content.parsed import Parsed, Record, key_of
from cq.content.scan import Source
from cq.content.schema import FrontMatter, read
from cq.content.text import decode, visible
from cq.content.traces import traces
from cq.content.tree import Block, Listing, Scalar, Tree
from cq.diagnostic import Diagnostic, Outcome, Span, error, note, warning
from cq.french import dates, typography
from cq.french.folding import slug

_DATED = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})(?:-(.+))?\Z")
_FOLDERS = {kind.folder: kind for kind in KINDS if kind.file is None}
_FILES = {kind.file: kind for kind in KINDS if kind.file is not None}
_HOMES = {"quartier.yml": "quartiers", "groupe.yml": "groupes"}
_SUMMARY = 240  # characters: two lines on a telephone

# Folders and files that PRODUCT.md lays out and that later versions read.
_LATER = frozenset(
    [
        "dossiers",
        "questions",
        "debats",
        "listes",
        "webzines",
        "jurys",
        "bureau",
        "contacts.yml",
        "conseillers.yml",
        "acces.json",
    ]
)


# Keys whose values checks point at; a second name stands for its first.
_WRITTEN = {
    "titre": "titre",
    "debut": "debut",
    "heure": "debut",
    "fin": "fin",
    "publie_le": "publie_le",
    "expire": "expire",
    "anciennes_adresses": "anciennes_adresses",
    "repetition": "repetition",
    "id": "id",
    "consentement": "consentement",
    "depuis": "depuis",
    "jusqua": "jusqua",
}


def kind_of(path: PurePosixPath) -> Kind | None:
    """The kind that a path says, or None: a file that cq does not read."""
    where = layout.place(path)
    rest = where.rest
    if not rest:
        return None
    if len(rest) == 1:
        kind = _FILES.get(rest[0])
        if kind is not None:
            at_root = not where.home and not where.private
            home = _HOMES.get(rest[0], "")
            right = where.home.startswith(f"{home}/") if home else at_root
            return kind if right and not where.private else None
        return BY_NAME["page"] if rest[0] == "index.md" else None
    kind = _FOLDERS.get(rest[0])
    if kind is None or not rest[-1].endswith(".md"):
        return None
    inside = rest[1:-1] if rest[-1] != "index.md" else rest[1:-2]
    return kind if kind.nested or not inside else None


def parse(source: Source) -> Parsed:
    """Everything that `source` says; never raises for what stands in it."""
    path = source.path
    key = key_of(str(path), source.digest)
    kind = kind_of(path)
    if kind is None:
        return Parsed(str(path), key, found=(_unread(path),))
    text = decode(source)
    if text.value is None:
        return Parsed(str(path), key, found=text.found)
    if path.suffix == ".yml":
        made = _record(kind, text.value, path, key)
    else:
        made = _page(kind, text.value, path, key)
    return made._replace(found=(*text.found, *made.found))


def _unread(path: PurePosixPath) -> Diagnostic:
    rest = layout.place(path).rest
    if rest and rest[0] in _LATER:
        return note(
            "not-read-yet",
            f"cette version de cq ne lit pas encore « {rest[0]} »",
            Span(path),
            "le fichier est gardé tel quel et n’apparaît pas sur le site",
        )
    folders = ", ".join(f"{name}/" for name in _FOLDERS)
    return warning(
        "unknown-file",
        "cq ne sait pas à quoi sert ce fichier à cet endroit",
        Span(path),
        "il n’apparaîtra pas sur le site",
        f"les dossiers prévus : {folders}",
    )


def _record(kind: Kind, text: str, path: PurePosixPath, key: str) -> Parsed:
    tree = yaml.read(text, path)
    found = list(tree.found)
    if tree.value is None:
        if not found:
            found.append(
                error(
                    "missing-value",
                    "le fichier est vide",
                    Span(path),
                    f"ce fichier décrit : {kind.label}",
                )
            )
        return Parsed(str(path), key, found=tuple(found))
    entries: list[Tree] = list(tree.value) if isinstance(tree.value, Listing) else [tree.value]
    if kind.is_list != isinstance(tree.value, Listing):
        wanted = "une liste (« - … »)" if kind.is_list else "des lignes « clé: valeur »"
        found.append(error("wrong-shape", f"ce fichier attend {wanted}", Span(path)))
        return Parsed(str(path), key, found=tuple(found))
    fields: list[str] = []
    places: list[tuple[int, int]] = []
    references: list[Reference] = []
    written: list[Reference] = []
    for entry in entries:
        value = read(entry, kind.model, path)
        found.extend(value.found)
        references.extend(_references(kind, entry))
        if value.value is not None:
            written.extend(_written(entry))
            fields.append(value.value.model_dump_json(by_alias=True, exclude_unset=True))
            places.append((getattr(entry, "line", 1), getattr(entry, "column", 1)))
    where = layout.place(path)
    record = Record(
        where.home or layout.identity(path),
        kind.name,
        str(path),
        where.space,
        where.home,
        tuple(fields),
        tuple(references),
        tuple(places),
        tuple(written),
        _traces(text, where.private, len(text)),
    )
    whole = fields or kind.is_list
    return Parsed(str(path), key, record=record if whole else None, found=tuple(found))


def _page(kind: Kind, text: str, path: PurePosixPath, key: str) -> Parsed:
    parts = split(text, path)
    found = list(parts.found)
    header = parts.value.header
    tree = yaml.read(header, path, parts.value.header_line) if header.strip() else Outcome(None)
    found.extend(tree.found)
    broken = any(one.code == "wrong-shape" for one in tree.found)
    block: Tree = tree.value if tree.value is not None else Block()
    if not isinstance(block, Block):
        found.append(
            error(
                "wrong-shape",
                "l’en-tête attend des lignes « clé: valeur »",
                Span(path, parts.value.header_line),
            )
        )
        block, broken = Block(), True
    fields = read(block, kind.model, path)
    if not broken:
        found.extend(fields.found)
    titled = isinstance(fields.value, PageFields) and fields.value.title is not None
    body = markup.convert(parts.value.body, path, parts.value.body_line, keep_title=titled)
    found.extend(body.found)
    if not isinstance(fields.value, PageFields):
        return Parsed(str(path), key, body=body.value, found=tuple(found))
    day, said = _day(kind, fields.value, path, block)
    draft = Draft(path, block, fields.value, body.value, day)
    found.extend(said)
    if not parts.value.body.strip() and kind.name in {"page", "news", "wiki"}:
        found.append(
            note(
                "empty-body",
                "la page n’a pas de texte",
                Span(path),
                "elle apparaîtra vide",
                "écrivez le texte sous l’en-tête",
            )
        )
    found.extend(kind.check(draft))
    said_lines = {one.span.line for one in found if one.code == "weekday-mismatch"}
    found.extend(
        one for one in weekdays.contradictions(text, path) if one.span.line not in said_lines
    )
    failed = kind.dated and day is None
    item = None
    if not failed:
        private = layout.place(path).private
        item = _item(kind, draft, key)._replace(
            traces=_traces(text, private, len(text) - len(parts.value.body))
        )
    canonical = fields.value.model_dump_json(by_alias=True, exclude_unset=True)
    return Parsed(str(path), key, item, None, canonical, body.value, tuple(found))


def _day(
    kind: Kind, fields: FrontMatter, path: PurePosixPath, block: Block
) -> tuple[datetime.date | None, list[Diagnostic]]:
    """The day of a dated item: the key wins over the file's name, a difference is said."""
    name = path.parent.name if path.name == "index.md" else path.stem
    found: list[Diagnostic] = _file_name(kind, path, name)
    written: datetime.date | None = getattr(fields, "day", None)
    match = _DATED.match(name)
    if not kind.dated:
        return written, found
    named: datetime.date | None = None
    if match:
        reading = dates.read_date(match[1])
        named = reading.value
        if named is None and written is None:
            found.append(
                error(
                    "impossible-date",
                    f"nom du fichier : {reading.message}",
                    Span(path),
                    *reading.hints,
                )
            )
            return None, found
    if written is None and named is None:
        found.append(
            error(
                "missing-value",
                f"l’{kind.label} n’a pas de date",
                Span(path),
                "sans date, la page n’est pas construite",
                "ajoutez la ligne : date: 2026-03-10",
            )
        )
    elif written is not None and named is not None and written != named:
        place = Draft(path, block, fields, Body(""), None).at("date")
        found.append(
            warning(
                "date-differs",
                f"la clé dit {dates.date_words(written)}, le nom du fichier {dates.date_words(named)}",
                place,
                "la clé « date » l’emporte",
                f"renommez le fichier : {written}-{match[2] or 'titre' if match else 'titre'}.md, "
                f"ou écrivez : date: {named}",
            )
        )
    return written or named, found


def _file_name(kind: Kind, path: PurePosixPath, name: str) -> list[Diagnostic]:
    """A name that makes a poor address; an address is for ever."""
    if layout.is_slug(name) or layout.place(path).rest == ("index.md",):
        return []
    better = slug(name) or kind.name
    file = f"{better}/index.md" if path.name == "index.md" else f"{better}.md"
    return [
        warning(
            "file-name",
            f"le nom « {name} » fera une adresse difficile à recopier",
            Span(path),
            "une adresse s’écrit sans accent, sans majuscule ni espace",
            f"renommez le fichier : {file}",
        )
    ]


def _item(kind: Kind, draft: Draft, key: str) -> Item:
    fields: PageFields = draft.fields
    path = draft.path
    where = layout.place(path)
    identifier = layout.identity(path)
    title = fields.title or draft.body.title or _title_from(path)
    picture = getattr(fields, "image", None)
    return Item(
        id=identifier,
        kind=kind.name,
        path=str(path),
        space=where.space,
        home=where.home,
        address=layout.address(identifier),
        title=typography.plain(visible(title)),
        summary=typography.plain(visible(fields.summary or _beginning(draft.body.text))),
        key=key,
        day=draft.day.isoformat() if draft.day else None,
        updated=fields.updated.isoformat() if fields.updated else None,
        publish=fields.publish.isoformat() if fields.publish else None,
        expires=fields.expires.isoformat() if fields.expires else None,
        draft=fields.draft,
        author=getattr(fields, "author", None),
        keywords=fields.keywords,
        old_addresses=fields.old_addresses,
        references=_references(kind, draft.tree),
        links=tuple(tuple(link) for link in draft.body.links),  # type: ignore[misc]
        anchors=draft.body.anchors,
        image=(str(path.parent / picture.file), picture.alt) if picture else None,
        event=kind.event(draft) if kind.event else None,
        document=kind.document(draft) if kind.document else None,
        written=_written(draft.tree),
    )


def _traces(text: str, private: bool, header: int) -> tuple[Trace, ...]:  # noqa: FBT001
    """What the public may not learn of a person: nobody asks it of private files, nor of what
    stands in comments of the first `header` characters.
    """
    if private:
        return ()
    found = traces(text)
    if not found:
        return ()
    lines = text.split("\n")
    last = text.count("\n", 0, header) + 1
    return tuple(
        one for one in found if one.line >= last or not lines[one.line - 1].lstrip().startswith("#")
    )


def _title_from(path: PurePosixPath) -> str:
    name = path.parent.name if path.name == "index.md" else path.stem
    match = _DATED.match(name)
    words = ((match[2] if match else None) or name).replace("-", " ").replace("_", " ")
    return words[:1].upper() + words[1:]


def _beginning(text: str) -> str:
    first = text.split("\n", 1)[0]
    if len(first) <= _SUMMARY:
        return first
    return first[:_SUMMARY].rsplit(" ", 1)[0].rstrip(" ,;:") + " …"


def _references(kind: Kind, tree: Tree | None) -> tuple[Reference, ...]:
    """The values of the keys that name other items or files, with their places."""
    if not isinstance(tree, Block):
        return ()
    folded = {_plain_key(key): value for key, value in tree.items()}
    references: list[Reference] = []
    for key in (*kind.references, *kind.files):
        value = folded.get(key)
        for one in value if isinstance(value, Listing) else [value]:
            if isinstance(one, Scalar) and one.strip():
                references.append(Reference(key, one.strip(), one.line, one.column, one.width))
    image = folded.get("image")
    if isinstance(image, Block):
        file = {_plain_key(key): value for key, value in image.items()}.get("fichier")
        if isinstance(file, Scalar) and file.strip():
            references.append(
                Reference("image.fichier", file.strip(), file.line, file.column, file.width)
            )
    return tuple(references)


def _written(tree: Tree | None) -> tuple[Reference, ...]:
    """The values of keys that checks point at, lists one by one; a block by its key's place."""
    if not isinstance(tree, Block):
        return ()
    written: list[Reference] = []
    for key, value in tree.items():
        name = _WRITTEN.get(_plain_key(key))
        if name is None:
            continue
        if isinstance(value, Block):
            place = tree.places[key]
            written.append(Reference(name, "", place.line, place.column, place.width))
            continue
        written.extend(
            Reference(name, one.strip(), one.line, one.column, one.width)
            for one in (value if isinstance(value, Listing) else [value])
            if isinstance(one, Scalar) and one.strip()
        )
    return tuple(written)


def _plain_key(key: str) -> str:
    return slug(key).replace("-", "_")
