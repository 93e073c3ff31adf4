"""The command that tries out whether this program can do all that it should, wherever it was installed."""

import sys
import tempfile
import time
from pathlib import Path
from types import TracebackType
from typing import NamedTuple

import click

from app import __version__
from app.cli.projects import json_option
from app.cli.session import Session, say, say_json


class Part(NamedTuple):
    """How one trial went: how many seconds it took, and what went wrong, empty if nothing did."""

    name: str
    ok: bool
    seconds: float
    error: str


class _Watched:
    """Notes how a trial goes; whatever goes wrong in it is what this is here to tell, so the others still run."""

    def __init__(self, name: str, parts: list[Part]) -> None:
        self._name, self._parts = name, parts

    def __enter__(self) -> None:
        self._began = time.perf_counter()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, _trace: TracebackType | None
    ) -> bool:
        seconds = round(time.perf_counter() - self._began, 3)
        told = "" if error is None else str(error) or type(error).__name__
        if error is not None and type(error).__module__ == "builtins":
            told = f"{type(error).__name__}: {error}"
        self._parts.append(Part(self._name, error is None, seconds, told))
        return kind is None or issubclass(kind, Exception)


@click.command()
@json_option
@click.pass_obj
def selftest(session: Session, as_json: bool) -> int:
    """Try every part of the program out in a temporary folder, without a display."""
    from app.cli.trials import Trials  # It loads most of the program.

    parts: list[Part] = []
    # Windows cannot take away files that are still open, and what is left there is the system's to clear.
    with tempfile.TemporaryDirectory(prefix="rubricator-", ignore_cleanup_errors=True) as folder:
        for name, trial in Trials(Path(folder), session).all():
            with _Watched(name, parts):
                trial()
    failed = [each for each in parts if not each.ok]
    if as_json:
        told = [each._asdict() for each in parts]
        bundled = hasattr(sys, "_MEIPASS")
        say_json({"version": __version__, "bundled": bundled, "ok": not failed, "parts": told})
    else:
        for each in parts:
            say(f"{'ok  ' if each.ok else 'FAIL'} {each.seconds:7.2f} s  {each.name}  {each.error}".rstrip())
        say(f"{len(failed)} of {len(parts)} parts failed." if failed else f"All {len(parts)} parts work.")
    return 1 if failed else 0
