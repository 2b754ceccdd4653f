"""`--explain CODE`: one section of docs/diagnostics.md, which the wheel carries."""

from pathlib import Path


def explain(code: str) -> str | None:
    """The words about `code`, or None where no finding has that name."""
    package = Path(__file__).parent
    shipped = package / "diagnostics.md"
    pages = shipped if shipped.is_file() else package.parent / "docs" / "diagnostics.md"
    for section in pages.read_text("utf-8").split("\n## ")[1:]:
        title, _, words = section.partition("\n")
        if title.strip().strip("`") == code:
            return f"{code}\n{words.rstrip()}"
    return None
