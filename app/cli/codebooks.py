"""Commands on the codebook of a project: show, files in and out, versions."""

from pathlib import Path
from typing import NamedTuple

import click

from app.cli.session import Session, say, say_json
from app.domain.codebook_diff import differences
from app.exchange.codebook_yaml import read_codebook
from app.project.commands import ReplaceCodebook
from app.project.commands_codebook import PublishCodebook
from app.project.exporting import export_codebook
from app.project.project import Project

_FILE = click.Path(path_type=Path)
_json_option = click.option("--json", "as_json", is_flag=True, help="Print one JSON value.")


class _Opened(NamedTuple):
    """What the verbs of a codebook work on."""

    session: Session
    project: Path

    def for_reading(self) -> Project:
        return Project.open(self.project, self.session.places, read_only=True)


@click.group()
@click.argument("project", type=_FILE)
@click.pass_context
def codebook(context: click.Context, project: Path) -> None:
    """Show, export, import, compare or publish the codebook of PROJECT."""
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
    """Write the codebook to a YAML file."""
    with opened.for_reading() as source:
        export_codebook(opened.project, source.codebook(), target)
    say(f"Wrote {target}.")


@codebook.command("import")
@click.argument("source", metavar="FILE", type=_FILE)
@click.pass_obj
def codebook_import(opened: _Opened, source: Path) -> None:
    """Make a codebook file the codebook of the project."""
    wanted = read_codebook(source)
    with opened.session.open_for_writing(opened.project) as target:
        target.apply(ReplaceCodebook(codebook=wanted))
        say(f"The codebook of {opened.project.name} is now version {target.codebook().version}.")


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
