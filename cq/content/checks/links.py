"""Links, images, anchors and `[[names]]` in texts: where each leads, and who may go there."""

import posixpath
from collections.abc import Iterator
from pathlib import PurePosixPath
from urllib.parse import quote, unquote

from cq.content import layout, meant
from cq.content.body import Link
from cq.content.item import Item
from cq.content.links import DOOR, Resolved, has_door, of_link, plain_page, readable
from cq.content.meant import Guesses
from cq.content.model import Content
from cq.content.pointing import at
from cq.diagnostic import Diagnostic, Span, error, warning
from cq.french.dates import iso_words
from cq.french.folding import nearest, slug

_IMAGES = (".png", ".jpg", ".jpeg", ".webp", ".svg")
_FILES = tuple(layout.ATTACHMENTS)


def broken_links(content: Content) -> Iterator[Diagnostic]:
    """A link that leads nowhere, or where its readers may not go, is found before a reader does."""
    today = content.today
    guesses = Guesses(content)
    hidden = {item.id for item in content.items if not item.published(today)}
    for item in content.items:
        folder = item.path.rpartition("/")[0]
        for row in item.links:
            page = plain_page(content, folder, row[1]) if row[0] == "link" else None
            if page is not None and page.space == layout.PUBLIC and page.id not in hidden:
                continue
            way = of_link(content, item, row[0], row[1])
            page = way.item
            if page is not None and row[0] != "image":
                # Nearly every link: a page that anybody may read, as a whole.
                if page.space == layout.PUBLIC and not way.fragment and page.id not in hidden:
                    continue
            elif way.state in {"outside", "list"} and row[0] != "image":
                continue
            link = Link(*row)  # type: ignore[arg-type]
            yield from _faults(guesses, item, link, way)


def _faults(guesses: Guesses, item: Item, link: Link, way: Resolved) -> Iterator[Diagnostic]:
    content, place = guesses.content, at(item, link)
    if _leads_astray(content, item, link, way):
        yield _private(item, place)
    elif way.state == "missing":
        if not _said_elsewhere(content, item, link, way):
            yield _missing(guesses, item, link, way, place)
    elif way.state == "ambiguous":
        yield _ambiguous(link, way, place)
    elif link.kind == "image" and way.state != "outside":
        yield from _not_an_image(link, way, place)
    elif way.item is not None:
        yield from _anchor(way, place)
        today = content.today
        if not way.item.faulty and not way.item.published(today) and item.published(today):
            yield _unpublished(way.item, today, place)


def _leads_astray(content: Content, item: Item, link: Link, way: Resolved) -> bool:
    """Into a space that the item's readers do not share, whether or not anything is there."""
    if way.item is not None:
        return not readable(way.item.space, item.space)
    if way.state == "file":
        return not readable(content.blobs[way.path].space, item.space)
    if way.state != "missing" or layout.PRIVATE_FOLDER not in way.path:
        return False
    paths = [way.path]
    if link.kind == "wiki":
        folder = posixpath.dirname(item.path)
        paths = [f"{layout.CONTENT}/{way.path}", posixpath.normpath(f"{folder}/{way.path}")]
    return any(not readable(_space(path), item.space) for path in paths)


def _space(path: str) -> str:
    # A folder « prive/ » itself is as private as what stands in it.
    return layout.place(PurePosixPath(path) / "x").space


def _private(item: Item, place: Span) -> Diagnostic:
    if item.space == layout.PUBLIC:
        return error(
            "private-link",
            "ce lien mène dans un espace privé",
            place,
            "cette page est publique : ses lecteurs ne pourraient pas l’ouvrir, et l’adresse en "
            "dirait déjà trop",
            "retirez le lien, ou placez-le dans une page du même espace",
        )
    return error(
        "private-link",
        "ce lien mène dans un autre espace privé",
        place,
        "les lecteurs de cette page n’ont pas la clé de l’autre espace",
        "retirez le lien, ou rendez publique la page visée",
    )


def _said_elsewhere(content: Content, item: Item, link: Link, way: Resolved) -> bool:
    """The target is there, but faulty or not read by this version: that has its own finding."""
    if not content.unread:
        return False
    if link.kind != "wiki":
        return meant.unread(content, way.path)
    nearby = posixpath.normpath(f"{posixpath.dirname(item.path)}/{way.path}")
    return meant.unread(content, nearby) or meant.unread_name(content, way.path, item.space)


def _missing(guesses: Guesses, item: Item, link: Link, way: Resolved, place: Span) -> Diagnostic:
    if link.kind != "wiki":
        bare = link.target.partition("#")[0].partition("?")[0]
        if link.kind == "image" or bare.lower().endswith(_FILES):
            return _missing_file(guesses, item, link, way, place)
    shown = unquote(link.target)
    page = guesses.page(item, link.target)
    hints = ["qui suivrait ce lien ne trouverait rien"]
    if page is not None:
        hints.append(f"vouliez-vous dire « {page.title} » ?")
        hints.append(f"écrivez : {_written(link, item, page, way.fragment)}")
    elif link.kind == "wiki" and link.target.lower().startswith(("http://", "https://")):
        words = "ses mots" if link.text == link.target else link.text
        hints.append("deux crochets mènent à une page du site, un seul à un autre site")
        hints.append(f"écrivez : [{words}]({link.target})")
    elif f"{way.path}/".startswith(f"{layout.CONTENT}/{DOOR}") and has_door(guesses.content):
        hints.append("derrière la porte des espaces privés, seul leur accueil peut être nommé")
        words = link.text.replace("[", "").replace("]", "")
        hints.append(f"écrivez : [{words}](/{DOOR}), ou /{DOOR}#/conseillers/ pour un espace")
    else:
        hints.append("corrigez le nom de la page, ou retirez le lien")
    return error("broken-link", f"« {shown} » ne mène à aucune page", place, *hints)


def _written(link: Link, item: Item, page: Item, fragment: str) -> str:
    mark = f"#{fragment}" if fragment else ""
    words = link.text.replace("[", "").replace("]", "")
    if link.kind == "wiki":
        name = page.id.rsplit("/", 1)[-1]
        return f"[[{name}{mark}]]" if words in {"", link.target} else f"[[{name}{mark}|{words}]]"
    return f"[{words}]({_address(meant.path_from(item, page.path))}{mark})"


def _address(path: str) -> str:
    """A path for the parentheses of a link: what a person can read stays readable."""
    return "".join(one if one.isalnum() else quote(one) for one in path)


def _missing_file(
    guesses: Guesses, item: Item, link: Link, way: Resolved, place: Span
) -> Diagnostic:
    what = "l’image" if link.kind == "image" else "le fichier"
    hints = [
        "il y aurait un vide à sa place" if link.kind == "image" else "le lien ne mènerait à rien"
    ]
    other = guesses.file(way.path, item.space)
    if other is not None:
        near = meant.path_from(item, other)
        hints.append(f"existe sous le nom {near}")
        start = "!" if link.kind == "image" else ""
        hints.append(f"écrivez : {start}[{link.text}]({_address(near)})")
    else:
        hints.append(f"déposez le fichier ici : {way.path}")
    return error(
        "missing-file", f"{what} « {unquote(link.target)} » est introuvable", place, *hints
    )


def _ambiguous(link: Link, way: Resolved, place: Span) -> Diagnostic:
    named = [f"[[{one.id}]]" for one in way.candidates[:5]]
    return error(
        "ambiguous-reference",
        f"« {link.target} » désigne {len(way.candidates)} pages",
        place,
        "le lien ne peut mener qu’à une seule",
        f"écrivez l’une de ces lignes : {', '.join(named)}",
    )


def _not_an_image(link: Link, way: Resolved, place: Span) -> Iterator[Diagnostic]:
    if way.state == "file" and way.path.lower().endswith(_IMAGES):
        return
    yield error(
        "not-an-image",
        f"« {unquote(link.target)} » n’est pas une image",
        place,
        "rien ne serait montré à sa place",
        f"pour un lien, sans point d’exclamation : [{link.text}]({link.target})",
    )


def _anchor(way: Resolved, place: Span) -> Iterator[Diagnostic]:
    fragment = unquote(way.fragment)
    page = way.item
    if page is None or not fragment or fragment == "top" or fragment in page.anchors:
        return
    near = [slug(fragment)] if slug(fragment) in page.anchors else nearest(fragment, page.anchors)
    where = f"dans « {page.title} »" if way.state == "item" else "dans cette page"
    if near:
        hint = f"vouliez-vous dire #{near[0]} ?"
    elif page.anchors:
        hint = f"ancres de la page : {', '.join('#' + one for one in page.anchors[:8])}"
    else:
        hint = "la page n’a pas d’intertitre : retirez ce qui suit le #"
    yield warning(
        "broken-anchor",
        f"l’ancre « #{fragment} » n’existe pas {where}",
        place,
        "le lien mènerait en haut de la page",
        hint,
    )


def _unpublished(page: Item, today: str, place: Span) -> Diagnostic:
    return warning(
        "unpublished-link",
        f"« {page.title} » {_why(page, today)}",
        place,
        "le lien est montré comme du texte simple",
        "rien à faire si c’est voulu ; sinon, retirez le lien",
    )


def _why(page: Item, today: str) -> str:
    if page.draft:
        return "est un brouillon"
    if page.publish and page.publish > today:
        return f"n’est publié qu’à partir du {iso_words(page.publish)}"
    return f"a expiré le {iso_words(page.expires or today)}"
