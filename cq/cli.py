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
    access,
    agenda,
    audit,
    build,
    completion,
    debate,
    doctor,
    dossiers,
    draw_jury,
    history,
    init,
    new,
    questions,
    schema,
    search,
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
app.command("audit")(audit.audit)
app.command("serve")(serve.serve)
app.command("init")(init.init)
app.command("new")(new.new)
app.command("schema")(schema.schema)
app.command("doctor")(doctor.doctor)
app.command("dossiers")(dossiers.dossiers)
app.command("questions")(questions.questions)
app.command("agenda")(agenda.agenda)
app.command("history")(history.history)
app.add_typer(debate.app, name="debate")
app.add_typer(access.app, name="access")
app.add_typer(draw_jury.app, name="draw-jury")
app.command("search")(search.search)
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


def _explain(fault: Exception) -> int:
    """A French sentence and an exit code for what a command raised."""
    from cq import mishaps

    known = mishaps.told(fault)
    if known is not None:
        code, words = known
        typer.echo(f"cq : {words}", err=True)
        return code
    typer.echo(
        f"cq : erreur interne ({type(fault).__name__}). Rien n’a été publié.\n"
        f"Signalez-la en joignant ce fichier : {_report(fault) or '(aucun, faute de place)'}",
        err=True,
    )
    return 70


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
