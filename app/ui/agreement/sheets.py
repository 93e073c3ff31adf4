"""What the page knows, laid out as tables."""

from collections.abc import Callable, Iterable, Mapping, Sequence

from app.domain.comparing import Corpus, Difference, Result
from app.domain.ids import CoderId
from app.project.agreement_details import ArticleFigure, Confusion, Share
from app.project.agreement_words import interval, measure, noted, number, percent
from app.project.behind import Behind
from app.project.drift import Point, Standing
from app.ui.agreement.places import Place
from app.ui.agreement.sheet import Cell, Row, Sheet

_SAID_WIDTH = 176


def differences_sheet(found: Sequence[Difference], coders: Mapping[CoderId, str]) -> Sheet:
    """Return the places where coders differ: where, how, and what each of the coders said."""
    heads = (
        ("Article", 128),
        ("How", 144),
        ("Text", 176),
        *((name, _SAID_WIDTH) for name in coders.values()),
    )
    return Sheet(heads, tuple(_difference(each, coders) for each in found))


def _difference(each: Difference, coders: Mapping[CoderId, str]) -> Row:
    said = (Cell(_said(each, coder)) for coder in coders)
    place = Place(each.article_id, each.start, each.end, tuple(each.said))
    return Row((Cell(each.title or "(no title)"), Cell(str(each.kind)), Cell(each.quote), *said), place)


def _said(each: Difference, coder: CoderId) -> str:
    """Return what a coder said; a dash is for nothing, and an empty cell for who has not done the article."""
    return (each.said[coder] or "–") if coder in each.said else ""


def measures_sheet(results: Iterable[Result]) -> Sheet:
    """Return every coefficient of a variable with all that is known of it."""
    heads = (
        *(("Measure", 96), ("Value", 64), ("95 % interval", 112), ("Articles", 72), ("Units", 72)),
        *(("Coverage", 80), ("P < .667", 80), ("P < .800", 80), ("Coders", 96), ("Of", 160), ("Note", 320)),
    )
    rows: list[Row] = []
    for each in results:
        found = measure(each.measure)
        rows.append(
            Row(
                (
                    Cell(found.symbol, hint=found.words),
                    Cell.of(number(each.value), each.value, found.words),
                    Cell.of(interval(each), each.ci_low, _undefined(each)),
                    Cell.of(f"{each.documents:,}", each.documents),
                    Cell.of(f"{each.units:,}", each.units),
                    Cell.of(percent(each.coverage), each.coverage),
                    Cell.of(percent(each.q_667), each.q_667),
                    Cell.of(percent(each.q_800), each.q_800),
                    Cell(each.coders.replace("~", " and ")),
                    Cell(each.variable),
                    Cell("; ".join(filter(None, (found.words, noted(each), _undefined(each))))),
                ),
                Behind(),
            )
        )
    return Sheet(heads, tuple(rows))


def _undefined(each: Result) -> str:
    rounds = each.undefined_rounds
    return f"undefined in {rounds:,} rounds of the bootstrap" if rounds else ""


def pairs_sheet(corpus: Corpus, matrix: Sequence[Sequence[Result | None]]) -> Sheet:
    """Return the headline of every two coders, a row a pair."""
    coders = list(corpus.coders)
    rows: list[Row] = []
    for at, one in enumerate(coders):
        for place in range(at + 1, len(coders)):
            result = matrix[at][place]
            if result is not None:
                other = coders[place]
                names = (Cell(corpus.coders[one]), Cell(corpus.coders[other]))
                rows.append(Row((*names, *_numbers(result)), Behind(coders=(one, other))))
    return Sheet((("Coder", 136), ("and", 136), *_NUMBERS), tuple(rows))


_NUMBERS = (("Value", 72), ("Articles", 72), ("Units", 72), ("Coverage", 80), ("Note", 240))


def _numbers(result: Result) -> tuple[Cell, ...]:
    return (
        Cell.of(number(result.value), result.value),
        Cell.of(f"{result.documents:,}", result.documents),
        Cell.of(f"{result.units:,}", result.units),
        Cell.of(percent(result.coverage), result.coverage),
        Cell(noted(result)),
    )


def articles_sheet(found: Sequence[ArticleFigure]) -> Sheet:
    """Return the headline of every article alone."""
    heads = (("Article", 264), ("Coders", 72), ("Value", 72), ("Units", 72), ("Note", 240))
    return Sheet(
        heads,
        tuple(
            Row(
                (
                    Cell(each.title or "(no title)"),
                    Cell.of(str(each.coders), each.coders),
                    Cell.of(number(each.result.value), each.result.value),
                    Cell.of(f"{each.result.units:,}", each.result.units),
                    Cell(noted(each.result)),
                ),
                Behind(article_id=each.article_id),
            )
            for each in found
        ),
    )


def confusion_sheet(found: Confusion, behind: Callable[[str, str], Behind]) -> Sheet:
    """Return who took what for what, a row for each cell that is not empty."""
    heads = (("The one", 168), ("the other", 168), (found.what.capitalize(), 112), ("Of the row", 96))
    rows: list[Row] = []
    for name, counts in zip(found.rows, found.counts, strict=True):
        for other, count in zip(found.columns, counts, strict=True):
            if count:
                share = count / sum(counts)
                cells = (
                    Cell(name),
                    Cell(other),
                    Cell.of(f"{count:,}", count),
                    Cell.of(percent(share), share),
                )
                rows.append(Row(cells, behind(name, other)))
    return Sheet(heads, tuple(rows))


def over_time_sheet(points: Sequence[Point], head: str) -> Sheet:
    """Return the headline of every period or sample."""
    heads = (
        (head, 128),
        ("Value", 72),
        ("95 % interval", 128),
        ("Articles", 72),
        ("Units", 72),
        ("Note", 240),
    )
    return Sheet(
        heads,
        tuple(
            Row(
                (
                    Cell(each.label),
                    Cell.of(number(each.result.value), each.result.value),
                    Cell.of(interval(each.result), each.result.ci_low),
                    Cell.of(f"{each.articles:,}", each.articles),
                    Cell.of(f"{each.result.units:,}", each.result.units),
                    Cell(noted(each.result)),
                )
            )
            for each in points
        ),
    )


def standings_sheet(corpus: Corpus, found: Sequence[Standing], shares: Sequence[Share]) -> Sheet:
    """Return how every coder stands against the others, in all and in each period or sample."""
    labels = [label for label, _value in found[0].over_time] if found else []
    heads = (
        *(("Coder", 136), ("With the others", 112), ("Without", 80), ("Articles", 72), ("Units", 72)),
        *((label, 88) for label in labels),
    )
    rows: list[Row] = []
    for each, share in zip(found, shares, strict=True):
        without = each.without.value if each.without else None
        cells = (
            Cell(corpus.coders[each.coder_id]),
            Cell.of(
                number(each.with_others), each.with_others, "The mean over the pairs with each other coder"
            ),
            Cell.of(
                number(without) if each.without else "",
                without,
                "What it would be without this coder: higher means that this one lowers it",
            ),
            Cell.of(f"{share.articles:,}", share.articles),
            Cell.of(f"{share.units:,}", share.units),
            *(Cell.of(number(value), value) for _label, value in each.over_time),
        )
        rows.append(Row(cells))
    return Sheet(heads, tuple(rows))


def left_out_sheet(corpus: Corpus) -> Sheet:
    """Return what is not compared, and why."""
    heads = (("Article", 200), ("Coder", 120), ("Why", 440))
    rows: list[Row] = []
    for each in corpus.left_out:
        coder = corpus.coders.get(each.coder_id, "") if each.coder_id else ""
        place = Place(each.article_id, 0, 0, ()) if each.article_id else None
        rows.append(Row((Cell(each.title), Cell(coder), Cell(each.reason)), place))
    return Sheet(heads, tuple(rows))
