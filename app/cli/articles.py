"""Commands on the articles as a whole: list and search, order, draw samples."""

from contextlib import closing
from pathlib import Path
from typing import Any

import click

from app.cli.projects import json_option, project_argument
from app.cli.session import Session, say, say_json
from app.domain.catalogue import ArticleFilter, Column, Listing, Sorting, extra_column, known_column
from app.domain.counting import counted
from app.domain.dates import ADVICE, is_date
from app.domain.errors import UserError
from app.domain.ids import ArticleId, CoderId, SampleId, new_id
from app.domain.ordering import OrderKind
from app.domain.progress import unheard
from app.domain.sample_size import RULE, need
from app.domain.sampling import LARGEST_SEED, Share
from app.project.catalogue import ArticleTable, TextSearch, csv_lines
from app.project.commands_articles import DrawSample, SetOrder
from app.project.finding import Hit
from app.project.project import Project

_OF_A_CODER = ("state", "nothing_found")
_SEED = click.IntRange(0, LARGEST_SEED)


@click.command("articles")
@project_argument
@click.option(
    "--search", "typed", default="", metavar="WORDS", help="Words in the texts, “a phrase”, -not, begin*."
)
@click.option("--filter", "words", default="", metavar="WORDS", help="Words in title or metadata.")
@click.option("--outlet", default=None, help="Only this outlet.")
@click.option("--from", "first", default="", metavar="DATE", help="Not before this date.")
@click.option("--to", "last", default="", metavar="DATE", help="Not after this date, month or year.")
@click.option("--sample", default="", metavar="NAME", help="Only the articles of this sample.")
@click.option("--sort", default=Column.NUMBER.value, metavar="COLUMN", help="In the order of this column.")
@click.option("--csv", "as_csv", is_flag=True, help="Print a CSV table with all columns.")
@json_option
@click.pass_obj
def articles(
    session: Session,
    project: Path,
    typed: str,
    words: str,
    outlet: str | None,
    first: str,
    last: str,
    sample: str,
    sort: str,
    as_csv: bool,
    as_json: bool,
) -> None:
    """List the articles of PROJECT, or those whose texts have some words, the best first."""
    if as_csv and as_json:
        raise click.UsageError("Take either --csv or --json.")
    for day in filter(None, (first, last)):
        if not is_date(day):
            raise click.BadParameter(f"“{day}” is no date. {ADVICE}")
    with (
        Project.open(project, session.places, read_only=True) as source,
        closing(ArticleTable(project)) as table,
    ):
        asked = ArticleFilter(text=words, source=outlet, date_from=first, date_to=last)
        if sample:
            asked = asked.model_copy(update={"sample_id": _sample_named(source, sample)})
        whole = table.listing(ArticleFilter(), (), Sorting(), CoderId(""), unheard)
        column = known_column(sort, whole.extras)
        listing = table.listing(asked, (), Sorting(column), CoderId(""), unheard)
        if listing.undated:
            click.echo(f"{listing.left_out().capitalize()}.", err=True)
        hits = _hits(project, typed, listing.ids) if typed else None
        _tell(source, listing, hits, as_csv=as_csv, as_json=as_json)


@click.command("order")
@project_argument
@click.argument("kind", type=click.Choice(("imported", "date", "shuffle")))
@click.option("--seed", type=_SEED, default=None, help="Of the shuffled order.")
@click.pass_obj
def order(session: Session, project: Path, kind: str, seed: int | None) -> None:
    """Put the articles of PROJECT in another order for the coders."""
    if kind == "shuffle" and seed is None:
        raise click.UsageError("To shuffle, give a --seed, so that it can be done again.")
    if kind != "shuffle" and seed is not None:
        raise click.UsageError("A --seed belongs to a shuffled order only.")
    wanted = OrderKind.SHUFFLED if kind == "shuffle" else OrderKind(kind)
    with session.open_for_writing(project) as target:
        changes = target.apply(SetOrder(kind=wanted, seed=seed or 0))
    say(f"{changes.step}.")


@click.command("sample")
@project_argument
@click.option("--size", type=click.IntRange(1), required=True, help="How many articles.")
@click.option("--seed", type=_SEED, required=True, help="The same seed draws the same articles again.")
@click.option("--name", required=True, help="What the sample is called.")
@click.option(
    "--stratify", default="", metavar="FIELD", help="outlet, author, month, year or a metadata field."
)
@click.option("--equal", is_flag=True, help="As many from each group, instead of in proportion.")
@json_option
@click.pass_obj
def sample(
    session: Session,
    project: Path,
    size: int,
    seed: int,
    name: str,
    stratify: str,
    equal: bool,
    as_json: bool,
) -> None:
    """Draw a sample of articles and keep it in PROJECT."""
    if equal and not stratify:
        raise click.UsageError("--equal needs --stratify.")
    share = Share.EQUAL if equal else Share.PROPORTIONAL
    sample_id = SampleId(new_id())
    with session.open_for_writing(project) as target:
        target.apply(
            DrawSample(id=sample_id, name=name, size=size, seed=seed, stratify=stratify, share=share)
        )
        drawn = next(each for each in target.collection.samples() if each.id == sample_id)
    if as_json:
        say_json(drawn.model_dump(mode="json"))
        return
    say(f"Drew {drawn.name}: {drawn.rule()}.")
    for stratum in drawn.strata:
        say(f"  {stratum.name}: {stratum.drawn} of {stratum.size}")


@click.command("sample-size")
@click.option(
    "--width", type=float, required=True, help="Of the confidence interval from end to end, such as 0.2."
)
@click.option("--level", type=float, default=0.95, show_default=True, help="Of confidence.")
@click.option(
    "--expected", type=float, default=0.8, show_default=True, help="The agreement that is expected."
)
@click.option("--rarest", type=float, default=0.1, show_default=True, help="The share of the rarest code.")
@click.option("--per-article", type=float, default=0.0, help="Units in an article, if known.")
@json_option
def sample_size(
    width: float, level: float, expected: float, rarest: float, per_article: float, as_json: bool
) -> None:
    """Tell how many units and articles a reliability test needs."""
    needed = need(width, level, expected, rarest, per_article)
    if as_json:
        say_json({**needed._asdict(), "rule": RULE})
        return
    articles = "" if needed.articles is None else f", which {counted(needed.articles, 'article')} hold"
    say(f"{counted(needed.units, 'unit')} coded by two coders{articles}.")
    say(RULE)


def _sample_named(project: Project, name: str) -> SampleId:
    for each in project.collection.samples():
        if name in (each.name, each.id):
            return each.id
    known = ", ".join(each.name for each in project.collection.samples()) or "none"
    raise UserError(f"There is no sample “{name}”. These are there: {known}.")


def _hits(path: Path, typed: str, only: list[ArticleId]) -> list[Hit]:
    """Return every hit, the best articles first: a file is not read from its top alone, as a list on screen is."""
    found: list[Hit] = []
    with closing(TextSearch(path)) as texts:
        texts.look(typed, frozenset(only), found.append, unheard, every_hit=True)
    return found


def _tell(project: Project, listing: Listing, hits: list[Hit] | None, *, as_csv: bool, as_json: bool) -> None:
    ids = listing.ids if hits is None else list(dict.fromkeys(hit.article_id for hit in hits))
    rows = project.collection.rows(ids)
    if as_csv:
        # Nobody is at work here whose state could be told.
        shared = [column for column in Column if column is not Column.STATE]
        columns = [*shared, *map(extra_column, listing.extras)]
        text = "".join(csv_lines(columns, ((row, listing.places[row.id]) for row in rows)))
        say(text.removesuffix("\n"))
    elif hits is not None:
        _tell_hits(hits, as_json=as_json)
    elif as_json:
        values = ({"number": listing.places[row.id], **row._asdict()} for row in rows)
        say_json(
            [{name: value for name, value in each.items() if name not in _OF_A_CODER} for each in values]
        )
    else:
        for row in rows:
            about = " · ".join(filter(None, (row.source, row.date)))
            say(f"{listing.places[row.id]:>6}  {row.title}" + (f"  ({about})" if about else ""))


def _tell_hits(hits: list[Hit], *, as_json: bool) -> None:
    if as_json:
        values: list[dict[str, Any]] = [{**hit._asdict(), "context": hit.context._asdict()} for hit in hits]
        say_json(values)
        return
    for hit in hits:
        say(f"{hit.title}, {hit.start}: {''.join(hit.context)}")
