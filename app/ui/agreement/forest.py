"""All headlines in one forest plot, for the paper."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QCheckBox, QDialog, QLabel, QVBoxLayout, QWidget

from app.domain.comparing import Corpus, Result, Variable, VariableKind
from app.domain.counting import counted
from app.project.agreement_words import is_banded, measure, noted
from app.ui.agreement.page import Room
from app.ui.plots.forest import ForestPlot, ForestRow
from app.ui.plots.plot_view import PlotView
from app.ui.room import stand_alone

_SIZE = (840, 720)
_ARTICLES = "Article variables"


class ForestWindow(QDialog):
    """Shows the plot; a row leads to its variable."""

    chosen = Signal(str)
    """The key of a variable."""

    def __init__(self, room: Room, parent: QWidget) -> None:
        super().__init__(parent)
        stand_alone(self, "Forest plot", *_SIZE)
        self._plot = ForestPlot(title="Agreement")
        self._suggested = Path("agreement")
        self.view = PlotView(room.settings, room.tasks, room.theme)
        self.by_value = QCheckBox("&Highest first")
        self.told = QLabel()
        self.told.setObjectName("place")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 8, 8, 8)
        layout.setSpacing(8)
        layout.addWidget(self.by_value)
        layout.addWidget(self.view, 1)
        layout.addWidget(self.told)
        self.by_value.toggled.connect(self._draw)
        self.view.row_activated.connect(self.chosen)
        self.view.told.connect(self.told.setText)

    def show_results(self, corpus: Corpus, results: Mapping[str, Sequence[Result]], suggested: Path) -> None:
        """Show the headlines of a corpus, but for what nobody used: a paper would not print those."""
        rows: list[ForestRow] = []
        unused, used = 0, any(found[0].units for found in results.values() if found)
        for variable in corpus.variables:
            found = results.get(variable.key, ())
            if not found:
                continue
            if used and not found[0].units:
                unused += 1
                continue
            if variable.kind is VariableKind.ARTICLE and not any(each.key == _ARTICLES for each in rows):
                rows.append(ForestRow(key=_ARTICLES, label=_ARTICLES, group=0))
            rows.append(_row(variable, found[0]))
        caption = (
            f"{len(corpus.articles):,} articles with two coders or more, {len(corpus.coders):,} coders, places counted "
            f"in {corpus.unit}. Intervals from drawing articles anew."
        )
        if unused:
            caption += f" Nothing was there to compare of {counted(unused, 'variable')}."
        self._plot = ForestPlot(
            title="Agreement between coders", caption=caption, rows=tuple(rows), label_name="Variable"
        )
        self._suggested = suggested
        self._draw()
        self.view.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _draw(self) -> None:
        plot = self._plot.model_copy(update={"by_value": self.by_value.isChecked()})
        self.view.show_plot(plot, self._suggested)


def _row(variable: Variable, head: Result) -> ForestRow:
    below = variable.layer not in ("", variable.name) or variable.kind is VariableKind.ARTICLE
    return ForestRow(
        key=variable.key,
        label=variable.name,
        group=1 if below else 0,
        measure=measure(head.measure).symbol,
        units=f"{head.units:,}",
        banded=is_banded(head),
        value=head.value,
        reason="" if head.value is not None else noted(head) or "undefined",
        low=head.ci_low if head.value is not None else None,
        high=head.ci_high if head.value is not None else None,
    )
