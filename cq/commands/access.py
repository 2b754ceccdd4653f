"""`cq access`: who may enter the sealed spaces, from the first key to the last letter."""

import sys

import typer

from cq.commands.access_add import add, letter
from cq.commands.access_close import expire, revoke, rotate
from cq.commands.access_init import init
from cq.commands.access_keys import export_ci, measure
from cq.commands.access_phrase import phrase
from cq.commands.access_server import server
from cq.commands.options import Root, Rows, Today

app = typer.Typer(
    help="""Les clés des espaces privés : faire entrer, faire sortir, renouveler.

    Exemple : cq access list
    """,
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
)
app.command("init")(init)
app.command("add")(add)


@app.command("list")
def list_(form: Rows = "table", today: Today = None, root: Root = None) -> None:
    """Montrer qui ouvre quoi et jusqu’à quand, d’après le registre et le trousseau.

    Exemple : cq access list --format csv > acces.csv
    """
    from cq import console, selection, settings, tables, unlock
    from cq.access import due, register, rows

    selection.among("--format", form, tables.FORMATS)
    chosen = settings.resolve(root=root, today=today.date() if today else None)
    content = selection.read(chosen, console.progress(sys.stderr))
    people = register.members(content)
    keyring = unlock.keyring(chosen, console.secret)
    day = chosen.today.isoformat()
    found = rows.rows(keyring, people, due.due(keyring, content, day), day)
    if chosen.ci:
        typer.echo(f"{len(found)} personnes, non montrées en CI")
        return
    everything = " ".join(register.spaces(content))

    def spaces(row: tables.Row) -> str:
        opened = str(row["espaces"])
        return "tous les espaces" if opened == everything else opened.replace(" ", "\n")

    plan = tables.Plan(
        (
            tables.Column("Personne", lambda row: f"{row['nom']}\n{row['id']}", wide=True),
            tables.Column("Ouvre", spaces, wide=True),
            tables.Column("Par", lambda row: str(row["acces"])),
            tables.Column("Jusqu’au", lambda row: tables.day(row, "jusqua")),
            tables.Column("État", lambda row: str(row["etat"]), wide=True),
        ),
        rows.KEYS,
        rows.is_due,
    )
    tables.show(found, plan, form, sys.stdout)
    if form == "table" and any(row["etat"].startswith("à fermer") for row in found):
        typer.echo("pour fermer ce qui doit l’être : cq access expire")


app.command("revoke")(revoke)
app.command("expire")(expire)
app.command("rotate")(rotate)
app.command("letter")(letter)
app.command("phrase")(phrase)
app.command("server")(server)
app.command("export-ci")(export_ci)
app.command("measure")(measure)
