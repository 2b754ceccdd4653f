"""/.well-known/security.txt (RFC 9116): whom to tell of a weakness of the site.

It counts only at the root of a host: under a prefix, nobody looks for it.
"""

import datetime
from typing import NamedTuple

from cq.site.feeds.text import uri


class SecurityView(NamedTuple):
    """`contact` is an e-mail address; `canonical` "" where the site does not know its own."""

    contact: str
    expires: str
    canonical: str


def render(view: SecurityView) -> bytes:
    lines = [
        f"Contact: mailto:{uri(view.contact)}",
        f"Expires: {view.expires}",
        "Preferred-Languages: fr",
    ]
    if view.canonical:
        lines.append(f"Canonical: {uri(view.canonical)}")
    return ("\n".join(lines) + "\n").encode()


def expires(today: str) -> str:
    """The first moment of the half-year after the next one: from six months to a year away.

    RFC 9116 wants less than a year, and a day that comes closer with each build would change the
    file each day. So it changes twice a year; a site that nobody builds for six months lets it
    lapse, which is what the field is for.
    """
    day = datetime.date.fromisoformat(today)
    first = datetime.date(day.year + 1, 1 if day.month <= 6 else 7, 1)
    return f"{first.isoformat()}T00:00:00Z"
