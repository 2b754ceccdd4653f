"""The words of the bench corpus: places, subjects and sentence moulds of French civic pages.

Data only: `corpus.py` draws from it. Must not name a person, an e-mail address or a home. A mould
is a `str.format` text whose fields are the keys of `SLOTS`, drawn anew for each sentence.
"""

QUARTIERS = (
    ("saint-vincent-de-paul-lariboisiere", "Saint-Vincent-de-Paul – Lariboisière"),
    ("louis-blanc-aqueduc", "Louis-Blanc – Aqueduc"),
    ("porte-saint-denis-paradis", "Porte-Saint-Denis – Paradis"),
    ("chateau-d-eau-lancry", "Château-d’Eau – Lancry"),
    ("grange-aux-belles-terrage", "Grange-aux-Belles – Terrage"),
    ("faubourg-du-temple-hopital-saint-louis", "Faubourg-du-Temple – Hôpital-Saint-Louis"),
)

GROUPES = (
    ("commission-mobilites", "Commission mobilités", "commission"),
    ("commission-espaces-verts", "Commission espaces verts", "commission"),
    ("canal-propre", "Canal propre", "groupe-de-travail"),
    ("memoire-du-faubourg", "Mémoire du faubourg", "groupe-de-travail"),
)

MONTHS = (
    "janvier", "février", "mars", "avril", "mai", "juin",
    "juillet", "août", "septembre", "octobre", "novembre", "décembre",
)  # fmt: skip
DAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")

SUBJECTS = (
    "Piste cyclable", "Plantation d’arbres", "Bruit nocturne", "Jardin partagé",
    "Kiosque à musique", "Éclairage public", "Collecte du verre", "Composteur collectif",
    "Traversée piétonne", "Rue aux écoles", "Terrasses d’été", "Marché alimentaire",
    "Fontaine à eau", "Bancs publics", "Toilettes publiques", "Budget participatif", "Vide-grenier",
    "Fête du quartier", "Square rénové", "Ravalement du gymnase", "Bibliothèque de rue",
    "Piétonnisation", "Stationnement des vélos",
    "Accès des secours", "Rampe d’accès", "Aire de jeux", "Propreté du canal", "Cour oasis",
    "Local associatif", "Antenne de proximité", "Café des parents", "Carte des commerces",
    "Îlot de fraîcheur", "Mémoire des passages", "Passage piéton", "Livraisons matinales",
)  # fmt: skip

PLACES = (
    "la rue du Château-Landon", "le quai de Valmy", "le quai de Jemmapes", "la place Franz-Liszt",
    "la rue de Paradis", "le boulevard de Magenta", "la rue Louis-Blanc", "la rue de Lancry",
    "l’avenue Parmentier", "la rue Bichat", "la place du Colonel-Fabien", "la rue La Fayette",
    "la rue d’Hauteville", "le passage Brady", "la rue des Vinaigriers", "la rue Sainte-Marthe",
    "le jardin Villemin", "le square Alban-Satragne", "la rue de la Grange-aux-Belles",
    "la rue du Terrage", "la rue Cail", "la rue Philippe-de-Girard", "la rue de l’Aqueduc",
    "le boulevard de la Chapelle", "la rue du Faubourg-du-Temple", "la rue Alibert",
    "le passage du Désir", "la cour des Petites-Écuries", "la place Sainte-Marthe", "la rue Dieu",
)  # fmt: skip

VENUES = (
    ("Mairie du 10e, salle des mariages", "72, rue du Faubourg-Saint-Martin, 75010 Paris"),
    ("École élémentaire, préau", "rue de l’Aqueduc, 75010 Paris"),
    ("Gymnase du canal, salle polyvalente", "quai de Jemmapes, 75010 Paris"),
    ("Maison de la vie associative", "rue de Paradis, 75010 Paris"),
    ("Bibliothèque du quartier", "rue de Lancry, 75010 Paris"),
    ("Centre d’animation, grande salle", "rue de la Grange-aux-Belles, 75010 Paris"),
)

EVENT_TYPES = ("plénière", "commission", "atelier", "permanence", "fête", "présentation")

HEADINGS = (
    "Ce qui a été décidé", "Le constat des habitants", "Le calendrier", "Ce que cela coûte",
    "Les prochaines étapes", "Comment participer", "Les questions posées", "La réponse de la Ville",
    "Pourquoi maintenant ?", "Ce que l’on sait déjà", "Ce qui reste à trancher", "Sur le terrain",
    "Les points d’accord", "Les points de désaccord", "Le tour de table", "Pour aller plus loin",
)  # fmt: skip

SUBHEADINGS = (
    "Du côté des riverains", "Du côté des commerçants", "Du côté des écoles",
    "Le détail des travaux",
    "L’avis des services", "Une visite sur place", "Le vote", "Les pistes écartées",
)  # fmt: skip

SLOTS = {
    "who": (
        "le conseil de quartier",
        "la commission",
        "le groupe de travail",
        "l’équipe d’animation",
        "une vingtaine d’habitants",
        "la mairie d’arrondissement",
        "le collectif des riverains",
        "la direction de la voirie",
        "l’association des parents d’élèves",
        "un groupe de commerçants",
        "la section territoriale de propreté",
        "le comité des fêtes",
    ),
    "did": (
        "a présenté",
        "a discuté",
        "a relu",
        "a soutenu",
        "a complété",
        "a reporté à l’automne",
        "a inscrit à l’ordre du jour",
        "a demandé à revoir",
        "a salué",
        "a longuement examiné",
    ),
    "what": (
        "le projet de plan de circulation",
        "la note de synthèse",
        "le relevé des nuisances",
        "le devis des plantations",
        "la carte des trottoirs trop étroits",
        "le bilan de l’année",
        "la demande de ralentisseurs",
        "le cahier de doléances",
        "la liste des arbres à remplacer",
        "la charte des terrasses",
        "le diagnostic en marchant",
        "l’enquête auprès des habitants",
    ),
    "where": PLACES,
    "because": (
        "parce que les trottoirs y sont trop étroits pour une poussette",
        "parce que le bruit y dure jusqu’à deux heures du matin",
        "afin que les enfants puissent aller seuls à l’école",
        "pour que chacun comprenne ce qui est prévu et à quelle date",
        "faute de place pour les vélos et pour les livraisons",
        "à la demande de plusieurs immeubles voisins",
        "en attendant le résultat des comptages de l’été",
        "après une première visite qui avait réuni peu de monde",
    ),
    "also": (
        "Dans le même temps",
        "Par ailleurs",
        "À l’inverse",
        "En séance",
        "Depuis le printemps",
        "Sans attendre",
        "Pour la première fois",
        "Comme l’an passé",
        "Au bout du compte",
        "Enfin",
    ),
    "said": (
        "on ne traverse plus ici sans regarder trois fois",
        "nous voulons des réponses écrites",
        "le quartier change plus vite que ses trottoirs",
        "il manque un banc tous les cent mètres",
        "le canal n’est pas une poubelle",
        "la concertation commence avant les plans",
        "un arbre abattu, deux arbres plantés",
        "les enfants ont dessiné la place de leurs rêves",
    ),
    "strong": (
        "la circulation de transit",
        "l’accès des personnes à mobilité réduite",
        "le calme la nuit",
        "la place des piétons",
        "la propreté des berges",
        "la fraîcheur en été",
        "la sécurité des enfants",
        "l’entretien dans la durée",
    ),
}

# {money} 12 000 €, {count} 47, {share} 35 %, {hour} 19 h 30, {day} mardi 10 mars 2026
SENTENCES = (
    "{Who} {did} {what}, {because}.",
    "{also}, {who} {did} {what} pour {where}.",
    "Sur {where}, **{strong}** reste la première attente : {count} réponses sur cent la citent.",
    "« {said} », résume une participante, et la salle approuve.",
    "« {said} », peut-on lire sur l’une des {count} cartes remplies au stand installé sur {where}.",
    "Le coût est estimé à {money}, dont {share} à la charge de l’arrondissement.",
    "{Who} propose de commencer par {where}, puis d’étendre l’essai aux rues voisines, {because}.",
    "Les travaux commenceraient le {day} et dureraient {count} jours, hors intempéries.",
    "{also}, {count} personnes ont signé le texte ; {who} l’a transmis à la mairie le {day}.",
    "Il faudra choisir entre *{strong}* et *le stationnement* : {who} {did} {what} sans trancher.",
    "Une enveloppe de {money} est réservée au budget participatif ; la Ville paierait le reste.",
    "La question revient à chaque séance pour {where}, {because}.",
    "Le service compétent répondra avant le {day} ; à défaut, {who} relancera par écrit.",
    "{Who} rappelle que **{strong}** n’est pas négociable, mais que les moyens peuvent l’être.",
    "Deux scénarios sont comparés : l’un coûte {money}, l’autre {money} avec moins de bitume.",
    "À {hour}, {count} habitants étaient déjà là ; à la fin, il en restait une bonne moitié.",
    "Les mesures faites sur {where} donnent {share} de vélos le matin et {share} le soir.",
    "{also}, {who} {did} {what} ; l’ensemble sera relu lors de la prochaine réunion publique.",
    "Personne ne conteste le besoin ; c’est la méthode qui divise, {because}.",
    "Un registre est ouvert à l’accueil de la mairie jusqu’au {day}, aux heures d’ouverture.",
)

INTROS = (
    "Réunis le {day}, {count} habitants ont parlé de {where} : {who} {did} {what}, {because}.",
    "Le dossier avance. {Who} {did} {what}, et une décision est attendue avant le {day}.",
    "C’était promis depuis longtemps : {who} {did} {what} pour {where}, {because}.",
    "À quoi ressemblera {where} dans deux ans ? {Who} {did} {what} pour y répondre.",
)

ITEMS = (
    "{what}, à relire avant le {day}",
    "**{strong}**, d’abord sur {where}",
    "{money} pour {where}",
    "un point d’étape avec {who}",
    "{count} bacs de plantation, {share} déjà financés",
    "une visite à {hour} : {where}",
    "« {said} » : réponse à écrire avec {who}",
)

LINKS = (
    "Voir aussi {link}, qui raconte ce que {who} {did} à ce sujet.",
    "Ce point prolonge {link} et concerne surtout {where}.",
    "Les chiffres viennent de {link} ; {who} les tient à jour.",
    "Pour l’histoire du projet, lire {link}.",
    "La suite a été donnée dans {link}, {because}.",
)

SUMMARIES = (
    "{Who} {did} {what}, {because}.",
    "{count} habitants, {money} et une question : que faire pour {where} ?",
    "Retour sur {where} : {who} {did} {what}.",
)
