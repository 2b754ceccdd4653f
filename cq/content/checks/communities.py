"""Quartiers and groupes: a folder of pages needs the file that says whose they are."""

from collections.abc import Iterator
from pathlib import PurePosixPath

from cq.content import layout
from cq.content.model import Content
from cq.content.parsed import Record
from cq.content.pointing import at
from cq.diagnostic import Diagnostic, Span, error, note, warning
from cq.french.dates import date_words
from cq.french.folding import nearest, slug
from cq.french.read_date import read_date

_FILES = {"quartiers": "quartier.yml", "groupes": "groupe.yml"}
_LABELS = {"quartiers": "quartier", "groupes": "groupe"}


def missing_communities(content: Content) -> Iterator[Diagnostic]:
    """Without its quartier.yml or groupe.yml a folder's pages have no home to lead to them."""
    homes = dict.fromkeys(item.home for item in content.items if item.home)
    for home in homes:
        if home in content.communities:
            continue
        folder, name = home.split("/")
        path = f"{layout.CONTENT}/{home}/{_FILES[folder]}"
        if path in content.unread:
            continue
        known = [one.slug for one in content.communities.values() if one.home.startswith(folder)]
        near = nearest(name, known)
        hints = [f"le dossier s’appelle peut-être « {near[0]} »"] if near else []
        more = "\ntype: commission" if folder == "groupes" else ""
        yield error(
            "missing-community",
            f"le dossier « {home} » n’a pas de {_FILES[folder]}",
            Span(PurePosixPath(f"{layout.CONTENT}/{home}")),
            "ses pages n’auraient ni accueil ni agenda",
            *hints,
            f"créez {path} :\nnom: {name.replace('-', ' ').title()}{more}",
        )


def faulty_communities(content: Content) -> Iterator[Diagnostic]:
    """A community's address is for ever, its dates make sense, and a text welcomes its readers."""
    for record in content.records:
        if record.kind not in {"quartier", "group"}:
            continue
        folder, name = record.home.split("/")
        if not layout.is_slug(name):
            yield warning(
                "file-name",
                f"le nom du dossier « {name} » fera une adresse difficile à recopier",
                Span(PurePosixPath(f"{layout.CONTENT}/{record.home}")),
                "une adresse s’écrit sans accent, sans majuscule ni espace",
                f"renommez le dossier : {folder}/{slug(name) or _LABELS[folder]}",
            )
        yield from _ends_before(record)
        welcome = f"{layout.CONTENT}/{record.home}/index.md"
        if welcome not in content.by_path and welcome not in content.unread:
            yield note(
                "no-welcome",
                f"ce {_LABELS[folder]} n’a pas de texte d’accueil",
                Span(PurePosixPath(record.path)),
                "son accueil ne montre que des listes",
                f"écrivez quelques lignes dans {welcome}",
            )


def _ends_before(record: Record) -> Iterator[Diagnostic]:
    written = {one.field: one for one in record.written}
    since, until = written.get("depuis"), written.get("jusqua")
    if since is None or until is None:
        return
    first, last = read_date(since.target).value, read_date(until.target).value
    if first is not None and last is not None and last < first:
        yield error(
            "end-before-start",
            f"jusqua ({date_words(last)}) vient avant depuis ({date_words(first)})",
            at(record, until),
            "on ne saurait plus quand ce périmètre a existé",
            f"écrivez une date après le {date_words(first)}",
        )
