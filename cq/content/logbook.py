"""What the public journal of a draw calls its steps: the words of its second column. Written by
`cq draw-jury`, read by whoever verifies, and by the site.
"""

FROZEN, PAGE, PROMISED, SAID, DRAWN, REPLACED, REFUSED, CANCELLED, PURGED = (
    "gel", "page", "engagement", "valeurs", "tirage", "remplacement", "refus", "annulation",
    "purge",
)  # fmt: skip
