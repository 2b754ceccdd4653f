"""The pages that the law asks for: made where nobody wrote them, whole, and linked everywhere."""

import re
from dataclasses import replace
from pathlib import Path

import petit_bourg
import pytest

from cq.content import layout, legal
from cq.content.check import check
from cq.content.checks import CHECKS
from cq.content.model import Content
from cq.content.parsed import Text
from cq.site.plan import Plan, outside, plan
from cq.site.render import Renderer
from cq.site.views import LegalView, MapView
from cq.theme import load

SITE = petit_bourg.SITE + petit_bourg.ADDRESS
WHOLE = petit_bourg.LEGAL + "accessibilite: {etat: non conforme}\n"
TODAY = "2026-03-01"
# ACC-04: these, and in this order.
DECLARATION = [
    "Engagement", "État de conformité", "Résultat des tests", "Contenus non accessibles",
    "Non-conformité", "Dérogations pour charge disproportionnée",
    "Contenus non soumis à l’obligation d’accessibilité", "Établissement de cette déclaration",
    "Technologies utilisées", "Environnement de test", "Outils d’évaluation", "Pages vérifiées",
    "Retour d’information et contact", "Voies de recours",
]  # fmt: skip
# RGPD-03.
PRIVACY = [
    "Responsable du traitement", "Finalités et bases légales",
    "Données obligatoires ou facultatives", "Destinataires", "Durées de conservation",
    "Vos droits", "Délégué à la protection des données", "Réclamation",
]  # fmt: skip
PATHS = {f"{name}/index.html" for name in legal.PAGES}


def content(files: dict[str, str]) -> Content:
    return petit_bourg.content({"site.yml": SITE, **files}, TODAY)


def planned(files: dict[str, str]) -> Plan:
    return plan(content(files).seen_by(layout.PUBLIC, TODAY))


def made(files: dict[str, str]) -> dict[str, LegalView]:
    return {one.path: one.view for one in planned(files).targets if isinstance(one.view, LegalView)}


class NoTexts:
    """A store that nothing here asks."""

    def get(self, key: str) -> Text:
        raise LookupError(key)


def rendered(tmp_path: Path, files: dict[str, str], spaces: tuple[str, ...] = ()) -> dict[str, str]:
    """The legal pages as the default theme shows them."""
    found = plan(replace(content(files).seen_by(layout.PUBLIC, TODAY), spaces=spaces))
    renderer = Renderer(load(tmp_path), found.chrome, NoTexts())
    made = [renderer.render(one) for one in found.targets if isinstance(one.view, LegalView)]
    return {one.path: one.data.decode().replace("\u00a0", " ") for one in made}


def headings(html: str) -> list[str]:
    main = html.partition("<main")[2].partition("</main>")[0]
    return re.findall(r"<h[23][^>]*>(.*?)</h[23]>", main)


def test_the_declaration_and_the_privacy_page_have_their_headings(tmp_path: Path) -> None:
    pages = rendered(tmp_path, {})
    declared = pages["accessibilite/index.html"]
    assert headings(declared) == DECLARATION
    assert "Défenseur des droits, Libre réponse 71120, 75342 Paris CEDEX 07" in declared
    assert "<h1>Accessibilité : non conforme</h1>" in declared
    assert headings(pages["donnees-personnelles/index.html"]) == PRIVACY
    assert "appareil" not in pages["donnees-personnelles/index.html"]
    notice = headings(pages["mentions-legales/index.html"])
    assert notice[:3] == ["Éditeur", "Direction de la publication", "Hébergement"]


def test_what_site_yml_leaves_out_is_shown_to_complete(tmp_path: Path) -> None:
    gap = "<strong>à compléter</strong>"
    empty, whole = rendered(tmp_path, {}), rendered(tmp_path, {"site.yml": SITE + WHOLE})
    notice = "mentions-legales/index.html"
    assert empty[notice].count(gap) == 9
    assert whole[notice].count(gap) == 1  # the licence
    assert "tel:+33199001234" in whole[notice]
    assert "mailto:dpo@exemple.fr" in whole["donnees-personnelles/index.html"]


def test_what_site_yml_says_is_text(tmp_path: Path) -> None:
    bad = "<script>alert(1)</script>"
    site = SITE + WHOLE.replace("le maire", bad).replace("nom: Hôte", f"nom: '{bad}'")
    pages = rendered(tmp_path, {"site.yml": site.replace("dpo@exemple.fr", f"'{bad}@x'")})
    assert not [path for path, html in pages.items() if bad in html]
    assert "&lt;script&gt;alert(1)" in pages["mentions-legales/index.html"]


def test_a_site_without_legal_pages_gets_them_and_links_to_them() -> None:
    found = planned({})
    assert set(made({})) == PATHS
    assert found.chrome.declaration == "accessibilite/"
    linked = {step.address for step in (*found.chrome.legal, *found.chrome.pages)}
    assert {"mentions-legales/", "donnees-personnelles/", "conseil-de-quartier/"} <= linked
    [site_map] = [one.view for one in found.targets if isinstance(one.view, MapView)]
    named = {step.address for _, steps in site_map.branches for step in steps}
    assert {f"{name}/" for name in legal.PAGES} <= named


@pytest.mark.parametrize("name", legal.PAGES)
def test_a_page_that_somebody_wrote_wins(name: str) -> None:
    text = "---\ntitre: À nous\n---\nNotre texte."
    assert set(made({f"pages/{name}.md": text})) == PATHS - {f"{name}/index.html"}
    assert not planned({f"pages/{name}.md": text}).found


def test_the_councils_page_may_have_its_other_name_and_any_an_old_address() -> None:
    text = "---\ntitre: Le conseil\nanciennes_adresses: [mentions-legales]\n---\nTexte."
    found = planned({"pages/le-conseil-de-quartier.md": text})
    paths = {one.path: one.template for one in found.targets}
    assert paths["mentions-legales/index.html"] == "redirect.html"
    assert "conseil-de-quartier/index.html" not in paths
    assert not found.found


def test_a_draft_does_not_leave_the_site_without_the_page() -> None:
    text = "---\ntitre: Mentions\nbrouillon: oui\n---\nTexte."
    assert set(made({"pages/mentions-legales.md": text})) == PATHS


def test_an_audit_that_readers_may_not_open_is_not_named() -> None:
    audit = "accessibilite: {etat: non conforme, audit: prive/girafe.pdf}\n"
    view = made({"site.yml": SITE + audit})["accessibilite/index.html"]
    assert view.audit is None
    assert "girafe" not in str(view)


def test_a_link_to_a_page_that_the_site_makes_leads_there() -> None:
    text = "---\ntitre: A\n---\n[Ici](accessibilite.md), [là](/mentions-legales/), [non](nul.md).\n"
    found = [one.code for one in check(content({"pages/a.md": text}), CHECKS)]
    assert found.count("broken-link") == 1


def test_what_a_sealed_space_keeps_on_a_device_is_said_where_there_is_one(tmp_path: Path) -> None:
    address = "donnees-personnelles/index.html"
    text = rendered(tmp_path, {}, ("conseillers",))[address]
    heading = "Ce que l’espace privé garde sur votre appareil"
    assert headings(text) == [*PRIVACY[:5], heading, *PRIVACY[5:]]
    for said in ("30 jours", "#oublier", "« Fermer »", 'href="../espace/index.html"'):
        assert said in text
    # A server that guards pages in clear keeps nothing in a browser.
    clear = {"site.yml": f"{SITE}protection: serveur\n"}
    assert heading not in rendered(tmp_path, clear, ("conseillers",))[address]


def test_the_pages_follow_site_yml() -> None:
    assert outside(content({})) != outside(content({"site.yml": SITE + WHOLE}))
    assert made({"site.yml": SITE + WHOLE})["mentions-legales/index.html"].director == "le maire"


def test_what_site_yml_lacks() -> None:
    whole = content({"site.yml": SITE + WHOLE}).site
    assert legal.lacking(whole) == legal.absent(whole) == ()
    assert legal.absent({}) == legal.KEYS
    assert legal.absent({}, [legal.PRIVACY]) == ("dpo",)
    promised = {**whole, "dpo": "À COMPLÉTER"}
    assert (legal.absent(promised), legal.lacking(promised)) == ((), ("dpo",))


def test_a_contact_may_be_the_publishers() -> None:
    assert "contact" not in legal.absent({"editeur": {"nom": "M", "courriel": "m@exemple.fr"}})


def test_the_lines_to_write_are_those_of_site_yml() -> None:
    """Put together with the rest, they are all that is wanted."""
    text = SITE + "\n".join(legal.lines(legal.KEYS)) + "\n"
    assert legal.absent(content({"site.yml": text}).site) == ()
    assert legal.lines(["hebergeur.telephone"]) == ("hebergeur:", "  telephone: 01 99 00 12 35")
