"""What the command line itself says: its help and its refusals, in French whatever the locale.

Typer speaks English and marks few of its strings for translation, which moreover would follow the
locale of a machine that was set up in English. So nothing that it prints is used: help is made here
from the commands' public parts, refusals from what it raises. Knows no command.
"""

from collections.abc import Iterator

import typer
from typer.core import TyperOption

from cq.usage.page import Command, page

HELP = ("-h", "--help", "--aide")


def french(command: Command) -> Command:
    """`command` and all below it, with a `--help` of ours; the same command."""
    for _, one in every(command):
        if one.add_help_option:
            one.add_help_option = False
            one.params = [*one.params, _help_option()]
    return command


def every(command: Command, name: str = "cq") -> Iterator[tuple[str, Command]]:
    """`command` and all below it, each with what a person types to reach it."""
    yield name, command
    for below, one in getattr(command, "commands", {}).items():
        yield from every(one, f"{name} {below}")


def reached(command: Command, arguments: list[str]) -> tuple[str, Command]:
    """The command that `arguments` begin with, and how it is typed."""
    name = "cq"
    for word in arguments:
        below = getattr(command, "commands", {})
        if word not in below:
            break
        name, command = f"{name} {word}", below[word]
    return name, command


def _help_option() -> TyperOption:
    return TyperOption(
        param_decls=list(HELP),
        is_flag=True,
        expose_value=False,
        is_eager=True,
        help="Montrer cette aide.",
        callback=_show_help,
    )


def _show_help(context: typer.Context, _: object, asked: object) -> None:
    if asked and not context.resilient_parsing:
        typer.echo(page(context.command, context.command_path))
        raise typer.Exit
