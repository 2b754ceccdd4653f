"""Where the index is cut into shards: at fixed words, never at those of the site.

An edited text thus never moves a word from one file to another: the cuts of a site depend on the
number of its pages alone. Made once from French words by `benchmarks/search_bounds.py`; another
table is another version of the format.
"""

import functools

_PAGES = 16  # a shard
_CUTS = """
    01 03 030 043 06 09 10 100 11 121 14 17 19 2 200 2015 2017 2024 2027 2028 20r 24 27 300 33 39
    400 49 51 60 75 80 9 a abonnes absente accepten accessibl accorde activ adj adressee adu
    afficher agendas ai ajouten aller am anc ane animatr annees annoncera answ apparaitr appeler
    apprendr aq arbres ard aro arrivee arrondissements asseo att attent aud aut autor autres ave
    aveu b ban bar bash bech ben bie bit blo bons boug brand brut budgetp c cafet cam canali carn
    carto cel ces changee char chart chau cherchee cho chom cinqu citees classes cles cli codes
    collectio colonnes commande commenta commerci commu communi complete complex comprenn compten
    comptes concl confiees conn conseill conseillere conseils1 conser consu contenu contenus
    contours contro coor coproprietes corrigez coup courr course coute cr cree croire csv d datee
    dates debate debou decales deciden decrit defaut del demande demandera demon dep deplacen depots
    der desaccords deso det deuxi devenus diap diffu direc disc discuten dispr dite do docx domin
    donnen dossiers doubles dp ds durer ec echec eco ecras ecrite ecriv editions elementa emm
    emploie end enfi enq entendu entree envi equipes es ess est etapes etei etr euros exacte excl
    exemples exi expli fabr facons faite faud fauteu ferm fete fev fichiers fictifs fictives fill
    finan fixe fol fonctionn fonta formats foy franch fusi gardee gardi gene ges gou grat gros gu
    hab habiten hau heb heures hiv hors hu ics idees il imb impos inco indiquee inscriptions
    installer intem interpelle invente invo j jardini jeun jou journe ju jusque l lan largeu lect
    legales levee licens lieux lignes limites lis lists livre lon loui loy lus mail mairi majo man
    maquette mard marque mas mati md me meme memo menu messages metres mi minu mise mme model moit
    mone montree moto mou murs nationali net niveaux nomb nombres nommez nor noten nou nu numeros
    objets obtenu ods om opposi ordres organise ou outc ouvertes ouvrez pages pai panneaux parait
    parf parisi paro partages participe party passee passerelles pav pedaler perdr permanent persona
    personnel petites peuv pho pict pietonn pix plai plans plat plenieres plum pn pol pon porten
    posees post pourt pre pref premieres preparee presente press prevenus priorite prives prochaines
    projets promenades proposer propret prox publici publiees publis py quais quartiers quat que qui
    racontee ran rap rea reco recouv red refait refuses regles rele relier remarques remplacem ren
    rendr reno renvoie repartis repeti repondre reponses reporten reprise resi restaurat resu
    resumee reti retraite reunie reunir revenu revo rin rou rues sacs sainte salles san sat sav scr
    seconde sel sent septe serv servir seulem signa sil sites sk soire solu sorte soumise sout spl
    stal step stro subj suite suivi sujets surl syntaxe tableaux tac te tels ten terrai teste texte
    textes thea tient tire titres to tot tourn trad transi travaillen traversees troisi trot trouver
    types unk uri utiliser valeurs vas ven vent verifiee vers veu vid vient villem vis vive voir
    voisine vol votee voulu wee whol wo ye
    """
TABLE = ("", *_CUTS.split())


@functools.lru_cache(maxsize=8)
def bounds(pages: int) -> tuple[str, ...]:
    """The first word of each shard of a site of `pages` pages, "" for the first."""
    wanted = max(1, min(len(TABLE), pages // _PAGES))
    shards = 1 << (wanted.bit_length() - 1)
    return TABLE[:: len(TABLE) // shards]
