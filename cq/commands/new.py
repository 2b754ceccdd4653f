"""`cq new`: a new file of content, from its kind's own keys."""

from typing import Annotated

import typer

from cq.commands.options import Root


def new(
    kind: Annotated[
        str | None,
        typer.Argument(metavar="[SORTE]", help="evenement, actualite… ; sinon la liste."),
    ] = None,
    title: Annotated[str, typer.Option("--titre", metavar="TEXTE", help="Titre ou nom.")] = "",
    day: Annotated[str, typer.Option("--date", metavar="AAAA-MM-JJ", help="Son jour.")] = "",
    quartier: Annotated[str, typer.Option(metavar="QUARTIER", help="Dans ce quartier.")] = "",
    group: Annotated[str, typer.Option("--groupe", metavar="GROUPE", help="Dans ce groupe.")] = "",
    debate: Annotated[
        str, typer.Option("--debat", metavar="NOM", help="Le débat d’un argument.")
    ] = "",
    private: Annotated[bool, typer.Option("--prive", help="Dans l’espace privé.")] = False,
    slug: Annotated[str, typer.Option(metavar="NOM", help="Nom du fichier, sans date.")] = "",
    given: Annotated[
        list[str] | None,
        typer.Option("--cle", metavar="CLÉ=VALEUR", help="Une autre clé ; plusieurs fois."),
    ] = None,
    root: Root = None,
) -> None:
    """Créer un contenu à partir d’un modèle, sans jamais rien remplacer.

    Au terminal, cq demande ce qui manque ; ailleurs, il écrit « à compléter ».

    Exemple : cq new evenement --titre "Plénière" --date 2026-12-08 --quartier louis-blanc-aqueduc
    """
    from cq import console, settings
    from cq.reference import listed
    from cq.scaffold import item, questions

    if kind is None:
        for name, where in listed():
            typer.echo(f"{name:12} {where}")
        return
    chosen = settings.resolve(root=root)
    wanted = item.kind_named(kind)
    wish = item.Wish(title, day, quartier, group, debate, slug, private, item.pairs(given or []))
    if console.is_conversation():
        wish = questions.conversation(chosen.root, wanted, wish, chosen.today, console.asked)
    made = item.new(chosen.root, wanted, wish, chosen.today)
    item.write(chosen.root, made)
    typer.echo(f"{'ajouté à' if made.after else 'créé'} : {made.path}")
    for path, _ in made.beside:
        typer.echo(f"créé : {path}")
    for line in item.left(chosen.root, made):
        typer.echo(f"  {line}")
    typer.echo(f"ensuite : ouvrez ce fichier, puis lancez : cq validate {made.path}")
