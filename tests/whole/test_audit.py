"""`cq audit`, whole: a sound site passes; each way to leak, to swap and to forget is found."""

import functools
import gzip
import http.server
import json
import re
import secrets
import shutil
import subprocess
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from cq.audit.papers import paper
from cq.seal import slots
from cq.seal.file import canonical, seal
from cq.seal.keys import SpaceKey
from cq.seal.ring import Ring
from cq.site.protect import file_of
from cq.site.tree import read_manifest, write_manifest
from tests.conftest import SITES, _runner

SITE = bytes(range(16))
DAY = "2026-11-21"
TITLE = "Départ de la trésorière Zoé Quinquet"
FILES = {
    "site.yml": None,
    "index.md": "# Petit-Bourg\n\nBienvenue.\n",
    "quartiers/canal/quartier.yml": "nom: Canal\n",
    "quartiers/canal/agenda/2026-12-12-pleniere.md": "---\ntitre: Plénière publique\ndebut: 19:30\n"
    "lieu: École\n---\n\nOuvert à tous.\n",
    "quartiers/canal/prive/agenda/2026-12-01-depart-tresoriere.md": f"---\ntitre: {TITLE}\n"
    "debut: 19:30\nlieu: Chez Nadège Ouistiti\n---\n\n"
    "Elle ne sait pas encore que nous cherchons quelqu’un.\n\n![La porte](porte.png)\n",
    "groupes/budget/groupe.yml": "nom: Budget\ntype: commission\n",
    "groupes/budget/prive/wiki/enveloppe.md": "# L’enveloppe confidentielle\n\n"
    "Le montant proposé reste entre nous jusqu’au printemps prochain.\n",
    "prive/contacts.yml": "- nom: Yvonne Hurluberlu\n  telephone: 01 99 00 77 66\n"
    "  courriel: yvonne@hurluberlu.example\n  consentement: 2026-01-01\n  expire: 2027-01-01\n",
}  # fmt: skip
SPACES = ("conseillers", "g-budget", "q-canal")
KEYS = {
    space: SpaceKey(SITE, space, 1, bytes([number] * 32)) for number, space in enumerate(SPACES)
}
RING = Ring(SITE, KEYS)
ENV = {"CQ_CLES": RING.line(), "CQ_BUILD_NUMBER": "1790000000", "CQ_TODAY": DAY}


@dataclass
class Town:
    root: Path
    run: Callable[..., subprocess.CompletedProcess[str]]
    memory: Path

    @property
    def env(self) -> dict[str, str]:
        return {"CQ_CACHE_DIR": str(self.memory)}

    @property
    def output(self) -> Path:
        return self.root / "build" / "site"

    def said(self, *more: str, **env: str) -> subprocess.CompletedProcess[str]:
        return self.run("audit", "--root", self.root, *more, env=ENV | self.env | env)

    def audit(self, *more: str, **env: str) -> tuple[int, dict[str, list[str]]]:
        """The exit code, and the messages by their codes."""
        done = self.said("--format", "json", *more, **env)
        rows = [json.loads(line) for line in done.stdout.splitlines()]
        found: dict[str, list[str]] = {}
        for row in rows:
            if "code" in row:
                text = " ".join((row["path"], row["message"], *row["hints"]))
                found.setdefault(row["code"], []).append(text)
        assert done.stderr == "" or done.returncode == 3, done.stderr
        return done.returncode, found

    def build(self, *more: str) -> None:
        done = self.run("build", "--root", self.root, *more, env=ENV | self.env)
        assert done.returncode == 0, done.stdout + done.stderr

    def forge(self, path: str, data: bytes) -> None:
        """Put a file into the site as a build with a fault would have: it knows it as its own."""
        from cq import digest
        from cq.site.tree import Entry

        file = self.output / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.unlink(missing_ok=True)
        file.write_bytes(data)
        note = self.root / "build" / "cache" / "tree.json"
        manifest = read_manifest(note)
        assert manifest is not None
        manifest.entries[path] = Entry(len(data), 0, digest.of_bytes(data))
        write_manifest(note, manifest)


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A place for the town, and beside it the town as it was first built."""
    base = tmp_path_factory.mktemp("audit")
    content = base / "town" / "bourg" / "content"
    legal = (SITES / "minimal" / "content" / "site.yml").read_text("utf-8")
    for path, text in FILES.items():
        file = content / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text or legal, "utf-8")
    place = content / "quartiers/canal/prive/agenda/porte.png"
    place.write_bytes(paper(".png", "zqcachee"))
    access = slots.written(
        SITE, SITE, 600_000, {RING.root: {}}, dummies=[], random=secrets.token_bytes
    )
    (content / "acces.json").write_bytes(access)
    _town(base, _runner(base)).build()
    shutil.copytree(base / "town", base / "first", symlinks=True)
    return base


@pytest.fixture
def town(first: Path, run_cq) -> Town:
    """Always at one place, since a memory is of a place."""
    shutil.rmtree(first / "town")
    shutil.copytree(first / "first", first / "town", symlinks=True)
    return _town(first, run_cq)


def _town(base: Path, run: Callable[..., subprocess.CompletedProcess[str]]) -> Town:
    place = base / "town"
    return Town(place / "bourg", functools.partial(run, today=DAY), place / "memoire")


def test_a_sound_site_passes(town: Town) -> None:
    assert town.audit() == (0, {})
    done = town.said()
    assert done.returncode == 0
    assert "le site peut être publié" in done.stdout
    assert len(re.findall(r"^✓", done.stdout, re.MULTILINE)) == 4


def test_nothing_is_said_of_a_site_that_cq_has_not_built(town: Town) -> None:
    shutil.rmtree(town.root / "build" / "cache")
    done = town.said()
    assert done.returncode == 2
    assert "cq build" in done.stderr
    shutil.rmtree(town.root / "build")
    assert town.said().returncode == 2


LEAKS = {
    "title in a page": ("agenda/index.html", f"<p>{TITLE}</p>".encode()),
    "title in capitals in a feed": ("actualites.atom", f"<title>{TITLE.upper()}</title>".encode()),
    "slug in a site map": ("sitemap.xml", b"<loc>https://x.fr/2026-12-01-depart-tresoriere/</loc>"),
    "name in json": ("donnees/x.json", json.dumps({"lieu": "Chez Nadège Ouistiti"}).encode()),
    "number in a card": ("x.txt", b"TEL:+33 1 99.00.77.66"),
    "address in a mail link": ("x.html", b'<a href="mailto:yvonne%40hurluberlu.example">'),
    "passage": ("x.html", "<p>encore que nous <b>cherchons</b> quelqu’un</p>".encode()),
    "file in a name": ("theme/2026-12-01-depart-tresoriere.css", b""),
    "packed": ("x.gz", gzip.compress(TITLE.encode())),
    "in a document": ("documents/x.docx", paper(".docx", "Yvonne Hurluberlu")),
    "in a pdf": ("documents/x.pdf", paper(".pdf", "Yvonne Hurluberlu")),
    "in a picture": ("documents/x.png", paper(".png", "Yvonne Hurluberlu")),
}


def test_what_a_faulty_build_would_leak_is_found(town: Town) -> None:
    for path, data in LEAKS.values():
        town.forge(f"{Path(path).stem}-{len(data)}{Path(path).suffix}", data)
        if "depart" in path:
            town.forge(path, data)
    code, found = town.audit()
    assert code == 1
    told = " ".join(found["private-text"])
    missed = [
        name for name, (path, data) in LEAKS.items()
        if f"{Path(path).stem}-{len(data)}{Path(path).suffix}" not in told and path not in told
    ]  # fmt: skip
    assert not missed, told


def test_a_private_text_that_the_public_says_as_well_is_no_leak(town: Town) -> None:
    file = town.root / "content" / "quartiers/canal/agenda/2026-12-12-pleniere.md"
    file.write_text(file.read_text("utf-8") + f"\nNous disons au revoir : {TITLE}.\n", "utf-8")
    town.build()
    assert town.audit() == (0, {})


def test_the_same_in_base64_is_one_since_nobody_reads_it_there(town: Town) -> None:
    import base64

    coded = base64.b64encode(f"voir {TITLE}".encode()).decode()
    file = town.root / "content" / "quartiers/canal/agenda/2026-12-12-pleniere.md"
    file.write_text(file.read_text("utf-8") + f"\n`{coded}`\n", "utf-8")
    town.build()
    code, found = town.audit()
    assert (code, set(found)) == (1, {"private-text"})
    assert "base64" in found["private-text"][0]


def test_with_ci_nothing_private_is_printed(town: Town) -> None:
    for path, data in LEAKS.values():
        town.forge(path, data)
    (town.output / f"{TITLE}.txt").write_text("x", "utf-8")
    for form in ("human", "json"):
        done = town.said("--format", form, CI="true")
        assert done.returncode == 1
        assert "private-text" in done.stdout
        assert "q-canal" in done.stdout
        for word in ("Zoé", "trésorière", "Ouistiti", "Hurluberlu", "hurluberlu", "77", "cherchons",
                     "depart-tresoriere"):  # fmt: skip
            assert word not in done.stdout + done.stderr, word


def test_what_lies_there_without_having_been_built_is_found(town: Town) -> None:
    out = town.output
    (out / "photo.jpg").write_bytes(paper(".jpg", "rien"))
    (out / "lien").symlink_to("/etc/hostname")
    (out / "vide").mkdir()
    (out / ".env").write_text("CQ_PHRASE=x\n")
    (out / "trousseau.cqk").write_text("x")
    with (out / "index.html").open("a") as page:
        page.write("<!-- -->")
    (out / "404.html").unlink()
    code, found = town.audit()
    assert code == 1
    unknown = " ".join(found["unknown-file-published"])
    assert all(name in unknown for name in ("photo.jpg", "lien", "vide", ".env"))
    assert {"index.html", "404.html"} <= {
        one.split()[0].rpartition("/")[2] for one in found["altered-file"]
    }
    assert len(found["left-behind"]) == 2


def test_a_private_picture_among_the_public_files_is_found(town: Town) -> None:
    """No word of it can be read: that its bytes are no public attachment's says it."""
    import sqlite3

    data = (town.root / "content/quartiers/canal/prive/agenda/porte.png").read_bytes()
    town.forge("documents/porte.png", data)
    from cq import digest

    ledger = next(town.memory.rglob("ledger.sqlite"))
    with sqlite3.connect(ledger) as database:
        database.execute(
            "insert into targets values (?, ?)",
            ("documents/porte.png", f"{digest.of_bytes(data)} file - -"),
        )
    code, found = town.audit()
    assert code == 1
    assert "documents/porte.png" in " ".join(found["unknown-file-published"])


def sealed_paths(town: Town) -> list[Path]:
    return sorted((town.output / "espace" / "f").rglob("*/*"))


def test_sealed_files_that_are_not_the_right_ones_are_found(town: Town) -> None:
    before = {path: path.read_bytes() for path in sealed_paths(town)}
    file = town.root / "content/groupes/budget/prive/wiki/enveloppe.md"
    file.write_text(file.read_text("utf-8") + "\nUne ligne de plus, et c’est tout.\n", "utf-8")
    town.build()
    changed = [path for path, data in before.items() if path.exists() and path.read_bytes() != data]
    assert changed
    # an older version of one file, put back
    manifest = town.output / file_of(KEYS["g-budget"].manifest_id)
    old = next(path for path in changed if path != manifest)
    new = old.read_bytes()
    _swap(old, before[old])
    code, found = town.audit()
    assert code == 1
    assert "liste de son espace annonce" in " ".join(found["bad-seal"])
    _swap(old, new)
    # two files exchanged
    first, second = changed[:2]
    one, two = first.read_bytes(), second.read_bytes()
    _swap(first, two)
    _swap(second, one)
    assert "ne s’ouvre pas" in " ".join(town.audit()[1]["bad-seal"])
    _swap(first, one)
    _swap(second, two)
    assert town.audit() == (0, {})


def _swap(path: Path, data: bytes) -> None:
    path.unlink()
    path.write_bytes(data)


def test_a_sealed_file_that_no_list_names_is_found(town: Town) -> None:
    key = KEYS["q-canal"]
    made = seal(key, key.file_id("/reste.txt"), b"x", media="text/plain")
    town.forge(file_of(made.id), made.data)
    code, found = town.audit()
    assert code == 1
    assert "aucune liste" in " ".join(found["bad-seal"])


def test_a_list_that_is_cut_says_so(town: Town) -> None:
    key = KEYS["q-canal"]
    for number in range(20):
        made = seal(key, key.file_id(f"/reste-{number}.txt"), b"x", media="text/plain")
        town.forge(file_of(made.id), made.data)
    assert "premières" not in town.said().stdout
    some = seal(key, key.file_id("/reste.txt"), b"x", media="text/plain")
    town.forge(file_of(some.id), some.data)
    assert len(town.audit()[1]["bad-seal"]) == 20
    assert "21\u00a0choses à voir, dont voici les 20 premières" in town.said().stdout


def test_what_only_looks_sealed_is_found(town: Town) -> None:
    some = sealed_paths(town)[0]
    for name, data in {
        "AAAAAAAAAAAAAAAAAAAAAA": b"CQE1 pas vraiment",
        "BAAAAAAAAAAAAAAAAAAAAA": some.read_bytes()[:-1],
        "pas-un-nom": some.read_bytes(),
    }.items():
        town.forge(f"espace/f/{name[:2].lower()}/{name}", data)
    assert len(town.audit()[1]["unknown-file-published"]) == 3


def test_a_space_that_shows_another_ones_text_is_found(town: Town) -> None:
    """As a build with a fault would have made it: sealed with the right key, and listed."""
    key = KEYS["g-budget"]
    page = f"<article><p>Voir : {TITLE}</p></article>".encode()
    made = seal(key, key.file_id("/wiki/enveloppe/"), page, media="text/html")
    row = {"p": "/wiki/enveloppe/", "t": "x", "d": "", "i": made.id, "x": made.x, "c": "wiki"}
    told = {"b": 1, "files": {}, "pages": [row], "titre": "Budget"}
    manifest = seal(key, key.manifest_id, canonical(told), media="application/json")
    for path in sealed_paths(town):
        if _opens(key, path):
            path.unlink()
    for one in (made, manifest):
        town.forge(file_of(one.id), one.data)
    code, found = town.audit()
    assert code == 1
    assert len(found["crossed-spaces"]) == 1
    assert "g-budget" in found["crossed-spaces"][0]
    quiet = town.audit(CI="true")[1]["crossed-spaces"][0]
    assert "Zoé" not in quiet


def _opens(key: SpaceKey, path: Path) -> bool:
    from cq.seal.cipher import Refused
    from cq.seal.file import unseal

    try:
        unseal(key, path.name, path.read_bytes())
    except Refused:
        return False
    return True


def test_without_keys_it_says_what_was_not_tried(town: Town) -> None:
    code, found = town.audit(CQ_CLES="")
    assert (code, set(found)) == (0, {"keys-not-tried"})
    assert town.audit("--strict", CQ_CLES="")[0] == 1


PAGE = """<!doctype html><html><head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'self'; \
form-action 'none'; base-uri 'none'">
</head><body>{}</body></html>"""
UNSAFE = {
    "no policy": ("unsafe-page", "<!doctype html><html><head><title>x</title></head></html>"),
    "weak policy": ("unsafe-page", PAGE.replace("style-src 'self'", "script-src 'unsafe-inline'")),
    "policy for all": ("unsafe-page", PAGE.replace("style-src 'self'", "img-src *")),
    "inline script": ("unsafe-page", PAGE.format("<script>alert(1)</script>")),
    "event": ("unsafe-page", PAGE.format('<p onclick="x()">')),
    "style": ("unsafe-page", PAGE.format('<p style="color:red">')),
    "refresh": ("unsafe-page", PAGE.format('<meta http-equiv="refresh" content="0; url=//x.fr">')),
    "base": ("unsafe-page", PAGE.format('<base href="https://x.fr/">')),
    "picture": ("third-party", PAGE.format('<img alt="" src="https://x.fr/a.png">')),
    "picture without scheme": ("third-party", PAGE.format("<img alt='' src=//x.fr/a.png>")),
    "frame": ("third-party", PAGE.format('<iframe src="https://x.fr/"></iframe>')),
    "sheet": ("third-party", PAGE.format('<link rel="stylesheet" href="https://x.fr/a.css">')),
    "form": ("third-party", PAGE.format('<form action="https://x.fr/"></form>')),
    "route": ("private-route", PAGE.format('<a href="espace/index.html#/q-canal/agenda/x/">x</a>')),
    "folder": ("private-route", PAGE.format('<a href="../prive/agenda/x/">x</a>')),
}  # fmt: skip


def test_pages_that_are_not_as_ours_are_found(town: Town) -> None:
    pages = list(UNSAFE.items())
    for lot in (pages[0::4], pages[1::4], pages[2::4], pages[3::4]):  # many at once are told as one
        for place, (_, (_, text)) in enumerate(lot):
            town.forge(f"essai-{place}.html", text.encode())
        _, found = town.audit()
        for place, (name, (wanted, _)) in enumerate(lot):
            assert any(f"essai-{place}.html" in one for one in found.get(wanted, [])), name
    good = '<a href="espace/index.html#/q-canal/">x</a><a href="https://x.fr/">y</a>'
    town.forge("bon.html", PAGE.format(good).encode())
    town.forge("theme/x.css", b"@import 'https://x.fr/a.css';")
    town.forge("theme/x.js", b"fetch('https://x.fr/collect')")
    _, found = town.audit()
    for code in ("unsafe-page", "third-party", "private-route"):
        assert "bon.html" not in " ".join(found.get(code, []))
    assert {"x.css", "x.js"} <= set(re.findall(r"x\.(?:css|js)", " ".join(found["third-party"])))


def test_private_sources_in_a_public_repository_are_found(town: Town, git) -> None:
    file = town.root / "content" / "site.yml"
    depot = "depot: {adresse: https://forge.example/x, public: oui}\n"
    file.write_text(file.read_text("utf-8") + depot, "utf-8")
    town.build()
    assert town.audit() == (0, {})  # no repository here
    git(town.root, "init", "-q")
    git(town.root, "add", "content")
    _, found = town.audit()
    assert len(found["private-sources"]) == 3
    git(town.root, "commit", "-qm", "x")
    git(town.root, "rm", "-rq", "--cached", "content/prive", "content/groupes/budget/prive",
        "content/quartiers/canal/prive")  # fmt: skip
    git(town.root, "commit", "-qm", "y")
    told = town.audit()[1]["private-sources"]
    assert len(told) == 3
    assert all("anciennes versions" in one for one in told)


def test_the_address_must_be_one_where_spaces_can_be_opened(town: Town) -> None:
    file = town.root / "content" / "site.yml"
    before = re.sub(r"(?m)^adresse_web:.*\n", "", file.read_text("utf-8"))
    for address, code, mark in (
        ("http://exemple.fr/", 1, "✗"), ("https://exemple.fr/conseils/", 0, "!"),
    ):  # fmt: skip
        file.write_text(f"{before}adresse_web: {address}\n", "utf-8")
        town.build()
        done, found = town.audit()
        assert done == code
        assert len(found["space-address"]) == 1
        assert re.findall(r"^[✗!]", town.said().stdout, re.MULTILINE) == [mark]


def test_a_site_of_other_contents_than_these_is_told(town: Town) -> None:
    file = town.root / "content" / "index.md"
    file.write_text("# Autre\n", "utf-8")
    code, found = town.audit()
    assert code == 0
    assert set(found) == {"stale-site"}


@pytest.fixture
def served(town: Town) -> Iterator[str]:
    with _server(town.output) as address:
        yield address


class _server:  # noqa: N801 - a context
    def __init__(self, folder: Path) -> None:
        class Quiet(http.server.SimpleHTTPRequestHandler):
            def log_message(self, *given: object) -> None:
                del given

        self._server = http.server.ThreadingHTTPServer(
            ("127.0.0.1", 0), functools.partial(Quiet, directory=str(folder))
        )

    def __enter__(self) -> str:
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return f"http://127.0.0.1:{self._server.server_address[1]}/"

    def __exit__(self, *given: object) -> None:
        self._server.shutdown()
        self._server.server_close()


def test_the_published_site_is_compared_byte_for_byte(town: Town, tmp_path: Path) -> None:
    public = Path(shutil.copytree(town.output, tmp_path / "hote"))
    with _server(public) as address:
        assert town.audit("--live", address) == (0, {})
        for name in ("_headers", ".nojekyll"):  # a host keeps what was meant for it
            (public / name).unlink()
        assert town.audit("--live", address) == (0, {})
        script = public / "theme" / "espace.js"
        script.write_bytes(script.read_bytes() + b"\nfetch('//x.fr/'+phrase)")
        page = public / "index.html"
        page.write_bytes(page.read_bytes() + b'<a href="nouveau/index.html">x</a>')
        (public / "nouveau").mkdir()
        (public / "nouveau" / "index.html").write_text("x")
        (public / "agenda" / "index.html").unlink()
        (public / ".git").mkdir()
        (public / ".git" / "HEAD").write_text("ref: refs/heads/main\n")
        code, found = town.audit("--live", address)
    assert code == 1
    assert [one.split()[0] for one in found["live-differs"]] == [
        "build/site/index.html", "build/site/theme/espace.js"
    ]  # fmt: skip
    assert [one.split()[0] for one in found["live-missing"]] == ["build/site/agenda/index.html"]
    assert ".git/HEAD" in " ".join(found["live-extra"])
    assert "nouveau/index.html" in " ".join(found["live-extra"])


def test_a_site_that_does_not_answer_is_an_outside_fault(town: Town) -> None:
    done = town.said("--live", "http://127.0.0.1:9/")
    assert done.returncode == 3
    assert "ne répond pas" in done.stderr
    done = town.said("--live", "file:///etc/passwd")
    assert done.returncode == 2


def test_a_host_that_leads_elsewhere_is_not_followed(town: Town) -> None:
    asked: list[str] = []

    class Elsewhere(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response(302)
            self.send_header("Location", f"http://localhost:{port}/ailleurs")
            self.end_headers()

        def log_message(self, *given: object) -> None:
            del given

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Elsewhere)
    port = server.server_address[1]
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        code, found = town.audit("--live", f"http://127.0.0.1:{port}/")
    finally:
        server.shutdown()
        server.server_close()
    assert code == 1
    assert "live-missing" in found
    assert "/ailleurs" not in asked
