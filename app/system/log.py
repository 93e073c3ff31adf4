"""The log: what went wrong, for a report that a person can send."""

import logging
import platform
import sys
from logging.handlers import RotatingFileHandler
from pathlib import Path

from app import __version__


def start_log(path: Path) -> None:
    """Write warnings and errors to `path`; a folder that cannot be written costs the log, not the program."""
    root = logging.getLogger()
    root.setLevel(logging.INFO)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handler = RotatingFileHandler(path, maxBytes=500_000, backupCount=1, encoding="utf-8", delay=True)
    except OSError:
        return
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    root.addHandler(handler)


def machine_in_words() -> str:
    """Return the versions that a report needs, one a line."""
    return (
        f"Rubricator {__version__}\nPython {platform.python_version()}\n"
        f"{platform.system()} {platform.release()} ({platform.machine()})\n{sys.executable}"
    )
