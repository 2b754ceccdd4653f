"""Names of functions inside a sentence."""

import pytest

from cq.french.articles import of_the, the, to_the


@pytest.mark.parametrize(
    ("name", "with_article", "of", "to"),
    [
        ("direction de la voirie", "la direction de la voirie", "de la direction de la voirie",
         "à la direction de la voirie"),
        ("Maire du 10e", "le maire du 10e", "du maire du 10e", "au maire du 10e"),
        ("adjointe à la voirie", "l’adjointe à la voirie", "de l’adjointe à la voirie",
         "à l’adjointe à la voirie"),
        ("Équipe d’animation", "l’équipe d’animation", "de l’équipe d’animation",
         "à l’équipe d’animation"),
        ("équipes d’animation", "les équipes d’animation", "des équipes d’animation",
         "aux équipes d’animation"),
        ("Conseil d’arrondissement", "le conseil d’arrondissement", "du conseil d’arrondissement",
         "au conseil d’arrondissement"),
        ("la mairie", "la mairie", "de la mairie", "à la mairie"),
        ("Le maire", "le maire", "du maire", "au maire"),
        ("l'élue", "l’élue", "de l’élue", "à l’élue"),
        ("les services", "les services", "des services", "aux services"),
        ("Eau de Paris", "Eau de Paris", "d’Eau de Paris", "à Eau de Paris"),
        ("RATP", "RATP", "de RATP", "à RATP"),
        ("", "", "de ", "à "),
    ],
)  # fmt: skip
def test_articles(name: str, with_article: str, of: str, to: str) -> None:
    assert (the(name), of_the(name), to_the(name)) == (with_article, of, to)
