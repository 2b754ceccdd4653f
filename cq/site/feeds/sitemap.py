"""sitemap.xml (protocol 0.9) and robots.txt, for search engines.

A sitemap holds absolute addresses only: without `adresse_web` the site has none, and the caller
makes no sitemap. robots.txt forbids nothing by default and is no protection: what is private is
sealed, and pages that should not be found say `noindex` themselves.
"""

from collections.abc import Iterable

from cq.site.feeds.entries import SitemapView
from cq.site.feeds.text import one_line, uri, xml

MOST = 50_000
"""What the protocol allows in one file; beyond, an `index` of several."""

_XML = '<?xml version="1.0" encoding="utf-8"?>\n'
_SCHEMA = "http://www.sitemaps.org/schemas/sitemap/0.9"


def render(view: SitemapView) -> bytes:
    """The sitemap of `view`. ValueError for a relative address, or for more than `MOST`."""
    if len(view.entries) > MOST:
        raise ValueError(f"{len(view.entries)} addresses: one sitemap holds {MOST}")
    parts = [_XML, f'<urlset xmlns="{_SCHEMA}">\n']
    for address, lastmod in view.entries:
        known = "" if lastmod is None else f"<lastmod>{xml(one_line(lastmod))}</lastmod>"
        parts.append(f"<url><loc>{_absolute(address)}</loc>{known}</url>\n")
    parts.append("</urlset>\n")
    return "".join(parts).encode()


def index(addresses: Iterable[str]) -> bytes:
    """The sitemap of sitemaps, for a site of more than `MOST` pages."""
    parts = [_XML, f'<sitemapindex xmlns="{_SCHEMA}">\n']
    parts += [f"<sitemap><loc>{_absolute(one)}</loc></sitemap>\n" for one in addresses]
    parts.append("</sitemapindex>\n")
    return "".join(parts).encode()


def robots(sitemap: str | None = None, closed: Iterable[str] = ()) -> bytes:
    """robots.txt: the address of the sitemap, and the paths (from `/`) not to visit.

    It counts only at the root of a host: under a prefix, nobody reads it.
    """
    lines = ["User-agent: *", *(f"Disallow: {uri(path)}" for path in closed)]
    if len(lines) == 1:
        lines.append("Disallow:")
    if sitemap is not None:
        lines += ["", f"Sitemap: {uri(sitemap)}"]
    return ("\n".join(lines) + "\n").encode()


def _absolute(address: str) -> str:
    if not address.startswith(("https://", "http://")):
        raise ValueError(f"a sitemap holds absolute addresses, not {address!r}")
    return xml(uri(address))
