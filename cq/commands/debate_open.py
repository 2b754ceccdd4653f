"""`cq debate open`: the file of a new débat, with its phases and meetings."""

import sys
from typing import Annotated

import typer

from cq.commands.options import Root


def open_(
    title: Annotated[str, typer.Option("--titre", metavar="TEXTE", help="La question.")] = "",
    phases: Annotated[list[str] | None, typer.Option(
        "--phase", metavar="NOM=DU..AU", help="Une phase ; plusieurs fois.")] = None,
    meetings: Annotated[list[str] | None, typer.Option(
        "--rencontre", metavar="NOM", help="Une réunion ; plusieurs fois.")] = None,
    dossier: Annotated[str, typer.Option(metavar="NOM", help="Son dossier.")] = "",
    quartier: Annotated[str, typer.Option(metavar="QUARTIER", help="Dans ce quartier.")] = "",
    group: Annotated[str, typer.Option("--groupe", metavar="GROUPE", help="Dans ce groupe.")] = "",
    slug: Annotated[str, typer.Option(metavar="NOM", help="Nom du dossier à créer.")] = "",
    private: Annotated[bool, typer.Option("--prive", help="Dans l’espace privé.")] = False,
    root: Root = None,
) -> None:  # fmt: skip
    """Ouvrir un débat, sans jamais rien remplacer ; au terminal, cq demande ce qui manque.

    Exemple : cq debate open --titre "Que faire du quai ?" --phase "Recueil=2026-03-10..2026-04-30"
    """
    from cq import console, selection, settings
    from cq.scaffold import debate, item

    chosen = settings.resolve(root=root)
    content = selection.read(chosen, console.progress(sys.stderr))
    wish = item.Wish(title, "", quartier, group, "", slug, private)
    plan = debate.Plan(tuple(map(debate.phase, phases or ())), tuple(meetings or ()), dossier)
    if console.is_conversation():
        wish, plan = debate.asked(wish, plan, chosen.today, console.asked)
    made = debate.opened(chosen.root, content, wish, plan, chosen.today)
    item.write(chosen.root, made)
    typer.echo(f"créé : {made.path}\nensuite : écrivez de quoi il s’agit, puis : cq new argument")
