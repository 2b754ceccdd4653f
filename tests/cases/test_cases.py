r"""Runs the case files: what somebody wrote, the command, and exactly what it answers.

A case is one text file, `*.case`, in any folder beside this module:

    A line or two that say what is shown.

    --- content/agenda/reunion.md
    the file's lines, up to the next file or command
    --- content/pages/vieux.md (bytes)
    `\xE9` is a byte, `\u200B` a character in UTF-8, `\r` and `\n` line ends, `\\` a backslash;
    the line's own end counts as always, but not after a lone `\`
    --- content/documents/pv.pdf (pdf)
    a true PDF that says these lines; without any, a picture of a page

    $ cq validate
    the exact answer
    [1]

`[1]` is the exit code, left out when it is 0. Commands run one after the other on the same site;
`$ cat FILE` shows what a repair has made. A case without `content/site.yml` gets the one beside
this module. `pytest tests/cases --update` writes the answers found into the cases, to be
read as a diff.
"""

import re
import shlex
from pathlib import Path
from typing import NamedTuple

import printed
import pytest

from cq.cli import run

HERE = Path(__file__).parent
CASES = sorted(HERE.rglob("*.case"))
FILE = re.compile(r"--- ((?:content|themes)/\S+)( \((?:bytes|pdf)\))?\Z")
ESCAPE = re.compile(r"\\(?:x([0-9A-Fa-f]{2})|u([0-9A-Fa-f]{4})|([rn\\])|\n)")
CODE = re.compile(r"\[([0-9]+)\]\Z")
SIGNS = {"r": b"\r", "n": b"\n", "\\": b"\\"}


class Case(NamedTuple):
    """The prose and files as written, what the files hold, the commands with their answers."""

    head: str
    files: dict[str, bytes]
    commands: list[tuple[str, str]]


def held(text: str, *, escaped: bool) -> bytes:
    if not escaped:
        return text.encode()
    parts: list[bytes] = []
    last = 0
    for match in ESCAPE.finditer(text):
        parts.append(text[last : match.start()].encode())
        byte, character, sign = match.groups()
        if match[0] == "\\\n":
            pass
        elif byte:
            parts.append(bytes((int(byte, 16),)))
        else:
            parts.append(chr(int(character, 16)).encode() if character else SIGNS[sign])
        last = match.end()
    return b"".join([*parts, text[last:].encode()])


def read_case(text: str) -> Case:
    lines = text.split("\n")
    first = next(at for at, line in enumerate(lines) if line.startswith("$ "))
    files: dict[str, bytes] = {}
    starts = [at for at, line in enumerate(lines[:first]) if FILE.match(line)]
    for start, end in zip(starts, [*starts[1:], first], strict=True):
        match = FILE.match(lines[start])
        assert match is not None
        body = lines[start + 1 : end]
        if end == first and body and not body[-1]:
            body.pop()  # the blank line above the command
        text = "".join(f"{line}\n" for line in body)
        if match[2] == " (pdf)":
            files[match[1]] = printed.pdf(text.strip(), picture=not text.strip())
        else:
            files[match[1]] = held(text, escaped=match[2] is not None)
    commands: list[tuple[str, str]] = []
    for line in lines[first:]:
        if line.startswith("$ "):
            commands.append((line[2:], ""))
        else:
            command, answer = commands[-1]
            commands[-1] = command, f"{answer}{line}\n"
    commands = [(command, answer.rstrip("\n")) for command, answer in commands]
    return Case("\n".join(lines[:first]), files, commands)


def answer(command: str, root: Path, capfd: pytest.CaptureFixture[str]) -> str:
    """What a command says, both streams, and its exit code."""
    program, *arguments = shlex.split(command)
    if program == "cat":
        said = (root / arguments[0]).read_bytes().decode("utf-8", "backslashreplace")
        return said.replace("\r", "\\r").rstrip("\n")
    assert program == "cq", command
    code = run(arguments)
    out, err = capfd.readouterr()
    said = (out + err).rstrip("\n")
    return f"{said}\n[{code}]".lstrip("\n") if code else said


@pytest.mark.parametrize(
    "path", CASES, ids=lambda path: str(path.relative_to(HERE).with_suffix(""))
)
def test_case(
    path: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
    *,
    update: bool,
) -> None:
    case = read_case(path.read_text(encoding="utf-8"))
    root = tmp_path / "site"
    for name, data in {"content/site.yml": (HERE / "site.yml").read_bytes(), **case.files}.items():
        file = root / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)
    monkeypatch.chdir(root)
    for name in ("CI", "CQ_ROOT", "CQ_OUTPUT"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("CQ_CACHE_DIR", str(tmp_path / "cache"))
    monkeypatch.setenv("CQ_TODAY", "2026-03-01")
    monkeypatch.setenv("CQ_JOBS", "1")
    found = [(command, answer(command, root, capfd)) for command, _ in case.commands]
    if update:
        shown = "\n\n".join(f"$ {command}\n{said}".rstrip("\n") for command, said in found)
        path.write_text(f"{case.head}\n{shown}\n", encoding="utf-8")
        return
    assert found == case.commands


def test_there_are_cases() -> None:
    assert len(CASES) > 30


def test_every_case_says_what_it_shows() -> None:
    assert not [path.name for path in CASES if path.read_text(encoding="utf-8").startswith("---")]


def test_bytes_are_what_they_say() -> None:
    assert held(r"\xE9\u00e9\r\\n", escaped=True) == b"\xe9\xc3\xa9\r\\n"
    assert held(r"\xE9", escaped=False) == rb"\xE9"
