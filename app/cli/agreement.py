"""The command that tells how far coders agree, in anybody's table."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from app.cli.projects import json_option
from app.cli.session import say, say_json
from app.domain.counting import counted

if TYPE_CHECKING:
    from app.project.agreement import Agreement, Result

_FILE = click.Path(path_type=Path)
_LARGEST_SEED = 2**63 - 1


@click.command("agreement")
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
@click.option("--gamma/--no-gamma", default=None, help="Gamma of --spans; else where it takes only moments.")
@json_option
def agreement(
    table: Path | None,
    spans: Path | None,
    metric: str,
    rounds: int,
    seed: int,
    categories: int | None,
    gamma: bool | None,
    as_json: bool,
) -> None:
    """Tell how far coders agree in a table of yours, with confidence intervals."""
    # Only here, because every start of the program would load all coefficients else.
    from app.project.agreement import Wishes, agreement_of_ratings, agreement_of_spans, metric_named

    wishes = Wishes(rounds=rounds, seed=seed, categories=categories or 0, gamma=gamma)
    if table is not None and spans is None:
        found = agreement_of_ratings(table, metric_named(metric), wishes)
    elif spans is not None and table is None:
        found = agreement_of_spans(spans, wishes)
    else:
        raise click.UsageError("Take either --table or --spans.")
    if as_json:
        say_json(found.model_dump(mode="json"))
    else:
        _tell(found)


def _tell(found: "Agreement") -> None:
    for problem in found.problems:
        say(problem)
    wide = max(len(_name(each)) for each in found.results)
    for each in found.results:
        say(f"{_name(each):<{wide}}  {_numbers(each)}" + (f"  {each.note}" if each.note else ""))
    settings = found.settings
    if settings["bootstrap"]:
        times = counted(int(settings["bootstrap"]), "time")
        say(f"Intervals: 95 %, {settings['resampled']} drawn {times}, seed {settings['seed']}.")


def _name(result: "Result") -> str:
    of = (
        result.variable if result.measure == "k_u_alpha" else "",
        "" if result.coders == "all" else result.coders,
    )
    return " ".join(filter(None, (result.measure, *of)))


def _numbers(result: "Result") -> str:
    value = "   n/a" if result.value is None else f"{result.value:6.3f}"
    interval = f"[{result.ci_low:6.3f}, {result.ci_high:6.3f}]" if result.ci_low is not None else " " * 16
    return f"{value}  {interval}  {counted(result.units, 'unit')}"
