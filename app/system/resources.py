"""The one door to the files that ship with the program."""

import sys
from pathlib import Path


def resource(*parts: str) -> Path:
    """Return the path of a shipped file, in a checkout, an installed wheel or a bundle alike."""
    for root in _roots():
        path = root.joinpath(*parts)
        if path.exists():
            return path
    raise FileNotFoundError("/".join(parts))


def _roots() -> list[Path]:
    package = Path(__file__).resolve().parent.parent
    bundle: str | None = getattr(sys, "_MEIPASS", None)
    roots = [package / "resources", package.parent / "resources"]
    return [Path(bundle) / "resources", *roots] if bundle else roots
