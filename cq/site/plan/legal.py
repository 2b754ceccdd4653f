"""The pages that the law asks for, made from site.yml where the site has none of its own.

A page that somebody wrote at the same address wins, and so does an old address that leads to one.
What site.yml does not say is shown « à compléter »: a gap that can be seen gets filled.
"""

from collections.abc import Iterator

from cq.content import layout, legal
from cq.content.links import has_door
from cq.content.model import Content
from cq.french.typography import plain
from cq.site import routes
from cq.site.plan import space_page
from cq.site.plan.cards import Album
from cq.site.plan.trail import trail
from cq.site.target import Target
from cq.site.views import Frame, LegalBody, LegalView, Step

# Template, title and description of each; the declaration's title also tells the state.
_PAGES = {
    legal.NOTICE: (
        "legal_notice.html", "Mentions légales",
        "Éditeur, direction de la publication, hébergeur, licence.",
    ),
    legal.PRIVACY: (
        "privacy.html", "Données personnelles",
        "Ce que le site garde, pourquoi, combien de temps, et comment exercer ses droits.",
    ),
    legal.ACCESSIBILITY: (
        "accessibility.html", "Accessibilité", "Déclaration d’accessibilité du site.",
    ),
    legal.COUNCIL: (
        "council.html", "Le conseil de quartier, c’est quoi ?",
        "Ce que la loi dit des conseils de quartier, et comment y venir.",
    ),
}  # fmt: skip


def made(content: Content) -> tuple[Step, ...]:
    """The pages that the site makes itself, for its foot and its map."""
    taken = legal.taken(one for one in content.items if one.published(content.today))
    return tuple(
        Step(_title(content, name), f"{name}/")
        for name in legal.PAGES
        if not legal.is_taken(name, taken)
    )


def targets(content: Content, album: Album) -> Iterator[Target]:
    """The pages of `made`."""
    for step in made(content):
        template, _, description = _PAGES[step.address.rstrip("/")]
        frame = Frame(
            at=step.address, title=step.title, description=description, crumbs=trail(None),
            canonical=routes.absolute(content.base, step.address),
        )  # fmt: skip
        view = _view(content, album, frame)
        yield Target(routes.file_of(step.address), template, view, content.audience or "")


def state(content: Content) -> str:
    """« non conforme », or what site.yml says."""
    return facts(content.site.get("accessibilite")).get("etat", "non conforme")


def _title(content: Content, name: str) -> str:
    title = _PAGES[name][1]
    return plain(f"{title} : {state(content)}" if name == legal.ACCESSIBILITY else title)


def _view(content: Content, album: Album, frame: Frame) -> LegalView:
    site = content.site
    publisher = _body(site.get("editeur"))
    declared = facts(site.get("accessibilite"))
    return LegalView(
        frame=frame,
        site=plain(str(site["nom"])),
        publisher=publisher,
        director=plain(str(site.get("directeur_publication") or "")),
        host=_body(site.get("hebergeur")),
        data_officer=str(site.get("dpo") or ""),
        contact=str(site.get("contact") or publisher.email),
        licence=plain(str(site.get("licence") or "")),
        state=state(content),
        day=declared.get("date", ""),
        audit=_audit(content, album, declared.get("audit", "")),
        charter=next(
            (Step(one.title, one.address) for one in album.of("page", "")
             if one.address == f"{legal.CHARTER}/"),
            None,
        ),
        door=Step(space_page.TITLE, routes.SPACE) if has_door(content) else None,
    )  # fmt: skip


def _audit(content: Content, album: Album, written: str) -> Step | None:
    """The report, where readers may open it: nothing of another path is shown."""
    path = f"{layout.CONTENT}/{written}"
    if not written or path not in content.blobs:
        return None
    return Step("rapport d’audit", album.publish(path))


def _body(value: object) -> LegalBody:
    said = facts(value)
    return LegalBody(
        plain(said.get("nom", "")), plain(said.get("adresse", "")),
        said.get("telephone", ""), said.get("courriel", ""),
    )  # fmt: skip


def facts(value: object) -> dict[str, str]:
    """What a block of site.yml says."""
    if not isinstance(value, dict):
        return {}
    return {key: str(one) for key, one in value.items() if one}
