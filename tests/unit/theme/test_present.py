"""A theme that is not there is a finding, until its folder comes."""

from pathlib import Path, PurePosixPath
from typing import Any

import pytest

from cq.diagnostic import Span
from cq.theme.present import absent, names

PLACE = Span(PurePosixPath("content/site.yml"), 3, 8)


def test_a_site_has_its_own_themes_and_those_that_cq_brings(tmp_path: Path) -> None:
    assert names(tmp_path) == ("default",)
    for name in ("fete", "a b", ".git"):
        (tmp_path / "themes" / name).mkdir(parents=True)
    (tmp_path / "themes" / "notes").write_text("x", "utf-8")
    assert names(tmp_path) == ("default", "fete")
    assert not list(absent("fete", names(tmp_path), PLACE))


@pytest.mark.parametrize(
    ("name", "line"),
    [("fetes", "fete"), ("defaut", "default"), ("../fete", "default"), ("x" * 5000, "default")],
)
def test_the_line_to_copy_is_the_likeliest(name: str, line: str) -> None:
    (found,) = absent(name, ("default", "fete"), PLACE)
    assert found.span == PLACE
    assert found.hints[-1] == f"écrivez : theme: {line}"


def test_what_is_remembered_ends_with_the_folder(site: Any, run_cq: Any, tmp_path: Path) -> None:
    root, own = site("minimal"), {"CQ_CACHE_DIR": str(tmp_path / "memory")}
    with (root / "content/site.yml").open("a", encoding="utf-8") as file:
        file.write("theme: fete\n")
    assert "missing-theme" in run_cq("validate", "--root", root, env=own).stdout
    (root / "themes/fete").mkdir(parents=True)
    assert "missing-theme" not in run_cq("validate", "--root", root, env=own).stdout
    (root / "themes/fete").rmdir()
    assert "missing-theme" in run_cq("validate", "--root", root, env=own).stdout
