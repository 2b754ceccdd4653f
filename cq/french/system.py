"""What the system refused, in French whatever its locale: the reason alone, without the place.

And what SQLite did, whose words are English everywhere.
"""

import errno

_REASONS = {
    errno.EACCES: "le droit manque",
    errno.EPERM: "le droit manque",
    errno.EROFS: "le disque est en lecture seule",
    errno.ENOSPC: "plus de place sur le disque",
    errno.EDQUOT: "la place accordée sur le disque est épuisée",
    errno.EFBIG: "ce fichier dépasse la taille permise",
    errno.EIO: "le disque signale une erreur",
    errno.ENOENT: "ce fichier ou ce dossier n’existe pas",
    errno.EEXIST: "ce nom est déjà pris",
    errno.ENOTDIR: "un fichier occupe la place d’un dossier",
    errno.EISDIR: "un dossier occupe la place d’un fichier",
    errno.ENOTEMPTY: "le dossier n’est pas vide",
    errno.ENAMETOOLONG: "ce nom est trop long",
    errno.ELOOP: "des liens tournent en rond",
    errno.EBUSY: "un autre programme s’en sert",
    errno.ETXTBSY: "un autre programme s’en sert",
    errno.EXDEV: "ce n’est pas le même disque",
    errno.ESTALE: "ce fichier a changé entre-temps",
    errno.EMFILE: "trop de fichiers sont ouverts",
    errno.ENFILE: "trop de fichiers sont ouverts",
    errno.ENOMEM: "la mémoire manque",
    errno.EAGAIN: "le système est occupé, relancez la commande",
    errno.EINVAL: "ce disque ne sait pas le faire",
    errno.ENOTSUP: "ce disque ne sait pas le faire",
    errno.ENOSYS: "ce système ne sait pas le faire",
    errno.ENXIO: "ce n’est pas un fichier ordinaire",
    errno.ENODEV: "cet appareil n’est plus là",
    errno.EPIPE: "personne ne lit plus",
    errno.EBADF: "ce fichier est fermé",
    errno.ECONNREFUSED: "la machine d’en face refuse la connexion",
    errno.EADDRINUSE: "un autre programme occupe cette adresse",
    errno.EADDRNOTAVAIL: "cette adresse n’est pas celle de cette machine",
    errno.ENETUNREACH: "le réseau est hors d’atteinte",
    errno.EHOSTUNREACH: "la machine d’en face est hors d’atteinte",
    errno.ETIMEDOUT: "la réponse n’est pas venue à temps",
    errno.ECONNRESET: "la machine d’en face a coupé la connexion",
}


def refused(fault: OSError) -> str:
    """The reason of `fault`; for a rare one, the system's own words and its number."""
    if fault.errno is None:
        return str(fault)
    return _REASONS.get(fault.errno) or f"{fault.strerror or 'sans raison'}, code {fault.errno}"


# By how SQLite's words begin; they are the same in all its versions.
_REMEMBERED = {
    "database or disk is full": "plus de place sur le disque",
    "database is locked": "un autre programme s’en sert",
    "database table is locked": "un autre programme s’en sert",
    "attempt to write a readonly database": "elle est en lecture seule",
    "unable to open database file": "son fichier ne peut pas être ouvert",
    "disk I/O error": "le disque signale une erreur",
    "file is not a database": "son fichier n’est pas le sien",
    "file is encrypted": "son fichier n’est pas le sien",
    "database disk image is malformed": "son fichier est abîmé",
    "malformed database schema": "son fichier est abîmé",
    "no such table": "son fichier est abîmé",
    "no such column": "son fichier est d’une autre version de cq",
    "database schema has changed": "un autre programme l’a changée",
    "out of memory": "la mémoire de la machine manque",
    "string or blob too big": "un texte dépasse la taille permise",
    "large file support is disabled": "son fichier dépasse la taille permise",
    "locking protocol": "le disque ne sait pas réserver un fichier",
    "access permission denied": "le droit manque",
    "authorization denied": "le droit manque",
    "interrupted": "interrompu",
}


def not_remembered(fault: Exception) -> str:
    """Why SQLite, which keeps what cq remembers, refused; for a rare reason, its own words."""
    words = str(fault)
    for begin, reason in _REMEMBERED.items():
        if words.startswith(begin):
            return reason
    return f"SQLite : {words or type(fault).__name__}"
