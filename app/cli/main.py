"""The same verbs without a window."""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from app import __version__
from app.cli.agreement import agreement
from app.cli.articles import articles, order, sample, sample_size
from app.cli.checking import check
from app.cli.codebooks import codebook
from app.cli.importing import import_
from app.cli.merging import merge, packets
from app.cli.projects import demo, export, info, list_formats, new
from app.cli.selftest import selftest
from app.cli.session import Session
from app.domain.errors import UserError


class _Commands(click.Group):
    """Takes a first word that is no command for a project to open."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        first = args[0] if args else ""
        if first not in self.commands and (first.endswith(".rubric") or Path(first).exists()):
            return "open", self.commands["open"], args
        return super().resolve_command(ctx, args)


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="rubricator")
def program() -> None:
    """Code news articles offline. Without a command, or with a project, opens the window."""


@program.command("open", hidden=True)
@click.argument("project", type=click.Path(path_type=Path))
@click.pass_obj
def open_project(session: Session, project: Path) -> int:
    """Open a project in the window."""
    return session.open_window(project, session.places)


for command in (
    *(new, demo, import_, export, codebook, articles, order, sample, sample_size, agreement),
    *(packets, merge, info, check, list_formats, selftest),
):
    program.add_command(command)


def run_commands(words: Sequence[str], session: Session) -> int:
    """Run one command; returns the exit code: 0, 1 for an error a person can mend, 2 for wrong usage."""
    try:
        result: Any = program.main(
            args=list(words), prog_name="rubricator", standalone_mode=False, obj=session
        )
    except click.exceptions.Abort:
        sys.stderr.write("Stopped.\n")
        return 1
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except UserError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return result if isinstance(result, int) else 0
