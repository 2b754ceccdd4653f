"""« Recherche »: the page that asks the index. Its script does the rest; without one, links do."""

from collections.abc import Iterator
from html import escape

from cq.content.model import Content
from cq.french.typography import plain
from cq.site import routes
from cq.site.directory import SearchView
from cq.site.plan.trail import trail
from cq.site.target import Target
from cq.site.views import Frame, Step

TITLE = "Recherche"
_INTRO = "Chercher par mots dans les pages et les documents du site."
_ELSEWHERE = (
    Step("Plan du site", routes.SITE_MAP),
    Step("Agenda", routes.AGENDA),
    Step("Wiki", routes.WIKI),
)
# OpenSearch 1.1: how a browser learns to ask the site from its own bar.
_DESCRIPTION = """\
<?xml version="1.0" encoding="UTF-8"?>
<OpenSearchDescription xmlns="http://a9.com/-/spec/opensearch/1.1/">
<ShortName>{name}</ShortName>
<Description>{intro}</Description>
<InputEncoding>UTF-8</InputEncoding>
<Url type="text/html" template="{address}?q={{searchTerms}}"/>
</OpenSearchDescription>
"""
_SHORT = 16  # characters that the format allows a name


def search_page(content: Content) -> Iterator[Target]:
    """The page, and its description for browsers where the site knows its address; what it
    searches is planned beside it.
    """
    space = content.audience or ""
    frame = Frame(
        at=routes.SEARCH, title=TITLE, description=_INTRO, section=routes.SEARCH,
        crumbs=trail(None), canonical=routes.absolute(content.base, routes.SEARCH),
    )  # fmt: skip
    view = SearchView(frame, routes.INDEX, _ELSEWHERE, routes.OPEN_SEARCH if content.base else "")
    yield Target(routes.file_of(routes.SEARCH), "search.html", view, space)
    if content.base:
        text = _DESCRIPTION.format(
            name=escape(plain(str(content.site["nom"]))[:_SHORT].strip()),
            intro=escape(_INTRO),
            address=escape(routes.absolute(content.base, routes.SEARCH)),
        )
        yield Target(routes.OPEN_SEARCH, "@text", (text,), space)
