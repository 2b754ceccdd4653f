"""`cq doctor`: what is missing on this machine and in this site, and how to get it."""

from typing import Annotated

import typer

from cq.commands.options import Root


def doctor(
    root: Root = None,
    form: Annotated[
        str, typer.Option("--format", metavar="human|json", help="Comment le montrer.")
    ] = "human",
) -> None:
    """Dire ce qui manque sur cette machine et dans ce site, et comment l’obtenir.

    Rien n’est changé. Le code de sortie est 1 s’il y a quelque chose à faire.

    Exemple : cq doctor
    """
    import json

    from cq import settings
    from cq.doctor import State, examine
    from cq.french.numbers import counted

    if form not in {"human", "json"}:
        raise typer.BadParameter("au choix : human, json", param_hint="--format")
    try:
        chosen = settings.resolve(root=root)
        chosen.guard_output()
    except settings.RootNotFound:
        if root is not None:
            raise
        chosen = None
    remarks = examine(chosen)
    part = ""
    for one in remarks:
        if form == "json":
            named = one._asdict() | {"state": one.state.value}
            typer.echo(json.dumps(named, ensure_ascii=False))
            continue
        if one.part != part:
            typer.echo(f"{one.part}")
            part = one.part
        typer.echo(f"  {one.state.value:9}  {one.subject} : {one.words}")
        if one.remedy:
            typer.echo(f"  {'':9}  → " + one.remedy.replace("\n", "\n" + " " * 15))
    needed = sum(one.state is State.TO_DO for one in remarks)
    if form == "human":
        doubtful = sum(one.state is State.ATTENTION for one in remarks)
        typer.echo(
            f"{counted(needed, 'chose à faire', 'choses à faire')}, "
            f"{counted(doubtful, 'point d’attention', 'points d’attention')}"
        )
    if needed:
        raise typer.Exit(1)
