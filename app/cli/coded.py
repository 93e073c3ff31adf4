"""Importing coded articles: what `import` does for formats that bring the work of coders."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import click

from app.cli.session import Session, say, say_json
from app.exchange.coded import CodedOptions
from app.exchange.formats import CodedFormat
from app.project.coded_report import write_coded_report
from app.project.exporting import coders_named
from app.project.project import Project
from app.project.report_file import check_report_file
from app.project.staging_coded import CodedWishes, StagedCoded, stage_coded

_NOT_TAKEN = ("split", "whole", "encoding", "columns", "sheet", "join_hyphens", "near")
_LONGEST_LIST = 20


def sign_in(project: Project, names: Sequence[str]) -> None:
    """Say who is at work, if anybody was named, by name or id; UserError if there is no such coder."""
    if names:
        (coder_id,) = coders_named(names, project.coders())
        project.sign_in(next(each for each in project.coders() if each.id == coder_id))


def import_coded(
    session: Session, project: Path, files: tuple[Path, ...], reader: CodedFormat, wishes: Mapping[str, Any]
) -> int:
    """Import one coded source into a project; returns the exit code."""
    if len(files) != 1:
        raise click.UsageError(f"Give one source of {reader.title} at a time: {reader.about}.")
    if any(wishes[name] for name in _NOT_TAKEN):
        raise click.UsageError(
            f"{reader.title} takes --coder, --code, --layout, --done, --report and --dry-run."
        )
    asked = CodedWishes(
        coders=_pairs([each for each in wishes["coders"] if "=" in each], "--coder"),
        codes=_pairs(wishes["codes"], "--code"),
        options=CodedOptions(layout=wishes["layout"] or "", done=wishes["done"]),
    )
    workers = [each for each in wishes["coders"] if "=" not in each]
    if len(workers) > 1:
        raise click.UsageError("Only one --coder without “=” can be at work.")
    if wishes["report_file"]:
        check_report_file(wishes["report_file"])
    if wishes["dry_run"]:
        with Project.open(project, session.places, read_only=True) as target:
            staged = stage_coded(target, files[0], reader, asked)
    else:
        with session.open_for_writing(project) as target:
            sign_in(target, workers)
            staged = stage_coded(target, files[0], reader, asked)
            if staged.command is not None:
                target.apply(staged.command)
    if wishes["report_file"]:
        head = f"{'Would import' if wishes['dry_run'] else 'Imported'} into {project.name}"
        write_coded_report(staged, wishes["report_file"], head=head)
    _tell(staged, wishes)
    return 0


def _tell(staged: StagedCoded, wishes: Mapping[str, Any]) -> None:
    told = (*staged.coders, *staged.changes, *staged.notes)
    if wishes["as_json"]:
        say_json({**staged.model_dump(exclude={"command"}), "dry_run": wishes["dry_run"]})
        return
    say(staged.summary)
    for sentences in (told, staged.problems):
        for sentence in sentences[:_LONGEST_LIST]:
            say(f"  {sentence}")
        if len(sentences) > _LONGEST_LIST:
            say(f"  and {len(sentences) - _LONGEST_LIST} more (--report FILE has them all)")
    if wishes["dry_run"]:
        say("Nothing was changed.")


def _pairs(given: Sequence[str], option: str) -> dict[str, str]:
    pairs: dict[str, str] = {}
    for each in given:
        name, equals, wanted = each.partition("=")
        if not equals or not wanted:
            raise click.BadParameter(f"“{each}” is not FILE_NAME=NAME", param_hint=option)
        pairs[name] = wanted
    return pairs
