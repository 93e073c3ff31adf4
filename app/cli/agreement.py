"""The command that tells how far coders agree, in anybody's table."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from app.cli.agreement_exports import CHOSEN, check, export, export_choices, export_options
from app.cli.projects import json_option
from app.cli.session import say, say_json
from app.domain.counting import counted

if TYPE_CHECKING:
    from app.domain.comparing import Agreement, Result
    from app.project.agreement_measures import Wishes

_FILE = click.Path(path_type=Path)
_LARGEST_SEED = 2**63 - 1
_FOR_PROJECTS = ("coders", "sample", "words", "tolerance", "pairs", "report", *CHOSEN)
_SHOWN = 20
"""Sentences on what is left out that are printed; JSON has all."""


@click.command("agreement")
@click.argument("project", type=_FILE, required=False)
@click.option("--table", type=_FILE, help="A table with units in rows and coders in columns.")
@click.option("--spans", type=_FILE, help="A table with columns doc, doc_length, coder, start, end, code.")
@click.option(
    "--metric",
    type=click.Choice(("nominal", "ordinal", "interval", "ratio")),
    default="nominal",
    help="The level of measurement of a --table.",
)
@click.option(
    "--bootstrap", "rounds", type=click.IntRange(0, 100_000), default=2000, help="Rounds; 0 for no intervals."
)
@click.option(
    "--seed", type=click.IntRange(0, _LARGEST_SEED), default=1, help="The same seed gives the same intervals."
)
@click.option(
    "--categories",
    type=click.IntRange(1),
    help="Categories in the codebook, for AC1; else those in the table.",
)
@click.option("--gamma/--no-gamma", default=None, help="Gamma; else where it takes only moments.")
@click.option(
    "--coders", help="Names or ids of two coders or more of a PROJECT, with commas between; else all."
)
@click.option("--sample", help="Only articles of a sample of a PROJECT.")
@click.option("--words", is_flag=True, help="Compare spans of a PROJECT in whole words, not characters.")
@click.option(
    "--tolerance", type=click.IntRange(0), default=0, help="How far edges may differ, in units, for exact F1."
)
@click.option("--pairs", is_flag=True, help="The headline for every two coders of a PROJECT as well.")
@click.option(
    "--report", type=_FILE, help="Write a report on a PROJECT with method and tables: .md, .html or .docx."
)
@click.option("--out", type=_FILE, help="Write the results to a CSV file, a row for each coefficient.")
@export_choices
@click.option(
    "--check", "checked", type=_FILE, help="A folder of --export: work every figure out of its spans again."
)
@json_option
def agreement(
    project: Path | None,
    table: Path | None,
    spans: Path | None,
    checked: Path | None,
    as_json: bool,
    **chosen: Any,
) -> None:
    """Tell how far coders agree in a PROJECT or in a table of yours, with confidence intervals."""
    if sum(each is not None for each in (project, table, spans, checked)) != 1:
        raise click.UsageError("Take either a PROJECT, --table, --spans or --check.")
    if project is None and any(chosen[name] for name in _FOR_PROJECTS):
        raise click.UsageError(f"--{', --'.join(_FOR_PROJECTS)} are for a PROJECT.")
    if checked is not None:
        check(checked, as_json)
        return
    found = _of_project(project, chosen) if project else _of_file(table, spans, chosen)
    if chosen["out"]:
        # Loaded with what it writes, as the coefficients are.
        from app.exchange.agreement_results import write_results_file

        write_results_file(chosen["out"], found)
    if as_json:
        say_json(found.model_dump(mode="json"))
    else:
        _tell(found)


def _of_project(project: Path, chosen: Mapping[str, Any]) -> "Agreement":
    # Only here and below, because every start of the program would load all coefficients else.
    from app.domain.comparing import Unit
    from app.project.agreement import agreement_of_corpus
    from app.project.agreement_report import write_report
    from app.project.comparison import compare, selection_named

    options = export_options(chosen)
    names = [name.strip() for name in (chosen["coders"] or "").split(",") if name.strip()]
    unit = Unit.WORDS if chosen["words"] else Unit.CHARACTERS
    selection = selection_named(project, names, chosen["sample"] or "", unit, chosen["tolerance"])
    corpus = compare(project, selection)
    found = agreement_of_corpus(corpus, _wishes(chosen))
    if chosen["report"]:
        write_report(corpus, found, chosen["report"])
    if options is not None:
        export(project, corpus, found, chosen["export"], options)
    return found


def _of_file(table: Path | None, spans: Path | None, chosen: Mapping[str, Any]) -> "Agreement":
    from app.project.agreement_tables import agreement_of_ratings, agreement_of_spans, metric_named

    if table is not None:
        return agreement_of_ratings(table, metric_named(chosen["metric"]), _wishes(chosen))
    return agreement_of_spans(Path(spans or ""), _wishes(chosen))


def _wishes(chosen: Mapping[str, Any]) -> "Wishes":
    from app.project.agreement_measures import Wishes

    return Wishes(
        rounds=chosen["rounds"],
        seed=chosen["seed"],
        categories=chosen["categories"] or 0,
        gamma=chosen["gamma"],
        pairs=chosen["pairs"],
    )


def _tell(found: "Agreement") -> None:
    for problem in found.problems[:_SHOWN]:
        say(problem)
    if len(found.problems) > _SHOWN:
        say(f"… and {len(found.problems) - _SHOWN:,} more; --json has all.")
    if not found.results:
        say("The codebook has nothing that could be compared.")
        return
    if not found.settings.get("articles", 1):
        say("Nothing can be compared before two coders have marked the same article as done.")
        return
    wide = max(len(_name(each)) for each in found.results)
    before, empty = "", False
    for each in found.results:
        if each.object and each.variable != before:
            empty = not each.units
            say(f"{each.variable} ({each.object})" + (f": n/a, {each.note}" if empty else ""))
        before = each.variable
        if not empty:
            indent = "  " if each.object else ""
            say(f"{indent}{_name(each):<{wide}}  {_numbers(each)}" + (f"  {each.note}" if each.note else ""))
    if left := _gamma_left_out(found):
        say(f"Gamma would take long for {counted(left, 'variable')} and was left out; --gamma works it out.")
    settings = found.settings
    if settings["bootstrap"] and any(each.ci_low is not None for each in found.results):
        times = counted(int(settings["bootstrap"]), "time")
        say(f"Intervals: 95 %, {settings['resampled']} drawn {times}, seed {settings['seed']}.")


def _gamma_left_out(found: "Agreement") -> int:
    """Return for how many layers and lists of codes gamma was left out, because it would take long."""
    if found.settings.get("gamma") is not None:
        return 0
    done = {each.key for each in found.results if each.measure == "gamma"}
    marked = {each.key for each in found.results if each.object in ("layer", "codes") and each.units}
    return len(marked - done)


def _name(result: "Result") -> str:
    of = (
        result.variable if result.measure == "k_u_alpha" and not result.object else "",
        "" if result.coders == "all" else result.coders,
    )
    return " ".join(filter(None, (result.measure, *of)))


def _numbers(result: "Result") -> str:
    value = "   n/a" if result.value is None else f"{result.value:6.3f}"
    interval = f"[{result.ci_low:6.3f}, {result.ci_high:6.3f}]" if result.ci_low is not None else " " * 16
    return f"{value}  {interval}  {counted(result.units, 'unit')}"
