"""The page of the sealed spaces: it depends on its script, names no space and calls nobody."""

import base64
import hashlib
from pathlib import Path

import petit_bourg
import pytest

from cq.content.layout import PUBLIC
from cq.site.directory import SpaceView
from cq.site.plan.space_page import pressed, space_page
from cq.site.target import Target
from cq.theme import load

DAY = "2026-11-22"


def planned(assets: dict[str, bytes]) -> dict[str, Target]:
    content = petit_bourg.content(
        {"site.yml": petit_bourg.SITE, "prive/wiki/secret.md": "# Un secret bien gardé\n"}, DAY
    )
    return {one.path: one for one in space_page(content.seen_by(PUBLIC, DAY), assets)}


def view(target: Target) -> SpaceView:
    assert isinstance(target.view, SpaceView)
    return target.view


@pytest.fixture
def assets(tmp_path: Path) -> dict[str, bytes]:
    return dict(load(tmp_path).assets)


def test_its_script_is_named_with_its_digest(assets: dict[str, bytes]) -> None:
    found = planned(assets)
    assert set(found) == {"espace/index.html", "theme/espace.js"}
    script = str(found["theme/espace.js"].view[0]).encode()
    digest = base64.b64encode(hashlib.sha384(script).digest()).decode()
    shown = view(found["espace/index.html"])
    assert shown.script == ("theme/espace.js", f"sha384-{digest}")
    assert [one.address for one in shown.search] == [
        "theme/recherche-moteur.js", "theme/recherche.js",
    ]  # fmt: skip
    assert "secret" not in repr(found["espace/index.html"])


def test_another_script_is_another_page(assets: dict[str, bytes]) -> None:
    before = view(planned(assets)["espace/index.html"])
    for name in ("espace/porte.js", "recherche.js"):
        changed = assets | {name: assets[name] + b"\nnull;\n"}
        assert view(planned(changed)["espace/index.html"]) != before


def test_a_theme_may_bring_the_whole_script(assets: dict[str, bytes]) -> None:
    found = planned(assets | {"espace.js": b"// nothing\n"})
    assert set(found) == {"espace/index.html"}
    assert view(found["espace/index.html"]).script.address == "theme/espace.js"


def test_pressing_takes_comments_and_indents_and_leaves_texts() -> None:
    text = """\
/* What this is.
   More of it. */
const a = 1; // why

\t// alone
\tconst b = "https://x.fr // y"; // it's kept, for its quote
const c = `
  two`;
\tconst d = /\\/\\*/; /* here */
\t\t/* a line */
"""
    assert pressed({"a.js": text, "b.js": "b();\n"}) == (
        "// espace/a.js, espace/b.js\n(() => {\n"
        "const a = 1;\n"
        'const b = "https://x.fr // y"; // it\'s kept, for its quote\n'
        "const c = `\n  two`;\n"
        "const d = /\\/\\*/; /* here */\n"
        "b();\n})();\n"
    )
