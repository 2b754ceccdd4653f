"""« Quel est mon quartier ? »: the streets of all tables in the order of a directory, and the map.

The page answers by itself; its script only looks up what stands on it.
"""

from itertools import groupby

from cq.content.model import Content
from cq.content.perimeters import Street
from cq.french.folding import sort_key
from cq.french.streets import ABBREVIATIONS, directory_key, directory_letter, street_key
from cq.site import routes
from cq.site.directory import FinderView, StreetLetter, StreetLine, StreetPart
from cq.site.plan import maps
from cq.site.plan.cards import Album
from cq.site.plan.trail import trail
from cq.site.target import Target
from cq.site.views import Frame, Place, Step

TITLE = "Quel est mon quartier\u202f?"
_INTRO = "Cherchez votre rue dans la liste, ou votre quartier sur la carte."


def finder_address(content: Content) -> str:
    """Where the page is; "" where no quartier says where it lies."""
    placed = any(
        one.outline or one.streets for one in content.quartiers if one.stands(content.today)
    )
    return routes.FINDER if placed else ""


def finder(content: Content, album: Album) -> Target | None:
    """The page, or None where it would have nothing to say."""
    if not finder_address(content):
        return None
    base = content.base
    standing = [one for one in content.quartiers if one.stands(content.today)]
    standing.sort(key=lambda one: sort_key(one.name))
    lines = _lines([(album.places[one.home], street) for one in standing for street in one.streets])
    letters = tuple(
        StreetLetter(letter, tuple(group))
        for letter, group in groupby(lines, key=lambda line: directory_letter(line.name))
    )
    publisher = content.site.get("editeur")
    named = publisher.get("courriel") if isinstance(publisher, dict) else None
    view = FinderView(
        frame=Frame(
            at=routes.FINDER, title=TITLE, description=_INTRO, section=routes.QUARTIERS,
            crumbs=(*trail(None), Step("Quartiers", routes.QUARTIERS)),
            canonical=routes.absolute(base, routes.FINDER),
        ),
        intro=_INTRO,
        map=maps.atlas(content, album, maps.SURVEY),
        places=tuple(album.places[one.home] for one in standing),
        letters=letters,
        abbreviations=" ".join(f"{short}:{long}" for short, long in ABBREVIATIONS.items()),
        contact=str(content.site.get("contact") or named or ""),
    )  # fmt: skip
    return Target(routes.file_of(routes.FINDER), "finder.html", view, content.audience or "")


def _lines(rows: list[tuple[Place, Street]]) -> list[StreetLine]:
    """One line a street, whatever its spellings; the longest one is the least abbreviated."""
    together: dict[str, list[tuple[Place, Street]]] = {}
    for row in rows:
        together.setdefault(street_key(row[1].name), []).append(row)
    lines = [
        StreetLine(
            max((street.name for _, street in same), key=lambda name: (len(name), name)),
            tuple(
                StreetPart(place, street.side, street.first, street.last, _said(street))
                for place, street in sorted(
                    same, key=lambda row: (row[1].first or 0, row[1].side, row[0].name)
                )
            ),
        )
        for same in together.values()
    ]
    return sorted(lines, key=lambda line: directory_key(line.name))


def _said(street: Street) -> str:
    """« numéros pairs, du 2 au 40 »; "" for a whole street."""
    sides = {"pair": "numéros pairs", "impair": "numéros impairs"}.get(street.side, "")
    first, last = street.first, street.last
    if first is not None and first == last:
        return f"au {first}"
    if first is not None and last is not None:
        ends = f"du {first} au {last}"
    elif first is not None:
        ends = f"à partir du {first}"
    else:
        ends = f"jusqu’au {last}" if last is not None else ""
    return ", ".join(filter(None, (sides, ends)))
