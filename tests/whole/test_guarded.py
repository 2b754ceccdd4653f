"""The rules of `cq access server`, on the servers themselves: who comes in, who does not, and by
which ways one might come in all the same.
"""

import base64
import contextlib
import http.client
import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from cq.access import logins, rules
from cq.access.rules import Place
from tests.conftest import find_tool

# The member of the canal, who may read two spaces, and somebody of another quartier.
CANAL, GARE = ("canal", "abaisser-bougie-depart-facture"), ("gare", "heron-invoquer-policier")
SPACES = (
    Place("espace/conseillers/", "conseillers.htpasswd"),
    Place("espace/q-canal/", "q-canal.htpasswd"),
    Place("espace/q-vide/", "q-vide.htpasswd"),
)
SECRET = b"zqsecret"
PREFIXES = ("/", "/mairie/conseils/")
# Other ways to write /espace/q-canal/ that some server takes for it.
TRICKS = (
    "//espace/q-canal/", "/espace//q-canal/", "///espace///q-canal///index.html",
    "/./espace/q-canal/", "/espace/./q-canal/index.html", "/espace/x/../q-canal/",
    "/theme/../espace/q-canal/index.html", "/espace/q-canal/../q-canal/index.html",
    "/%2e/espace/q-canal/", "/theme/%2e%2e/espace/q-canal/", "/espace/%2e/q-canal/index.html",
    "/theme/..%2fespace/q-canal/index.html", "/espace%2fq-canal/", "/espace%2Fq-canal%2Findex.html",
    "/espace/q%2dcanal/", "/espace/%71-canal/index.html", "/%65space/q-canal/",
    "/espace%5cq-canal/", "/espace/q-canal%5cindex.html", "/espace\\q-canal\\index.html",
    "/ESPACE/Q-CANAL/", "/Espace/q-Canal/index.html", "/espace/q-canal/INDEX.HTML",
    "/espace/q-canal./", "/espace./q-canal/", "/espace/q-canal/index.html.", "/espace/q-canal%20/",
    "/espace/q-canal/index.html%00", "/espace/q-canal/index.html%20", "/espace/q-canal;x/",
    "/espace/q-canal;/index.html", "/espace/q-canal/index.html;x", "/espace/q-canal/index.html/",
    "/espace/q-canal/index.html/x.css", "/espace/q-canal/image.png", "/espace/q-canal",
    "/espace/q-canal?x", "/espace/q-canal/?../../index.html", "/espace/q-canal/#/../..",
    "/espace/q-canal/.htaccess", "/espace/q-canal/.htpasswd", "/espace/q-canal/sous/.htaccess",
    "/espace/q-canal/%2ehtaccess", "/espace/q-canal/.HTACCESS", "/espace/q-canal/sous/.cache",
    "/espace/q-canal/sous", "/espace/q-canal/sous/", "/espace/q-canal/sous/page.html",
    "/espace/%c0%ae/q-canal/", "/espace/q-canal/%c0%ae%c0%ae/q-canal/", "/espace/q-canal\t/",
    "http://127.0.0.1/espace/q-canal/", "http://127.0.0.1//espace/q-canal/index.html",
)  # fmt: skip
# Where a server says no before it looks who asks, or finds no such file.
MOVED = {301, 302, 307, 308}
REFUSED = MOVED | {400, 401, 403, 404, 405}


class Answer(NamedTuple):
    status: int
    body: bytes
    headers: dict[str, str]


class Served(NamedTuple):
    """A server that runs: its name, its port, and where the site is below its root."""

    name: str
    port: int
    prefix: str

    def get(self, path: str, who: tuple[str, str] | None = None, method: str = "GET") -> Answer:
        """As it is written: no client tidies the path up before."""
        head = f"{method} {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n"
        if who is not None:
            token = base64.b64encode(":".join(who).encode()).decode()
            head += f"Authorization: Basic {token}\r\n"
        with socket.create_connection(("127.0.0.1", self.port), timeout=20) as line:
            line.sendall(f"{head}\r\n".encode())
            answer = http.client.HTTPResponse(line, method=method)
            answer.begin()
            headers = {name.lower(): value for name, value in answer.getheaders()}
            return Answer(answer.status, answer.read(), headers)

    def at(self, path: str) -> str:
        """A path of the site, under its prefix."""
        return path if "://" in path else self.prefix.rstrip("/") + path


@contextlib.contextmanager
def readable_folder() -> Iterator[Path]:
    """A folder that the servers' own users may read, as pytest's is not."""
    made = Path(tempfile.mkdtemp(prefix="cq-serveur-"))
    made.chmod(0o755)
    try:
        yield made
    finally:
        shutil.rmtree(made)


@pytest.fixture(scope="module")
def place() -> Iterator[Path]:
    with readable_folder() as made:
        yield made


@pytest.fixture(scope="module")
def site(place: Path) -> Path:
    """What is published: an open page, and in each space pages, a picture and hidden files."""
    public = place / "public"
    for prefix in PREFIXES:
        root = public / prefix.strip("/")
        (root / "theme").mkdir(parents=True)
        (root / "index.html").write_bytes(b"ouvert")
        (root / "theme" / "style.css").write_bytes(b"ouvert")
        for one in SPACES:
            folder = root / one.folder / "sous"
            folder.mkdir(parents=True)
            for file in (
                "../index.html", "../image.png", "../.htpasswd",
                "page.html", "index.html", ".cache",
            ):  # fmt: skip
                (folder / file).write_bytes(SECRET + one.folder.encode())
    return public


@pytest.fixture(scope="module")
def home(place: Path) -> Path:
    """The folder of passwords, beside what is published."""
    made = place / "mots-de-passe"
    made.mkdir()
    for one, text in users().items():
        (made / one).write_text(logins.written(text))
    return made


def users() -> dict[str, dict[str, str]]:
    hashes = {login: logins.hashed(password) for login, password in (CANAL, GARE)}
    canal = {"canal": hashes["canal"]}
    return {
        "conseillers.htpasswd": hashes, "q-canal.htpasswd": canal, "q-vide.htpasswd": {},
    }  # fmt: skip


def free_port() -> int:
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        port: int = asked.getsockname()[1]
        return port


def running(command: list[str], port: int, log: Path, env: dict[str, str]) -> Iterator[int]:
    """A server in its own process for two minutes at most, ended by its own id."""
    with log.open("wb") as out:
        process = subprocess.Popen(
            ["timeout", "120", *command], stdin=subprocess.DEVNULL, stdout=out, stderr=out, env=env
        )
    try:
        for _ in range(200):
            try:
                socket.create_connection(("127.0.0.1", port), timeout=1).close()
                break
            except OSError:
                assert process.poll() is None, log.read_text("utf-8", "replace")
                time.sleep(0.05)
        else:
            raise AssertionError(log.read_text("utf-8", "replace"))
        yield port
    finally:
        process.terminate()  # `timeout` passes it on
        process.wait(20)


NGINX = """\
daemon off; master_process on; worker_processes 1; pid {place}/nginx.pid; error_log stderr;{user}
events {{}}
http {{
    access_log off;
    client_body_temp_path {place}/t1; proxy_temp_path {place}/t2; fastcgi_temp_path {place}/t3;
    uwsgi_temp_path {place}/t4; scgi_temp_path {place}/t5;
    server {{
        listen 127.0.0.1:{port}; server_name localhost; root {site}; index index.html;{more}
        location / {{ try_files $uri $uri/ =404; }}
        location ~* \\.(png|css)$ {{ expires 1y; }}
        include {home}/nginx.conf;
    }}
}}
"""
APACHE = """\
ServerRoot {place}
ServerName localhost
Listen 127.0.0.1:{port}
PidFile {place}/apache.pid
ErrorLog /dev/stderr
{modules}
{user}
DocumentRoot {site}
TypesConfig /dev/null
DirectoryIndex index.html
<Directory {site}>
    AllowOverride {override}
    Require all granted
</Directory>
<FilesMatch "^\\.ht">
    Require all denied
</FilesMatch>
{more}
"""
CADDY = """\
{{
    admin off
    auto_https off
}}
http://127.0.0.1:{port} {{
    bind 127.0.0.1
    root * {site}
    import {home}/{file}
    file_server
}}
"""
MODULES = (
    "mpm_event", "authn_core", "authn_file", "authz_core", "authz_host", "authz_user",
    "auth_basic", "access_compat", "dir", "mime", "headers", "negotiation", "autoindex",
)  # fmt: skip


def is_old(caddy: str) -> bool:
    """Whether this Caddy is of before 2.8, which has other words."""
    done = subprocess.run([caddy, "version"], capture_output=True, text=True, check=True)
    return tuple(map(int, done.stdout.lstrip("v").split(".")[:2])) < (2, 8)


def is_root() -> bool:
    return os.geteuid() == 0


@pytest.fixture(
    scope="module",
    params=[
        "nginx", "nginx-merge-slashes-off", "apache-htaccess", "apache-conf", "caddy",
    ],
)  # fmt: skip
def served(request: pytest.FixtureRequest, place: Path, site: Path, home: Path) -> Iterator[Served]:
    yield from started(request.param, "/", place, site, home)


@pytest.fixture(scope="module", params=["nginx", "apache-htaccess", "apache-conf", "caddy"])
def under(request: pytest.FixtureRequest, place: Path, site: Path, home: Path) -> Iterator[Served]:
    """The same site under a prefix."""
    yield from started(request.param, PREFIXES[1], place, site, home)


def _nginx(
    place: Path, site: Path, home: Path, port: int, config: Path, more: str = ""
) -> list[str]:
    user = " user root;" if is_root() else ""  # who may read a folder of the tests
    names = {"place": place, "site": site, "home": home, "port": port}
    more += ' add_header Content-Security-Policy "default-src *" always;'
    config.write_text(NGINX.format(**names, user=user, more=more))
    return [find_tool("nginx"), "-p", str(place), "-c", str(config)]


def nginx(place: Path, site: Path, home: Path, *, guarded: bool = True) -> Iterator[Served]:
    """`site` as it is, with the rules in `home`, or without any."""
    port, config = free_port(), place / "nginx-seul.conf"
    command = _nginx(place, site, home, port, config)
    if not guarded:
        config.write_text(config.read_text("utf-8").replace("include", "# include"))
    for _ in running(command, port, place / "nginx-seul.log", {"PATH": os.defpath}):
        yield Served("nginx", port, "/")


def started(
    name: str, prefix: str, place: Path, site: Path, home: Path, *, guarded: bool = True
) -> Iterator[Served]:
    port = free_port()
    asked = SPACES if guarded else ()
    names = {"place": place, "site": site, "home": home, "port": port}
    environ = {"PATH": os.defpath, "HOME": str(place), "XDG_CONFIG_HOME": str(place)}
    config = place / f"{name}.conf"
    log = place / f"{name}.log"
    for one in SPACES:
        (site / prefix.strip("/") / one.folder / ".htaccess").unlink(missing_ok=True)
    if name.startswith("nginx"):
        (home / "nginx.conf").write_text(rules.nginx(asked, str(home), prefix))
        more = " merge_slashes off;" if name.endswith("off") else ""
        command = _nginx(place, site, home, port, config, more)
    elif name.startswith("apache"):
        command = [find_tool("apache2"), "-DFOREGROUND", "-f", str(config)]
        (home / "apache.conf").write_text(rules.apache(asked, str(home), prefix))
        folder = "/usr/lib/apache2/modules"
        lines = [f"LoadModule {one}_module {folder}/mod_{one}.so" for one in MODULES]
        user = "User nobody\nGroup nogroup" if is_root() else ""
        own = name.endswith("htaccess")
        if own:
            for one in asked:
                file = site / prefix.strip("/") / one.folder / ".htaccess"
                file.write_text(rules.htaccess(one, str(home)))
        config.write_text(APACHE.format(
            **names, modules="\n".join(lines), user=user,
            override="AuthConfig FileInfo" if own else "None",
            more="" if own else f"Include {home}/apache.conf",
        ))  # fmt: skip
    else:
        binary = find_tool("caddy")
        old = is_old(binary)
        file = "caddy-2.6.conf" if old else "caddy.conf"
        (home / file).write_text(rules.caddy(asked, users(), str(home), prefix, old=old))
        config.write_text(CADDY.format(**names, file=file))
        command = [binary, "run", "--config", str(config), "--adapter", "caddyfile"]
    for _ in running(command, port, log, environ):
        yield Served(name, port, prefix)


def test_the_open_pages_stay_open(served: Served) -> None:
    for path in ("/", "/index.html", "/theme/style.css"):
        answer = served.get(path)
        assert (answer.status, answer.body) == (200, b"ouvert"), path
        assert (
            "cache-control" not in answer.headers
            or "no-store" not in (answer.headers["cache-control"])
        )


def test_a_space_is_open_to_its_members_alone(served: Served) -> None:
    page = "/espace/q-canal/"
    for path in (page, f"{page}index.html", f"{page}image.png", f"{page}sous/page.html"):
        nobody = served.get(path)
        assert nobody.status == 401, path
        assert rules.REALM in nobody.headers["www-authenticate"]
        assert served.get(path, CANAL).body == SECRET + b"espace/q-canal/", path
        for who in (
            GARE,  # of another space
            ("canal", "faux"), ("canal", ""), ("canal", CANAL[1].upper()), ("canal", CANAL[1][:-1]),
            ("CANAL", CANAL[1]), ("inconnu", CANAL[1]), ("", ""), ("canal:", CANAL[1]),
        ):  # fmt: skip
            answer = served.get(path, who)
            assert answer.status == 401, (path, who)
            assert SECRET not in answer.body
    for who in (CANAL, GARE):
        assert served.get("/espace/conseillers/", who).status == 200
        assert served.get("/espace/q-vide/", who).status in {401, 403}
    assert served.get("/espace/q-vide/").status in {401, 403}


def test_every_method_is_asked_for_a_password(served: Served) -> None:
    for method in ("HEAD", "POST", "OPTIONS", "PUT", "PROPFIND", "ZQX"):
        answer = served.get("/espace/q-canal/index.html", method=method)
        assert SECRET not in answer.body
        assert answer.status >= 400, method


def test_no_other_way_of_writing_it_goes_round_the_password(served: Served) -> None:
    for path in TRICKS:
        for who in (None, GARE):
            _refuses(served, path, who)


def _refuses(server: Served, path: str, who: tuple[str, str] | None) -> None:
    try:
        answer = server.get(path, who)
    except (http.client.HTTPException, ConnectionError):
        return  # it does not even answer
    assert SECRET not in answer.body, (path, answer.status)
    assert answer.status in REFUSED, (path, answer.status)
    if answer.status in MOVED:  # the same way, tidied up
        there = answer.headers["location"].removeprefix(f"http://127.0.0.1:{server.port}")
        there = there.removeprefix("http://127.0.0.1").removeprefix("http://localhost")
        again = server.get(there.removeprefix(f":{server.port}"), who)
        assert SECRET not in again.body
        assert again.status in REFUSED - MOVED, (path, there, again.status)


def test_hidden_files_are_shown_to_nobody(served: Served) -> None:
    for path in (".htaccess", ".htpasswd"):
        for who in (None, CANAL):
            answer = served.get(f"/espace/q-canal/{path}", who)
            assert answer.status in {401, 403, 404}, (path, who)
            assert SECRET not in answer.body


def test_nothing_is_kept_nor_found(served: Served) -> None:
    for who in (CANAL, None):
        headers = served.get("/espace/q-canal/", who).headers
        assert headers["cache-control"] == "private, no-store"
        assert headers["x-robots-tag"].startswith("noindex")
        assert "frame-ancestors 'none'" in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff"


def test_a_site_under_a_prefix(under: Served) -> None:
    assert under.get(under.at("/")).body == b"ouvert"
    page = under.at("/espace/q-canal/")
    assert under.get(page).status == 401
    assert under.get(page, GARE).status == 401
    assert under.get(page, CANAL).body == SECRET + b"espace/q-canal/"
    for path in (one for one in TRICKS if "://" not in one):
        _refuses(under, under.at(path), None)


@pytest.mark.parametrize("name", ["nginx", "apache-htaccess", "apache-conf"])
def test_without_its_passwords_a_server_shows_nothing(
    name: str, place: Path, site: Path, home: Path, tmp_path: Path
) -> None:
    """Somebody forgot to copy them."""
    kept = tmp_path / "q-canal.htpasswd"
    shutil.move(home / kept.name, kept)
    try:
        for server in started(name, "/", place, site, home):
            for who in (None, CANAL):
                answer = server.get("/espace/q-canal/", who)
                assert answer.status in {401, 403, 500}
                assert SECRET not in answer.body
    finally:
        shutil.move(kept, home / kept.name)


@pytest.mark.parametrize("name", ["nginx", "apache-conf", "caddy"])
def test_these_ways_lead_there_where_nothing_guards(
    name: str, place: Path, site: Path, home: Path
) -> None:
    """Else the tricks would prove nothing."""
    for server in started(name, "/", place, site, home, guarded=False):
        found = [path for path in TRICKS if _shows(server, path)]
        assert {"/./espace/q-canal/", "/%65space/q-canal/"} <= set(found)
        assert len(found) >= 15, found


def _shows(server: Served, path: str) -> bool:
    try:
        return SECRET in server.get(path).body
    except (http.client.HTTPException, ConnectionError):
        return False
