"""What a page says of itself to machines: schema.org as JSON-LD, made from its view alone.

A page that is no meeting, article, home or list of data says nothing. Addresses are absolute, and
left out on a site that has none. The text stands inside a `<script>` that nothing runs: no sign in
it can close that element or open a comment.
"""

import datetime
import json
from typing import Any
from zoneinfo import ZoneInfo

from cq.site import routes
from cq.site.feeds.text import one_line
from cq.site.views import Card, Chrome, DataSheet, DataView, HomeView, ItemView, Place

_CONTEXT = "https://schema.org"
_STATUS = {"annulé": "EventCancelled", "reporté": "EventPostponed"}
_MEDIA = {"CSV": "text/csv", "JSON": "application/json"}
# `<` and `>` end or open tags and comments; the last two end a line of JavaScript.
_ESCAPES = [(sign, f"\\u{ord(sign):04x}") for sign in "<>&\u2028\u2029"]
# One encoder for all: json.dumps makes another at each call that asks for more than the usual.
_dumped = json.JSONEncoder(ensure_ascii=False).encode

_Thing = dict[str, Any]


def script(view: object, chrome: Chrome) -> str:
    """The JSON-LD of the page, safe inside `<script>`; "" where it has none."""
    thing = described(view, chrome)
    if thing is None:
        return ""
    text = _dumped({"@context": _CONTEXT, **thing})
    for sign, escape in _ESCAPES:
        text = text.replace(sign, escape)
    return text


def described(view: object, chrome: Chrome) -> _Thing | None:
    """The thing that the page is about."""
    if isinstance(view, ItemView):
        kind = view.card.kind
        if kind == "event":
            return _event(view, chrome)
        return _article(view, chrome) if kind in {"news", "wiki"} else None
    if isinstance(view, HomeView):
        return _home(view, chrome)
    return _catalogue(view, chrome) if isinstance(view, DataView) else None


def _home(view: HomeView, chrome: Chrome) -> _Thing:
    if view.place is None:
        return _filled(
            **_site(chrome),
            description=view.frame.description,
            email=chrome.contact,
            areaServed=chrome.arrondissement,
            parentOrganization=_publisher(chrome),
        )
    return _filled(
        **_place(view.place, chrome),
        description=view.frame.description,
        email=view.contact,
        parentOrganization=_site(chrome),
    )


def _event(view: ItemView, chrome: Chrome) -> _Thing:
    card = view.card
    # A meeting that comes back is told at its next day, as the agenda shows it.
    day = view.occurrences[0] if view.occurrences else card.day or ""
    location = {
        "@type": "Place",
        **_filled(name=one_line(card.where), address=one_line(view.address)),
    }
    return _filled(
        **{"@type": "Event"},
        name=one_line(card.title),
        description=one_line(card.summary),
        startDate=_when(day, card.start, chrome.zone),
        endDate=_end(card, day, chrome.zone),
        eventStatus=f"{_CONTEXT}/{_STATUS.get(card.status, 'EventScheduled')}",
        eventAttendanceMode=f"{_CONTEXT}/OfflineEventAttendanceMode" if card.where else "",
        location=location if len(location) > 1 else None,
        organizer=_whose(card, chrome),
        url=view.frame.canonical,
        image=view.frame.image,
        isAccessibleForFree=True,
        inLanguage=chrome.language,
    )


def _end(card: Card, day: str, zone: str) -> str:
    """The end, where it is known. One that is not after the start is left out."""
    last = card.end_day if card.end_day and card.end_day > day else day
    if card.start is None:
        return last if last != day else ""
    if card.end is None:
        return ""
    end = _when(last, card.end, zone)
    return end if (last, card.end) > (day, card.start) else ""


def _when(day: str, clock: str | None, zone: str) -> str:
    """A day, or a moment with the difference to UTC that the zone has then."""
    if clock is None:
        return day
    moment = datetime.datetime.fromisoformat(f"{day}T{clock}")
    return moment.replace(tzinfo=ZoneInfo(zone)).isoformat()


def _article(view: ItemView, chrome: Chrome) -> _Thing:
    card, author = view.card, view.author
    organization = _whose(card, chrome)
    # « un conseiller ou une conseillère » is nobody's name, and has no function.
    named = author if author is not None and author.function else None
    return _filled(
        **{"@type": "NewsArticle" if card.kind == "news" else "Article"},
        headline=one_line(card.title),
        description=one_line(card.summary),
        datePublished=card.day,
        dateModified=card.updated or card.day,
        author={"@type": "Person", "name": one_line(named.name)} if named else organization,
        publisher=_publisher(chrome) or _site(chrome),
        image=view.frame.image,
        mainEntityOfPage=view.frame.canonical,
        keywords=", ".join(map(one_line, view.keywords)),
        inLanguage=chrome.language,
    )


def _catalogue(view: DataView, chrome: Chrome) -> _Thing:
    return _filled(
        **{"@type": "DataCatalog"},
        name=f"{view.frame.title} – {chrome.site}",
        description=one_line(view.intro),
        url=view.frame.canonical,
        license=view.licence_address,
        publisher=_publisher(chrome) or _site(chrome),
        inLanguage=chrome.language,
        dataset=[_data_set(one, view, chrome) for one in view.sheets],
    )


def _data_set(sheet: DataSheet, view: DataView, chrome: Chrome) -> _Thing:
    return _filled(
        **{"@type": "Dataset"},
        name=f"{sheet.title} – {chrome.site}",
        description=f"{sheet.description} {chrome.site}.",
        identifier=sheet.name,
        version=view.version,
        license=view.licence_address,
        url=f"{view.frame.canonical}#{sheet.name}" if view.frame.canonical else "",
        dateModified=sheet.changed,
        isAccessibleForFree=True,
        creator=_publisher(chrome) or _site(chrome),
        distribution=[
            _filled(
                **{"@type": "DataDownload"},
                encodingFormat=_MEDIA[file.format],
                contentSize=f"{file.size} B",
                contentUrl=routes.absolute(chrome.address, file.address),
            )
            for file in sheet.files
        ],
    )


def _whose(card: Card, chrome: Chrome) -> _Thing:
    return _place(card.place, chrome) if card.place else _site(chrome)


def _place(place: Place, chrome: Chrome) -> _Thing:
    return _organization(place.name, routes.absolute(chrome.address, place.address))


def _site(chrome: Chrome) -> _Thing:
    return _organization(chrome.site, routes.absolute(chrome.address, ""))


def _publisher(chrome: Chrome) -> _Thing | None:
    if not chrome.publisher:
        return None
    return _filled(
        **_organization(chrome.publisher, ""), address=one_line(chrome.publisher_address)
    )


def _organization(name: str, url: str) -> _Thing:
    return _filled(**{"@type": "Organization"}, name=one_line(name), url=url)


def _filled(**thing: Any) -> _Thing:  # noqa: ANN401 - JSON
    """Without what is not known."""
    return {key: value for key, value in thing.items() if value not in (None, "", [])}
