"""One corpus in three layouts: cq's own (KINDS), Hugo's, Pelican's. Same texts, same links.

cq resolves and checks its links, as relative paths of source files. The two others get theirs
ready, as relative addresses: both can resolve (`peers/hugo/hugo.toml`, `{filename}`), but Hugo's
hook for it costs it a quarter of its time, and the bench owes them their best. Themes and settings
of the two others stand in `peers/`. Must not change a page's words.
"""

import json
import posixpath
import re
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path

import phrases
from corpus import HOMES, Page

PEERS = Path(__file__).parent / "peers"
SITE = "https://conseils.example.org"
NAME = "Conseils de quartier du 10e"
_LINK = re.compile(r"\]\(@(\d+)\)")
_CHAIR = "animation"


def _quoted(text: str) -> str:
    """A double-quoted scalar, YAML's and JSON's alike."""
    return json.dumps(text, ensure_ascii=False)


def _write(folder: Path, path: str, *lines: str) -> None:
    target = folder / path
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _by_path(page: Page, pages: Sequence[Page]) -> str:
    """The page's text, each `(@7)` as the relative path of page 7's file."""
    here = posixpath.dirname(page.ident)

    def path(match: re.Match[str]) -> str:
        return f"]({posixpath.relpath(pages[int(match[1])].ident, here)}.md)"

    return _LINK.sub(path, page.body)


def _by_address(page: Page, pages: Sequence[Page]) -> str:
    """The page's text, each `(@7)` as the relative address of page 7."""
    here = page.address

    def address(match: re.Match[str]) -> str:
        return f"]({posixpath.relpath(pages[int(match[1])].address, here)}/)"

    return _LINK.sub(address, page.body)


def _introduction(name: str) -> str:
    return f"{name} : comptes rendus, rendez-vous et documents, tenus par ses conseillers."


def write_cq(pages: Sequence[Page], folder: Path) -> None:
    """`content/` as docs/formats/content.md has it."""
    _write(
        folder,
        "content/site.yml",
        f"nom: {_quoted(NAME)}",
        "id: banc-d-essai",
        "arrondissement:",
        "  numero: 10",
        '  nom: "10e arrondissement de Paris"',
        '  code_insee: "75110"',
        '  code_postal: "75010"',
        f"adresse_web: {SITE}",
        "fuseau: Europe/Paris",
        "editeur:",
        '  nom: "Conseils de quartier du banc d’essai"',
        '  adresse: "72, rue du Faubourg-Saint-Martin, 75010 Paris"',
        "  telephone: 01 53 72 10 10",
        "  courriel: contact@conseils.example.org",
        'directeur_publication: "La maire du 10e arrondissement"',
        "hebergeur:",
        '  nom: "Hébergeur du banc d’essai"',
        '  adresse: "1, rue de l’Exemple, 75010 Paris"',
        "  telephone: 01 53 72 10 11",
        "contact: contact@conseils.example.org",
        "licence: Licence Ouverte 2.0",
        "accessibilite:",
        "  etat: non conforme",
        "  date: 2026-01-15",
    )
    _write(
        folder,
        "content/equipe.yml",
        f"- id: {_CHAIR}",
        '  nom: "L’équipe d’animation"',
        "  fonction: animation des conseils",
        "  consentement: 2026-01-15",
    )
    for slug, name in phrases.QUARTIERS:
        _write(folder, f"content/quartiers/{slug}/quartier.yml", f"nom: {_quoted(name)}")
    for slug, name, kind in phrases.GROUPES:
        _write(
            folder, f"content/groupes/{slug}/groupe.yml", f"nom: {_quoted(name)}", f"type: {kind}"
        )
    for ident, name in HOMES:
        _write(folder, f"content/{ident}/index.md", _introduction(name))
    for page in pages:
        lines = [f"titre: {_quoted(page.title)}", f"resume: {_quoted(page.summary)}"]
        if page.kind == "actualite":
            lines += [f"date: {page.day}", f"auteur: {_CHAIR}"]
        elif page.event:
            venue, street = page.event.venue
            lines += [
                f"date: {page.day}",
                f"debut: {page.event.start}",
                f"fin: {page.event.end}",
                "lieu:",
                f"  nom: {_quoted(venue)}",
                f"  adresse: {_quoted(street)}",
                f"type: {page.event.type}",
            ]
        else:
            lines.append(f"maj: {page.day}")
        body = _by_path(page, pages)
        _write(folder, f"content/{page.ident}.md", "---", *lines, "---", "", body.rstrip("\n"))


def _lists(page: Page) -> list[str]:
    """The addresses of the lists that the page stands in, as cq has them; the first for the site.

    The lists of all news and of all events are templates of their own.
    """
    day = page.day
    if page.kind == "actualite":
        lists = [f"actualites/{day.year}", "actualites"]
    elif page.kind == "evenement":
        lists = [f"agenda/{day.year}", "agenda"]
    else:
        lists = ["wiki"] if page.kind == "wiki" else []
    for_site = lists[:1] + ([f"agenda/{day:%Y-%m}"] if page.kind == "evenement" else [])
    return for_site + [f"{page.home}/{name}" for name in lists if page.home]


def write_hugo(pages: Sequence[Page], folder: Path) -> None:
    """Sections for quartiers and groupes; one taxonomy, whose terms are the lists' addresses."""
    shutil.copytree(PEERS / "hugo", folder, dirs_exist_ok=True)
    for ident, name in HOMES:
        _write(
            folder,
            f"content/{ident}/_index.md",
            "---",
            f"title: {_quoted(name)}",
            "type: lieu",
            'outputs: ["html", "atom"]',
            "---",
            "",
            _introduction(name),
        )
    titles = {
        "actualites": "Actualités",
        "agenda": "Agenda",
        "quartiers": "Quartiers",
        "groupes": "Groupes",
        "plan-du-site": "Plan du site",
    }
    for slug, title in titles.items():
        _write(
            folder, f"content/{slug}/_index.md", "---", f"title: {title}", f"type: {slug}", "---"
        )
    # Hugo makes a list of every folder at the top; the others have none for `pages/`.
    _write(folder, "content/pages/_index.md", "---", "build: {render: never, list: never}", "---")
    for page in pages:
        lines = [
            f"title: {_quoted(page.title)}",
            f"summary: {_quoted(page.summary)}",
            f"type: {page.kind}",
            f"date: {page.day}",
        ]
        if lists := _lists(page):
            lines.append(f"listes: {json.dumps(lists)}")
        if page.kind == "page":
            lines.append(f"url: /{page.address}/")
        elif page.kind == "actualite":
            lines.append("auteur: L’équipe d’animation")
        elif page.event:
            lines += [
                f'debut: "{page.event.start}"',
                f'fin: "{page.event.end}"',
                f"lieu: {_quoted(', '.join(page.event.venue))}",
                f"genre: {page.event.type}",
            ]
        body = _by_address(page, pages)
        _write(folder, f"content/{page.ident}.md", "---", *lines, "---", "", body.rstrip("\n"))


def write_pelican(pages: Sequence[Page], folder: Path) -> None:
    """A quartier or groupe is an author; the lists are one category and some tags."""
    shutil.copytree(PEERS / "pelican", folder, dirs_exist_ok=True)
    lieux = {ident: (name, _introduction(name)) for ident, name in HOMES}
    _write(folder, "lieux.json", json.dumps(lieux, ensure_ascii=False, indent=1))
    for page in pages:
        lines = [
            f"Title: {page.title}",
            f"Summary: {page.summary}",
            f"Date: {page.day}",
            f"Kind: {page.kind}",
            f"Slug: {page.address}",
        ]
        first, *others = _lists(page) or [""]
        if first:
            lines.append(f"Category: {first}")
        if others:
            lines.append(f"Tags: {', '.join(others)}")
        if page.home:
            lines += [f"Author: {page.home}", f"Lieu_id: {page.home}"]
        if page.kind == "actualite":
            lines.append("Auteur: L’équipe d’animation")
        elif page.event:
            lines += [
                f"Debut: {page.event.start}",
                f"Fin: {page.event.end}",
                f"Lieu: {', '.join(page.event.venue)}",
                f"Genre: {page.event.type}",
            ]
        body = _by_address(page, pages)
        _write(folder, f"content/{page.ident}.md", *lines, "", body.rstrip("\n"))


LAYOUTS: dict[str, Callable[[Sequence[Page], Path], None]] = {
    "cq": write_cq,
    "hugo": write_hugo,
    "pelican": write_pelican,
}
