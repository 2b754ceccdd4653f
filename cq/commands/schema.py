"""`cq schema`: what files of content may say, for people and for editors."""

from typing import Annotated

import typer


def schema(
    kind: Annotated[
        str | None, typer.Argument(metavar="[SORTE]", help="Une sorte de contenu : evenement.")
    ] = None,
    markdown: Annotated[
        bool, typer.Option("--markdown", help="La page docs/formats/content.md.")
    ] = False,
) -> None:
    """Décrire les contenus : les sortes, leurs clés, leurs formes.

    Exemple : cq schema evenement > evenement.schema.json
    """
    import json

    from cq import reference

    if markdown:
        if kind is not None:
            raise typer.BadParameter("la page décrit toutes les sortes", param_hint="--markdown")
        typer.echo(reference.markdown(), nl=False)
        return
    if kind is None:
        for name, where in reference.listed():
            typer.echo(f"{name:12} {where}")
        return
    schemas = reference.json_schemas()
    name = reference.name_of(kind)
    if name not in schemas:
        raise typer.BadParameter(f"au choix : {', '.join(schemas)}", param_hint="SORTE")
    typer.echo(json.dumps(schemas[name], ensure_ascii=False, indent=2))
