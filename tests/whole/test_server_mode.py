"""`protection: serveur` and `double`: what is built, where, and what must be so before it is."""

import os
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from urllib.parse import unquote

import pytest

from cq.access import policy, rules
from cq.seal import phrase
from cq.site import protect
from tests.conftest import DEMO_DAY, Git, RunCq
from tests.unit.access.town import phrases as told_phrases
from tests.whole.test_guarded import nginx, readable_folder
from tests.whole.test_leak import Numbered, communities, plant, traces

Site = Callable[[str], Path]
FOLDERS = {
    "prive": "conseillers", "quartiers/un/prive": "q-un", "groupes/canal/prive": "g-canal",
}  # fmt: skip
REGISTER = """\
- {id: un, nom: Camille Passerelle, quartiers: [un], depuis: 2025-09-01, jusqua: 2027-08-31}
- {id: canal, nom: Dominique Fontaine, groupes: [canal], depuis: 2025-09-01}
"""


def town(root: Path, protection: str) -> dict[str, Numbered]:
    """A site with words of their own in each private folder."""
    communities(root)
    planters = {}
    start = 0
    for folder, space in FOLDERS.items():
        planters[space] = planter = Numbered()
        planter.words = ["-"] * start  # so that no two folders share one
        plant(root, folder, planter)
        planter.words, start = planter.words[start:], len(planter.words)
    (root / "content" / "prive" / "conseillers.yml").write_text(REGISTER, "utf-8")
    for folder in list(FOLDERS)[1:]:
        (root / "content" / folder / "conseillers.yml").unlink()
    file = root / "content" / "site.yml"
    file.write_text(f"{file.read_text('utf-8')}\nprotection: {protection}\n", "utf-8")
    return planters


def prepared(root: Path, run_cq: RunCq, *more: str) -> str:
    told = root.parent / f"mots-de-passe-{len(list(root.parent.iterdir()))}.txt"
    done = run_cq("access", "server", "--root", root, "--output", told, *more, today=DEMO_DAY)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout + (told.read_text("utf-8") if told.exists() else "")


def test_one_line_of_site_yml_puts_nothing_in_clear(site: Site, run_cq: RunCq) -> None:
    root = site("minimal")
    planters = town(root, "serveur")
    done = run_cq("build", "--root", root, today=DEMO_DAY)
    assert done.returncode == 1
    assert "server-unprepared" in done.stdout
    assert "cq access server" in done.stdout
    assert not (root / "build" / "site").exists()
    for planter in planters.values():
        assert traces(root / "build", planter.words) == {}
    # Neither with the phrase of a keyring, nor with a folder that no server would take.
    for value in (
        "etc", "/etc/cq", "serveur:", "serveur:etc", "serveur:/etc/../cq", "serveur:/etc/cq;",
        "double:/etc/cq",  # leave to seal is none to publish in clear
    ):  # fmt: skip
        done = run_cq("build", "--root", root, today=DEMO_DAY, env={"CQ_SERVEUR": value})
        assert (done.returncode, "server-unprepared" in done.stdout) == (1, True)
    done = run_cq("build", "--root", root, today=DEMO_DAY, env={"CQ_SERVEUR": "serveur:/etc/cq"})
    assert done.returncode == 0, done.stdout
    # The public site alone needs nobody's leave.
    done = run_cq("build", "--root", root, "--public-only", today=DEMO_DAY)
    assert done.returncode == 0, done.stdout
    assert not (root / "build" / "site" / "espace").exists()


def test_each_space_lies_in_its_own_folder_and_nowhere_else(site: Site, run_cq: RunCq) -> None:
    root = site("minimal")
    planters = town(root, "serveur")
    prepared(root, run_cq)
    done = run_cq("build", "--root", root, today=DEMO_DAY)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "ATTENTION" in done.stdout
    assert "en clair" in done.stdout
    tree = root / "build" / "site"
    assert sorted(one.name for one in (tree / "espace").iterdir()) == sorted(FOLDERS.values())
    for space, planter in planters.items():
        # build/cache holds the tree before this one, and is not published.
        found = traces(tree, planter.words)
        assert len(found) > len(planter.words) // 3  # they are in clear: the search sees them
        places = {place for all_ in found.values() for place in all_}
        assert {one for one in places if not one.startswith(f"espace/{space}/")} == set()
        text = (tree / "espace" / space / rules.HTACCESS).read_text("utf-8")
        assert text.startswith(rules.MARK)
        assert f"/etc/cq/{space}.htpasswd" in text
    # Nothing of it is listed for all: a home leads there, and no more is said.
    for name in ("sitemap.xml", "recherche/index.json"):
        file = tree / name
        assert not file.exists() or b"espace/" not in file.read_bytes()


def test_its_pages_are_whole_and_every_link_leads_somewhere(site: Site, run_cq: RunCq) -> None:
    root = site("minimal")
    town(root, "serveur")
    prepared(root, run_cq)
    assert run_cq("build", "--root", root, today=DEMO_DAY).returncode == 0
    tree = root / "build" / "site"
    pages = sorted((tree / "espace").rglob("*.html"))
    assert len(pages) > 30
    for page in pages:
        text = page.read_text("utf-8")
        if 'http-equiv="refresh"' not in text:
            assert '<meta name="robots" content="noindex, nofollow">' in text
            assert "Revenir au site public" in text
        assert "application/atom+xml" not in text
        for link in re.findall(r'(?:href|src|action|data-indice|data-racine)="([^"]*)"', text):
            if re.match(r"https?:|mailto:|tel:|#", link):
                continue
            target = page.parent / unquote(link.partition("#")[0])
            assert target.exists(), (page.relative_to(tree), link)
            if "espace" in target.resolve().relative_to(tree.resolve()).parts:
                space = page.relative_to(tree).parts[1]
                assert space in target.resolve().parts  # no space leads to another
    assert 'href="espace/conseillers/index.html"' in (tree / "index.html").read_text("utf-8")


def test_it_follows_what_changes(site: Site, run_cq: RunCq) -> None:
    root = site("minimal")
    town(root, "serveur")
    prepared(root, run_cq)

    def build(*more: str) -> str:
        done = run_cq("build", "--root", root, *more, today=DEMO_DAY)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    build()
    assert "rien n’avait changé" in build()
    tree = root / "build" / "site" / "espace" / "q-un"
    page = root / "content" / "quartiers" / "un" / "prive" / "wiki" / "zqnouvelle.md"
    page.write_text("# Une page\n\nzqpremier\n", "utf-8")
    build()
    assert "zqpremier" in (tree / "wiki" / "zqnouvelle" / "index.html").read_text("utf-8")
    page.write_text("# Une page\n\nzqsecond\n", "utf-8")
    build()
    made = (tree / "wiki" / "zqnouvelle" / "index.html").read_text("utf-8")
    assert "zqsecond" in made
    assert "zqpremier" not in made
    clean = {one: one.read_bytes() for one in sorted(tree.rglob("*")) if one.is_file()}
    build("--clean")
    assert {one: one.read_bytes() for one in sorted(tree.rglob("*")) if one.is_file()} == clean
    page.unlink()
    build()
    assert not (tree / "wiki" / "zqnouvelle").exists()
    build("--public-only")
    assert not tree.parent.exists()


def test_who_left_keeps_a_build_from_publishing(site: Site, run_cq: RunCq) -> None:
    root = site("minimal")
    town(root, "serveur")
    assert "identifiant : un" in prepared(root, run_cq)
    done = run_cq("build", "--root", root, today="2027-09-01")
    assert done.returncode == 1
    assert "open-access" in done.stdout
    assert "cq access server" in done.stdout
    done = run_cq("access", "server", "--root", root, today="2027-09-01")
    assert "un : mot de passe retiré" in done.stdout
    assert run_cq("build", "--root", root, today="2027-09-01").returncode == 0
    # A community that is new has no rule on the server yet.
    new = root / "content" / "quartiers" / "deux"
    (new / "prive").mkdir(parents=True)
    (new / "quartier.yml").write_text("nom: Deux\n", "utf-8")
    (new / "prive" / "index.md").write_text("# Deux\n", "utf-8")
    done = run_cq("build", "--root", root, today="2027-09-01")
    assert (done.returncode, "server-unprepared" in done.stdout) == (1, True)
    run_cq("access", "server", "--root", root, today="2027-09-01")
    assert run_cq("build", "--root", root, today="2027-09-01").returncode == 0


def test_passwords_are_shown_to_a_person_alone_and_only_once(site: Site, run_cq: RunCq) -> None:
    root = site("minimal")
    town(root, "serveur")
    done = run_cq("access", "server", "--root", root, today=DEMO_DAY)
    assert done.returncode == 2
    assert "--output" in done.stderr
    text = prepared(root, run_cq)
    words = re.findall(r"mot de passe du serveur : (\S+)", text)
    assert len(words) == 2
    assert "rien n’avait changé" in prepared(root, run_cq)
    done = run_cq("access", "server", "un", "--root", root, today=DEMO_DAY)
    assert (done.returncode, "--yes" in done.stderr) == (1, True)
    assert len(re.findall("mot de passe du serveur", prepared(root, run_cq, "un", "--yes"))) == 1
    for word in words:
        assert not [
            one for one in root.rglob("*") if one.is_file() and word in one.read_text("latin-1")
        ]
    for output in (root / "content" / "x.txt", root / "build" / "site" / "x.txt"):
        done = run_cq("access", "server", "un", "--yes", "--root", root, "--output", output)
        assert done.returncode == 2
        assert not output.exists()
    for path in ("etc", "/etc/c q", "/etc/../x"):
        done = run_cq("access", "server", "--root", root, "--path", path, today=DEMO_DAY)
        assert done.returncode == 2


def test_where_the_keys_protect_the_spaces_a_server_has_nothing_to_guard(
    site: Site, run_cq: RunCq
) -> None:
    root = site("minimal")
    town(root, "chiffrement")
    done = run_cq("access", "server", "--path", "/etc/cq", "--root", root, today=DEMO_DAY)
    assert done.returncode == 1
    assert "protection: double" in done.stderr
    # What it should say with each page, it is told without being asked for a password.
    done = run_cq("access", "server", "--root", root, today=DEMO_DAY)
    assert (done.returncode, done.stderr) == (0, "")
    for text in policy.files("/").values():
        assert text.strip() in done.stdout


@pytest.mark.parametrize("alone", [False, True])
def test_double_keeps_the_seal_and_adds_a_rule(
    alone: bool,  # noqa: FBT001
    site: Site, run_cq: RunCq, git: Git, tmp_path: Path,
) -> None:  # fmt: skip
    root = site("minimal")
    planters = town(root, "double")
    git(root, "init", "-q")
    git(root, "add", "content")
    git(root, "commit", "-q", "-m", "x")
    env = {
        "CQ_KEYRING": str(tmp_path / "cles" / "trousseau.cqk"),
        "CQ_PHRASE": "abaisser bougie départ facture héron invoquer policier trilogie",
    }
    for command in (("init",), ("add", "--output", str(tmp_path / "phrases.txt"))):
        done = run_cq("access", *command, "--root", root, today=DEMO_DAY, env=env)
        assert done.returncode == 0, done.stdout + done.stderr
    done = run_cq("build", "--root", root, today=DEMO_DAY, env=env)
    assert (done.returncode, "server-unprepared" in done.stdout) == (1, True)
    if alone:  # a machine that only builds
        env["CQ_SERVEUR"] = "double:/srv/cq"
    else:
        told = str(tmp_path / "serveur.txt")
        arguments = ("--root", root, "--output", told, "--path", "/srv/cq")
        done = run_cq("access", "server", *arguments, today=DEMO_DAY, env=env)
        assert done.returncode == 0, done.stdout + done.stderr
        passwords = re.findall(r"serveur : (\S+)", Path(told).read_text("utf-8"))
        phrases = {phrase.norm(one) for one in told_phrases(tmp_path / "phrases.txt").values()}
        # The server must never learn what opens a space.
        assert len(passwords) == len(phrases) == 2
        assert phrases.isdisjoint(passwords)
    done = run_cq("build", "--root", root, today=DEMO_DAY, env=env)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "scellés" in done.stdout
    tree = root / "build" / "site"
    text = (tree / "espace" / "f" / rules.HTACCESS).read_text("utf-8")
    assert 'AuthUserFile "/srv/cq/membres.htpasswd"' in text
    assert (tree / "espace" / "index.html").is_file()
    done = run_cq("audit", "--root", root, today=DEMO_DAY, env=env)
    for code in ("unknown-file-published", "altered-file", "guarded-by-server", "bad-seal"):
        assert code not in done.stdout, done.stdout
    # Who prepared a server for sealed files has not said that it may have them in clear.
    file = root / "content" / "site.yml"
    file.write_text(file.read_text("utf-8").replace(": double", ": serveur"), "utf-8")
    done = run_cq("build", "--root", root, today=DEMO_DAY, env=env)
    assert (done.returncode, "server-unprepared" in done.stdout) == (1, True)
    for planter in planters.values():
        assert traces(root / "build", planter.words) == {}


def test_only_its_own_space_may_lie_in_a_folder() -> None:
    from cq.site.rendered import Rendered

    made = protect.guarded(Rendered("wiki/index.html", b"x", "q-un"), "q-un")
    assert made.path == "espace/q-un/wiki/index.html"
    for space, asked in (("q-un", "q-deux"), ("public", "q-un"), ("public", "public"), ("f", "f")):
        with pytest.raises(protect.Leak):
            protect.guarded(Rendered("index.html", b"x", space), asked)
    for path in ("../index.html", "prive/x.html", "a//b", "/x"):
        with pytest.raises(ValueError, match="path"):
            protect.guarded(Rendered(path, b"x", "q-un"), "q-un")


def test_no_file_of_the_servers_folder_can_be_read_by_others(site: Site, run_cq: RunCq) -> None:
    root = site("minimal")
    town(root, "serveur")
    text = prepared(root, run_cq)
    found = re.search(r"mots de passe et règles : (.*)", text)
    assert found is not None
    folder = Path(found[1])
    assert folder.stat().st_mode & 0o777 == 0o700
    for name in os.listdir(folder):  # noqa: PTH208
        assert (folder / name).stat().st_mode & 0o777 == 0o600


def test_a_real_server_guards_a_real_site(site: Site, run_cq: RunCq) -> None:
    """From `cq access server` and `cq build` to the page that a member reads, and to the audit that
    says whether the server does what it was told.
    """
    root = site("minimal")
    planters = town(root, "serveur")
    with readable_folder() as place:
        home, public = place / "mots-de-passe", place / "public"
        text = prepared(root, run_cq, "--path", str(home))
        assert run_cq("build", "--root", root, today=DEMO_DAY).returncode == 0
        folder = Path(re.findall(r"mots de passe et règles : (.*)", text)[0])
        shutil.copytree(folder, home)
        shutil.copytree(root / "build" / "site", public)
        for file in (home, *home.iterdir()):
            file.chmod(0o755)
        names = re.findall(r"identifiant : (\S+)", text)
        member = dict(zip(names, re.findall(r"serveur : (\S+)", text), strict=True))
        for server in nginx(place, public, home):
            assert server.get("/").status == 200
            page = "/espace/q-un/wiki/"
            assert server.get(page).status == 401
            assert server.get(page, ("canal", member["canal"])).status == 401
            seen = server.get(page, ("un", member["un"]))
            assert seen.status == 200
            assert any(word.encode() in seen.body for word in planters["q-un"].words)
            assert server.get("/espace/conseillers/", ("un", member["un"])).status == 200
            assert server.get("/espace/autre/").status == 403  # what has no rule is shut
            address = f"http://127.0.0.1:{server.port}/"
            done = run_cq("audit", "--root", root, "--live", address, today=DEMO_DAY)
            assert "par un mot de passe" in done.stdout, done.stdout + done.stderr
            assert "guarded-by-server" in done.stdout
            assert "live-" not in done.stdout
        for server in nginx(place, public, home, guarded=False):
            address = f"http://127.0.0.1:{server.port}/"
            done = run_cq("audit", "--root", root, "--live", address, today=DEMO_DAY)
            assert done.returncode == 1
            assert "live-unguarded" in done.stdout
