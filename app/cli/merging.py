"""Commands for several coders: hand out copies, and merge what comes back."""

from pathlib import Path

import click

from app.cli.projects import json_option, project_argument
from app.cli.session import Session, say, say_json
from app.domain.coders import Coder
from app.domain.errors import UserError
from app.domain.ids import CoderId, new_id
from app.project.commands import MergeFiles, SaveCoder
from app.project.exporting import coders_named
from app.project.merge_report import MergeReport, write_merge_report
from app.project.packets import make_packets
from app.project.project import Project
from app.project.report_file import check_report_file

_FILE = click.Path(path_type=Path)


@click.command()
@project_argument
@click.argument("files", metavar="FILE...", type=_FILE, nargs=-1, required=True)
@click.option("--dry-run", is_flag=True, help="Only say what would happen.")
@click.option("--report", "target", type=_FILE, help="A file for the report: .csv for a table, else text.")
@json_option
@click.pass_obj
def merge(
    session: Session,
    project: Path,
    files: tuple[Path, ...],
    dry_run: bool,
    target: Path | None,
    as_json: bool,
) -> None:
    """Merge returned FILEs of the same study into PROJECT, in one step that can be undone."""
    if target is not None:
        # Before anything is merged of which the report then could not be written.
        check_report_file(target)
    if dry_run:
        with Project.open(project, session.places, read_only=True) as source:
            report = source.stage_merge(files)
    else:
        with session.open_for_writing(project) as source:
            report = source.stage_merge(files)
            if not report.refused:
                source.apply(MergeFiles(paths=tuple(map(str, files))))
    if target is not None:
        write_merge_report(report, target, head=f"Merge into {project.name}")
    _tell(report, as_json=as_json)
    if report.refused:
        raise UserError(f"{report.refused[0].error} {'' if dry_run else 'Nothing was merged.'}".rstrip())


@click.command()
@project_argument
@click.option("--coders", required=True, metavar="A,B", help="Names or ids; a new name is a new coder.")
@click.option("--out", "folder", required=True, type=_FILE, help="The folder for the files.")
@click.pass_obj
def packets(session: Session, project: Path, coders: str, folder: Path) -> None:
    """Make a file for each coder: articles, codebook and that coder's own work."""
    names = list(dict.fromkeys(filter(None, (each.strip() for each in coders.split(",")))))
    if not names:
        raise click.BadParameter("Give at least one name.", param_hint="--coders")
    with session.open_for_writing(project) as target:
        chosen = [_coder(target, name) for name in names]
    for path in make_packets(project, chosen, folder):
        say(f"Made {path}.")


def _coder(project: Project, name: str) -> Coder:
    known = project.coders()
    if not any(name in (each.name, each.id) for each in known):
        coder = Coder(id=CoderId(new_id()), name=name)
        project.apply(SaveCoder(coder=coder))
        return coder
    (chosen,) = coders_named([name], known)
    return next(each for each in known if each.id == chosen)


def _tell(report: MergeReport, *, as_json: bool) -> None:
    if as_json:
        say_json({"summary": report.summary(), **report.model_dump(mode="json")})
        return
    for file in report.files:
        say(file.path)
        for kind, what in file.details():
            say(f"  {what}" if kind == "counts" else f"  {kind}: {what}")
    say(report.summary())
