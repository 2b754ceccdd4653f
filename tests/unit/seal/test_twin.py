"""The browser's script reads the examples as Python does: `clefs.js`, in Node."""

import subprocess
from collections.abc import Callable
from pathlib import Path

from cq.seal.phrase import folded_words
from tests.unit.seal.vectors import VECTORS


def test_the_browser_s_script_reads_the_examples(
    tool: Callable[[str], str], root: Path, tmp_path: Path
) -> None:
    words = tmp_path / "mots.txt"
    words.write_text("\n".join(folded_words()), encoding="ascii")
    twin = Path(__file__).with_name("twin.mjs")
    script = root / "themes/default/espace/clefs.js"
    done = subprocess.run(
        [tool("node"), twin, script, VECTORS / "seal-v1.json", words],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert (done.stdout, done.stderr) == ("", "")
