"""The part of the agreement command that writes a folder for other tools, and the one that checks such a folder."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click
from click.exceptions import Exit

from app.cli.session import say, say_json
from app.domain.counting import counted
from app.exchange.formats import NO_SEPARATOR, can_separate

if TYPE_CHECKING:
    from app.domain.comparing import Agreement, Corpus
    from app.exchange.agreement_layouts import AgreementOptions

Command = TypeVar("Command", bound=Callable[..., Any])

CHOSEN = ("export", "layout", "anonymous", "bom", "guard")
"""What can be chosen about an export, besides the separator, which always is something."""

_OPTIONS = (
    click.option(
        "--export", type=click.Path(path_type=Path), help="Write a folder for R, Python and others."
    ),
    click.option("--layout", multiple=True, help="Only this layout in the folder; may be repeated."),
    click.option("--anonymous", is_flag=True, help="Letters for coders in the folder."),
    click.option("--separator", default=",", help="Of tables in the folder: one character; \\t for a tab."),
    click.option("--bom", is_flag=True, help="Begin those tables with a byte order mark, for Excel."),
    click.option("--guard", is_flag=True, help="Guard cells that a spreadsheet would run as a formula."),
)


def export_choices(command: Command) -> Command:
    """Give a command the options of an export."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def export_options(chosen: Mapping[str, Any]) -> "AgreementOptions | None":
    """Return what was chosen, None where nothing is to be written; UserError or a usage error says what cannot be."""
    # Loaded here, as all that knows coefficients, because every start of the program would load it else.
    from app.exchange.agreement_layouts import LAYOUTS, AgreementOptions
    from app.exchange.csv_folder import check_folder

    if chosen["export"] is None:
        if any(chosen[name] for name in CHOSEN):
            raise click.UsageError("--layout, --anonymous, --bom and --guard are for --export.")
        return None
    separator = "\t" if chosen["separator"] == "\\t" else chosen["separator"]
    if not can_separate(separator):
        raise click.BadParameter(NO_SEPARATOR, param_hint="--separator")
    names = [each.name for each in LAYOUTS]
    if unknown := [name for name in chosen["layout"] if name not in names]:
        raise click.BadParameter(
            f"there is no layout “{unknown[0]}”, only {', '.join(names)}", param_hint="--layout"
        )
    check_folder(chosen["export"])
    return AgreementOptions(
        byte_order_mark=chosen["bom"],
        separator=separator,
        guard=chosen["guard"],
        layouts=frozenset(chosen["layout"]),
        anonymous=chosen["anonymous"],
    )


def export(
    project: Path, corpus: "Corpus", found: "Agreement", target: Path, options: "AgreementOptions"
) -> None:
    """Write what was compared in a project to a folder."""
    from app.project.agreement_exports import article_texts, export_agreement

    with article_texts(project) as texts:
        export_agreement(corpus, found, texts, target, options)


def check(folder: Path, as_json: bool) -> None:
    """Say which figures of an export do not come out the same, and how many there are; exit code 1 if any does not."""
    from app.project.agreement_check import check_agreement

    found = check_agreement(folder)
    differing = [each for each in found if not each.same]
    if as_json:
        say_json({"same": not differing, "results": [each._asdict() for each in found]})
    else:
        for each in differing:
            say(each.in_words())
        verb = "differs" if len(differing) == 1 else "differ"
        say(
            f"{len(differing):,} of {counted(len(found), 'row')} {verb}."
            if differing
            else f"Nothing differs: {counted(len(found), 'row')} checked."
        )
    if differing:
        raise Exit(1)
