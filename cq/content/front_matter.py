"""A page's text in two: the header between its lines of dashes, and the body.

Only lines are looked at here, never YAML or Markdown; where each part begins is kept.
"""

import re
from pathlib import PurePosixPath
from typing import NamedTuple

from cq.content.characters import visible
from cq.diagnostic import Diagnostic, Edit, Outcome, Span, error, note

_KEY = re.compile(r"(?:[^\W\d_][\w-]*|\"[^\"]*\"|'[^']*')[^\S\n]*:(?!//)")
_PLAIN_KEY = re.compile(r"[a-zà-öø-ÿœ][\w-]*[^\S\n]*:(?!//)")
# « ordre du jour: »: a key of two or three words in small letters, which no sentence begins with.
_WORDS_KEY = re.compile(r"[a-zà-öø-ÿœ][\w-]*(?: [a-zà-öø-ÿœ][\w-]*){1,2}[^\S\n]*:(?!//)")
_HEADING_KEYS = ("titre", "title", "date")
_BLOCK_SCALAR = re.compile(r":[^\S\n]*[|>][-+0-9]{0,2}[^\S\n]*(?:#.*)?\Z")
# What word processors and telephones make of three hyphens.
_SMART_DASHES = re.compile(r"(?:[-‐-―−]{2,}|[—―])\Z")
_LONGEST = 120  # characters of a line that is one of dashes, blanks included


class Parts(NamedTuple):
    """The header without its fences, and the body; their first lines in the file, from 1.

    A file without front matter has the header "".
    """

    header: str
    header_line: int
    body: str
    body_line: int


def split(text: str, path: PurePosixPath) -> Outcome[Parts]:
    """Header and body of `text`, whose lines end with LF."""
    if not text.startswith("---\n"):
        return _other_start(text, path)
    end = text.find("\n---\n", 3)
    header = text[4 : end + 1]
    if end < 0 or "\n..." in header or "\n---" in header or ":" not in header:
        return _split(text.split("\n"), 0, path)
    if not _begins_as_header(header.split("\n", 8)[:8]):
        return _split(text.split("\n"), 0, path)
    line = header.count("\n") + 3
    return Outcome(Parts(header, 2, text[end + 5 :], line))


def _other_start(text: str, path: PurePosixPath) -> Outcome[Parts]:
    """No line of dashes where it should be: a page without header, or a slip."""
    lines = text.split("\n")
    first = next((at for at, line in enumerate(lines) if visible(line).strip()), None)
    if first is None:
        return Outcome(Parts("", 1, text, 1))
    if _is_fence(lines[first]):
        return _split(lines, first, path)
    return _unopened(lines, first, path)


def _is_fence(line: str) -> bool:
    """`---`, also indented or made of smart dashes."""
    if len(line) > _LONGEST:
        return False
    shown = visible(line)
    word = shown.strip()
    return _indent(shown) < 4 and (word == "---" or _SMART_DASHES.match(word) is not None)


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


def _begins_as_header(lines: list[str]) -> bool:
    """Whether the first line with anything on it reads « clé: … », or is a comment before one."""
    for line in lines:
        word = visible(line[:_LONGEST]).strip()
        if word and not word.startswith("#"):
            return _KEY.match(word) is not None
    return False


def _split(lines: list[str], opening: int, path: PurePosixPath) -> Outcome[Parts]:
    """A file that begins with a line of dashes, at line `opening` from 0."""
    inside = lines[opening + 1 :]
    exact = lines[opening].rstrip() == "---" and opening == 0
    closing = _closing(lines, opening)
    if closing is not None:
        content = [visible(line).strip() for line in lines[opening + 1 : closing]]
        empty = not any(content) and exact
        commented = exact and all(not line or line.startswith("#") for line in content)
        worded = exact and closing < 20 and _all_header([line.lower() for line in content])
        if empty or (commented and closing < 20) or worded or _has_key(content):
            found = _slips(lines, (opening, closing), path)
            return Outcome(_parts(lines, opening, closing, closing + 1), found)
    if closing is None and _left_open(inside):
        return _unclosed(lines, opening, path)
    # A thematic break: the whole file is the body.
    return Outcome(Parts("", 1, "\n".join(lines), 1))


def _left_open(inside: list[str]) -> bool:
    """Whether a header begins here: a key in small letters, or two keys without a blank line."""
    first = next((visible(line[:_LONGEST]).strip() for line in inside if line.strip()), "")
    if _PLAIN_KEY.match(first):
        return True
    return len(inside) > 1 and all(_KEY.match(visible(line[:_LONGEST])) for line in inside[:2])


def _has_key(content: list[str]) -> bool:
    """One key is enough: a broken header must not be shown to readers as text."""
    first = next((line for line in content if line and not line.startswith("#")), "")
    if _KEY.match(first):
        return True
    return any(_PLAIN_KEY.match(line) for line in content)


def _closing(lines: list[str], opening: int) -> int | None:
    """The line that closes the header: at the margin, else indented after nothing but keys."""
    in_block = False
    keys, clean = 0, True
    for at in range(opening + 1, len(lines)):
        line = lines[at]
        if line[:3] in {"---", "..."} and not line[3:].strip():
            return at
        start = line[:_LONGEST]
        if _KEY.match(start):
            in_block = _BLOCK_SCALAR.search(line) is not None
        if clean and keys and not in_block and _is_fence(line):
            return at
        key = _header_line(start)
        keys += key is True
        clean = clean and key is not None
    return None


def _header_line(line: str) -> bool | None:
    """True for a key, False for what may stand between keys, None for anything else."""
    word = visible(line).strip()
    if _KEY.match(word) or _WORDS_KEY.match(word):
        return True
    if not word or word.startswith(("#", "- ", "]", "}")) or _indent(line):
        return False
    return None


def _all_header(lines: list[str]) -> bool:
    """Whether every line may stand in a header, and one is a key."""
    kinds = [_header_line(line[:_LONGEST]) for line in lines]
    return None not in kinds and True in kinds


def _slips(
    lines: list[str], fences: tuple[int, int], path: PurePosixPath
) -> tuple[Diagnostic, ...]:
    """What is odd about the two lines of dashes: one note for both."""
    odd = [at for at in fences if visible(lines[at]).rstrip() not in {"---", "..."}]
    blank = fences[0] > 0
    if not odd and not blank:
        return ()
    edits = [Edit(at + 1, 1, at + 1, len(lines[at]) + 1, "---") for at in odd]
    if blank:
        edits.insert(0, Edit(1, 1, fences[0] + 1, 1, ""))
    at = fences[0] if blank else odd[0]
    smart = any("---" not in lines[one] for one in odd)
    if blank and not odd:
        message = "l’en-tête commence après une ligne vide"
    elif smart:
        message = "les traits de l’en-tête ne sont pas trois tirets simples"
    else:
        message = "les traits de l’en-tête sont décalés"
    return (
        note(
            "front-matter",
            message,
            Span(path, at + 1, 1, len(lines[at])),
            "l’en-tête est lu quand même",
            "écrivez « --- » au début de la ligne, dès la première ligne du fichier",
            fixes=tuple(edits),
        ),
    )


def _unclosed(lines: list[str], opening: int, path: PurePosixPath) -> Outcome[Parts]:
    """No second line of dashes: the header goes as far as it looks like one."""
    end, clear = _extent(lines, opening + 1)
    last = max(end - 1, opening)
    fixes = (Edit(last + 1, len(lines[last]) + 1, last + 1, len(lines[last]) + 1, "\n---"),)
    found = error(
        "front-matter",
        "l’en-tête n’est pas fermé",
        Span(path, opening + 1, 1, len(lines[opening])),
        "tout le texte de la page serait pris pour des clés",
        f"ajoutez une ligne « --- » après la ligne {last + 1}",
        fixes=fixes if clear else (),
    )
    return Outcome(_parts(lines, opening, end, end), (found,))


def _extent(lines: list[str], start: int) -> tuple[int, bool]:
    """Where a header that nobody closed ends, from 0, and whether that is plain to see."""
    end = start
    for at in range(start, len(lines)):
        line = visible(lines[at][:_LONGEST])
        word = line.strip()
        if not word:
            if not any(_PLAIN_KEY.match(visible(one[:_LONGEST])) for one in lines[at + 1 : at + 3]):
                return end, True
        elif _KEY.match(word) or _WORDS_KEY.match(word) or _indent(line) or word.startswith("- "):
            end = at + 1
        elif not word.startswith("#"):
            return end, False
    return end, True


def _unopened(lines: list[str], first: int, path: PurePosixPath) -> Outcome[Parts]:
    """Keys at the top and no opening line: with a closing one, or with keys that speak clearly.

    One line before dashes is a Markdown heading (« Lieu : la mairie » underlined) unless it
    begins with a word in small letters, as keys do.
    """
    nothing = Outcome(Parts("", 1, "\n".join(lines), 1))
    if not _KEY.match(visible(lines[first][:_LONGEST])):
        return nothing
    closing = next(
        (
            at
            for at in range(first + 1, min(len(lines), first + 200))
            if lines[at][:3] in {"---", "..."} and not lines[at][3:].strip()
        ),
        None,
    )
    if closing is not None and _all_header(lines[first:closing]):
        keys = [one for one in lines[first:closing] if _KEY.match(visible(one[:_LONGEST]))]
        if len(keys) < 2 and not _PLAIN_KEY.match(visible(keys[0][:_LONGEST])):
            return nothing
        fixes = (Edit(1, 1, first + 1, 1, "---\n"),)
        found = error(
            "front-matter",
            "il manque la ligne « --- » qui ouvre l’en-tête",
            Span(path, first + 1, 1, len(lines[first])),
            "les clés apparaîtraient dans le texte de la page",
            "ajoutez « --- » tout en haut du fichier, seul sur sa ligne",
            fixes=fixes,
        )
        return Outcome(_parts(lines, first - 1, closing, closing + 1), (found,))
    end, _ = _extent(lines, first)
    keys = [visible(one[:_LONGEST]) for one in lines[first:end]]
    named = sum(1 for one in keys if one.lower().startswith(_HEADING_KEYS))
    plain = sum(1 for one in keys if _PLAIN_KEY.match(one))
    # « Titre : … » and « Date : … », one under the other, are a header too.
    if named < 2 and (plain < 2 or not named):
        return nothing
    found = error(
        "front-matter",
        "l’en-tête n’a pas ses deux lignes « --- »",
        Span(path, first + 1, 1, len(lines[first])),
        "les clés apparaîtraient dans le texte de la page",
        f"ajoutez « --- » au-dessus de la ligne {first + 1} et en dessous de la ligne {end}",
    )
    return Outcome(_parts(lines, first - 1, end, end), (found,))


def _parts(lines: list[str], opening: int, closing: int, body: int) -> Parts:
    """Header after line `opening` up to line `closing`, body from line `body`, all from 0."""
    header = "".join(f"{line}\n" for line in lines[opening + 1 : closing])
    total = len(lines)
    return Parts(header, min(opening + 2, total), "\n".join(lines[body:]), min(body + 1, total))
