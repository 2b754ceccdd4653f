"""The HTTP headers that the site is meant to be served with.

The preview sends them, and the browser tests too: what they forbid is not found out by a resident.

The policy of each page stands in the page as well (`politique` in base.html); this one is what all
pages of a site need together. Nothing of another site is ever loaded, and nobody frames a page.
`blob:` is for what a sealed space opens in the browser.
"""

# The script and the style of the page that verifies a draw, which is one file (cq/draw/page.py): of
# this version of cq and of each one before it that froze a draw.
_SCRIPTS = ("sha256-M/J73q5MqZmxh4xpxlA2PhNs2zSYKH717RT/y/9ZMYI=",)
_STYLES = ("sha256-gMoLNf5wYtUL5RAemk1OQyLsFiHHFBGbeZBienj6jho=",)


def _own(named: tuple[str, ...]) -> str:
    return " ".join(("'self'", *(f"'{one}'" for one in named)))


POLICY = (
    f"default-src 'none'; img-src 'self' blob: data:; media-src blob:; style-src {_own(_STYLES)}; "
    f"font-src 'self'; script-src {_own(_SCRIPTS)}; connect-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = (
    ("Content-Security-Policy", POLICY),
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "no-referrer"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
    ("Permissions-Policy", "camera=(), geolocation=(self), microphone=()"),
)
# Of the private spaces alone. Pictures of public pages may stand in a newsletter, those of a space
# nowhere else; and no search engine keeps the page that opens them.
SPACES = (
    ("Cross-Origin-Resource-Policy", "same-origin"),
    ("X-Robots-Tag", "noindex, nofollow, noarchive"),
)
# What a host that knows the file gives to every answer. Each name comes once, of all the rules that
# fit an address: hosts join two values of one name.
EVERYWHERE = tuple(one for one in HEADERS if one[0] not in dict(SPACES))


def for_hosts() -> dict[str, bytes]:
    """Files of the published folder that speak to its host, by path; harmless where nobody reads.

    `_headers` is read by Netlify, Cloudflare Pages and those that follow them: a page cannot say by
    itself that nobody may frame it. `.nojekyll` keeps GitHub Pages from leaving out what begins
    with « _ », as sealed files may.
    """
    rules = (("/*", EVERYWHERE), ("/espace/*", SPACES))
    lines = (
        line
        for place, some in rules
        for line in (place, *(f"  {name}: {value}" for name, value in some))
    )
    return {"_headers": "".join(f"{line}\n" for line in lines).encode(), ".nojekyll": b""}


# By the end of a file's name: with `nosniff`, a wrong type is a file that does not show.
TYPES = {
    ".atom": "application/atom+xml; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".csv": "text/csv; charset=utf-8",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".geojson": "application/geo+json; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".ico": "image/x-icon",
    ".ics": "text/calendar; charset=utf-8",
    ".jpeg": "image/jpeg",
    ".jpg": "image/jpeg",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json; charset=utf-8",
    ".odp": "application/vnd.oasis.opendocument.presentation",
    ".ods": "application/vnd.oasis.opendocument.spreadsheet",
    ".odt": "application/vnd.oasis.opendocument.text",
    ".pdf": "application/pdf",
    ".png": "image/png",
    ".pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
    ".webmanifest": "application/manifest+json",
    ".webp": "image/webp",
    ".woff2": "font/woff2",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".xml": "application/xml; charset=utf-8",
    ".zip": "application/zip",
}


def type_of(name: str) -> str:
    """The media type of a file, from its name; a download where nobody knows."""
    end = name.rpartition("/")[2].rpartition(".")
    return TYPES.get(f".{end[2].lower()}" if end[1] else "", "application/octet-stream")
