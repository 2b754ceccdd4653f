"""What is wrong in a template is said in French, each family of reasons in its own words."""

import re
from pathlib import Path
from typing import NamedTuple

import pytest

from cq import theme
from cq.diagnostic import Span
from cq.theme import Theme
from cq.theme.check import faults
from cq.theme.environment import environment
from cq.theme.words import told

PART = "{% macro m(a, b) %}{{ a }}{% endmacro %}"


class Frame(NamedTuple):
    title: str


def said(template: str) -> str:
    made = environment(Theme("t", {"p.html": template, "o.html": PART}, {}, "", ""))
    with pytest.raises(Exception) as caught:  # noqa: PT011 - Jinja's, or Python's inside it
        made.get_template("p.html").render(f=Frame("T"))
    return told(caught.value)


@pytest.mark.parametrize(
    ("template", "words"),
    [
        ("{% if x %}", "s’arrête trop tôt ; {% if %} n’est pas fermé : il manque {% endif %}"),
        ("{% if 1 %}{% for a in [] %}{% endif %}", "{% endif %} vient trop tôt ; {% for %} n’est"),
        ("{% for a in [] %}{% endif %}", "aucune balise ouverte ; {% for %} n’est pas fermé"),
        ("{% truc %}", "la balise {% truc %} n’existe pas"),
        ("{% endif %}", "{% endif %} ne va avec aucune balise ouverte"),
        ("{{ 1", "au milieu d’une balise : il manque « }} »"),
        ("{{ a b }}", "il faut « }} » là où il y a « b »"),
        ("{% if %}{% endif %}", "il faut une valeur là où il y a « %} »"),
        ("{{ (1] }}", "il faut « ) » là où il y a « ] »"),
        ("{{ 1) }}", "« ) » n’est pas à sa place"),
        ("{{ ? }}", "le signe « ? » ne peut pas"),
        ("{{ 'a }}", "un texte entre guillemets n’est pas fermé"),
        ("{# x", "un commentaire n’est pas fermé"),
        ("{% %}", "il manque le nom de la balise"),
        ("{{ 1|truc }}", "le filtre « truc » n’existe pas"),
        ("{{ 1 is truc }}", "le test « truc » n’existe pas"),
        ("{% block a %}{% endblock %}{% block a %}{% endblock %}", "le bloc « a » est écrit deux"),
        ("{{ inconnu }}", "le nom « inconnu » n’existe pas"),
        ("{{ f.titel }}", "le champ « titel » n’existe pas dans `Frame`"),
        ("{{ 'x'.y }}", "le champ « y » n’existe pas dans un texte"),
        ("{{ none.x }}", "« x » est demandé à une valeur vide"),
        ("{{ f[3] }}", "`Frame` n’a pas d’élément 3"),
        ("{{ f.__class__ }}", "« __class__ » est interdit"),
        ("{% include 'n.html' %}", "le gabarit « n.html » n’existe pas dans ce thème"),
        ("{% from 'o.html' import z %}{{ z() }}", "« z » n’est pas dans o.html"),
        ("{% import 'o.html' as o %}{{ o.m(1, 2, 3) }}", "la macro « m » a reçu une valeur"),
        ("{% import 'o.html' as o %}{{ o.m() }}", "la valeur de « a » n’a pas été donnée"),
        ("{{ 'a' + 1 }}", "des valeurs de sortes différentes"),
        ("{{ 1 / 0 }}", "une division par zéro"),
        ("{{ 'x'|date }}", "« x » n’est ni un jour ni une heure"),
        ("{% for a in 3 %}{% endfor %}", "demande une liste, et reçoit un nombre"),
        ("{{ f() }}", "`Frame` ne s’appelle pas"),
        ("{{ f.title|join(1, 2, 3, 4) }}", "« join » a reçu une valeur de trop"),
        ("{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}", "s’appelle lui-même sans fin"),
    ],
)
def test_a_family_of_reasons_has_french_words(template: str, words: str) -> None:
    found = said(template)
    assert words in found
    assert "Jinja" not in found
    assert not re.search(r"\b(the|expected|unexpected|got|object|block)\b", found)


def test_a_rare_reason_keeps_its_own_words() -> None:
    assert told(ValueError("odd")) == "ce gabarit ne peut pas être rendu (Jinja : odd)"
    assert told(KeyError()) == "ce gabarit ne peut pas être rendu (Jinja : KeyError)"


def test_the_site_s_own_templates_are_looked_at_without_a_page(tmp_path: Path) -> None:
    folder = tmp_path / "themes" / "fete" / "parts"
    folder.mkdir(parents=True)
    assert list(faults(theme.load(tmp_path, "default"))) == []
    (folder / "footer.html").write_text("un\n{% if %}\n", "utf-8")
    (folder / "header.html").write_text("{{ 1|truc }}{{ inconnu }}", "utf-8")
    (folder.parent / "page.html").write_text("(" * 20_000, "utf-8")
    (folder.parent / "news.html").write_text("{{ " + "(" * 20_000, "utf-8")
    found = {str(one.span.path): one for one in faults(theme.load(tmp_path, "fete"))}
    assert set(found) == {
        f"themes/fete/{name}" for name in ("parts/footer.html", "parts/header.html", "news.html")
    }
    footer = found["themes/fete/parts/footer.html"]
    assert footer.span == Span(footer.span.path, 2)
