"""What may follow: as a question of ours, and in the shells themselves."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import typer
import typer.main

import cq.cli
from cq import usage
from cq.completion import proposals, shells

Run = Callable[..., subprocess.CompletedProcess[str]]
Site = Callable[[str], Path]
Tool = Callable[[str], str]


def after(line: str, root: Path | None = None) -> list[str]:
    command = usage.french(typer.main.get_command(cq.cli.app))
    return [one.word for one in proposals(command, line.split(" "), root)]


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("val", ["validate"]),
        ("complet", ["completion"]),
        ("zzz", []),
        ("validate --ex", ["--explain"]),
        ("validate --strict --str", []),
        ("validate --format ", ["human", "short", "json", "github"]),
        ("validate --format js", ["json"]),
        ("validate --format=js", ["--format=json"]),
        ("validate --format = js", ["json"]),
        ("validate --format =", ["human", "short", "json", "github"]),
        ("validate --explain unknown-ke", ["unknown-key"]),
        ("validate ", [":fichiers"]),
        ("validate a b c/", [":fichiers"]),
        ("validate --jobs ", []),
        ("validate --jobs 3 --fi", ["--fix"]),
        ("build --root ", [":dossiers"]),
        ("build --why ", [":fichiers"]),
        ("build x", []),
        ("schema even", ["evenement"]),
        ("schema evenement ", []),
        ("schema -- --", []),
        ("completion f", ["fish"]),
        ("--root x val", ["validate"]),
        ("--zzz --aid", ["--aide"]),
    ],
)
def test_what_may_follow(line: str, words: list[str]) -> None:
    assert after(line) == words


def test_a_hidden_command_is_not_proposed() -> None:
    assert "complete" not in after("")
    assert {"build", "validate", "schema", "completion"} <= set(after(""))


def test_names_of_the_site(tmp_path: Path) -> None:
    from typing import Annotated

    app = typer.Typer()

    @app.command()
    def go(
        quartier: Annotated[str, typer.Argument(metavar="QUARTIER")],
        group: Annotated[str, typer.Option(metavar="GROUPE")] = "",
    ) -> None: ...

    for name in ("canal", "grange-aux-belles", "Pas Un Slug", "\x1b[31m"):
        (tmp_path / "content" / "quartiers" / name).mkdir(parents=True)
    (tmp_path / "content" / "quartiers" / "fichier").touch()
    (tmp_path / "content" / "quartiers" / "lien").symlink_to(tmp_path)
    (tmp_path / "content" / "groupes" / "velo").mkdir(parents=True)
    command = typer.main.get_command(app)

    def said(*words: str) -> list[str]:
        return [one.word for one in proposals(command, list(words), tmp_path)]

    assert said("") == ["canal", "grange-aux-belles"]
    assert said("gr") == ["grange-aux-belles"]
    assert said("canal", "") == []
    assert said("--group", "") == ["velo"]
    assert said("--group=v") == ["--group=velo"]
    assert [one.word for one in proposals(command, [""], None)] == []


@pytest.fixture
def program(tmp_path: Path, root: Path) -> dict[str, str]:
    """An environment in which `cq` is this checkout's, with a home of its own."""
    folder = tmp_path / "bin"
    folder.mkdir()
    file = folder / "cq"
    file.write_text(f'#!/bin/sh\nPYTHONPATH="{root}" exec "{sys.executable}" -m cq "$@"\n')
    file.chmod(0o755)
    return {"PATH": f"{folder}:/usr/bin:/bin", "HOME": str(tmp_path), "LANG": "C.UTF-8",
            "TERM": "dumb"}  # fmt: skip


def asked(command: list[str], program: dict[str, str], place: Path) -> list[str]:
    done = subprocess.run(
        command, env=program, cwd=place, stdin=subprocess.DEVNULL, capture_output=True,
        encoding="utf-8", timeout=60, check=False,
    )  # fmt: skip
    assert not done.stderr
    return done.stdout.splitlines()


BASH = [
    (["cq", "val"], ["validate"]),
    (["cq", "validate", "--format", "="], ["human", "short", "json", "github"]),
    (["cq", "validate", "--format", "=", "g"], ["github"]),
    (["cq", "build", "--root", "con"], ["content"]),
    (["cq", "validate", "un f"], ["un fichier.md"]),
]


@pytest.mark.parametrize(("words", "found"), BASH)
def test_bash(words: list[str], found: list[str], program, tmp_path: Path, tool: Tool) -> None:
    (tmp_path / "content").mkdir()
    (tmp_path / "contenu.md").touch()
    (tmp_path / "un fichier.md").touch()
    line = (
        'eval "$(cq completion bash)"; complete -p cq >/dev/null || exit 3; '
        f'COMP_CWORD={len(words) - 1}; COMP_WORDS=("$@"); _cq cq; '
        'for one in "${COMPREPLY[@]}"; do printf "%s\\n" "$one"; done'
    )
    bash = [tool("bash"), "--norc", "-c", line, "bash", *words]
    assert asked(bash, program, tmp_path) == found


def test_zsh(program, tmp_path: Path, tool: Tool) -> None:
    """Its own completion needs a terminal: what is given to it is looked at."""
    line = (
        'compdef() { :; }; eval "$(cq completion zsh)"; '
        '_describe() { print -rl -- "${(@P)2}"; }; _files() { print -r -- "files $*"; }; '
        'words=(cq validate --ex); CURRENT=3; _cq; words=(cq ""); CURRENT=2; _cq; '
        'words=(cq build --root ""); CURRENT=4; _cq'
    )
    found = asked([tool("zsh"), "-f", "-c", line], program, tmp_path)
    assert found[0].startswith("--explain:")
    assert any(one.startswith("validate:Vérifier les contenus") for one in found)
    assert found[-1] == "files -/"


def test_fish(program, tmp_path: Path, tool: Tool) -> None:
    line = 'cq completion fish | source; complete -C "{}"'
    (tmp_path / "dossier").mkdir()

    def said(typed: str) -> list[str]:
        return asked([tool("fish"), "--no-config", "-c", line.format(typed)], program, tmp_path)

    assert [one.split("\t")[0] for one in said("cq val")] == ["validate"]
    assert {"build", "schema"} <= {one.split("\t")[0] for one in said("cq ")}
    assert said("cq validate --format js") == ["json"]
    assert "dossier/" in [one.split("\t")[0] for one in said("cq build --root dos")]


@pytest.mark.parametrize("name", sorted(shells.SCRIPTS))
def test_the_script_is_installed_once(name: str, run_cq: Run, tmp_path: Path) -> None:
    home = {"HOME": str(tmp_path)}
    shown = run_cq("completion", name).stdout
    asked = run_cq("completion", name, "--install", env=home)
    assert asked.returncode == 1
    assert "Continuer ? [o/N]" in asked.stderr
    assert "rien n’a été écrit" in asked.stdout
    assert not list(tmp_path.rglob("*cq*"))
    done = run_cq("completion", name, "--install", "--yes", env=home)
    assert done.returncode == 0, done.stderr
    [file] = [one for one in tmp_path.rglob("*") if one.is_file()]
    assert file.read_text() == shown
    again = run_cq("completion", name, "--install", env=home)
    assert again.stdout == f"déjà en place : {file}\n"
    file.write_text("# Complétion de cq, ancienne\n")
    assert run_cq("completion", name, "--install", "--yes", env=home).returncode == 0
    assert file.read_text() == shown
    file.write_text("autre chose\n")
    refused = run_cq("completion", name, "--install", "--yes", env=home)
    assert refused.returncode == 2
    assert file.read_text() == "autre chose\n"
    assert [one for one in tmp_path.rglob("*") if one.is_file()] == [file]


def test_which_shell(run_cq: Run) -> None:
    assert "bash --install" in run_cq("completion", env={"SHELL": "/bin/bash"}).stdout
    done = run_cq("completion", env={"SHELL": "/bin/csh"})
    assert done.returncode == 2
    assert "« csh » n’est pas un de ceux que cq connaît ; au choix : bash, zsh, fish" in done.stderr
    assert run_cq("completion").returncode == 2
    assert run_cq("completion", "bash", "--yes").returncode == 2


def test_the_answer_never_fails(run_cq: Run, site: Site) -> None:
    """A tab key must not print a fault, whatever stands before it."""
    for words in ([], [""], ["--root", "nulle-part", "val"], ["\x1b[", "\udcff"], ["--root"],
                  ["--", "--", "x"]):  # fmt: skip
        done = run_cq("complete", "--", *words, cwd=site("minimal") if not words else None)
        assert (done.returncode, done.stderr) == (0, ""), words
