"""Who has a file open: an advisory lock that the system lets go of when the program ends, however it ends.

The lock lies in the user's state folder, not beside the project, so that a project is one file at every moment.
"""

import hashlib
import json
import os
import socket
import sys
from pathlib import Path
from typing import IO

if sys.platform == "win32":
    import msvcrt

    _FAR = 1 << 30
    """The locked byte lies past the note, because Windows lets nobody read a locked range."""

    def _seize(file: IO[str]) -> None:
        file.seek(_FAR)
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _seize(file: IO[str]) -> None:
        fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)


class FileLock:
    """A lock on one file of this machine for as long as this object is held."""

    def __init__(self, path: Path, folder: Path) -> None:
        status = path.stat()
        # Two names of one file are one file; without inode numbers (some network drives) the path must do.
        identity = f"{status.st_dev}:{status.st_ino}" if status.st_ino else str(path.resolve())
        self._note = folder / (hashlib.sha256(identity.encode()).hexdigest()[:32] + ".lock")
        self._file: IO[str] | None = None

    def acquire(self, who: str) -> str | None:
        """Take the lock and note `who` has it; return None, or the note of whoever has it already."""
        self._note.parent.mkdir(parents=True, exist_ok=True)
        file = self._note.open("a+", encoding="utf-8")
        try:
            _seize(file)
        except OSError:
            file.seek(0)
            holder = file.read()
            file.close()
            return _in_words(holder)
        file.seek(0)
        file.truncate()
        note = {"who": who, "process": os.getpid(), "computer": socket.gethostname()}
        file.write(json.dumps(note, ensure_ascii=False))
        file.flush()
        self._file = file
        return None

    def release(self) -> None:
        """Let go; nothing happens if the lock is not held. The note stays: another may be waiting on it."""
        if self._file is not None:
            self._file.seek(0)
            self._file.truncate()
            self._file.close()
            self._file = None


def _in_words(note: str) -> str:
    try:
        holder = json.loads(note)
        who = f"{holder['who']}, " if holder["who"] else ""
        return f"another window ({who}process {holder['process']} on {holder['computer']})"
    except (ValueError, KeyError, TypeError):
        return "another window"
