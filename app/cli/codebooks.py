"""Commands on the codebook of a project: show, files in and out, versions; and the schema of such files."""

import json
from pathlib import Path
from typing import NamedTuple

import click

from app.cli.session import Session, say, say_json
from app.domain.codebook import Attribute
from app.domain.codebook_diff import differences
from app.domain.errors import UserError
from app.exchange.codebook_model import codebook_schema as schema
from app.project.codebook_files import export_codebook, stage_codebook
from app.project.commands_codebook import PublishCodebook
from app.project.project import Project

_FILE = click.Path(path_type=Path)
_json_option = click.option("--json", "as_json", is_flag=True, help="Print one JSON value.")


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
    """Show, export, import, compare or publish the codebook of PROJECT; “codebook schema” needs none."""
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
                say(f"{'  ' * depth}  - {_question(attribute)}")
        if variables := source.codebook().variables:
            say("Article variables")
        for variable in variables:
            say(f"  - {_question(variable)}")


def _question(attribute: Attribute) -> str:
    return f"{attribute.name} ({attribute.kind}{', required' if attribute.required else ''})"


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
        if target.exists() and schema()["$id"] not in target.read_text(encoding="utf-8", errors="replace"):
            raise UserError(f"{target} is there already and is no schema of ours. Choose another name.")
        target.write_text(text + "\n", encoding="utf-8", newline="\n")
    except OSError as error:
        raise UserError(f"{target} cannot be written: {error.strerror}.") from error
    say(f"Wrote {target}.")


@codebook.command("versions")
@_json_option
@click.pass_obj
def codebook_versions(opened: _Opened, as_json: bool) -> None:
    """List the published versions, the oldest first, and how much has changed since."""
    with opened.for_reading() as source:
        names = {coder.id: coder.name for coder in source.coders()}
        kept = [
            {"version": each.number, "at": each.at, "by": names.get(each.coder_id, ""), "note": each.note}
            for each in source.versions.all()
        ]
        pending = [each.words for each in source.versions.unpublished()]
    if as_json:
        say_json({"versions": kept, "unpublished": pending})
        return
    for each in kept:
        said = ", ".join(part for part in (str(each["at"]), str(each["by"]), str(each["note"])) if part)
        say(f"Version {each['version']}" + (f": {said}" if said else ""))
    if pending:
        say(f"Changes that are not published: {len(pending)}. “codebook PROJECT diff” tells them.")


@codebook.command("diff")
@click.argument("old", type=int, required=False)
@click.argument("new", type=int, required=False)
@_json_option
@click.pass_obj
def codebook_diff(opened: _Opened, old: int | None, new: int | None, as_json: bool) -> None:
    """Tell in words what changed from version OLD to NEW.

    Without NEW, up to the codebook as it stands; without OLD, since the newest version.
    """
    with opened.for_reading() as source:
        before = source.versions.newest() if old is None else source.versions.codebook(old)
        after = source.codebook() if new is None else source.versions.codebook(new)
    sentences = [each.words for each in differences(before, after)]
    if as_json:
        say_json({"old": before.version, "new": new, "differences": sentences})
        return
    for sentence in sentences or ["Nothing has changed."]:
        say(sentence)


@codebook.command("publish")
@click.option("--note", default="", help="What changed, in words.")
@click.pass_obj
def codebook_publish(opened: _Opened, note: str) -> None:
    """Make the codebook as it stands the next version."""
    with opened.session.open_for_writing(opened.project) as target:
        target.apply(PublishCodebook(note=note))
        say(f"The codebook of {opened.project.name} is now version {target.codebook().version}.")
