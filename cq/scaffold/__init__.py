"""What `cq new` and `cq init` write: a file, or a whole site, for its author to go on with.

Templates come from the kinds' own models, so that a key added to a kind is in the next file made.
Never overwrites; says what it could not make, and why.
"""


class NotMade(Exception):
    """Nothing was written; the words are for the user."""
