"""docs/legal-rules.md names findings and files that are there, and each rule once."""

import re
from pathlib import Path

RULES = {"ACC": 21, "RGPD": 19, "ALG": 5, "LEG": 5, "OD": 3, "DSFR": 2}


def rules(text: str) -> list[str]:
    """Every rule of the table; « RGPD-08 à RGPD-11 » are four."""
    found = []
    for cell in re.findall(r"^\| ((?:ACC|RGPD|ALG|LEG|OD|DSFR)-[^|]+) \|", text, re.MULTILINE):
        named = re.findall(r"([A-Z]+)-(\d\d)", cell)
        numbers = [int(number) for _, number in named]
        if " à RGPD-" in cell:
            numbers = list(range(numbers[0], numbers[-1] + 1))
        found += [f"{named[0][0]}-{number:02}" for number in numbers]
    return found


def test_every_rule_stands_once(root: Path) -> None:
    text = (root / "docs/legal-rules.md").read_text(encoding="utf-8")
    every = [f"{name}-{n:02}" for name, most in RULES.items() for n in range(1, most + 1)]
    assert rules(text) == every


def test_what_it_names_is_there(root: Path) -> None:
    text = (root / "docs/legal-rules.md").read_text(encoding="utf-8")
    codes = set(re.findall(r"\[([a-z]+(?:-[a-z]+)+)\](?!\()", text))
    known = (root / "docs/diagnostics.md").read_text(encoding="utf-8")
    assert {code for code in codes if f"\n## `{code}`\n" not in known} == set()
    files = set(re.findall(r"`((?:cq|tests|themes)/[\w/.-]+)`", text))
    assert files
    assert {file for file in files if not (root / file).exists()} == set()
