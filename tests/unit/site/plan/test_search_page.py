"""« Recherche »: its page, and what tells browsers of it."""

from xml.etree import ElementTree

import petit_bourg

from cq.site import routes
from cq.site.directory import SearchView
from cq.site.plan.search_page import search_page


def test_a_site_that_knows_its_address_describes_its_search() -> None:
    site = petit_bourg.SITE.replace("nom: Petit-Bourg\n", "nom: Bourg & <Fils> à l’eau\n", 1)
    content = petit_bourg.content({"site.yml": site + petit_bourg.ADDRESS}, "2026-01-01")
    page, described = search_page(content)
    assert isinstance(page.view, SearchView)
    assert page.view.description_at == described.path == routes.OPEN_SEARCH
    assert isinstance(described.view, tuple)
    made = ElementTree.fromstring(described.view[0])  # noqa: S314 - our own
    space = "{http://a9.com/-/spec/opensearch/1.1/}"
    url = made.find(f"{space}Url")
    assert url is not None
    assert url.get("template") == "https://exemple.fr/recherche/?q={searchTerms}"
    name = made.findtext(f"{space}ShortName") or ""
    assert name.startswith("Bourg & <Fils>")
    assert len(name) <= 16


def test_one_that_does_not_has_the_page_alone() -> None:
    (page,) = search_page(petit_bourg.content({"site.yml": petit_bourg.SITE}, "2026-01-01"))
    assert page.path == "recherche/index.html"
    assert isinstance(page.view, SearchView)
    assert page.view.description_at == ""
    assert page.view.links
