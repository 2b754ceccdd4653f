"""What a criterion of a plan is called: by the freeze, in a table of quotas, and before people.

The name in a plan is a column's, of plain letters, and may say where it comes from; nobody should
read « critere_sexe » in a letter.
"""

CRITERION = "critere_"  # begins the name of a criterion that the first list has a column for
MERGED = "_regroupe"  # ends the name of a criterion whose values were merged
BAND = "tranche_d_age"
_SPELT = {"age": "âge", BAND: "tranche d’âge"}


def title(feature: str) -> str:
    """As the first list or the quotas spell it: what is typed in a command."""
    return feature.removeprefix(CRITERION).removesuffix(MERGED)


def words(feature: str) -> str:
    """As people read it: « tranche d’âge », « niveau d etudes »."""
    name = title(feature)
    return _SPELT.get(name, name.replace("_", " "))
