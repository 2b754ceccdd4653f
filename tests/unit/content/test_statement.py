"""What a legal page leaves out, whatever words it has for what it says."""

import time

import pytest

from cq.content import legal
from cq.content.statement import unsaid

# The State's own model of the declaration, with its longer headings and none for the engagement.
MODEL = [
    "Déclaration d’accessibilité",
    "État de conformité",
    "Résultats des tests",
    "Contenus non accessibles",
    "Établissement de cette déclaration d’accessibilité",
    "Technologies utilisées pour la réalisation de exemple.fr",
    "Environnement de test",
    "Outils pour évaluer l’accessibilité",
    "Pages du site ayant fait l’objet de la vérification de conformité",
    "Retour d’information et contact",
    "Voies de recours",
]
ENGAGED = "La mairie s’engage à rendre son site accessible. Schéma pluriannuel : 2026-2028."
NOTICE = """Ce site est édité par la mairie. Directeur/directrice de la publication : la maire.
Le site est hébergé par l’Hôte. Toute personne nommée a un droit de réponse."""
PRIVACY = """La mairie est responsable du traitement. Pourquoi : répondre (base légale : mission
d’intérêt public). Rien n’est obligatoire. Destinataires : le secrétariat. Conservées un an. Vous
avez des droits, à exercer auprès de la déléguée à la protection des données ; sinon, la CNIL."""


def test_the_states_own_model_is_whole() -> None:
    assert list(unsaid(legal.ACCESSIBILITY, MODEL, ENGAGED)) == []


@pytest.mark.parametrize("gone", range(1, len(MODEL)))
def test_each_heading_of_the_declaration_is_wanted(gone: int) -> None:
    """Its words in the text are not enough: the form is laid down."""
    text = f"{ENGAGED}\n{MODEL[gone]}"
    assert len(list(unsaid(legal.ACCESSIBILITY, MODEL[:gone] + MODEL[gone + 1 :], text))) == 1


def test_an_engagement_may_have_no_heading_but_must_be_said() -> None:
    assert list(unsaid(legal.ACCESSIBILITY, MODEL, "")) == [
        "Engagement",
        "Schéma pluriannuel et plan d’action",
    ]


@pytest.mark.parametrize(("name", "text"), [(legal.NOTICE, NOTICE), (legal.PRIVACY, PRIVACY)])
def test_the_other_pages_say_it_in_their_own_words(name: str, text: str) -> None:
    assert list(unsaid(name, [], text)) == []
    assert list(unsaid(name, [], text.upper().replace("’", "'"))) == []


def test_no_other_page_is_asked() -> None:
    assert list(unsaid(legal.COUNCIL, [], "")) == list(unsaid("contact", [], "")) == []


@pytest.mark.parametrize("piece", ["page ", "pages", "direction ", "directeur(", "établi", " "])
def test_no_page_takes_long(piece: str) -> None:
    text = piece * (400_000 // len(piece))
    started = time.perf_counter()
    for name in legal.PAGES:
        list(unsaid(name, [text], text))
    assert time.perf_counter() - started < 5
