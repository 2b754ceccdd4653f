"""The lists of documents: the latest, by type, and by year; a long type by year as well."""

from collections.abc import Iterator

from cq.content.item import Item
from cq.content.model import SHORT, listed_on
from cq.french import numbers
from cq.french.folding import slug
from cq.site import routes
from cq.site.plan.lists import RECENT, Lists, grouped
from cq.site.target import Target
from cq.site.views import ListView, Section, Step

# Headings: what a type of document is called where there are several.
_TYPES = {
    "compte-rendu": "Comptes rendus", "ordre-du-jour": "Ordres du jour", "vœu": "Vœux",
    "courrier": "Courriers", "étude": "Études", "plan": "Plans",
    "présentation": "Présentations", "autre": "Autres documents",
}  # fmt: skip


class DocumentLists(Lists):
    """Plans the documents of one community, or of the site."""

    def targets(self) -> Iterator[Target]:
        documents = self.album.of("document", self.home)
        years = self._years(documents, routes.DOCUMENTS)
        by_type = grouped(documents, lambda item: item.document.type if item.document else "")
        kinds = tuple(
            Step(
                _TYPES.get(name, name.capitalize()),
                f"{self.prefix}{routes.DOCUMENTS}{slug(name)}/",
                number=len(group),
            )
            for name, group in by_type
        )
        if len(documents) <= SHORT:
            sections = tuple(
                Section(step.title, f"type-{slug(name)}", self.album.cards(group))
                for step, (name, group) in zip(kinds, by_type, strict=True)
            )
        else:
            sections = (Section("Derniers documents", "", self.album.cards(documents[:RECENT])),)
        frame = self._frame(routes.DOCUMENTS, "Documents", routes.DOCUMENTS)
        view = ListView(
            frame,
            "",
            sections,
            years,
            kinds,
            empty="Aucun document n’a encore été déposé ici.",
            elsewhere=self._elsewhere(routes.DOCUMENTS),
        )
        yield self._target(frame, "list.html", view)
        yield from self._by_year(documents, routes.DOCUMENTS, "Documents", years)
        for step, (_, group) in zip(kinds, by_type, strict=True):
            current = tuple(one._replace(current=one.address == step.address) for one in kinds)
            yield from self._type(step, group, current, years)

    def _type(
        self, step: Step, group: list[Item], kinds: tuple[Step, ...], years: tuple[Step, ...]
    ) -> Iterator[Target]:
        """The list of one type; a long one has its own years."""
        at, title = step.address.removeprefix(self.prefix), step.title.lower()
        parent = Step("Documents", self.prefix + routes.DOCUMENTS)
        frame = self._frame(at, f"Documents\u00a0: {title}", routes.DOCUMENTS, parent)
        by_year = grouped(group, lambda item: listed_on(item)[:4])
        if len(group) <= SHORT:
            sections = tuple(
                Section(year, f"groupe-{year}", self.album.cards(same)) for year, same in by_year
            )
            yield self._target(frame, "list.html", ListView(frame, "", sections, years, kinds))
            return
        own = self._years(group, at)
        recent = Section("Les plus récents", "", self.album.cards(group[:RECENT]))
        view = ListView(frame, "", (recent,), own, kinds)
        yield self._target(frame, "list.html", view)
        up = Step(frame.title, step.address)
        for year, same in by_year:
            if not year:
                continue
            inside = self._frame(f"{at}{year}/", f"{frame.title}, {year}", routes.DOCUMENTS, parent)
            inside = inside._replace(crumbs=(*inside.crumbs, up))
            said = f"{numbers.counted(len(same), 'document')} en {year}."
            yield self._year(inside, said, same, own, kinds)
