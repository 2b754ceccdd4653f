"""A site's own theme changes what it names and leaves the rest; the disk cannot play tricks."""

from pathlib import Path

import pytest

from cq import theme

ASSETS = {
    "style.css", "icone.svg", "mon-quartier.js", "recherche.js", "recherche-moteur.js",
    *(f"espace/{part}.js" for part in ("clefs", "souvenir", "page", "visite", "porte")),
}  # fmt: skip


def written(root: Path, name: str, files: dict[str, str]) -> Path:
    folder = root / "themes" / name
    for path, text in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")
    return folder


def test_the_default_is_whole(tmp_path: Path) -> None:
    found = theme.load(tmp_path)
    assert {"base.html", "home.html", "event.html", "parts/header.html"} <= set(found.templates)
    assert set(found.assets) == ASSETS


def test_one_file_is_replaced_and_the_rest_stays(tmp_path: Path) -> None:
    written(tmp_path, "fete", {"parts/footer.html": "<p>À nous</p>", "style.css": "p {}"})
    ours, default = theme.load(tmp_path, "fete"), theme.load(tmp_path)
    assert ours.templates["parts/footer.html"] == "<p>À nous</p>"
    assert ours.assets["style.css"] == b"p {}"
    assert ours.templates["base.html"] == default.templates["base.html"]
    assert set(ours.templates) == set(default.templates)


def test_a_site_may_change_the_default_itself(tmp_path: Path) -> None:
    written(tmp_path, "default", {"page.html": "autre"})
    found = theme.load(tmp_path)
    assert found.templates["page.html"] == "autre"
    assert "base.html" in found.templates


def test_a_change_of_style_makes_no_page_again(tmp_path: Path) -> None:
    before = theme.load(tmp_path)
    written(tmp_path, "default", {"style.css": "p {}"})
    after = theme.load(tmp_path)
    assert after.templates_digest == before.templates_digest
    assert after.digest != before.digest
    written(tmp_path, "default", {"page.html": "autre"})
    assert theme.load(tmp_path).templates_digest != before.templates_digest


def test_links_hidden_files_and_other_kinds_are_left_alone(tmp_path: Path) -> None:
    secret = tmp_path / "secret.html"
    secret.write_text("secret", encoding="utf-8")
    folder = written(tmp_path, "x", {".cache.html": "x", "notes.docx": "x", "a.png": "x"})
    (folder / "vol.html").symlink_to(secret)
    found = theme.load(tmp_path, "x")
    assert "vol.html" not in found.templates
    assert ".cache.html" not in found.templates
    assert set(found.assets) == ASSETS | {"a.png"}


@pytest.mark.parametrize("name", ["absent", "../default", "a/b", "", "."])
def test_a_name_without_folder_is_refused(name: str, tmp_path: Path) -> None:
    with pytest.raises(theme.ThemeNotFound):
        theme.load(tmp_path, name)


def test_a_theme_that_cannot_be_used_is_said(tmp_path: Path) -> None:
    folder = written(tmp_path, "fete", {"style.css": "p {}"})
    (folder / "page.html").write_bytes(b"\xff\xfe")
    with pytest.raises(theme.ThemeFault, match=r"fete/page\.html"):
        theme.load(tmp_path, "fete")
    (folder / "page.html").unlink()
    for name in ("a b.css", "é.css", "a\n.css", "prive/x.css"):
        written(tmp_path, "fete", {name: "p {}"})
        with pytest.raises(theme.ThemeFault, match=f"^themes/fete/{name} : "):
            theme.load(tmp_path, "fete")
        (folder / name).unlink()


def test_a_theme_is_no_link_to_elsewhere(tmp_path: Path) -> None:
    outside = written(tmp_path / "other", "fete", {"secret.txt": "x"})
    (tmp_path / "themes").mkdir()
    (tmp_path / "themes" / "fete").symlink_to(outside)
    with pytest.raises(theme.ThemeFault, match="liens symboliques"):
        theme.load(tmp_path, "fete")
