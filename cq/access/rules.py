"""What tells a web server to guard folders of the site: Apache, nginx, Caddy.

Texts only, made of names that were checked: nothing of the content stands in them. Each way to ask
for a page that a server takes for the same one is tried on the servers themselves
(tests/whole/test_guarded.py).
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from cq.headers import EVERYWHERE, SPACES

# One for all: a browser then asks a member of several spaces once.
REALM = "Espaces des conseils de quartier"
HTACCESS = ".htaccess"
MARK = "# cq : dossier gardé par le serveur\n"  # how a file of the tree says that it is not public
# Nothing of a space is kept by what lies between, nor found by a search engine.
_HEADERS = (*EVERYWHERE, *SPACES, ("Cache-Control", "private, no-store"))
_FOLDER = re.compile(r"(?:[a-z0-9]+(?:-[a-z0-9]+)*/)+")
_ROOT = re.compile(r"/(?:[A-Za-z0-9_.~-]+/)*")
_HOME = re.compile(r"(?:/[A-Za-z0-9_.@+-]+)+")


class BadPlace(ValueError):
    """A folder that no rule can name safely; the words are for the user."""


class Place(NamedTuple):
    """A folder of the site, and the file of passwords of those who may read it."""

    folder: str  # from the site's root: « espace/q-canal/ »
    users: str  # « q-canal.htpasswd »


def checked_home(home: str) -> str:
    """The folder of passwords on the server, as rules may name it. Raises BadPlace."""
    if not _HOME.fullmatch(home) or {".", ".."} & set(home.split("/")):
        raise BadPlace(
            f"« {home} » ne convient pas : il faut le chemin complet d’un dossier du serveur, sans "
            "espace ni accent, hors de ce qui est publié\npar exemple : --path /etc/cq"
        )
    return home


def checked_root(root: str) -> str:
    """The site's own address on its server: « / », « /conseils/ ». Raises BadPlace."""
    if not _ROOT.fullmatch(root) or {".", ".."} & set(root.split("/")):
        raise BadPlace(f"l’adresse du site ne convient pas à une règle de serveur : {root}")
    return root


def htaccess(place: Place, home: str) -> str:
    """The file that Apache reads in the folder itself, wherever that is copied to.

    Where something that it asks for is missing, Apache answers 500: never the page.
    """
    return "\n".join(
        (
            MARK.rstrip(),
            "# À ne publier que sur un serveur qui lit ce fichier (Apache, avec AllowOverride",
            "# AuthConfig FileInfo) ou qui suit les règles de « cq access server » : sur un autre,",
            "# tout le monde lit ce dossier.",
            *_apache(place, checked_home(home)),
            '<FilesMatch "^\\.">',
            "    Require all denied",
            "</FilesMatch>",
            "",
        )
    )


def apache(places: Sequence[Place], home: str, root: str, around: str = "") -> str:
    """Rules for Apache's own configuration, where it reads no .htaccess.

    `around`: a folder of which all the others are shut, since a space that is new tomorrow must not
    be open for having no rule yet.
    """
    lines = [
        "# Apache, dans le <VirtualHost> du site :  Include " + f"{checked_home(home)}/apache.conf",
        "# Inutile si Apache lit les fichiers .htaccess (AllowOverride AuthConfig FileInfo).",
    ]
    start = re.escape(checked_root(root)).replace("/", "/+")
    if around:
        folder = re.escape(around).replace("/", "/+").removesuffix("/+")
        lines += [
            f'<LocationMatch "(?i)^{start}{folder}(?:/|$)">',
            "    Require all denied",
            "</LocationMatch>",
        ]
    for place in places:
        folder = re.escape(_checked(place)).replace("/", "/+").removesuffix("/+")
        lines += [
            f'<LocationMatch "(?i)^{start}{folder}(?:/|$)">',
            *(f"    {line}" for line in _apache(place, home)),
            "</LocationMatch>",
            # After the other: of two that match, the last one counts.
            f'<LocationMatch "(?i)^{start}{folder}/(?:.*/)?\\.">',
            "    Require all denied",
            "</LocationMatch>",
        ]
    return "\n".join((*lines, ""))


def _apache(place: Place, home: str) -> Iterator[str]:
    yield "AuthType Basic"
    yield f'AuthName "{REALM}"'
    yield "AuthBasicProvider file"
    yield f'AuthUserFile "{home}/{place.users}"'
    yield "Require valid-user"
    # Where something above says « Satisfy Any », an address that may come in needs no password.
    yield "<IfModule mod_access_compat.c>"
    yield "    Satisfy All"
    yield "</IfModule>"
    yield "<IfModule mod_headers.c>"
    for name, value in _HEADERS:
        yield f'    Header always set {name} "{value}"'
    yield "</IfModule>"


def nginx(places: Sequence[Place], home: str, root: str, around: str = "") -> str:
    """Rules for the `server` block of nginx; `around`: see `apache`."""
    lines = [
        f"# nginx, dans le bloc server {{ … }} du site :  include {checked_home(home)}/nginx.conf;",
        "# Contre les essais répétés, dans le bloc http : limit_req_zone $binary_remote_addr",
        "# zone=cq:1m rate=20r/s; puis, dans chaque location : limit_req zone=cq burst=60 nodelay;",
        "# Une barre doublée n’arrive ici que là où merge_slashes est coupé : elle contournerait",
        "# tout ce qui suit.",
        'if ($uri ~ "//") {',
        "    return 404;",
        "}",
    ]
    if around:
        lines += [f"location ^~ {checked_root(root)}{around} {{", "    deny all;", "}"]
    for place in places:
        lines += [
            f"location ^~ {checked_root(root)}{_checked(place)} {{",
            f'    auth_basic "{REALM}";',
            f"    auth_basic_user_file {home}/{place.users};",
            "    satisfy all;",
            *(f'    add_header {name} "{value}" always;' for name, value in _HEADERS),
            # Inside: beside a location of « ^~ » it would never be tried.
            r'    location ~ "/\." {',
            "        deny all;",
            "    }",
            "}",
        ]
    return "\n".join((*lines, ""))


def caddy(  # noqa: PLR0913 - all that makes the rules
    places: Sequence[Place],
    users: Mapping[str, Mapping[str, str]],
    home: str,
    root: str,
    around: str = "",
    *,
    old: bool = False,
) -> str:
    """Rules for a site of Caddy, with the hashes in them: it reads no file of passwords.

    `users`: of each file of passwords, hashes by login. `around`: see `apache`. `old`: for Caddy
    before 2.8.
    """
    file = "caddy-2.6.conf" if old else "caddy.conf"
    which = "avant 2.8" if old else "2.8 et après"
    lines = [f"# Caddy {which}, dans le bloc du site :  import {checked_home(home)}/{file}"]
    if around:
        start = f"{checked_root(root)}{around}"
        open_to = " ".join(f"{checked_root(root)}{_checked(place)}*" for place in places)
        lines += [
            "@cq_ailleurs {",
            f"    path {start.removesuffix('/')} {start}*",
            *([f"    not path {open_to}"] if open_to else []),
            "}",
            "respond @cq_ailleurs 403",
        ]
    for number, place in enumerate(places, 1):
        path = f"{checked_root(root)}{_checked(place)}"
        matcher = f"@cq_{number}"
        hashes = users[place.users]
        lines += [f"{matcher} path {path.removesuffix('/')} {path}*"]
        if hashes:
            lines += [
                f'{"basicauth" if old else "basic_auth"} {matcher} bcrypt "{REALM}" {{',
                *(f"    {login} {hashes[login]}" for login in sorted(hashes)),
                "}",
            ]
        else:  # Caddy takes no empty list, and nobody may come in
            lines += [f"respond {matcher} 403"]
        lines += [
            f"header {matcher} {{",
            *(f'    {name} "{value}"' for name, value in _HEADERS),
            "}",
            rf"{matcher}_point path_regexp (?i)^{re.escape(path)}(?:.*/)?\.",
            f"respond {matcher}_point 404",
        ]
    return "\n".join((*lines, ""))


def _checked(place: Place) -> str:
    if not _FOLDER.fullmatch(place.folder):
        raise BadPlace(f"le dossier « {place.folder} » ne convient pas à une règle de serveur")
    return place.folder
