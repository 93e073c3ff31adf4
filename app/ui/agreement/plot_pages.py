"""The tabs with plots: pairs of coders, who took what for what, and agreement over time."""

from collections.abc import Mapping, Sequence
from itertools import combinations

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QComboBox

from app.domain.comparing import Corpus, Result
from app.domain.ids import CoderId
from app.domain.progress import Progress
from app.project.agreement_details import Confusion, confusion, pairwise, shares
from app.project.agreement_words import is_banded, measure, noted, number
from app.project.behind import Behind
from app.project.drift import Period, Point, Standing, by_batch, by_period, over_groups, standings
from app.project.variables import BETWEEN
from app.ui.agreement.page import PlotPage, Reckon, Room, Shown, Subject
from app.ui.agreement.sheets import confusion_sheet, over_time_sheet, pairs_sheet, standings_sheet
from app.ui.plots import heat
from app.ui.plots.over_time import OverTime, Series, TimePoint

_BATCH = "sample"
_TOGETHER, _EACH = "All coders together", "Each coder against the others"


def _combo(name: str, spoken: str) -> QComboBox:
    combo = QComboBox()
    combo.setObjectName(f"agreement-{name}")
    combo.setAccessibleName(spoken)
    combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
    return combo


class PairsPage(PlotPage):
    """How far every two coders agree."""

    title = "Pairs"

    def __init__(self, room: Room) -> None:
        super().__init__("pairs", "Agreement of every two coders", room)

    def reckon(self, subject: Subject) -> Reckon:
        """Work out every pair."""
        corpus, variable = subject.corpus, subject.variable

        def work(progress: Progress) -> Shown:
            matrix = pairwise(corpus, variable, progress)
            symbol = measure(subject.results[0].measure).symbol if subject.results else ""
            words = f"{symbol} of every two coders. Enter or a double click shows what differs between two."
            plot = _pairs_plot(corpus, matrix, f"{variable.name}: {symbol} by pairs of coders", symbol)
            behind = [
                [Behind(coders=(one, other)) if one != other else None for other in corpus.coders]
                for one in corpus.coders
            ]
            return Shown(words, pairs_sheet(corpus, matrix), plot, behind)

        return work


def _pairs_plot(
    corpus: Corpus, matrix: Sequence[Sequence[Result | None]], title: str, symbol: str
) -> heat.HeatMap:
    def words(result: Result | None) -> str:
        return f"{result.documents:,} articles, {result.units:,} units" if result else ""

    def reason(row: int, column: int) -> str:
        found = matrix[row][column]
        return noted(found) if found is not None and found.value is None else ""

    reasons = {reason(row, column) for row in range(len(matrix)) for column in range(row)} - {""}
    return heat.pairwise(
        title,
        list(corpus.coders.values()),
        [[each.value if each else None for each in row] for row in matrix],
        reason="; ".join(sorted(reasons)) or "no article in common",
        words=[[words(each) for each in row] for row in matrix],
        scale_name=symbol,
    )


class ConfusionPage(PlotPage):
    """Who took what for what."""

    title = "Confusion"

    def __init__(self, room: Room) -> None:
        super().__init__("confusion", "Who took what for what", room)
        self.pair = _combo("pair", "Whose answers are held against each other")
        self.tools.insertWidget(0, self.pair)
        self.pair.currentIndexChanged.connect(self.changed)
        self._offered: dict[CoderId, str] = {}

    def choice(self) -> object:
        """Return the two coders; none for all."""
        return self.pair.currentData()

    def reckon(self, subject: Subject) -> Reckon:
        """Count."""
        self._offer(subject.corpus.coders)
        corpus, variable, coders = subject.corpus, subject.variable, self.pair.currentData()

        def work(_progress: Progress) -> Shown:
            found = confusion(corpus, variable, tuple(coders) if coders else None)
            if found is None:
                return Shown("Links have no values that could be taken for each other.")
            one, other = (corpus.coders[each] for each in coders) if coders else ("one coder", "another")
            words = f"{found.what.capitalize()}: rows by {one}, columns by {other}. "
            words += "Enter shows what differs behind a cell."
            return _confusion_shown(subject, found, words, (one, other), tuple(coders or ()))

        return work

    def _offer(self, coders: Mapping[CoderId, str]) -> None:
        if coders == self._offered:
            return
        self._offered = dict(coders)
        chosen = self.pair.currentData()
        with QSignalBlocker(self.pair):
            self.pair.clear()
            self.pair.addItem("Every two coders", None)
            if len(coders) > 1:
                for one, other in combinations(coders, 2):
                    self.pair.addItem(f"{coders[one]} and {coders[other]}", (one, other))
            at = next((at for at in range(self.pair.count()) if self.pair.itemData(at) == chosen), 0)
            self.pair.setCurrentIndex(at)


def _confusion_shown(
    subject: Subject, found: Confusion, words: str, names: tuple[str, str], coders: tuple[CoderId, ...]
) -> Shown:
    def behind(row: str, column: str) -> Behind:
        return Behind(coders=coders, cell=(row, column))

    lead = f"{subject.variable.layer}{BETWEEN}"
    one, other = (each[:1].upper() + each[1:] for each in names)
    plot = heat.confusion(
        f"{subject.variable.name}: who took what for what",
        # All stand below one layer, which the title names.
        [each.removeprefix(lead) for each in found.rows],
        [each.removeprefix(lead) for each in found.columns],
        found.counts,
        row_axis=one,
        column_axis=other,
        unit=found.what,
    )
    cells = [[behind(row, column) for column in found.columns] for row in found.rows]
    return Shown(words, confusion_sheet(found, behind), plot if found.rows else None, cells)


class OverTimePage(PlotPage):
    """Agreement by date and by sample, of all coders or of each against the others."""

    title = "Over time"

    def __init__(self, room: Room) -> None:
        super().__init__("over-time", "Agreement over time", room)
        self.by = _combo("by", "Articles are grouped by")
        for words, period in (("By day", Period.DAY), ("By week", Period.WEEK), ("By month", Period.MONTH)):
            self.by.addItem(words, period.value)
        self.by.addItem("By sample", _BATCH)
        self.by.setCurrentIndex(1)
        self.who = _combo("who", "Whose agreement")
        self.who.addItems([_TOGETHER, _EACH])
        for at, combo in enumerate((self.by, self.who)):
            self.tools.insertWidget(at, combo)
            combo.currentIndexChanged.connect(self.changed)

    def choice(self) -> object:
        """Return by what articles are grouped, and whether each coder is looked at."""
        return self.by.currentData(), self.who.currentIndex()

    def reckon(self, subject: Subject) -> Reckon:
        """Work out every group."""
        by, each = self.by.currentData(), bool(self.who.currentIndex())
        corpus, variable = subject.corpus, subject.variable
        head = self.by.currentText().removeprefix("By ").capitalize()

        def work(progress: Progress) -> Shown:
            groups = by_batch(corpus) if by == _BATCH else by_period(corpus, Period(by))
            if each:
                found = standings(corpus, groups, variable, progress)
                words = "The mean of each coder with the others; “Without” is all others' agreement among themselves."
                plot = _standings_plot(subject, found, list(groups), head)
                return Shown(words, standings_sheet(corpus, found, shares(corpus, variable)), plot)
            points = over_groups(groups, variable, subject.wishes, progress)
            words = (
                "An article belongs to the first sample that drew it."
                if by == _BATCH
                else f"An article belongs to the {by} in which the last of its coders marked it done."
            )
            return Shown(words, over_time_sheet(points, head), _points_plot(subject, points, head))

        return work


def _frame(subject: Subject, labels: Sequence[str], head: str, series: tuple[Series, ...]) -> OverTime:
    result = subject.results[0] if subject.results else None
    symbol = measure(result.measure).symbol if result else "Agreement"
    return OverTime(
        title=f"{subject.variable.name}: {symbol} by {head.lower()}",
        labels=tuple(labels),
        series=series,
        axis=symbol,
        time_axis=head,
        banded=result is not None and is_banded(result),
    )


def _points_plot(subject: Subject, points: Sequence[Point], head: str) -> OverTime:
    spots = tuple(
        TimePoint(
            value=each.result.value,
            reason=noted(each.result),
            low=each.result.ci_low,
            high=each.result.ci_high,
            articles=each.articles,
        )
        for each in points
    )
    series = (Series(name=subject.variable.name, points=spots),)
    return _frame(subject, [each.label for each in points], head, series)


def _standings_plot(
    subject: Subject, found: Sequence[Standing], labels: Sequence[str], head: str
) -> OverTime:
    series = tuple(
        Series(
            name=f"{subject.corpus.coders[each.coder_id]} {number(each.with_others)}",
            points=tuple(
                TimePoint(value=value, articles=None) if value is not None else None
                for _label, value in each.over_time
            ),
        )
        for each in found
    )
    return _frame(subject, labels, head, series)
