"""The door to the user's browser: shown there, or a sentence that says why not."""

import threading
import webbrowser

from cq.settings import Settings, has_display

_PATIENCE = 4.0  # seconds; some ways to open a browser end only with it


def opened(settings: Settings, address: str) -> str:
    """Show `address` in the user's browser; "" once asked, else why nobody will see it."""
    if settings.ci:
        return "sans navigateur : CI est réglé, personne ne regarde"
    if not has_display():
        return "sans navigateur : cette machine n’a pas d’écran ; ouvrez l’adresse depuis la vôtre"
    said: list[bool] = []

    def ask() -> None:
        try:
            said.append(webbrowser.open(address))
        except (webbrowser.Error, OSError):
            said.append(False)

    asking = threading.Thread(target=ask, daemon=True)
    asking.start()
    asking.join(_PATIENCE)
    if said == [False]:
        return "sans navigateur : aucun n’a répondu sur cette machine ; ouvrez l’adresse vous-même"
    return ""
