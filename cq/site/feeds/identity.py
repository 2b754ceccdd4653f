"""Names that stay the same for ever: a calendar's UID and an Atom id, from the item's id alone.

They depend on neither the clock nor git. An Atom id does not hold the site's address either, so
that the day the council gets a domain, nobody's reader shows every entry as new.
"""

import hashlib
import uuid

# RFC 2606 keeps .invalid from ever being registered: a site without an address claims no domain.
_NO_DOMAIN = "cq.invalid"


def meeting_uid(site: str, item: str, domain: str = _NO_DOMAIN) -> str:
    """The UID of the event `item` of the site whose id is `site` (RFC 7986 section 5.3)."""
    digest = hashlib.sha256(f"{site}\n{item}".encode("utf-8", "replace")).hexdigest()
    return f"{digest[:16]}@{domain}"


def atom_id(site: str, item: str) -> str:
    """A `urn:uuid:` for a feed or an entry (RFC 4287 section 4.2.6), by RFC 4122's version 5.

    No `tag:` URI, which would need a domain and a day on which the council owned it.
    """
    name = f"cq:{site}\n{item}".encode("utf-8", "replace").decode("utf-8")
    return f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, name)}"
