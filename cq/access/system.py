"""The machine's own safe for passwords, where the package `keyring` is installed: read, never
written. Whoever wants the phrase kept there puts it there: `keyring set cq CHEMIN`.
"""

from pathlib import Path

_NAME = "cq"


def remembered(path: Path) -> str | None:
    """The phrase of the keyring at `path`; None where the machine keeps none, or has no safe."""
    try:
        import keyring
    except ImportError:
        return None
    try:
        found: str | None = keyring.get_password(_NAME, str(path))
    except Exception:  # noqa: BLE001 - a safe that does not answer is one that is not there
        return None
    return found
