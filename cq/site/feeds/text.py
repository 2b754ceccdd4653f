"""What may stand in a feed: no control characters, no broken XML, no address with a line end.

Content is hostile: a title with a line end must not become a new property of the calendar, and a
character that XML 1.0 forbids must not make a whole feed unreadable. It changes nothing else.
"""

import html
import re
import urllib.parse

# C0 and C1 controls but for tab and line feed, lone surrogates, the two that XML forbids, and the
# byte order mark, which libical drops.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufeff\ufffe\uffff]")
_LINE_ENDS = re.compile("\r\n?|[\x85\u2028\u2029]")
_SPACES = re.compile("[\t\n]+")
# Everything that RFC 3986 reserves or leaves alone, and % so as not to encode twice.
_IN_ADDRESSES = ":/?#[]@!$&'()*+,;=-._~%"
_ADDRESS = re.compile(f"[A-Za-z0-9{re.escape(_IN_ADDRESSES)}]*")


def plain(text: str) -> str:
    """`text` with line feeds as its only line ends and without characters that show nothing."""
    if text.isprintable():  # nothing of the kind, nor a no-break space: the usual case, at no cost
        return text
    return _FORBIDDEN.sub("", _LINE_ENDS.sub("\n", text))


def one_line(text: str) -> str:
    """`plain`, its lines joined by a space. No-break spaces stay."""
    return text.strip() if text.isprintable() else _SPACES.sub(" ", plain(text)).strip()


def uri(address: str) -> str:
    """An address as ASCII without spaces: what is not allowed is percent-encoded or dropped."""
    if _ADDRESS.fullmatch(address):
        return address
    return urllib.parse.quote(one_line(address), safe=_IN_ADDRESSES, errors="replace")


def moment(when: str) -> str:
    """RFC 3339 of an ISO day, at midnight UTC: a day has no hour to shift, only to agree on."""
    when = one_line(when)
    return when if "T" in when else f"{when}T00:00:00Z"


def xml(text: str) -> str:
    """`text` between two tags, its lines kept."""
    return html.escape(plain(text), quote=False)


def attribute(text: str) -> str:
    """`text` as an attribute's value, quotes included."""
    return f'"{html.escape(one_line(text))}"'
