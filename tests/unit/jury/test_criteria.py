"""What a criterion is called before people."""

import pytest

from cq.jury import criteria


@pytest.mark.parametrize(
    ("name", "typed", "read"),
    [
        ("critere_sexe", "sexe", "sexe"),
        ("quartier_regroupe", "quartier", "quartier"),
        ("tranche_d_age_regroupe", "tranche_d_age", "tranche d’âge"),
        ("critere_code_postal", "code_postal", "code postal"),
        ("regroupement", "regroupement", "regroupement"),
    ],
)
def test_nobody_reads_a_columns_name(name: str, typed: str, read: str):
    assert (criteria.title(name), criteria.words(name)) == (typed, read)
