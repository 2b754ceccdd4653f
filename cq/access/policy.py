"""What a web server is asked to say with every page, guarded or not: Apache, nginx, Caddy.

A page names its own policy; that nobody may frame it, it cannot say by itself. Values are those of
`cq.headers`, as hosts read them in `_headers`.
"""

import re
from collections.abc import Iterator, Mapping

from cq.access.rules import checked_root
from cq.headers import EVERYWHERE, SPACES

_FOLDER = "espace"


def files(root: str) -> Mapping[str, str]:
    """The lines of each server, by the name of their file. Raises BadPlace."""
    return {
        "entetes-apache.conf": apache(root),
        "entetes-nginx.conf": nginx(root),
        "entetes-caddy.conf": caddy(root),
    }


def apache(root: str) -> str:
    """For a <VirtualHost> or an .htaccess: what it needs is allowed in both."""
    start = re.escape(checked_root(root))
    lines = [
        "# Apache (mod_headers), dans le <VirtualHost> du site. Dans un .htaccess, seulement si",
        "# l’hébergeur l’accepte (AllowOverride FileInfo) : sinon, tout le site répondrait 500.",
        "<IfModule mod_headers.c>",
    ]
    if root == "/":
        lines += [f"    {line}" for line in _apache(EVERYWHERE)]
    else:
        lines += [f'    <If "%{{REQUEST_URI}} =~ m#^{start}#">']
        lines += [f"        {line}" for line in _apache(EVERYWHERE)]
        lines += ["    </If>"]
    lines += [f'    <If "%{{REQUEST_URI}} =~ m#(?i)^{start}{_FOLDER}(?:/|$)#">']
    lines += [f"        {line}" for line in _apache(SPACES)]
    return "\n".join((*lines, "    </If>", "</IfModule>", ""))


def _apache(some: tuple[tuple[str, str], ...]) -> Iterator[str]:
    # « set »: what something above says already is not said twice.
    return (f'Header always set {name} "{value}"' for name, value in some)


def nginx(root: str) -> str:
    """For the `server` block."""
    start = re.escape(checked_root(root))
    lines = [
        "# nginx, dans le bloc server { … } du site. Un bloc location qui a un add_header à lui",
        "# n’envoie plus ceux-ci : répétez-les-y.",
    ]
    if root == "/":
        lines += [f'add_header {name} "{value}" always;' for name, value in EVERYWHERE]
    else:  # other sites of this server keep their own
        lines += _nginx("site", f"^{start}", EVERYWHERE)
    lines += _nginx("espace", f"^{start}{_FOLDER}(?:/|$)", SPACES)
    return "\n".join((*lines, ""))


def _nginx(name: str, pattern: str, some: tuple[tuple[str, str], ...]) -> Iterator[str]:
    """Headers of some addresses, without a location of their own: an empty one is not sent."""
    numbered = [(f"$cq_{name}_{number}", *one) for number, one in enumerate(some, 1)]
    yield from (f'set {variable} "";' for variable, _, _ in numbered)
    yield f'if ($uri ~* "{pattern}") {{'
    yield from (f'    set {variable} "{value}";' for variable, _, value in numbered)
    yield "}"
    yield from (f"add_header {header} {variable} always;" for variable, header, _ in numbered)


def caddy(root: str) -> str:
    """For the block of the site."""
    start = checked_root(root)
    inside = f"{start}{_FOLDER}"
    lines = ["# Caddy, dans le bloc du site."]
    if root != "/":
        lines.append(f"@cq_site path {start}*")
    lines.append("header {" if root == "/" else "header @cq_site {")
    lines += [f'    {name} "{value}"' for name, value in EVERYWHERE]
    lines += ["}", f"@cq_espace path {inside} {inside}/*", "header @cq_espace {"]
    lines += [f'    {name} "{value}"' for name, value in SPACES]
    return "\n".join((*lines, "}", ""))
