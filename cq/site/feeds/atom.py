"""An `AtomView` becomes an Atom feed (RFC 4287).

Written as text: eleven elements, each escaped in one place. Titles and summaries are plain text; an
entry's content is HTML that its giver has cleaned. On a site without an address, links are relative
to the feed, which RFC 4287 allows; ids never depend on the address (`identity.atom_id`).
"""

from cq.site.feeds.entries import AtomEntry, AtomView
from cq.site.feeds.text import attribute, moment, one_line, plain, uri, xml

_HEAD = """\
<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="fr">
"""


def render(view: AtomView) -> bytes:
    """The feed of `view`, its entries in the order given."""
    parts = [_HEAD, _element("id", view.id), _title("title", view.title)]
    if subtitle := one_line(view.subtitle):
        parts.append(_title("subtitle", subtitle))
    parts.append(_element("updated", moment(view.updated)))
    parts.append(_link("self", "application/atom+xml", view.self_address))
    parts.append(_link("alternate", "text/html", view.site_address))
    parts.append(_author(view.author))
    parts.extend(_entry(entry) for entry in view.entries)
    parts.append("</feed>\n")
    return "".join(parts).encode()


def _entry(entry: AtomEntry) -> str:
    parts = [
        "<entry>\n",
        _element("id", entry.id),
        _title("title", entry.title),
        _link("alternate", "text/html", entry.address),
        _element("updated", moment(entry.updated)),
    ]
    if entry.published is not None:
        parts.append(_element("published", moment(entry.published)))
    if entry.author is not None:
        parts.append(_author(entry.author))
    parts += [
        f"<category term={attribute(term)}/>\n" for term in entry.categories if one_line(term)
    ]
    if summary := plain(entry.summary).strip():
        parts.append(f'<summary type="text">{xml(summary)}</summary>\n')
    if entry.content is not None:
        # The content's own relative links count from its page, not from the feed.
        base = attribute(uri(entry.address))
        parts.append(f'<content type="html" xml:base={base}>{xml(entry.content)}</content>\n')
    parts.append("</entry>\n")
    return "".join(parts)


def _element(name: str, text: str) -> str:
    return f"<{name}>{xml(one_line(text))}</{name}>\n"


def _title(name: str, text: str) -> str:
    return f'<{name} type="text">{xml(one_line(text))}</{name}>\n'


def _link(relation: str, kind: str, address: str) -> str:
    return f'<link rel="{relation}" type="{kind}" href={attribute(uri(address))}/>\n'


def _author(name: str) -> str:
    return f"<author><name>{xml(one_line(name))}</name></author>\n"
