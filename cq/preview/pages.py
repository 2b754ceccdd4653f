"""What only the preview shows: its findings, and a line on each page; pure text.

A page is as it will be published but for three lines in its head, which load the script that waits
for the next build. Its own policy gets what that script needs, and nothing more.
"""

import re
from html import escape

PREFIX = "/_apercu/"
_POLICY = re.compile(
    rb"""(<meta http-equiv="Content-Security-Policy" content=")([^">]*)(">)""", re.IGNORECASE
)
_NEEDED = ("script-src", "connect-src")
_NOBODY, _OWN = "'none'", "'self'"
_HEAD = re.compile(rb"</head>", re.IGNORECASE)
_LINK = re.compile(rb"""\b(href|src)="(?![a-z]+:|[/#"])""")
_BODY = re.compile(rb"<body[^>]*>", re.IGNORECASE)

SCRIPT = """\
"use strict";
// The preview's own: loads the page again when the site was made again.
(() => {
  const at = document.querySelector("script[data-numero]");
  let known = at ? at.dataset.numero : "";
  const news = new EventSource("/_apercu/suite");
  news.addEventListener("numero", (event) => {
    if (known && event.data !== known) {
      news.close();
      location.reload();
    }
    known = event.data;
  });
  addEventListener("pagehide", () => news.close());
})();
"""
STYLE = """\
.apercu { position: sticky; top: 0; z-index: 9;
  margin: 0; padding: .75rem 1rem; background: #7a1020; color: #fff;
  font: 1rem/1.5 system-ui, sans-serif; }
.apercu a { color: #fff; }
.apercu a:focus-visible { outline: 3px solid #fff; outline-offset: 2px; }
.apercu-page { margin: 0 auto; max-width: 70rem; padding: 1rem;
  font: 1rem/1.5 system-ui, sans-serif; }
.apercu-page pre { white-space: pre-wrap; overflow-wrap: anywhere; font-size: .9rem; }
"""


def with_script(page: bytes, number: int, words: str) -> bytes:
    """A page of the site that waits for the next build; with `words`, under a line that says so."""
    page = _POLICY.sub(lambda found: found[1] + _widened(found[2]) + found[3], page, count=1)
    head = _tags(number).encode()
    page = _HEAD.sub(lambda found: head + found[0], page, count=1)
    if words:
        line = (
            f'<p class="apercu" role="status">{escape(words)} : cette page est celle du dernier '
            f'site valable. <a href="{PREFIX}">Voir ce qui ne va pas</a></p>'
        ).encode()
        page = _BODY.sub(lambda found: found[0] + line, page, count=1)
    return page


def _widened(policy: bytes) -> bytes:
    """A policy that lets the preview's own script run and ask. Each directive is said once: of two
    a browser takes the first, and complains of the second.
    """
    said = [one.split() for one in policy.decode("utf-8", "surrogateescape").split(";")]
    said = [words for words in said if words]
    for name in _NEEDED:
        words = next((one for one in said if one[0].lower() == name), None)
        if words is None:
            said.append([name, _OWN])
        elif _OWN not in words:
            words[1:] = [*(one for one in words[1:] if one.lower() != _NOBODY), _OWN]
    return "; ".join(" ".join(words) for words in said).encode("utf-8", "surrogateescape")


def from_root(page: bytes) -> bytes:
    """A page that may be shown at any depth: its links begin at the server's root.

    The 404 of a site that knows its address has them so; without one it could only guess.
    """
    return _LINK.sub(lambda found: found[0] + b"/", page)


def findings(number: int, summary: str, words: str, *, good: bool, site: str) -> bytes:
    """All that the last build found, as `cq validate` says it; `site` is where the last good one
    is, "" where there is none.
    """
    title = "Aperçu : rien à corriger" if good and not words else f"Aperçu : {summary}"
    shown = "Le site a été construit." if good else "Le site n’a pas été refait."
    link = f'<p><a href="{escape(site)}">Voir le dernier site valable</a></p>' if site else ""
    listed = f'<pre tabindex="0">{escape(words)}</pre>' if words else ""
    return (
        '<!doctype html>\n<html lang="fr">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="color-scheme" content="light dark">\n'
        f"<title>{escape(title)}</title>\n{_tags(number)}</head>\n"
        f'<body class="apercu-page">\n<main>\n<h1>{escape(title)}</h1>\n<p>{shown} '
        f"Cette page change d’elle-même à chaque enregistrement.</p>\n{link}\n{listed}\n"
        "</main>\n</body>\n</html>\n"
    ).encode()


def _tags(number: int) -> str:
    return (
        f'<link rel="stylesheet" href="{PREFIX}apercu.css">\n'
        f'<script src="{PREFIX}apercu.js" data-numero="{number}" defer></script>\n'
    )
