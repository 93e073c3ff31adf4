"""The command that lets articles in."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from app.cli.coded import import_coded, sign_in
from app.cli.projects import json_option, project_argument
from app.cli.session import Session, say, say_json
from app.exchange.formats import ReadOptions
from app.exchange.project_jsonl import looks_like_project
from app.exchange.registry import CODED_FORMATS, coded_format
from app.project.import_report import sentences, write_report
from app.project.importing import Staged, stage
from app.project.near import Near, find_near, to_leave_out
from app.project.project import Project
from app.project.report_file import check_report_file
from app.project.restoring import restore_project

_FILE = click.Path(path_type=Path)


@click.command("import")
@project_argument
@click.argument("files", nargs=-1, required=True, type=_FILE)
@click.option("--format", "format_name", default="", help="Take every file for this format.")
@click.option("--encoding", default="", help="The encoding of every file, such as cp1250; else recognised.")
@click.option(
    "--coder",
    "coders",
    multiple=True,
    metavar="NAME",
    help="Whose step this is, by name or id; FILE_NAME=NAME says which coder of coded files is whom.",
)
@click.option(
    "--code",
    "codes",
    multiple=True,
    metavar="FILE_NAME=CODE",
    help="Which code of coded files is which here.",
)
@click.option(
    "--layout", type=click.Choice(["folders", "suffix", "one"]), help="How coded files tell their coders."
)
@click.option("--done", is_flag=True, help="Coded files: everybody is done with what there is a file for.")
@click.option("--map", "columns", multiple=True, metavar="FIELD=COLUMN", help="Which column holds what.")
@click.option("--sheet", default="", help="The sheet of a workbook; else the first that holds texts.")
@click.option(
    "--split", is_flag=True, help="Take texts with many articles apart; else where the layout is certain."
)
@click.option("--whole", is_flag=True, help="Take every text as one article.")
@click.option("--join-hyphens", is_flag=True, help="PDF: join words that are divided at ends of lines.")
@click.option(
    "--near-duplicates",
    "near",
    type=click.Choice(["report", "skip"]),
    help="Look for articles that are much alike; “skip” leaves the later ones out.",
)
@click.option("--report", "report_file", type=_FILE, help="Write what happened to a file, .txt or .csv.")
@click.option("--dry-run", is_flag=True, help="Say what would happen, and change nothing.")
@json_option
@click.pass_obj
def import_(session: Session, project: Path, files: tuple[Path, ...], **wishes: Any) -> int:
    """Import articles from FILES or folders into PROJECT; a whole project from its JSONL export."""
    as_json: bool = wishes["as_json"]
    if (reader := coded_format(wishes["format_name"])) is not None:
        return import_coded(session, project, files, reader, wishes)
    if wishes["codes"] or wishes["layout"] or wishes["done"] or len(wishes["coders"]) > 1:
        known = ", ".join(each.name for each in CODED_FORMATS)
        raise click.UsageError(f"Such a choice needs --format with one of coded files: {known}.")
    if wishes["split"] and wishes["whole"]:
        raise click.UsageError("Take texts either apart with --split or whole with --whole, not both.")
    if len(files) == 1 and looks_like_project(files[0]):
        return _restore(project, files[0], as_json=as_json)
    if wishes["report_file"]:
        check_report_file(wishes["report_file"])
    if wishes["dry_run"]:
        with Project.open(project, session.places, read_only=True) as target:
            staged, pairs = _staged(target, files, wishes)
    else:
        with session.open_for_writing(project) as target:
            sign_in(target, wishes["coders"])
            staged, pairs = _staged(target, files, wishes)
            if staged.command is not None:
                target.apply(staged.command)
    if wishes["report_file"]:
        head = f"{'Would import' if wishes['dry_run'] else 'Imported'} into {project.name}"
        write_report(staged.reports, wishes["report_file"], head=head)
    _say(staged, pairs, as_json=as_json, dry=wishes["dry_run"])
    return 1 if any(report.error for report in staged.reports) else 0


def _restore(project: Path, source: Path, *, as_json: bool) -> int:
    restore_project(source, project)
    if as_json:
        say_json({"restored": str(project)})
    else:
        say(f"Made {project} from {source.name}.")
    return 0


def _staged(
    target: Project, files: tuple[Path, ...], wishes: Mapping[str, Any]
) -> tuple[Staged, tuple[Near, ...]]:
    """Read the files; look for articles that are much alike if that was asked for, and leave them out perhaps."""
    options = ReadOptions(
        columns=_columns(wishes["columns"]),
        encoding=wishes["encoding"],
        sheet=wishes["sheet"],
        split=True if wishes["split"] else False if wishes["whole"] else None,
        join_hyphens=wishes["join_hyphens"],
    )
    staged = stage(files, target.titles_by_hash(), format_name=wishes["format_name"], options=options)
    if not wishes["near"]:
        return staged, ()
    pairs = find_near(staged.drafts, target.path)
    if wishes["near"] == "skip":
        return staged.leaving_out({at: pair.in_words() for at, pair in to_leave_out(pairs).items()}), pairs
    return staged.flagging({pair.number: pair.in_words() for pair in reversed(pairs)}), pairs


def _say(staged: Staged, pairs: tuple[Near, ...], *, as_json: bool, dry: bool) -> None:
    if as_json:
        alike = [
            {
                "title": pair.title,
                "other": pair.other_title,
                "in_project": pair.other < 0,
                "similarity": round(pair.found.share, 4),
                "contained": round(pair.found.contained, 4),
            }
            for pair in pairs
        ]
        files = [each.model_dump() for each in staged.reports]
        say_json({"new": len(staged.drafts), "dry_run": dry, "files": files, "near_duplicates": alike})
        return
    for report in staged.reports:
        for sentence in sentences(report):
            if report.error:
                click.echo(sentence, err=True)
            else:
                say(sentence)
    if dry:
        say("Nothing was changed.")


def _columns(pairs: tuple[str, ...]) -> dict[str, str]:
    columns: dict[str, str] = {}
    for pair in pairs:
        field, equals, column = pair.partition("=")
        if not equals:
            raise click.BadParameter(f"“{pair}” is not FIELD=COLUMN", param_hint="--map")
        columns[field] = column
    return columns
