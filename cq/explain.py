"""`--explain CODE`: one section of docs/diagnostics.md, which the wheel carries, as plain text."""

import re
from pathlib import Path

from cq.french.folding import nearest

_SECTION = re.compile(r"^## `([^`]+)`\n", re.MULTILINE)
_SEVERITY = re.compile(r"\*\*([^*]+)\*\* · (.+)")
_FENCE = re.compile(r"```[a-z]*\n(.*?)\n?```", re.DOTALL)
_MARKS = re.compile(r"\*\*([^*\n]+)\*\*|`([^`\n]+)`|\[([^\]\n]+)\]\([^)\n]+\)")


def explain(code: str) -> str | None:
    """The words about `code`, for a terminal; None where no finding has that name."""
    words = _sections().get(code.strip().lower())
    return None if words is None else _plain(code.strip().lower(), words)


def alike(code: str) -> list[str]:
    """The code that was probably meant, if any."""
    return nearest(code.strip(), _sections())


def codes() -> list[str]:
    """The codes of all findings."""
    return list(_sections())


def _sections() -> dict[str, str]:
    package = Path(__file__).parent
    shipped = package / "diagnostics.md"
    pages = shipped if shipped.is_file() else package.parent / "docs" / "diagnostics.md"
    parts = _SECTION.split(pages.read_text("utf-8"))
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def _plain(code: str, words: str) -> str:
    """Markdown as a person types it at a terminal: no marks, examples set in."""
    words = _SEVERITY.sub(lambda found: f"{found[1]} : {found[2]}", words.strip(), count=1)
    lines = [code, "=" * len(code), ""]
    examples = 0
    for at, part in enumerate(_FENCE.split(words)):
        if at % 2 == 0:
            text = _MARKS.sub(lambda found: found[1] or found[2] or found[3], part).strip()
            lines += [text, ""] if text else []
        else:
            lines.append("  ce qui ne va pas :" if examples == 0 else "  ce qu’il faut écrire :")
            lines += [f"    {line}" for line in part.split("\n")] + [""]
            examples += 1
    return "\n".join(lines).rstrip()
