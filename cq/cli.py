"""The command line: which commands there are, and the one place that catches everything.

Exit codes: 0 well, 1 errors found, 2 usage, 3 outside failure (disk, another build), 70 a bug.
Imports no command's work: each loads its own when it runs, so that `cq --help` stays quick.
"""

import io
import os
import sys
from typing import Annotated, Any, TextIO

import typer
import typer.main

from cq import __version__, usage
from cq.commands import (
    agenda,
    build,
    completion,
    debate,
    doctor,
    dossiers,
    init,
    new,
    questions,
    schema,
    serve,
    validate,
)

app = typer.Typer(
    name="cq",
    help="""Conseils de quartier : valider les contenus, construire le site.

    Exemple : cq build
    """,
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
app.command("validate")(validate.validate)
app.command("build")(build.build)
app.command("serve")(serve.serve)
app.command("init")(init.init)
app.command("new")(new.new)
app.command("schema")(schema.schema)
app.command("doctor")(doctor.doctor)
app.command("dossiers")(dossiers.dossiers)
app.command("questions")(questions.questions)
app.command("agenda")(agenda.agenda)
app.add_typer(debate.app, name="debate")
app.command("completion")(completion.completion)
app.command("complete", hidden=True)(completion.complete)


def _version(asked: bool) -> None:  # noqa: FBT001 - typer's callback
    if asked:
        typer.echo(f"cq {__version__}")
        raise typer.Exit


@app.callback()
def _root(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Version de cq.")
    ] = False,
) -> None:
    del version


def run(arguments: list[str]) -> int:
    """Run one command; the exit code. No traceback reaches a user."""
    _open_streams()
    return _flushed(_outcome(arguments))


class _Patient(io.FileIO):
    """A stream of ours whose reader may leave (`cq validate | head`).

    What nobody reads any more is dropped, and the command ends as it would have: a build is not
    stopped, and the exit code tells of the content.
    """

    def write(self, data: Any, /) -> int:  # noqa: ANN401 - a buffer of any sort
        try:
            return super().write(data)
        except BrokenPipeError:
            return memoryview(data).nbytes


def _open_streams() -> None:
    sys.stdout = _opened(sys.stdout)
    sys.stderr = _opened(sys.stderr, at_once=True)


def _opened(stream: TextIO | None, *, at_once: bool = False) -> TextIO:
    """`stream` for French, whatever the locale; nowhere, where a script has closed it."""
    number = stream.fileno() if stream else os.open(os.devnull, os.O_WRONLY)
    return io.TextIOWrapper(
        io.BufferedWriter(_Patient(number, "wb", closefd=False)),
        encoding="utf-8",
        errors="backslashreplace",  # a file name's odd byte never stops a report
        line_buffering=at_once or os.isatty(number),
    )


def _flushed(code: int) -> int:
    """`code`, once all that was printed has left; Python would only complain on its way out."""
    try:
        sys.stdout.flush()
    except OSError as fault:  # no room: the report is not whole
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)
        if code in {0, 1}:
            from cq.french.system import refused

            typer.echo(f"cq : ce que cq voulait écrire est perdu ({refused(fault)})", err=True)
            return 3
    return code


def _outcome(arguments: list[str]) -> int:
    command = usage.french(typer.main.get_command(app))
    try:
        with command.make_context("cq", arguments) as context:
            command.invoke(context)
    except typer.Exit as end:
        return end.exit_code
    except typer.TyperException as fault:
        from cq.usage.refusal import explain

        name, asked = usage.reached(command, arguments)
        typer.echo(explain(fault, asked, name), err=True)
        return _MISUSED
    except (KeyboardInterrupt, EOFError, typer.Abort):
        typer.echo("\ncq : interrompu", err=True)
        return _INTERRUPTED
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else 1
    except Exception as fault:  # noqa: BLE001 - the last line of defence
        return _explain(fault)
    return 0


_MISUSED = 2
_INTERRUPTED = 130
_UNTOUCHED = "Le site publié n’a pas été touché."
# What a command may raise: its exit code, and the words around its own. Named, not imported:
# `cq --help` loads none of them.
_FAULTS = {
    "BadSetting": (2, "{0}"),
    "Misused": (2, "{0}"),
    "NotMade": (2, "{0}"),
    "Unknown": (2, "{0}"),
    "UnknownRevision": (2, "{0}"),
    "RootNotFound": (
        2,
        (
            "pas de site ici ({0}) : ni ce dossier ni ceux du dessus ne contiennent "
            "content/site.yml\nPlacez-vous dans le site, ou indiquez-le : cq … --root DOSSIER"
        ),
    ),
    "OutputTaken": (
        2,
        (
            "le dossier {0} contient autre chose qu’un site construit par cq\n"
            "Il serait remplacé. Choisissez un dossier vide ou nouveau."
        ),
    ),
    "OutputMisplaced": (
        2,
        (
            "le site ne peut pas être écrit dans {0}, parmi ses propres fichiers\n"
            "Choisissez un dossier à part, ou laissez build/site."
        ),
    ),
    "ThemeNotFound": (1, "le thème « {0} » n’existe pas (dossier themes/{0}/)"),
    "TemplateFault": (1, "themes/…/{0}:{1}: erreur[template-fault] {2}\n" + _UNTOUCHED),
    "BrokenPicture": (1, "{0} : {1}\n" + _UNTOUCHED),
    "RepositoryFault": (3, "{0}"),
    "ThemeFault": (1, "{0}\n" + _UNTOUCHED),
    # SQLite's, of the ledger: no room, no right, or a program that holds it.
    "OperationalError": (3, "la mémoire de cq ne peut pas être écrite ({0})"),
    "DatabaseError": (3, "la mémoire de cq ne peut pas être lue ({0})"),
    "WorkerLost": (3, "{0}\n" + _UNTOUCHED),
    "WriteFailed": (3, "{1} : {0}\n" + _UNTOUCHED),
    "Busy": (3, "{0}\n" + _UNTOUCHED),
}


def _explain(fault: Exception) -> int:
    """A French sentence and an exit code for what a command raised."""
    name = type(fault).__name__
    if name in _FAULTS:
        code, words = _FAULTS[name]
        typer.echo("cq : " + words.format(*(fault.args or (fault,))), err=True)
        return code
    if isinstance(fault, OSError):
        typer.echo(f"cq : {_refusal(fault)}", err=True)
        return 3
    typer.echo(
        f"cq : erreur interne ({name}). Rien n’a été publié.\n"
        f"Signalez-la en joignant ce fichier : {_report(fault) or '(aucun, faute de place)'}",
        err=True,
    )
    return 70


def _refusal(fault: OSError) -> str:
    """What the system refused. Nothing of the site: what is published may be old or new."""
    from cq.french.system import refused
    from cq.terminal import printable

    if fault.errno is None:
        return str(fault)
    named = isinstance(fault.filename, str | bytes)
    where = f"{printable(os.fsdecode(fault.filename))} : " if named else ""
    return f"{where}le système a refusé ({refused(fault)})"


def _report(fault: Exception) -> str:
    """Write down what a developer needs, where only the user reads it; the file's name, or ""."""
    import contextlib
    import tempfile
    import traceback

    with (
        contextlib.suppress(OSError),
        tempfile.NamedTemporaryFile(
            "w", encoding="utf-8", errors="backslashreplace", prefix="cq-erreur-", suffix=".txt",
            delete=False,
        ) as file,
    ):  # fmt: skip
        traceback.print_exception(fault, file=file)
        return file.name
    return ""
