"""`cq build` as people meet it: what it says, what it leaves alone, how it ends."""

import re
from collections.abc import Callable
from pathlib import Path

from cq.site.tree import tree_hash

Site = Callable[[str], Path]


def news(root: Path, name: str, text: str) -> Path:
    file = root / "content" / "actualites" / name
    file.write_text(text, "utf-8")
    return file


def test_errors_write_nothing(site: Site, run_cq) -> None:
    root = site("minimal")
    assert run_cq("build", "--root", root).returncode == 0
    before = tree_hash(root / "build" / "site")
    news(root, "2026-02-20-faux.md", "---\ntitre: Faux\ndate: 2026-02-31\n---\n\nTexte.\n")
    news(root, "2026-02-21-juste.md", "---\ntitre: Juste\n---\n\nTexte.\n")
    done = run_cq("build", "--root", root)
    assert done.returncode == 1
    assert "content/actualites/2026-02-20-faux.md:3:7: erreur[impossible-date]" in done.stdout
    assert "rien n’a été écrit" in done.stdout
    assert tree_hash(root / "build" / "site") == before


def test_a_first_build_with_errors_makes_no_site(site: Site, run_cq) -> None:
    root = site("minimal")
    news(root, "2026-02-20-faux.md", "---\ntitre: Faux\ndate: demain\n---\n\nTexte.\n")
    assert run_cq("build", "--root", root).returncode == 1
    assert not list((root / "build" / "site").rglob("*.html"))


def test_a_theme_that_calls_others_keeps_a_build_and_then_no_longer(site: Site, run_cq) -> None:
    """The findings that are remembered are those of the theme as it stands."""
    root = site("minimal")
    assert run_cq("build", "--root", root).returncode == 0
    style = root / "themes" / "default" / "style.css"
    style.parent.mkdir(parents=True)
    style.write_text('@import "https://fonts.example/a.css";\n', "utf-8")
    for verb in ("validate", "build", "validate"):
        done = run_cq(verb, "--root", root)
        assert done.returncode == 1
        assert "themes/default/style.css:1:10: erreur[theme-third-party]" in done.stdout
    style.write_text("a { color: #123 }\n", "utf-8")
    assert run_cq("build", "--root", root).returncode == 0
    assert run_cq("validate", "--root", root).returncode == 0


LEGAL = """
editeur: {nom: Mairie, adresse: 1 place de la Mairie, telephone: 01 99 00 12 34}
directeur_publication: la maire
hebergeur: {nom: Hébergeur, adresse: 2 rue du Port, telephone: 01 99 00 12 35}
dpo: dpo@exemple.fr
contact: contact@exemple.fr
"""


def test_strict_stops_on_a_warning(site: Site, run_cq) -> None:
    root = site("minimal")
    with (root / "content" / "site.yml").open("a", encoding="utf-8") as file:
        file.write(LEGAL)
    assert run_cq("validate", "--root", root, "--strict").returncode == 0
    news(root, "2026-02-20-Étrange.md", "---\ntitre: Étrange\n---\n\nTexte.\n")
    assert run_cq("build", "--root", root, "--strict").returncode == 1
    assert run_cq("build", "--root", root).returncode == 0
    assert run_cq("validate", "--root", root).returncode == 0
    assert run_cq("validate", "--root", root, "--strict").returncode == 1


def test_nothing_changed_is_said_and_true(site: Site, run_cq) -> None:
    root = site("minimal")
    run_cq("build", "--root", root)
    times = {file: file.stat().st_mtime_ns for file in (root / "build" / "site").rglob("*.html")}
    done = run_cq("build", "--root", root)
    assert "rien n’avait changé" in done.stdout
    assert times == {file: file.stat().st_mtime_ns for file in times}


def test_why_of_a_page_that_is_none_says_so(site: Site, run_cq) -> None:
    root = site("minimal")
    for asked in ("content/agenda/nulle-part.md", "content/prive/wiki/x.md", ".."):
        said = run_cq("build", "--root", root, "--why", asked)
        assert (said.returncode, said.stdout) == (2, "")
        assert f"aucune page du site ne vient de « {asked} »" in said.stderr


def test_why_gives_the_reason(site: Site, run_cq) -> None:
    root = site("minimal")
    page = next((root / "content" / "actualites").glob("*.md"))
    address = page.relative_to(root / "content").with_suffix("")
    assert "nouvelle page" in run_cq("build", "--root", root, "--why", address).stdout
    assert "rien n’a été refait" in run_cq("build", "--root", root, "--why", address).stdout
    page.write_text(page.read_text("utf-8") + "\nUn mot de plus.\n", "utf-8")
    assert "ce que la page montre a changé" in run_cq(
        "build", "--root", root, "--why", f"content/{address}.md"
    ).stdout  # fmt: skip
    published = root / "build" / "site" / address / "index.html"
    published.write_text("à la main", "utf-8")
    assert "modifié à la main" in run_cq("build", "--root", root, "--why", address).stdout
    assert "Un mot de plus" in published.read_text("utf-8")
    theme = root / "themes" / "default"
    theme.mkdir(parents=True)
    (theme / "news.html").write_text("{% extends 'item.html' %}", "utf-8")
    assert "le gabarit a changé" in run_cq("build", "--root", root, "--why", address).stdout


def test_an_unknown_name_in_a_template_is_an_error_with_its_place(site: Site, run_cq) -> None:
    root = site("minimal")
    run_cq("build", "--root", root)
    before = tree_hash(root / "build" / "site")
    theme = root / "themes" / "default"
    theme.mkdir(parents=True)
    (theme / "news.html").write_text(
        "{% extends 'item.html' %}\n{% block avant %}\n{{ vue.inconnu }}\n{% endblock %}\n", "utf-8"
    )
    done = run_cq("build", "--root", root)
    assert done.returncode == 1
    place = "themes/default/news.html"
    assert f"{place}:3: erreur[template-fault] le champ « inconnu » n’existe" in done.stderr
    assert run_cq("validate", "--root", root).returncode == 0  # only a page knows its view
    assert "Traceback" not in done.stderr
    assert tree_hash(root / "build" / "site") == before
    (theme / "news.html").write_text("un\n{% fro %}\n", "utf-8")
    for _ in range(2):
        done = run_cq("validate", "--root", root, "--format", "short")
        assert done.returncode == 1
        said = f"{place}:2:1: erreur[template-fault] la balise {{% fro %}} n’existe pas"
        assert said in done.stdout
    (theme / "news.html").unlink()
    assert run_cq("validate", "--root", root).returncode == 0


def test_a_site_s_own_theme_overrides_file_by_file(site: Site, run_cq) -> None:
    root = site("minimal")
    settings = root / "content" / "site.yml"
    settings.write_text(settings.read_text("utf-8") + "theme: fete\n", "utf-8")
    own = root / "themes" / "fete" / "parts"
    own.mkdir(parents=True)
    (own / "footer.html").write_text("<footer>À nous, {{ site.site }}</footer>", "utf-8")
    (own.parent / "fete.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg"/>', "utf-8")
    done = run_cq("build", "--root", root)
    assert done.returncode == 0, done.stderr
    built = root / "build" / "site"
    home = (built / "index.html").read_text("utf-8")
    assert "<footer>À nous, " in home
    assert 'class="pied"' not in home
    assert 'class="entete"' in home  # the default's header stays
    assert {path.name for path in (built / "theme").iterdir()} >= {"style.css", "fete.svg"}
    assert (built / "theme" / "style.css").stat().st_size > 10_000  # the default's sheet stays
    (own / "footer.html").write_text("{{ site.__class__.__mro__ }}", "utf-8")
    done = run_cq("build", "--root", root)
    assert done.returncode == 1
    assert "template-fault" in done.stderr
    assert (built / "index.html").read_text("utf-8") == home


def test_no_site_here(tmp_path: Path, run_cq) -> None:
    for command in ("build", "validate"):
        done = run_cq(command, cwd=tmp_path)
        assert done.returncode == 2
        assert "content/site.yml" in done.stderr
        assert "Traceback" not in done.stderr


def test_a_deleted_page_leaves_the_site(site: Site, run_cq) -> None:
    root = site("minimal")
    page = news(root, "2026-02-21-juste.md", "---\ntitre: Juste\n---\n\nTexte.\n")
    run_cq("build", "--root", root)
    published = root / "build" / "site" / "actualites" / "2026-02-21-juste"
    assert published.is_dir()
    page.unlink()
    assert run_cq("build", "--root", root).returncode == 0
    assert not published.exists()


def test_the_memory_may_be_damaged_or_out_of_reach(site: Site, run_cq, tmp_path: Path) -> None:
    root = site("minimal")
    cache = tmp_path / "memory"
    run_cq("build", "--root", root, env={"CQ_CACHE_DIR": str(cache)})
    before = tree_hash(root / "build" / "site")
    ledger = next(cache.rglob("ledger.sqlite"))
    for name in ("ledger.sqlite-wal", "ledger.sqlite-shm"):
        ledger.with_name(name).unlink(missing_ok=True)
    ledger.write_bytes(b"not a database at all, but long enough to be taken for one" * 100)
    done = run_cq("build", "--root", root, env={"CQ_CACHE_DIR": str(cache)})
    assert done.returncode == 0, done.stderr
    assert "abîmée" in done.stdout
    assert tree_hash(root / "build" / "site") == before
    blocked = tmp_path / "file"
    blocked.write_text("in the way")
    done = run_cq("build", "--root", root, env={"CQ_CACHE_DIR": str(blocked)})
    assert done.returncode == 0, done.stderr
    assert "mémoire n’est pas accessible" in done.stdout
    assert tree_hash(root / "build" / "site") == before


def test_drafts_and_embargoes_wait(site: Site, run_cq) -> None:
    root = site("minimal")
    news(root, "2026-02-01-brouillon.md", "---\ntitre: B\nbrouillon: oui\n---\n\nzqdraft\n")
    news(root, "2026-02-02-demain.md", "---\ntitre: D\npublie_le: 2026-03-02\n---\n\nzqlater\n")
    news(root, "2026-02-03-hier.md", "---\ntitre: H\nexpire: 2026-02-28\n---\n\nzqgone\n")
    run_cq("build", "--root", root, "--today", "2026-03-01")

    def text() -> str:
        return "".join(
            file.read_text("utf-8") for file in (root / "build" / "site").rglob("*.html")
        )

    assert not re.search("zqdraft|zqlater|zqgone", text())
    run_cq("build", "--root", root, "--today", "2026-03-02")
    assert "zqlater" in text()
    run_cq("build", "--root", root, "--today", "2026-02-28")
    assert "zqgone" in text()
    assert "zqlater" not in text()


def test_a_folder_that_is_not_ours_is_left_alone(site: Site, run_cq, tmp_path: Path) -> None:
    root = site("minimal")
    mine = tmp_path / "photos"
    mine.mkdir()
    (mine / "vacances.jpg").write_bytes(b"precious")
    done = run_cq("build", "--root", root, "--output", mine)
    assert done.returncode == 2
    assert "contient autre chose" in done.stderr
    assert (mine / "vacances.jpg").read_bytes() == b"precious"
    empty = tmp_path / "empty"
    empty.mkdir()
    assert run_cq("build", "--root", root, "--output", empty).returncode == 0
    assert run_cq("build", "--root", root, "--output", empty).returncode == 0
