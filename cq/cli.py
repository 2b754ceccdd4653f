"""The command line: which commands there are, and the one place that catches everything.

Exit codes: 0 well, 1 errors found, 2 usage, 3 outside failure (disk, another build), 70 a bug.
Imports no command's work: each loads its own when it runs, so that `cq --help` stays quick.
"""

import sys
from typing import Annotated

import typer

from cq import __version__
from cq.commands import build, validate

app = typer.Typer(
    name="cq",
    help="Conseils de quartier : valider les contenus, construire le site.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["--help", "-h", "--aide"]},
)
app.command("validate")(validate.validate)
app.command("build")(build.build)


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
    for stream in (sys.stdout, sys.stderr):
        # French goes to a terminal of any locale; a file name's odd byte never stops a report.
        stream.reconfigure(encoding="utf-8", errors="backslashreplace")  # type: ignore[union-attr]
    try:
        code = app(arguments, standalone_mode=True, prog_name="cq")
        return int(code or 0)
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else 1
    except KeyboardInterrupt:
        typer.echo("\ninterrompu : rien n’a été publié", err=True)
        return 130
    except BrokenPipeError:
        return 0
    except Exception as fault:  # noqa: BLE001 - the last line of defence
        return _explain(fault)


# Faults whose own words are for the user. Named, not imported: `cq --help` loads none of them.
_PLAINLY = {"BadSetting": 2, "Misused": 2, "UnknownRevision": 2, "RepositoryFault": 3}


def _explain(fault: Exception) -> int:
    """A French sentence and an exit code for what a command raised."""
    name = type(fault).__name__
    if name == "RootNotFound":
        typer.echo(
            f"cq : pas de site ici ({fault}) : ni ce dossier ni ceux du dessus ne contiennent "
            "content/site.yml\nPlacez-vous dans le site, ou indiquez-le : cq … --root DOSSIER",
            err=True,
        )
        return 2
    if name in _PLAINLY:
        typer.echo(f"cq : {fault}", err=True)
        return _PLAINLY[name]
    if name == "OutputTaken":
        typer.echo(
            f"cq : le dossier {fault} contient autre chose qu’un site construit par cq\n"
            "Il serait remplacé. Choisissez un dossier vide ou nouveau.",
            err=True,
        )
        return 2
    if isinstance(fault, ValueError) and name == "ValueError" and str(fault).startswith("CQ_"):
        typer.echo(f"cq : {fault}", err=True)
        return 2
    if name in {"WriteFailed", "Busy"} or isinstance(fault, OSError):
        typer.echo(f"cq : {fault}\nLe site publié n’a pas été touché.", err=True)
        return 3
    if name == "ThemeNotFound":
        typer.echo(f"cq : le thème « {fault} » n’existe pas (dossier themes/{fault}/)", err=True)
        return 1
    if name == "TemplateFault":
        template, line, message = fault.args
        typer.echo(
            f"themes/…/{template}:{line}: erreur[template-fault] {message}\n"
            "Le site publié n’a pas été touché.",
            err=True,
        )
        return 1
    import traceback

    traceback.print_exception(fault)
    typer.echo(
        "\ncq : erreur interne. Rien n’a été publié. Signalez-la avec le texte ci-dessus.", err=True
    )
    return 70
