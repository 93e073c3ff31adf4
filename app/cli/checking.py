"""The command that verifies a project and mends what can be mended."""

from pathlib import Path

import click

from app.cli.session import say, say_json
from app.domain.counting import counted
from app.project.checking import check_project, repair_project


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--repair", is_flag=True, help="Write what can be saved to a new file beside it.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON value.")
def check(file: Path, repair: bool, as_json: bool) -> int:
    """Verify every part of a project FILE; exit code 1 if something is wrong."""
    findings = check_project(file)
    repaired = repair_project(file) if repair and findings else None
    if as_json:
        say_json(
            {
                "file": str(file),
                "problems": findings,
                "repaired": str(repaired.path) if repaired else None,
                "lost": dict(repaired.salvaged.lost) if repaired else {},
                "mended": dict(repaired.salvaged.mended) if repaired else {},
                "altered": list(repaired.salvaged.altered) if repaired else [],
            }
        )
    else:
        for finding in findings:
            say(finding)
        say(f"{file.name}: {counted(len(findings), 'problem')}." if findings else f"{file.name} is sound.")
        if repaired:
            say(f"What could be saved is in {repaired.path}. {repaired.salvaged.in_words()}")
    return 1 if findings else 0
