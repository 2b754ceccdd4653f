"""A template gets its view and the filters; what else it asks for is a fault that says where."""

from collections.abc import Mapping
from typing import Any

import pytest

from cq.content.parsed import Text
from cq.site.render import Renderer, TemplateFault
from cq.site.target import Target
from cq.site.views import Card, Chrome, Frame, PlainView, Step
from cq.theme import Theme
from cq.theme.environment import environment

CHROME = Chrome(
    site="Conseils", arrondissement="Paris 10e", menu=(Step("Agenda", "agenda/"),), quartiers=(),
    groups=(), pages=(), legal=(), accessibility="non conforme", declaration="", publisher="",
    publisher_address="", contact="", licence="", language="fr", feed="actualites.atom",
    calendar="agenda.ics",
    json_feed="actualites.json", address="", zone="Europe/Paris",
)  # fmt: skip
PARTS = {"parts/header.html": "", "parts/footer.html": ""}


class NoTexts:
    """A store that nothing here asks."""

    def get(self, key: str) -> Text:
        raise LookupError(key)


def theme(templates: Mapping[str, str]) -> Theme:
    all_ = {**PARTS, **templates}
    return Theme("essai", all_, {}, "t", "d", {name: name for name in all_})


def page(
    template: str, at: str = "a/b/", frame: Frame | None = None, **others: str
) -> tuple[str, str]:
    """What a template makes of a plain view, and the path of the page."""
    renderer = Renderer(theme({"page.html": template, **others}), CHROME, NoTexts())
    view = PlainView(frame or Frame(at, "Titre"), (Step("Un", "un/"),))
    made = renderer.render(Target("x.html", "page.html", view, ""))
    return made.data.decode(), made.path


def test_a_view_is_shown() -> None:
    assert page("{{ page.title }} {{ vers('agenda/') }}")[0] == "Titre ../../agenda/index.html"


def test_text_is_escaped() -> None:
    assert page("{{ page.title }}", frame=Frame("", "<b>"))[0] == "&lt;b&gt;"


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("Mots : {{ 1 }}", "Mots\u00a0: 1"),
        ("{{ 1 }} :", "1\u00a0:"),
        ("Quoi ? Oui ; non !", "Quoi\u202f? Oui\u202f; non\u202f!"),
        ('<p title="Un « mot »">', '<p title="Un «\u00a0mot\u00a0»">'),
        (
            "default-src 'none'; img-src 'self' http://a",
            "default-src 'none'; img-src 'self' http://a",
        ),
        ("{{ ' : ' }}{% if 1 %} ;{% endif %}", " : \u202f;"),
        ("a :b c ?d", "a :b c ?d"),
    ],
)
def test_the_words_of_a_template_get_their_no_break_spaces(written: str, shown: str) -> None:
    assert page(written)[0] == shown


def test_a_frame_may_have_a_root_of_its_own() -> None:
    frame = Frame("404.html", "Introuvable", root="/site/")
    assert page("{{ vers('') }} {{ racine }}", frame=frame)[0] == "/site/index.html /site/"


@pytest.mark.parametrize(
    "template",
    [
        "{{ vue.__class__ }}",
        "{{ vue.__class__.__mro__ }}",
        "{{ vue._replace(links=()) }}",
        "{{ page['__class__'] }}",
        "{{ vers.__globals__ }}",
        "{{ vers.__code__ }}",
        "{{ ''.__class__.__base__.__subclasses__() }}",
        "{{ '{0.__class__}'.format(vue) }}",
        "{{ self.__init__.__globals__ }}",
        "{{ (vue|attr('__class__')) }}",
        "{% set l = [] %}{{ l.append(1) }}",
        "{% set d = {} %}{{ d.update(a=1) }}",
        "{{ sommaire.sort() }}",
        "{% for n in range(10000000) %}{% endfor %}",
        "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
        "{{ 1 / 0 }}",
        "{{ 'x' + 1 }}",
        "{{ page.title|absent }}",
    ],
)
def test_the_sandbox_refuses(template: str) -> None:
    with pytest.raises(TemplateFault) as caught:
        page(template + "\n")
    assert caught.value.template == "page.html"


@pytest.mark.parametrize("name", ["open", "os", "config", "request", "environ", "__builtins__"])
def test_nothing_else_is_within_reach(name: str) -> None:
    with pytest.raises(TemplateFault) as caught:
        page(f"\n{{{{ {name} }}}}")
    assert caught.value.line == 2
    assert name in caught.value.message


def test_an_unknown_field_says_where() -> None:
    with pytest.raises(TemplateFault) as caught:
        page("un\ndeux\n{{ vue.titre }}\n")
    assert (caught.value.template, caught.value.line) == ("page.html", 3)
    assert "titre" in caught.value.message


def test_a_fault_in_a_part_names_the_part() -> None:
    part = "{% macro nom(vue) %}\n{{ vue.absent }}\n{% endmacro %}"
    used = "{% import 'parts/nom.html' as noms %}\n\n\n{{ noms.nom(vue) }}"
    with pytest.raises(TemplateFault) as caught:
        page(used, **{"parts/nom.html": part})
    assert (caught.value.template, caught.value.line) == ("parts/nom.html", 2)


def test_a_template_that_does_not_compile_says_where() -> None:
    with pytest.raises(TemplateFault) as caught:
        page("un\n{% if %}\n")
    assert (caught.value.template, caught.value.line) == ("page.html", 2)


def test_an_absent_template_is_named() -> None:
    with pytest.raises(TemplateFault) as caught:
        page("{% extends 'absent.html' %}")
    assert "absent.html" in caught.value.message


EVENT = Card("a/", "Plénière", "event", day="2026-03-01", start="19:30", end="21:00")


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("{{ c.day|date }}", "dimanche 1<sup>er</sup> mars 2026"),
        ("{{ c.day|date_courte }}", "1<sup>er</sup> mars 2026"),
        ("{{ c.day|date_texte }}", "dimanche 1er mars 2026"),
        ("{{ c.day|jour }} {{ c.day|jour_semaine }} {{ c.day|mois }}", "1 dimanche mars"),
        ("{{ c.day|mois_court }} {{ '2026-05-02'|mois_court }}", "mars mai"),
        ("{{ '10e & <b>'|exposants }}", "10<sup>e</sup> &amp; &lt;b&gt;"),
        ("{{ c.day|mois_annee }} {{ c.day|annee }}", "mars 2026 2026"),
        ("{{ c.start|heure }}", "19\u00a0h\u00a030"),
        ("{{ c|heures }}", "de 19\u00a0h\u00a030 à 21\u00a0h"),
        ("{{ whole|heures }}", "toute la journée"),
        ("{{ open|heures }}", "à 19\u00a0h\u00a030"),
        ("{{ c|jours }}", "dimanche 1er mars 2026"),
        ("{{ long|jours }}", "du 1er au 3 mars 2026"),
        ("{{ 25300|taille }} {{ 12000|nombre }}", "25\u00a0ko 12\u202f000"),
        ("{{ 'Quoi ?'|typographie }}", "Quoi\u202f?"),
        ("{{ 'École d’été'|ancre }}", "ecole-d-ete"),
        ("{{ 'en'|langue }}{{ 'fr'|langue }}{{ ''|langue }}", "en anglais"),
        ("{{ 'en-GB'|langue }} {{ 'tlh'|langue }}", "en anglais langue\u00a0: tlh"),
        ("{{ 'compte-rendu'|sorte }}{{ 'autre'|sorte }} {{ 'vœu'|sorte }}", "compte rendu vœu"),
        ("{{ '01 53 72 10 20'|telephone }}", "01\u00a053\u00a072\u00a010\u00a020"),
    ],
)
def test_filters_write_french(written: str, shown: str) -> None:
    names: dict[str, Any] = {
        "c": EVENT,
        "whole": EVENT._replace(start=None, end=None),
        "open": EVENT._replace(end=None),
        "long": EVENT._replace(end_day="2026-03-03"),
    }
    made = environment(theme({})).from_string(written).render(names)
    assert shown == made or (shown in made and "telephone" in written)
