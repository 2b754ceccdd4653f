"""One corpus in three layouts: cq's own (KINDS), Hugo's, Pelican's. Same texts, same links.

    python benchmarks/layouts.py build/bench/corpus --pages 1000

cq resolves and checks its links, as relative paths of source files. The two others get theirs
ready, as relative addresses: both can resolve (`peers/hugo/hugo.toml`, `{filename}`), but Hugo's
hook for it costs it a quarter of its time, and the bench owes them their best. Themes and settings
of the two others stand in `peers/`. Must not change a page's words.
"""

import argparse
import json
import posixpath
import re
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path
from random import Random  # noqa: TID251 - one instance with a seed, handed on

import phrases
import rubrics
from corpus import HOMES, SEED, Page, corpus

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


def by_path(page: Page, pages: Sequence[Page]) -> str:
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
        body = by_path(page, pages)
        _write(folder, f"content/{page.ident}.md", "---", *lines, "---", "", body.rstrip("\n"))


def _reports(page: Page) -> list[str]:
    """The yearly reports that count the page: the site's, and its quartier's or groupe's."""
    if page.kind not in {"actualite", "evenement"}:
        return []
    site = f"rapport/{page.day.year}"
    return [site, f"{page.home}/{site}"] if page.home else [site]


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


def _hugo(folder: Path, path: str, fields: dict[str, object], body: str = "") -> None:
    """A page or a section. JSON's values are YAML's too, and say no less."""
    lines = [f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in fields.items()]
    _write(folder, f"content/{path}.md", "---", *lines, "---", "", body.rstrip("\n"))


def write_hugo(pages: Sequence[Page], folder: Path) -> None:
    """Sections for quartiers and groupes; two taxonomies, whose terms are the lists' addresses."""
    shutil.copytree(PEERS / "hugo", folder, dirs_exist_ok=True)
    for ident, name in HOMES:
        words = _introduction(name)
        outputs = ["html", "atom", "jsonfeed", "agenda"]
        fields = {"title": name, "type": "lieu", "summary": words, "outputs": outputs}
        _hugo(folder, f"{ident}/_index", fields, words)
    titles = {
        "actualites": ("Actualités", "archive", "actualite"),
        "agenda": ("Agenda", "archive", "evenement"),
        "wiki": ("Wiki", "glossaire", ""),
        "quartiers": ("Quartiers", "quartiers", ""),
        "groupes": ("Groupes", "groupes", ""),
        "plan-du-site": ("Plan du site", "plan-du-site", ""),
    }
    for slug, (title, kind, sort) in titles.items():
        _hugo(folder, f"{slug}/_index", {"title": title, "type": kind, "sorte": sort})
    _hugo_fixed(folder)
    # Hugo makes a list of every folder at the top; the others have none for `pages/`.
    _hugo(folder, "pages/_index", {"build": {"render": "never", "list": "never"}})
    for page in pages:
        fields = {
            "title": page.title,
            "summary": page.summary,
            "type": page.kind,
            "date": str(page.day),
        }
        # The wiki of the site is a section of its own: no term may have its address.
        if lists := [name for name in _lists(page) if name != "wiki"]:
            fields["listes"] = lists
        if reports := _reports(page):
            fields["rapports"] = reports
        if page.kind == "page":
            fields["url"] = f"/{page.address}/"
        elif page.kind == "actualite":
            fields["auteur"] = "L’équipe d’animation"
        elif page.event:
            venue, street = page.event.venue
            fields |= {
                "outputs": ["html", "evenement"],
                "debut": page.event.start,
                "fin": page.event.end,
                "debut_clair": rubrics.clock(page.event.start),
                "fin_clair": rubrics.clock(page.event.end),
                "lieu": venue,
                "adresse": street,
                "genre": page.event.type,
            }
        _hugo(folder, page.ident, fields, _by_address(page, pages))


def _hugo_fixed(folder: Path) -> None:
    """The empty lists, the legal pages and the open data."""
    for home in ("", *(f"{ident}/" for ident, _ in HOMES)):
        for slug, (title, words) in rubrics.EMPTY.items():
            fields: dict[str, object] = {"title": title, "type": "rubrique", "vide": words}
            _hugo(folder, f"{home}{slug}/_index", fields)
        for name, (title, kind, columns) in rubrics.SETS.items():
            fields = {
                "title": title,
                "type": "jeu",
                "outputs": ["csv", "donnees"],
                "build": {"list": "never"},
                "nom": name,
                "sorte": kind,
                "colonnes": columns,
                "lieu": f"/{home.rstrip('/')}" if home else "",
            }
            _hugo(folder, f"donnees/{home}{name}", fields)
    title, words = rubrics.BOARD
    _hugo(
        folder,
        "tableau-de-bord/_index",
        {"title": title, "type": "tableau-de-bord", "vide": words},
    )
    title, words = rubrics.DATA
    sets = [
        {"nom": name, "titre": label, "sorte": kind}
        for name, (label, kind, _) in rubrics.SETS.items()
    ]
    _hugo(
        folder,
        "donnees/_index",
        {"title": title, "type": "donnees", "summary": words, "jeux": sets},
    )
    for page in rubrics.fixed():
        fields = {
            "title": page.title,
            "summary": page.summary,
            "type": "legal" if page.legal else "page",
            "date": str(rubrics.WRITTEN),
            "url": f"/{page.slug}/",
            "hors_recherche": True,
        }
        _hugo(folder, f"pages/{page.slug}", fields, page.body)


def _pelican(folder: Path, path: str, fields: dict[str, str], body: str = "") -> None:
    lines = [f"{key}: {value}" for key, value in fields.items()]
    _write(folder, f"content/{path}.md", *lines, "", body.rstrip("\n"))


def write_pelican(pages: Sequence[Page], folder: Path) -> None:
    """A quartier or groupe is an author; the lists are one category and some tags.

    The yearly reports are no tags: Pelican compares all articles with those of each tag.
    """
    shutil.copytree(PEERS / "pelican", folder, dirs_exist_ok=True)
    lieux = {ident: (name, _introduction(name)) for ident, name in HOMES}
    _write(folder, "lieux.json", json.dumps(lieux, ensure_ascii=False, indent=1))
    _write(folder, "jeux.json", json.dumps(rubrics.SETS, ensure_ascii=False, indent=1))
    for home in ("", *(f"{ident}/" for ident, _ in HOMES)):
        for slug, (title, words) in rubrics.EMPTY.items():
            _pelican_empty(folder, f"{home}{slug}", title, words)
    _pelican_empty(folder, "tableau-de-bord", *rubrics.BOARD)
    for fixed in rubrics.fixed():
        fields = {
            "Title": fixed.title,
            "Summary": fixed.summary,
            "Date": str(rubrics.WRITTEN),
            "Kind": "legal" if fixed.legal else "page",
            "Slug": fixed.slug,
            "Hors_recherche": "oui",
        }
        _pelican(folder, f"pages/{fixed.slug}", fields, fixed.body)
    for page in pages:
        fields = {
            "Title": page.title,
            "Summary": page.summary,
            "Date": str(page.day),
            "Kind": page.kind,
            "Slug": page.address,
        }
        first, *others = _lists(page) or [""]
        if first:
            fields["Category"] = first
        if others:
            fields["Tags"] = ", ".join(others)
        if page.home:
            fields |= {"Author": page.home, "Lieu_id": page.home}
        if page.kind == "actualite":
            fields["Auteur"] = "L’équipe d’animation"
        elif page.event:
            venue, street = page.event.venue
            fields |= {
                "Debut": page.event.start,
                "Fin": page.event.end,
                "Debut_clair": rubrics.clock(page.event.start),
                "Fin_clair": rubrics.clock(page.event.end),
                "Lieu": venue,
                "Adresse": street,
                "Genre": page.event.type,
            }
        _pelican(folder, page.ident, fields, _by_address(page, pages))


def _pelican_empty(folder: Path, address: str, title: str, words: str) -> None:
    """A list that is a page by another template: it has a summary and no text."""
    fields = {
        "Title": title,
        "Summary": words,
        "Date": str(rubrics.WRITTEN),
        "Kind": "rubrique",
        "Slug": address,
        "Template": "rubrique",
    }
    _pelican(folder, f"pages/{address}", fields)


LAYOUTS: dict[str, Callable[[Sequence[Page], Path], None]] = {
    "cq": write_cq,
    "hugo": write_hugo,
    "pelican": write_pelican,
}


def main() -> None:
    parser = argparse.ArgumentParser(description="Write the bench corpus, once for each tool.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--pages", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--layout", choices=(*LAYOUTS, "all"), default="all")
    options = parser.parse_args()
    pages = corpus(options.pages, Random(options.seed))  # noqa: S311 - a corpus is no secret
    for name, write in LAYOUTS.items():
        if options.layout in {name, "all"}:
            write(pages, options.folder / name)
            print(f"{options.folder / name}: {len(pages)} pages")


if __name__ == "__main__":
    main()
