"""Everything that the command line says by itself is French: each help, each refusal.

The sentences of Typer are read from the Typer that is installed: a new one fails here.
"""

import ast
import itertools
import re
import subprocess
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest
import typer
import typer.main
from typer._click.types import BoolParamType

import cq.cli
from cq import usage
from cq.usage.page import page
from cq.usage.refusal import explain, translated

Run = Callable[..., subprocess.CompletedProcess[str]]
TYPER = Path(typer.__file__).parent
# Where Typer refuses a command line, and with what.
REFUSING = {"fail", "BadParameter", "BadOptionUsage", "BadArgumentUsage", "UsageError"}
# Words of Typer's help and refusals; those that French has too are not among them.
ENGLISH = re.compile(
    r"\b(usage:|show this|message and|missing|required?|default|such|did you|mean|error|invalid"
    r"|value|unexpected|extra|requires|argument\(s\)|try|aborted|text|integer|path|int|str|range"
    r"|boolean|datetime|float|file|directory|command|env var|dynamic|choose|deprecated|does|not"
    r"|the|is|for|takes|given|help)\b",
    re.IGNORECASE,
)
# What the user types is English by decision, and stands between words of ours.
TYPED = re.compile(r"--?[a-z][a-z-]*|\bcq( [a-z-]+)+|[\w./-]+/[\w./-]*|human\|[\w|]+|\w+\.\w+")


def everything() -> Iterator[tuple[str, object]]:
    yield from usage.every(usage.french(typer.main.get_command(cq.cli.app)))


def english(text: str) -> list[str]:
    return [found[0] for found in ENGLISH.finditer(TYPED.sub("", text))]


@pytest.mark.parametrize(("name", "command"), list(everything()))
def test_every_help_is_french_and_has_an_example(name: str, command) -> None:
    text = page(command, name)
    assert not english(text), text
    assert "Exemple" in text, "the docstring of a command ends with « Exemple : cq … »"
    assert text.startswith(f"Usage : {name} [OPTIONS]")
    for one in command.params:
        assert getattr(one, "help", None), f"{name} {one.name} says nothing of itself"


@pytest.mark.parametrize(("name", "command"), list(everything()))
def test_no_line_of_help_parts_a_sign_from_its_word(name: str, command) -> None:
    lines = [line.strip() for line in page(command, name).splitlines()]
    assert not [one for one in lines if one.endswith("«") or one.startswith(tuple("»:;!?"))]


@pytest.mark.parametrize("option", ["-h", "--help", "--aide"])
@pytest.mark.parametrize("command", [[], ["build"]])
def test_help_has_three_names(run_cq: Run, command: list[str], option: str) -> None:
    done = run_cq(*command, option)
    assert done.returncode == 0
    assert done.stdout.startswith("Usage : cq")
    assert "-h, --help, --aide" in done.stdout
    assert not done.stderr


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("validat", "la commande « validat » n’existe pas ; vouliez-vous dire validate ?"),
        ("zzz", "la commande « zzz » n’existe pas"),
        ("--vers", "l’option --vers n’existe pas ; vouliez-vous dire --version ?"),
        ("build --stict", "l’option --stict n’existe pas ; vouliez-vous dire --strict ?"),
        ("build -z", "l’option -z n’existe pas"),
        ("build --why", "l’option --why attend une valeur"),
        ("build --clean=oui", "l’option --clean ne prend pas de valeur"),
        ("build a b", "« a b » est de trop"),
        ("build --jobs trois", "--jobs : « trois » n’est pas un nombre entier (de 1 à 64)"),
        ("build --jobs 65", "--jobs : 65 est hors des limites : de 1 à 64"),
        ("build --today demain", "--today : « demain » n’est pas une date de la forme AAAA-MM-JJ"),
        ("schema --markdown x", "--markdown : la page décrit toutes les sortes"),
    ],
)
def test_a_refusal_says_what_and_how(run_cq: Run, line: str, said: str) -> None:
    done = run_cq(*line.split())
    assert done.returncode == 2
    assert not done.stdout
    lines = done.stderr.splitlines()
    assert lines[0] == f"cq : {said}"
    command = "cq build" if line.startswith("build") else "cq"
    assert lines[1].startswith(f"Usage : {command} ")
    assert lines[2].startswith("Exemple : cq ")
    assert lines[-1].startswith(f"Aide : {command}")
    assert lines[-1].endswith(" --aide")
    assert not english(done.stderr)


def test_no_command_is_help_on_the_side_of_errors(run_cq: Run) -> None:
    done = run_cq()
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("Usage : cq")


def test_a_hostile_word_is_shown_harmless(run_cq: Run) -> None:
    for line in (["\x1b[31mrouge"], ["--\x1b[31mrouge"], ["build", "\x1b]0;x\x07"],
                 ["build", "--jobs", "\x1b[2J"]):  # fmt: skip
        done = run_cq(*line)
        assert done.returncode == 2
        assert "\x1b" not in done.stderr
        assert "\x07" not in done.stderr


# What each value that Typer puts into a sentence may be.
NUMBERS = ("3", "12")
QUOTED = ("'x'", '"l\'an"', repr('l\'an « 1 » : "x"'))
VALUES = {
    "self.nargs": NUMBERS, "len(value)": NUMBERS, "len_type": NUMBERS, "len_value": NUMBERS,
    "rv": ("3", "-1.5"),
    "self._describe_range()": ("1<=x<=64", "x>=2", "1<x<3.5"),
    "extra_args": ("a b", "a"),
    "msg": ("an argument.", "2 arguments."),
    "formats_str": ("'%Y-%m-%d', '%d/%m/%Y'", "'%Y-%m-%d'"),
    "choices_str": ("'a', 'b'", '"l\'an"'),
    "states": (", ".join(sorted(BoolParamType.bool_states)),),
    "self.name": ("int", "int range", "float", "float range"),
    "self.name.title()": ("Path", "File", "Directory"), "name": ("Path", "File", "Directory"),
    "loc": QUOTED,
    "filename": ("x", "l'an", "a: b"), "e.strerror": ("No such file or directory",),
}  # fmt: skip


def sentences() -> Iterator[tuple[str, ast.expr]]:
    """Where each refusal of Typer's is, and what it says."""
    for file in sorted([TYPER / "core.py", TYPER / "_types.py", TYPER / "models.py",
                        *(TYPER / "_click").glob("*.py")]):  # fmt: skip
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Return) and "is not one of" in ast.unparse(node):
                yield f"{file.name}:{node.lineno}", node.value
            if not isinstance(node, ast.Call) or not node.args:
                continue
            name = getattr(node.func, "attr", getattr(node.func, "id", ""))
            if name not in REFUSING:
                continue
            said = node.args[1 if name == "BadOptionUsage" else 0]
            if isinstance(said, ast.Call) and isinstance(said.func, ast.Attribute):
                if said.func.attr != "format":  # get_invalid_choice_message, read above
                    continue
                said = said.func.value
            if isinstance(said, ast.Call):  # _("…")
                said = said.args[0]
            yield f"{file.name}:{node.lineno}", said


def readings(said: ast.expr) -> Iterator[str]:
    """All that the sentence may read as."""
    if isinstance(said, ast.Constant):
        yield re.sub(r"\{\w+!r\}", "'x'", said.value)
        return
    assert isinstance(said, ast.JoinedStr), ast.dump(said)
    for choice in itertools.product(*map(readings_of, said.values)):
        yield "".join(choice)


def readings_of(part: ast.expr) -> Sequence[str]:
    if isinstance(part, ast.Constant):
        return [str(part.value)]
    assert isinstance(part, ast.FormattedValue), ast.dump(part)
    name = ast.unparse(part.value)
    if part.conversion == ord("r"):
        return QUOTED
    assert name in VALUES, f"say in VALUES what « {name} » may be"
    return VALUES[name]


@pytest.mark.parametrize(
    ("where", "said"),
    [(where, said) for where, said in sentences() if not isinstance(said, ast.Name)],
)
def test_every_sentence_of_typer_is_known(where: str, said: ast.expr) -> None:
    if ast.unparse(said).startswith("_escape_control_characters"):
        return  # what a parser of ours says of the value
    read = list(readings(said))
    french = [translated(one) for one in read]
    same = [one for one, other in zip(read, french, strict=True) if one == other]
    assert not same, f"{where} says « {same[0]} », which cq/usage/refusal.py does not know"
    assert not any(map(english, french)), french


def test_typer_has_sentences() -> None:
    assert len(list(sentences())) > 15


def test_a_missing_argument_and_a_choice() -> None:
    from enum import Enum
    from typing import Annotated

    class Shell(Enum):
        BASH = "bash"
        ZSH = "zsh"

    app = typer.Typer(add_completion=False, rich_markup_mode=None)

    @app.command()
    def take(
        place: Annotated[Path, typer.Argument(metavar="LIEU", help="Où.")],
        shell: Annotated[Shell, typer.Option(help="Lequel.")],
        count: Annotated[list[int] | None, typer.Option(min=2, help="Combien.")] = None,
        folder: Annotated[Path, typer.Option(exists=True, file_okay=False, help="Là.")] = Path(),
    ) -> None:
        """Prendre.

        Exemple : cq take ici
        """

    command = usage.french(typer.main.get_command(app))

    def said(*line: str) -> str:
        with pytest.raises(typer.TyperException) as fault:
            command.make_context("cq", list(line))
        return explain(fault.value, command, "cq take").splitlines()[0]

    assert said() == "cq : il manque l’argument LIEU"
    assert said("x") == "cq : il manque l’option --shell (au choix : bash, zsh)"
    assert said("x", "--shell", "bach") == (
        "cq : --shell : « bach » n’est pas prévu ; au choix : bash, zsh ; vouliez-vous dire bash ?"
    )
    assert said("x", "--shell", "zsh", "--count", "1") == (
        "cq : --count : 1 est hors des limites : au moins 2"
    )
    assert said("x", "--shell", "zsh", "--folder", "l’an 1") == (
        "cq : --folder : « l’an 1 » n’existe pas"
    )
    shown = page(command, "cq take")
    assert shown.startswith("Usage : cq take [OPTIONS] LIEU\n")
    assert "--shell bash|zsh    Lequel. [obligatoire]" in shown
    assert "--folder DOSSIER    Là. [sinon .]" in shown
    assert "[au moins 2]" in shown
    assert not english(shown)


def test_questions_are_asked_in_french(modules_of_cq: dict[str, ast.Module]) -> None:
    """`typer.confirm` and `typer.prompt` ask « [y/N] » and answer in English."""
    asking = [
        f"{path}:{node.lineno}"
        for path, tree in modules_of_cq.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute)
        and getattr(node.value, "id", "") == "typer"
        and node.attr in {"confirm", "prompt"}
    ]
    assert not asking


@pytest.fixture
def modules_of_cq(root: Path) -> dict[str, ast.Module]:
    return {str(file): ast.parse(file.read_text("utf-8")) for file in (root / "cq").rglob("*.py")}


def test_an_answer_is_asked_again_until_it_fits(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from cq.console import asked

    answers = iter(["dix", " 10 ", ""])
    shown = []
    monkeypatch.setattr("builtins.input", lambda words: shown.append(words) or next(answers))
    assert asked("Numéro", "1", fits=str.isdecimal, wanted="un nombre") == "10"
    assert asked("Nom", "Sans nom") == "Sans nom"
    assert shown == ["Numéro [1] : ", "Numéro [1] : ", "Nom [Sans nom] : "]
    assert capsys.readouterr().err == "il faut un nombre\n"
