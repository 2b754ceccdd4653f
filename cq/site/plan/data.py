"""The files of `donnees/` and their page: every public list as CSV and JSON, with its schema.

The texts are made here and not by `render`: the page says how long each file is, and the catalogue
as well. A data set of the whole site always has its files; a community's only where it has a row.
"""

from collections.abc import Iterator

from cq.content.model import Content
from cq.french.folding import slug
from cq.site import routes
from cq.site.feeds import package, tables
from cq.site.feeds.package import PackageView, Resource
from cq.site.feeds.tables import Lines, Table
from cq.site.plan import datasets, licences
from cq.site.plan.cards import Album
from cq.site.plan.trail import trail
from cq.site.target import Target
from cq.site.views import DataColumn, DataFile, DataSheet, DataView, Frame, Place

_CATALOGUE = routes.DATA + "datasets.json"
_LICENCE = routes.DATA + "licence.txt"
_TITLE = "Données ouvertes"
_INTRO = (
    "Les listes de ce site, à relire dans un tableur ou par un programme\u00a0: les mêmes lignes, "
    "au format CSV et au format JSON."
)
# The days on which something happened; those to come say nothing of how fresh a list is.
_HAPPENED = frozenset(("date", "mise_a_jour", "depuis", "posee_le", "reponse_date"))


class Downloads:
    """Plans the data of one audience."""

    def __init__(self, content: Content, album: Album) -> None:
        self.content = content
        self.album = album
        self.space = content.audience or ""
        self.base = content.base
        self.site = str(content.site["nom"])
        self.licence = licences.of_site(str(content.site.get("licence") or ""))
        publisher = content.site.get("editeur")
        self.publisher = str((publisher if isinstance(publisher, dict) else {}).get("nom") or "")
        self.resources: list[Resource] = []

    def targets(self) -> Iterator[Target]:
        sheets: list[DataSheet] = []
        lines: dict[str, Lines] = {}
        for table in (all_ := datasets.tables(self.content, self.album)):
            schema = tables.as_schema(table)
            yield self._text(_schema(table), schema)
            lines[table.name] = tables.lines(table)
            made, sheet = self._files(table, lines[table.name], routes.DATA, table.name)
            yield from made
            sheets.append(sheet)
        homes = {table.name: _by_home(table) for table in all_}
        places: list[tuple[Place, tuple[DataSheet, ...]]] = []
        for home, place in self.album.places.items():
            own = []
            for table in all_:
                numbers = homes[table.name].get(home, ())
                if numbers:
                    part = table._replace(rows=tuple(table.rows[number] for number in numbers))
                    some = lines[table.name].some(numbers)
                    name = f"{home.replace('/', '-')}-{table.name}"
                    made, sheet = self._files(part, some, f"{routes.DATA}{home}/", name, place.name)
                    yield from made
                    own.append(sheet)
            if own:
                places.append((place, tuple(own)))
        yield self._text(_LICENCE, licences.text(self.licence, self.publisher or self.site))
        yield self._text(_CATALOGUE, package.render(self._package()))
        yield self._page(tuple(sheets), tuple(places))

    def _text(self, path: str, text: str) -> Target:
        return Target(path, "@text", (text,), self.space)

    def _files(
        self, table: Table, lines: Lines, folder: str, name: str, place: str = ""
    ) -> tuple[list[Target], DataSheet]:
        """The two files of a table, and what the page says of them."""
        changed = _changed(table, self.content.today)
        about = {
            "source": self.publisher or self.site,
            "licence": self.licence.title,
            "mise_a_jour": changed,
            "schema": self._address(_schema(table), folder),
        }
        texts = {
            "csv": tables.as_csv(table, lines.csv),
            "json": tables.as_json(table, lines.json, about),
        }
        made, files = [], []
        for form, text in texts.items():
            path = f"{folder}{table.name}.{form}"
            size = len(text.encode())
            made.append(self._text(path, text))
            files.append(DataFile(path, form.upper(), size))
            # The catalogue's own program takes a JSON list without a line for a fault.
            if form == "csv" or table.rows:
                self.resources.append(Resource(
                    name if form == "csv" else f"{name}-json",
                    f"{table.title} – {place}" if place else table.title,
                    table.description,
                    path.removeprefix(routes.DATA),
                    _schema(table).removeprefix(routes.DATA),
                    size,
                    len(table.rows),
                ))  # fmt: skip
        columns = tuple(
            DataColumn(one.name, _TYPES[one.type], one.description, one.choices)
            for one in table.columns
        )
        return made, DataSheet(
            table.name, table.title, table.description, len(table.rows), changed,
            tuple(files), _schema(table), () if place else columns,
        )  # fmt: skip

    def _address(self, path: str, folder: str) -> str:
        return routes.absolute(self.base, path) or routes.link(path, folder)

    def _package(self) -> PackageView:
        return PackageView(
            name=slug(str(self.content.site["id"])) or "site",
            title=f"{_TITLE} – {self.site}",
            version=datasets.VERSION,
            homepage=routes.absolute(self.base, routes.DATA),
            publisher=self.publisher,
            licence=self.licence.title,
            licence_path=self.licence.address or _LICENCE.removeprefix(routes.DATA),
            licence_name=self.licence.name,
            resources=tuple(self.resources),
        )

    def _page(
        self,
        sheets: tuple[DataSheet, ...],
        places: tuple[tuple[Place, tuple[DataSheet, ...]], ...],
    ) -> Target:
        frame = Frame(
            at=routes.DATA, title=_TITLE, description=_INTRO, section=routes.DATA,
            crumbs=trail(None), canonical=routes.absolute(self.base, routes.DATA),
        )  # fmt: skip
        view = DataView(
            frame, _INTRO, sheets, places, datasets.VERSION, self.licence.title,
            self.licence.address, _LICENCE, _CATALOGUE,
        )  # fmt: skip
        return Target(routes.file_of(routes.DATA), "data.html", view, self.space)


_TYPES = {
    "string": "texte", "date": "date", "time": "heure", "integer": "nombre entier",
}  # fmt: skip


def _schema(table: Table) -> str:
    """One schema for the whole site's table and for those of its communities."""
    return f"{routes.DATA}{table.name}.schema.json"


def _by_home(table: Table) -> dict[str, list[int]]:
    """The numbers of each community's rows; none where no column says whose they are."""
    at = [column.name for column in table.columns]
    found: dict[str, list[int]] = {}
    if "communaute" in at:
        column = at.index("communaute")
        for number, row in enumerate(table.rows):
            found.setdefault(str(row[column]), []).append(number)
    return found


def _changed(table: Table, today: str) -> str:
    """The last day that a row tells of, today at most; "" where none does."""
    at = [n for n, column in enumerate(table.columns) if column.name in _HAPPENED]
    days = (row[number] for row in table.rows for number in at)
    return max((day for day in days if isinstance(day, str) and day <= today), default="")
