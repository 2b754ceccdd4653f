"""The words that no search is about: neither indexed nor asked for.

Folded. Words that also say a thing stay out of the list: « été », « or », « pièce », « sans ».
"""

_WORDS = """
    le la les un une des du de au aux ce cet cette ces
    mon ma mes ton ta tes son sa ses notre nos votre vos leur leurs
    je tu il elle on nous vous ils elles me te se lui eux moi toi soi
    en ne qui que quoi dont ou et ni mais donc si
    qu jusqu lorsqu puisqu quoiqu quelqu
    dans par pour sur avec chez comme afin ainsi lorsque puisque quand
    pas plus aussi tres alors deja encore
    quel quelle quels quelles lequel laquelle lesquels lesquelles duquel auquel
    celui celle ceux celles ceci cela ca ci
    est sont etait etaient sera seront serait seraient soit soient etre etant suis sommes etes
    ai as avons avez ont avait avaient aura auront aurait auraient ait aient avoir ayant eu
    tout toute tous toutes
    """
STOP = frozenset(_WORDS.split())
