"""What site.yml leaves out that the site would be the poorer for."""

from collections.abc import Iterator
from pathlib import PurePosixPath

from cq.content import layout
from cq.content.model import Content
from cq.diagnostic import Diagnostic, Span, note


def no_web_address(content: Content) -> Iterator[Diagnostic]:
    """Feeds and search engines need the address under which the site is published."""
    path = f"{layout.CONTENT}/site.yml"
    if not content.site or path in content.unread or content.site.get("adresse_web"):
        return
    yield note(
        "no-web-address",
        "le site ne connaît pas son adresse",
        Span(PurePosixPath(path)),
        "les flux et les agendas n’ont pas de liens complets, et il n’y a pas de sitemap.xml",
        "ajoutez la ligne : adresse_web: https://exemple.fr/",
    )
