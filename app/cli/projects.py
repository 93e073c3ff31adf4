"""Commands on projects: make, fill, export, look."""

from pathlib import Path

import click

from app.cli.session import Session, say, say_json
from app.domain.counting import counted
from app.exchange.codebook_files import CODEBOOK_FORMATS, read_codebook
from app.exchange.formats import NO_SEPARATOR, ExportOptions, can_separate
from app.exchange.registry import ARTICLE_FORMATS, CODED_FORMATS, PROJECT_FORMATS
from app.project.commands import ReplaceCodebook
from app.project.demo import default_codebook, make_demo
from app.project.exporting import coders_named
from app.project.exporting import export as export_project
from app.project.facts import facts
from app.project.project import Project

_FILE = click.Path(path_type=Path)

project_argument = click.argument("project", type=_FILE)
json_option = click.option("--json", "as_json", is_flag=True, help="Print one JSON value.")


@click.command()
@project_argument
@click.option("--codebook", "codebook_file", type=_FILE, help="A codebook file; else the default codebook.")
@click.pass_obj
def new(session: Session, project: Path, codebook_file: Path | None) -> None:
    """Make an empty PROJECT with a codebook."""
    codebook = read_codebook(codebook_file).codebook if codebook_file else default_codebook()
    with Project.create(project, session.places) as made:
        made.apply(ReplaceCodebook(codebook=codebook))
    say(f"Made {project}.")


@click.command()
@click.option(
    "--dir", "folder", type=_FILE, default=Path("rubricator-demo"), help="Where to; made if need be."
)
@click.pass_obj
def demo(session: Session, folder: Path) -> int:
    """Make the demo project and open it."""
    path = folder / "demo.rubric"
    if not path.exists():
        make_demo(path, session.places)
    return session.open_demo(path, session.places)


@click.command()
@project_argument
@click.option("--format", "format_name", required=True, help="One of those that “formats” lists.")
@click.option("--out", "target", required=True, type=_FILE, help="The folder or file to write.")
@click.option("--coder", "coders", multiple=True, help="Only this coder, by name or id; may be repeated.")
@click.option("--separator", default=",", help="CSV: one character; \\t for a tab.")
@click.option("--bom", is_flag=True, help="CSV: begin with a byte order mark, for Excel.")
@click.option("--guard", is_flag=True, help="CSV: guard cells that a spreadsheet would run as a formula.")
@json_option
@click.pass_obj
def export(
    session: Session,
    project: Path,
    format_name: str,
    target: Path,
    coders: tuple[str, ...],
    separator: str,
    bom: bool,
    guard: bool,
    as_json: bool,
) -> None:
    """Export PROJECT."""
    separator = "\t" if separator == "\\t" else separator
    if not can_separate(separator):
        raise click.BadParameter(NO_SEPARATOR, param_hint="--separator")
    with Project.open(project, session.places, read_only=True) as source:
        chosen = coders_named(coders, source.coders())
    options = ExportOptions(byte_order_mark=bom, separator=separator, guard=guard, coders=chosen)
    written = export_project(project, format_name, target, options)
    if as_json:
        say_json({"out": str(target), "rows": dict(written.rows), "quarantined": written.quarantined})
    else:
        say(" ".join([f"Exported {project.name} to {target}.", written.in_words()]).rstrip())


@click.command()
@project_argument
@json_option
@click.pass_obj
def info(session: Session, project: Path, as_json: bool) -> None:
    """Tell counts, coders, codebook and progress of PROJECT."""
    with Project.open(project, session.places, read_only=True) as source:
        found = facts(source)
    if as_json:
        say_json(found)
        return
    say(
        f"{found['name']}: {counted(found['articles'], 'article')}, {counted(found['annotations'], 'annotation')}"
    )
    say(f"Codebook: {found['codebook']['name']}, version {found['codebook']['version']}")
    for coder in found["coders"]:
        say(
            f"{coder['name']}: done {coder['done']}, in progress {coder['in_progress']}, "
            f"{counted(coder['annotations'], 'annotation')}"
        )


@click.command("formats")
@json_option
def list_formats(as_json: bool) -> None:
    """List what can be imported and exported."""
    articles = [
        {"name": each.name, "title": each.title, "extensions": list(each.extensions)}
        for each in ARTICLE_FORMATS
    ]
    coded = [{"name": each.name, "title": each.title, "about": each.about} for each in CODED_FORMATS]
    projects = [{"name": each.name, "title": each.title} for each in PROJECT_FORMATS]
    codebooks = [
        {
            "name": each.name,
            "title": each.title,
            "extensions": list(each.extensions),
            "import": each.can_read,
            "export": each.can_write,
        }
        for each in CODEBOOK_FORMATS
    ]
    if as_json:
        say_json({"import": articles, "coded": coded, "export": projects, "codebook": codebooks})
        return
    say("Import:")
    for entry in articles:
        say(f"  {entry['name']}: {entry['title']} ({' '.join(entry['extensions'])})")
    say("Import with the work of coders:")
    for source in CODED_FORMATS:
        say(f"  {source.name}: {source.title} ({source.about})")
    say("Export:")
    for entry in projects:
        say(f"  {entry['name']}: {entry['title']}")
    say("Codebook:")
    for each in CODEBOOK_FORMATS:
        ways = "both ways" if each.can_read and each.can_write else "export only"
        say(f"  {each.name}: {each.title} ({' '.join(each.extensions)}), {ways}")
