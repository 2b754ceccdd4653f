"""An `AtomView` becomes a JSON Feed 1.1 (jsonfeed.org), beside the Atom feed that says the same.

The ids are Atom's, so that a reader who changes feeds sees nothing twice. What must be a whole
address there is left out on a site that has none; an entry without a summary says its title, since
an item must hold some text.
"""

import json

from cq.site.feeds.entries import AtomEntry, AtomView
from cq.site.feeds.text import moment, one_line, plain, uri

VERSION = "https://jsonfeed.org/version/1.1"


def render(view: AtomView, own: str) -> bytes:
    """The feed of `view`, whose own address is `own`, its entries in the order given."""
    feed: dict[str, object] = {
        "version": VERSION,
        "title": one_line(view.title),
        **_address("home_page_url", view.site_address),
        **_address("feed_url", own),
    }
    if subtitle := one_line(view.subtitle):
        feed["description"] = subtitle
    feed["language"] = "fr"
    feed["authors"] = [{"name": one_line(view.author)}]
    feed["items"] = [_item(entry) for entry in view.entries]
    return (json.dumps(feed, ensure_ascii=False, indent=1) + "\n").encode()


def _item(entry: AtomEntry) -> dict[str, object]:
    title, summary = one_line(entry.title), plain(entry.summary).strip()
    item: dict[str, object] = {
        "id": entry.id,
        **_address("url", entry.address),
        "title": title,
    }
    if entry.content is not None:
        item["content_html"] = plain(entry.content)
    else:
        item["content_text"] = summary or title
    if summary:
        item["summary"] = summary
    if entry.published is not None:
        item["date_published"] = moment(entry.published)
    item["date_modified"] = moment(entry.updated)
    if entry.author is not None:
        item["authors"] = [{"name": one_line(entry.author)}]
    if tags := [tag for tag in map(one_line, entry.categories) if tag]:
        item["tags"] = tags
    return item


def _address(key: str, address: str) -> dict[str, str]:
    """The key, where the address says which server: the format knows no relative ones."""
    return {key: uri(address)} if address.startswith(("https://", "http://")) else {}
