"""Commands on the codebook of a project: show, files in and out; and the schema of such files."""

import json
from pathlib import Path
from typing import NamedTuple

import click

from app.cli.session import Session, say
from app.domain.errors import UserError
from app.exchange.codebook_model import codebook_schema as schema
from app.project.codebook_files import export_codebook, stage_codebook
from app.project.project import Project

_FILE = click.Path(path_type=Path)


class _Opened(NamedTuple):
    """What the verbs of a codebook work on."""

    session: Session
    project: Path

    def for_reading(self) -> Project:
        """Open the project without a wish to change it."""
        return Project.open(self.project, self.session.places, read_only=True)


class _WithoutProject(click.Group):
    """Takes the word “schema”, which needs no project, where the others have theirs."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        return super().parse_args(ctx, ["", *args] if args[:1] == ["schema"] else args)


@click.group(cls=_WithoutProject, subcommand_metavar="COMMAND [ARGS]...")
@click.argument("project", type=_FILE)
@click.pass_context
def codebook(context: click.Context, project: Path) -> None:
    """Show, export or import the codebook of PROJECT; “codebook schema” needs none."""
    context.obj = _Opened(context.obj, project)


@codebook.command("show")
@click.pass_obj
def codebook_show(opened: _Opened) -> None:
    """Print the codebook."""
    with opened.for_reading() as source:
        for depth, code in source.codebook().walk():
            key = f" [{code.shortcut.upper()}]" if code.shortcut else ""
            say(f"{'  ' * depth}{code.name}{key}")
            for attribute in code.attributes:
                required = ", required" if attribute.required else ""
                say(f"{'  ' * depth}  - {attribute.name} ({attribute.kind}{required})")


@codebook.command("export")
@click.argument("target", metavar="FILE", type=_FILE)
@click.pass_obj
def codebook_export(opened: _Opened, target: Path) -> None:
    """Write the codebook to FILE; its ending says the format, and “formats” lists them."""
    with opened.for_reading() as source:
        lost = export_codebook(opened.project, source.codebook(), target, opened.session.press)
    say(" ".join((f"Wrote {target}.", *lost)))


@codebook.command("import")
@click.argument("source", metavar="FILE", type=_FILE)
@click.option("--dry-run", is_flag=True, help="Only say what would change.")
@click.pass_obj
def codebook_import(opened: _Opened, source: Path, dry_run: bool) -> None:
    """Make a codebook FILE the codebook of the project, and say what that changes."""
    with opened.session.open_for_writing(opened.project) as target:
        staged = stage_codebook(target, source)
        for note in staged.notes:
            say(f"{source.name}: {note}.")
        for change in staged.changes:
            say(change)
        if staged.refusal:
            raise UserError(staged.refusal)
        say(staged.summary)
        if not dry_run and staged.command is not None:
            target.apply(staged.command)
        if not dry_run:
            say(f"The codebook of {opened.project.name} is now version {target.codebook().version}.")


@codebook.command("schema")
@click.option("--out", "target", type=_FILE, help="A file to write; otherwise it is printed.")
def codebook_schema(target: Path | None) -> None:
    """Give the JSON Schema of codebook files in YAML and JSON."""
    text = json.dumps(schema(), ensure_ascii=False, indent=2)
    if target is None:
        say(text)
        return
    try:
        target.write_text(text + "\n", encoding="utf-8", newline="\n")
    except OSError as error:
        raise UserError(f"{target} cannot be written: {error.strerror}.") from error
    say(f"Wrote {target}.")
