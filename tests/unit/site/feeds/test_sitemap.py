import urllib.robotparser
import xml.etree.ElementTree as ET

import pytest

from cq.site.feeds import sitemap
from cq.site.feeds.entries import SitemapEntry, SitemapView

NS = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
BASE = "https://cq10.example/"


def test_a_sitemap():
    entries = (
        SitemapEntry(BASE),
        SitemapEntry(BASE + "agenda/2026-03-10-pleniere/", "2026-02-20"),
        SitemapEntry(BASE + "recherche/?q=vœu & <b>"),
    )
    assert sitemap.render(SitemapView(entries)).decode() == (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
        "<url><loc>https://cq10.example/</loc></url>\n"
        "<url><loc>https://cq10.example/agenda/2026-03-10-pleniere/</loc>"
        "<lastmod>2026-02-20</lastmod></url>\n"
        "<url><loc>https://cq10.example/recherche/?q=v%C5%93u%20&amp;%20%3Cb%3E</loc></url>\n"
        "</urlset>\n"
    )


def test_a_relative_address_is_refused():
    with pytest.raises(ValueError, match="agenda/"):
        sitemap.render(SitemapView((SitemapEntry("agenda/"),)))


def test_as_many_as_the_protocol_allows_and_not_one_more():
    most = tuple(SitemapEntry(f"{BASE}{number}/", "2026-01-01") for number in range(sitemap.MOST))
    root = ET.fromstring(sitemap.render(SitemapView(most)))  # noqa: S314 - our own
    assert len(root.findall(NS + "url")) == 50_000
    with pytest.raises(ValueError, match="50001"):
        sitemap.render(SitemapView((*most, SitemapEntry(BASE))))


def test_the_index_of_several():
    root = ET.fromstring(sitemap.index([BASE + "sitemap-1.xml", BASE + "sitemap-2.xml"]))  # noqa: S314
    assert root.tag == NS + "sitemapindex"
    assert [one.text for one in root.iter(NS + "loc")] == [
        BASE + "sitemap-1.xml",
        BASE + "sitemap-2.xml",
    ]


def robots(written: bytes) -> urllib.robotparser.RobotFileParser:
    parser = urllib.robotparser.RobotFileParser()
    parser.parse(written.decode().splitlines())
    return parser


def test_robots_allows_everything():
    assert sitemap.robots() == b"User-agent: *\nDisallow:\n"
    assert robots(sitemap.robots()).can_fetch("GoogleBot", BASE + "agenda/")


def test_robots_names_the_sitemap_and_what_is_closed():
    found = robots(sitemap.robots(BASE + "sitemap.xml", ["/recherche/\nAllow: /", "/été/"]))
    assert found.site_maps() == [BASE + "sitemap.xml"]
    assert not found.can_fetch("GoogleBot", BASE + "%C3%A9t%C3%A9/")
    assert found.can_fetch("GoogleBot", BASE + "agenda/")
    assert b"\nAllow" not in sitemap.robots(None, ["/recherche/\nAllow: /"])
