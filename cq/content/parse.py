"""Stage 2, parse: one source in, its card, its text and its findings out. Wide and pure.

Nothing about another file may enter here: what a file parses to is kept by its own digest
(esbuild's law). References are only collected; `check` follows them.
"""

import shlex
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import PurePosixPath

from cq.content import layout, markup, weekdays, yaml
from cq.content.card import card, references_in, written_in
from cq.content.faults import headless
from cq.content.file_name import day_of
from cq.content.front_matter import split
from cq.content.item import Reference, Trace
from cq.content.kind import Draft, Kind, PageFields
from cq.content.kinds import BY_NAME, KINDS
from cq.content.parsed import Parsed, Record, key_of
from cq.content.scan import Source
from cq.content.schema import read
from cq.content.text import decode
from cq.content.traces import traces
from cq.content.tree import Block, Listing, Tree, fold_key
from cq.content.unfinished import unfinished
from cq.diagnostic import Diagnostic, Outcome, Span, error, note, warning
from cq.french.folding import fold

_FOLDERS = {(kind.folder, kind.below): kind for kind in KINDS if kind.file is None}
_FILES = {kind.file: kind for kind in KINDS if kind.file is not None}
_PRIVATE_FILES = {kind.file: kind for kind in KINDS if kind.private and kind.file}
_HOMES = {"quartier.yml": "quartiers", "groupe.yml": "groupes"}

# Folders and files that PRODUCT.md lays out and that later versions read.
_LATER = frozenset(
    [
        "webzines",
        "bureau",
    ]
)


def kind_of(path: PurePosixPath) -> Kind | None:
    """The kind that a path says, or None: a file that cq does not read."""
    where = layout.place(path)
    rest = where.rest
    if not rest:
        return None
    if len(rest) == 1:
        kind = _FILES.get(rest[0])
        if kind is not None:
            return kind if _at_home(kind, where) else None
        return BY_NAME["page"] if rest[0] == "index.md" else None
    if len(rest) == 4 and (rest[0], rest[2]) in _FOLDERS:  # debats/<slug>/arguments/x.md
        kind = _FOLDERS[rest[0], rest[2]]
        return kind if rest[-1].endswith(kind.suffix) else None
    kind = _FOLDERS.get((rest[0], ""))
    if kind is None or not rest[-1].endswith(kind.suffix):
        return None
    inside = rest[1:-1] if rest[-1] != "index.md" else rest[1:-2]
    return kind if kind.nested or not inside else None


def _at_home(kind: Kind, where: layout.Place) -> bool:
    """Whether a file of this name says something at this place."""
    if kind.private:
        return where.private
    home = _HOMES.get(kind.file or "")
    right = where.home.startswith(f"{home}/") if home else not where.home
    return right and not where.private


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
    where = layout.place(path)
    rest = where.rest
    listed = _PRIVATE_FILES.get(fold(path.name))
    if listed is not None and not where.private:
        return _private_list(listed, path, where.home)
    if rest and rest[0] in _LATER:
        return note(
            "not-read-yet",
            f"cette version de cq ne lit pas encore « {rest[0]} »",
            Span(path),
            "le fichier est gardé tel quel et n’apparaît pas sur le site",
        )
    folders = ", ".join(f"{name}/" for name, below in _FOLDERS if not below)
    return warning(
        "unknown-file",
        "cq ne sait pas à quoi sert ce fichier à cet endroit",
        Span(path),
        "il n’apparaîtra pas sur le site",
        f"les dossiers prévus : {folders}",
    )


def _private_list(kind: Kind, path: PurePosixPath, home: str) -> Diagnostic:
    """A list of people where everybody reads. The finding is about the file as a whole: no line
    of it is ever shown.
    """
    right = PurePosixPath(layout.CONTENT, home, layout.PRIVATE_FOLDER, kind.file or "")
    return error(
        "private-list",
        f"« {kind.file} » est posé en public : c’est une liste de personnes",
        Span(path),
        "noms, courriels et téléphones ne se gardent que sous prive/",
        "si le dépôt a déjà été partagé, prévenez la personne qui l’anime : "
        "git en garde les anciennes versions",
        f"déplacez-le : git mv {shlex.quote(str(path))} {shlex.quote(str(right))}",
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
        references.extend(references_in(kind, entry))
        if value.value is not None:
            written.extend(written_in(entry, kind.pointed))
            fields.append(value.value.model_dump_json(by_alias=True, exclude_unset=True))
            places.append((getattr(entry, "line", 1), getattr(entry, "column", 1)))
    found.extend(unfinished(text, path, len(text)))
    where = layout.place(path)
    record = Record(
        (where.home if kind.file else "") or layout.identity(path),
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
    if not broken and not header.strip() and fields.value is None:
        found.append(headless(kind.model, path))
    elif not broken:
        found.extend(_with_owners(fields.found, block))
    titled = isinstance(fields.value, PageFields) and fields.value.title is not None
    body = markup.convert(parts.value.body, path, parts.value.body_line, keep_title=titled)
    found.extend(body.found)
    found.extend(unfinished(text, path, len(text) - len(parts.value.body)))
    private = layout.place(path).private
    seen = _traces(text, private, len(text) - len(parts.value.body))
    if not isinstance(fields.value, PageFields):
        # Its links, files and addresses are checked all the same: all faults at once.
        unsaid = Draft(path, block, PageFields.model_construct(), body.value, None)
        shell = card(kind, unsaid, key, whole=False)._replace(traces=seen)
        return Parsed(str(path), key, shell, body=body.value, found=tuple(found))
    day, said = day_of(kind, fields.value, path, block)
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
    whole = day is not None or not kind.dated
    item = card(kind, draft, key, whole=whole)._replace(traces=seen)
    canonical = fields.value.model_dump_json(by_alias=True, exclude_unset=True)
    return Parsed(str(path), key, item, None, canonical, body.value, tuple(found))


def _with_owners(found: Iterable[Diagnostic], block: Block) -> Iterator[Diagnostic]:
    """A key that only other kinds have is no slip of the finger: it stands in the wrong file."""
    keys = {place: fold_key(key) for key, place in block.places.items()}
    for one in found:
        owners = _owners(keys.get(one.span, "")) if one.code == "unknown-key" else []
        if not owners or one.hints[-1].startswith("vouliez-vous"):
            yield one
            continue
        said = f"cette clé n’existe que dans : {', '.join(owners)}"
        yield replace(one, hints=(*one.hints[:-1], said, one.hints[-1]))


def _owners(key: str) -> list[str]:
    """The kinds of page that have this key, folded."""
    return [
        kind.label
        for kind in KINDS
        if issubclass(kind.model, PageFields)
        and any(fold_key(one.alias or "") == key for one in kind.model.model_fields.values())
    ]


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
