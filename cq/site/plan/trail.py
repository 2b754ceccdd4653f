"""Where a page stands: its breadcrumbs and the menu's entry, from the community it belongs to."""

from cq.site import routes
from cq.site.views import Place, Step

_HOME = Step("Accueil", "")
_ALL = {
    "quartier": Step("Quartiers", routes.QUARTIERS),
    "group": Step("Groupes", routes.GROUPS),
}


def above(place: Place | None) -> tuple[Step, ...]:
    """The way to the home of `place`, without itself; nothing above the site's own home."""
    return () if place is None else (_HOME, _ALL[place.kind])


def trail(place: Place | None) -> tuple[Step, ...]:
    """The way down to the pages of `place`, or of the whole site."""
    if place is None:
        return (_HOME,)
    return (*above(place), Step(place.name, place.address))


def section_of(place: Place | None) -> str:
    """The menu's entry for the pages of a community; "" for those of the whole site."""
    return "" if place is None else _ALL[place.kind].address
