"""A contact as a vCard 3.0 (RFC 2426), which every telephone takes: written by segno."""

from cq.site.directory import Contact
from cq.site.feeds.text import one_line


def render(contact: Contact) -> bytes:
    """The card. Nobody's name is taken apart: it stands whole, as it is shown."""
    from segno.helpers import make_vcard_data

    name = one_line(contact.name)
    text: str = make_vcard_data(
        name.replace(";", ","),
        name,
        email=one_line(contact.email) or None,
        phone=one_line(contact.phone) or None,
        org=one_line(contact.organisation) or None,
        title=one_line(contact.function) or None,
        street=one_line(contact.address) or None,
    )
    return text.encode()
