"""Where the index is cut into shards: at fixed words, never at those of the site.

An edited text thus never moves a word from one file to another: the cuts of a site depend on the
number of its pages alone. Made once from French words by `benchmarks/search_bounds.py`; another
table is another version of the format.
"""

import functools

_PAGES = 16  # a shard
_CUTS = """
    01 03 030 043 06 09 10 100 11 121 14e 170 190 20 2001 2016 2018 2026 2027 2028 212 240 2d
    300 35 3e 46 50 55 66 751 87 93 abat abou accent accepte accessible ach ad adopte adresse af
    aft agent aim ale alp amend an answ ant anter any ap appart apporte appui ar arch argument
    arret arrondissement artis at attendr aucun aug auth autre avance aveu ay bala band bas be
    bellev bic big ble boi bord bout bru bt bull cadre calendrier can cand carres cau cent
    chacun chap charg chat chemin chi choisi chr circule cl cle cli cn coll colon comb
    commencant commercant commissions commun competence complet comprendr comptai comptait
    concerne conduit conforme consacree conseil conseils1 consent construit conte contenus conto
    contred conviv copie corres coun cour course cout cq1 cree croie cs cyclable data datet
    debat debou decaler decide decrit defaut deg deli demandait demi dep depl depot der des
    design dessu deuxi devait diagnostic differences dira directr disait dispos dit do document
    dom donne dos dou douz droit dure eb echec eco ecoute ecrit ecritu editi electorale em emplo
    encodi enfant enli ent entre entry eq es espr essai etape ete etein eu evit exc exemple exer
    expired f facile fait faud faut ferm fet feut fichier fictif fictiv fill fin fix fois
    fonction fond form fou fran fron gar garde ge ges go grand grille groupe gy habitant hall
    headi hero histor hor html5 i ide identifiant image import inc indexe initi install int
    interp introu invit it jar jeun joint jour js jusqua kn lampadaire lar lay legal lev licens
    lieu ligne limitation lis list livre loi lu lum lun mai maire mais man maq marchant marq
    marti matern mauvais me mem memo menti mes met meu millio mis mm mod mois mon montre mot mou
    mu named nee new noir nom non noo not noth nov null ob obs octo off oper ordinat ore orp out
    ouvert ouvr overlapp page paie pd pe pedale pee pei pel pen peni pens per perdr perdu
    perimetre permanence person pes peur ph photographie pied pieton place plaind plantation
    plen pleniere plut poin pol por posait posi pou poussette precede prem prendr preparation
    presentation pret prevu pris proc proche prol promi proposi propri publiait publis puc puiss
    qu quarante quartier quat question quit raison rang rapport rec reconn recu redef refe
    regard regr rel relu remedi remplacait rencontre rendus renou reo repas repli repondu repor
    reprendr reser ress restait resumee rete retire retrouve reuni reus reves ri ro rouvre rue
    sain sais salo sant saur say script second selo sent septe serve ses seul sign sil site sk
    soir solu sort soumise sout spl stal step stro subv suit suivait sujet surt synthese table
    tag techno tel ten terrai tes text th thea tienn tir titre to tot tourn trad transi
    travaille traverse troisi trot trouve type unk urban uti valeur valu velos vent verifie vers
    vert vid vienn villem vir vive voie vois voix vote voulu wee whol witho ye
    """
TABLE = ("", *_CUTS.split())


@functools.lru_cache(maxsize=8)
def bounds(pages: int) -> tuple[str, ...]:
    """The first word of each shard of a site of `pages` pages, "" for the first."""
    wanted = max(1, min(len(TABLE), pages // _PAGES))
    shards = 1 << (wanted.bit_length() - 1)
    return TABLE[:: len(TABLE) // shards]
