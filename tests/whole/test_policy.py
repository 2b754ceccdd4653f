"""The headers that `cq access server` asks for, on the servers themselves: each once, on the pages
of the site alone, beside the rules of a guarded space.
"""

import http.client
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from cq.access import logins, policy, rules
from cq.access.rules import Place
from cq.headers import EVERYWHERE, SPACES
from tests.conftest import find_tool
from tests.whole.test_guarded import (
    APACHE,
    CADDY,
    MODULES,
    NGINX,
    free_port,
    is_old,
    is_root,
    readable_folder,
    running,
)

PREFIXES = ("/", "/mairie/conseils/")
GUARDED = Place("espace/f/", "membres.htpasswd")
SERVERS = ("nginx", "apache", "apache-htaccess", "caddy")


@pytest.fixture(scope="module", params=[(one, at) for one in SERVERS for at in PREFIXES])
def served(request: pytest.FixtureRequest) -> Iterator[tuple[int, str]]:
    """The port of a server, and where the site begins there."""
    name, prefix = request.param
    with readable_folder() as place:
        site = place / "public"
        root = site / prefix.strip("/")
        for path in ("index.html", "espace/index.html", "espaces.html", "espace/f/x"):
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).write_bytes(b"page")
        (site / "autre").mkdir()
        (site / "autre" / "index.html").write_bytes(b"page")
        (place / GUARDED.users).write_text(logins.written({}))
        for file, text in policy.files(prefix).items():
            (place / file).write_text(text)
        port = free_port()
        command = _command(name, prefix, place, site, port)
        environ = {"PATH": os.defpath, "HOME": str(place), "XDG_CONFIG_HOME": str(place)}
        for _ in running(command, port, place / "log", environ):
            yield port, prefix


def _command(name: str, prefix: str, place: Path, site: Path, port: int) -> list[str]:
    names = {"place": place, "site": site, "home": place, "port": port}
    config = place / "serveur.conf"
    if name == "nginx":
        (place / "nginx.conf").write_text(rules.nginx([GUARDED], str(place), prefix))
        headers = f" include {place}/entetes-nginx.conf;"
        user = " user root;" if is_root() else ""
        config.write_text(NGINX.format(**names, user=user, more=headers))
        return [find_tool("nginx"), "-p", str(place), "-c", str(config)]
    if name == "caddy":
        binary = find_tool("caddy")
        users: dict[str, dict[str, str]] = {GUARDED.users: {}}
        text = rules.caddy([GUARDED], users, str(place), prefix, old=is_old(binary))
        headers = (place / "entetes-caddy.conf").read_text()
        (place / "caddy.conf").write_text(headers + text)
        config.write_text(CADDY.format(**names, file="caddy.conf"))
        return [binary, "run", "--config", str(config), "--adapter", "caddyfile"]
    own = name.endswith("htaccess")
    if own:
        lines = (place / "entetes-apache.conf").read_text()
        (site / prefix.strip("/") / ".htaccess").write_text(lines)
    (place / "apache.conf").write_text(rules.apache([GUARDED], str(place), prefix))
    folder = "/usr/lib/apache2/modules"
    config.write_text(APACHE.format(
        **names, modules="\n".join(f"LoadModule {one}_module {folder}/mod_{one}.so"
                                   for one in MODULES),
        user="User nobody\nGroup nogroup" if is_root() else "",
        override="FileInfo" if own else "None",
        more=f"Include {place}/apache.conf\n"
        + ("" if own else f"Include {place}/entetes-apache.conf"),
    ))  # fmt: skip
    return [find_tool("apache2"), "-DFOREGROUND", "-f", str(config)]


def answer(port: int, path: str) -> tuple[int, list[tuple[str, str]]]:
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    try:
        line.request("GET", path)
        got = line.getresponse()
        got.read()
        return got.status, [(name.lower(), value) for name, value in got.getheaders()]
    finally:
        line.close()


def test_each_page_is_said_to_be_framed_by_nobody(served: tuple[int, str]) -> None:
    port, prefix = served
    everywhere = {name.lower(): value for name, value in EVERYWHERE}
    spaces = {name.lower(): value for name, value in SPACES}
    for path, status, some in (
        ("", 200, everywhere),
        ("espaces.html", 200, everywhere),
        ("rien", 404, everywhere),
        ("espace/", 200, everywhere | spaces),
        ("espace/index.html", 200, everywhere | spaces),
    ):
        code, headers = answer(port, prefix + path)
        assert code == status, path
        said = [one for one in headers if one[0] in everywhere | spaces]
        assert sorted(said) == sorted(some.items()), path


def test_what_is_guarded_stays_so_and_says_each_thing_once(served: tuple[int, str]) -> None:
    port, prefix = served
    code, headers = answer(port, f"{prefix}espace/f/x")
    assert code in {401, 403}
    names = [name for name, _ in headers]
    assert [one for one in set(names) if names.count(one) > 1] == []
    assert dict(headers)["x-robots-tag"] == "noindex, nofollow, noarchive"


def test_another_site_of_the_server_keeps_its_own(served: tuple[int, str]) -> None:
    port, prefix = served
    code, headers = answer(port, "/autre/")
    assert code == 200
    assert ("content-security-policy" in dict(headers)) == (prefix == "/")
