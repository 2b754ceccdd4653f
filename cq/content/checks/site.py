"""What site.yml leaves out that the site would be the poorer for."""

from collections.abc import Iterator
from pathlib import PurePosixPath

from cq.content import layout
from cq.content.model import Content
from cq.content.pointing import at
from cq.diagnostic import Diagnostic, Span, error, note


def no_web_address(content: Content) -> Iterator[Diagnostic]:
    """Feeds and search engines need the address under which the site is published."""
    path = f"{layout.CONTENT}/site.yml"
    if not content.site or path in content.unread or content.site.get("adresse_web"):
        return
    yield note(
        "no-web-address",
        "le site ne connaît pas son adresse",
        Span(PurePosixPath(path)),
        "les flux et les agendas n’ont pas de liens complets, et il n’y a pas de sitemap.xml",
        "ajoutez la ligne : adresse_web: https://exemple.fr/",
    )


def absent_spaces(content: Content) -> Iterator[Diagnostic]:
    """A space in a repository of its own may be missing from a copy: what is not there is neither
    checked nor built, and nobody should believe otherwise.
    """
    wanted = [
        (record, one)
        for record in content.records
        if record.kind == "site"
        for one in record.written
        if one.field == "espaces_separes"
    ]
    if not wanted:
        return
    paths = map(PurePosixPath, (*content.blobs, *content.unread))
    there = {thing.space for thing in content.sources} | {layout.place(one).space for one in paths}
    folders = {layout.CONSEILLERS: layout.PRIVATE_FOLDER} | {
        layout.space_at(home): f"{home}/{layout.PRIVATE_FOLDER}" for home in content.communities
    }
    for record, one in wanted:
        place = at(record, one)
        if one.target not in folders:
            if any(path.endswith(("/quartier.yml", "/groupe.yml")) for path in content.unread):
                continue  # a faulty one, which was said, may be its community
            yield error(
                "unknown-choice",
                f"aucun espace ne s’appelle « {one.target} »",
                place,
                f"au choix : {', '.join(sorted(folders))}",
            )
        elif one.target not in there:
            yield note(
                "absent-space",
                f"l’espace « {one.target} » n’est pas dans cette copie",
                place,
                "ce qui s’y trouve n’est ni vérifié ni construit",
                f"si vous y avez droit : git clone … {layout.CONTENT}/{folders[one.target]}",
            )
