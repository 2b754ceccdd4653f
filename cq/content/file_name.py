"""What a file's name says: its day, its words, and whether it makes a good address."""

import datetime
import re
from pathlib import PurePosixPath

from cq.content import layout
from cq.content.body import Body
from cq.content.kind import Draft, Kind
from cq.content.schema import FrontMatter
from cq.content.tree import Block
from cq.diagnostic import Diagnostic, Span, error, warning
from cq.french import dates
from cq.french.folding import slug

_DATED = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})(?:-(.+))?\Z")


def title_of(path: PurePosixPath) -> str:
    """A title for a page that says none: its file name in words."""
    name = path.parent.name if path.name == "index.md" else path.stem
    match = _DATED.match(name)
    words = ((match[2] if match else None) or name).replace("-", " ").replace("_", " ")
    return words[:1].upper() + words[1:]


def day_of(
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
                f"commencez le nom du fichier par la date, par exemple : {_dated(path, name)}",
                f"ou ajoutez la ligne : {kind.day_key}: 2026-03-10"
                if block
                else f"ou ajoutez tout en haut du fichier :\n---\n{kind.day_key}: 2026-03-10\n---",
            )
        )
    elif written is not None and named is not None and written != named:
        place = Draft(path, block, fields, Body(""), None).at(kind.day_key)
        found.append(
            warning(
                "date-differs",
                f"la clé dit {dates.date_words(written)}, "
                f"le nom du fichier {dates.date_words(named)}",
                place,
                f"la clé « {kind.day_key} » l’emporte",
                f"renommez le fichier : {written}-{match[2] or 'titre' if match else 'titre'}.md, "
                f"ou écrivez : {kind.day_key}: {named}",
            )
        )
    return written or named, found


def _dated(path: PurePosixPath, name: str) -> str:
    better = f"2026-03-10-{slug(name)}".rstrip("-")
    return f"{better}/index.md" if path.name == "index.md" else f"{better}.md"


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
