"""Asks what sample is to be drawn, and says how many articles a reliability test needs."""

from collections.abc import Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QDoubleSpinBox,
    QFormLayout,
    QGridLayout,
    QGroupBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from app.domain.counting import counted
from app.domain.errors import UserError
from app.domain.ids import ArticleId, SampleId, new_id
from app.domain.sample_size import RULE, need
from app.domain.sampling import Share
from app.project.articles import STRATA
from app.project.commands_articles import DrawSample
from app.ui.catalogue.seeds import SeedField
from app.ui.room import room_for, scrolled

_SIZE = (720, 560)


class DrawDialog(QDialog):
    """One sample: from what, how many, grouped by what, with which seed and name."""

    def __init__(
        self,
        among: Sequence[ArticleId] | None,
        count: int,
        drawn_from: str,
        extras: Sequence[str],
        units_per_article: float,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._among, self._drawn_from = among, drawn_from
        self.setWindowTitle("Draw a sample")
        self._name = QLineEdit()
        self._name.setObjectName("sample-name")
        self._name.setPlaceholderText("Reliability test 1")
        self._name.setAccessibleName("Name")
        self._size = QSpinBox()
        self._size.setObjectName("sample-size")
        self._size.setAccessibleName("Number of articles")
        self._size.setRange(1, max(1, count))
        self._size.setValue(min(50, count))
        self._size.setGroupSeparatorShown(True)
        self._strata = QComboBox()
        self._strata.setObjectName("sample-stratify")
        self._strata.setAccessibleName("Grouped by")
        self._strata.addItem("nothing: simple random", "")
        for each in (*STRATA, *(key for key in extras if key not in STRATA)):
            self._strata.addItem(each, each)
        self._equal = QCheckBox("As many from &each group, instead of in proportion")
        self._equal.setObjectName("sample-equal")
        self._seed = SeedField()
        self._need = NeedBox(units_per_article, count)
        self._lay_out(count)
        self._name.textChanged.connect(self._enable)
        self._strata.currentIndexChanged.connect(self._enable)
        self._need.wished.connect(self._size.setValue)
        self._enable()

    def command(self) -> DrawSample:
        """Return the sample that is wanted."""
        return DrawSample(
            id=SampleId(new_id()),
            name=self._name.text(),
            size=self._size.value(),
            seed=self._seed.seed(),
            stratify=self._strata.currentData(),
            share=Share.EQUAL if self._equal.isEnabled() and self._equal.isChecked() else Share.PROPORTIONAL,
            among=None if self._among is None else tuple(self._among),
            drawn_from=self._drawn_from,
        )

    def _lay_out(self, count: int) -> None:
        whole = f"all {counted(count, 'article')}"
        if self._among is not None:
            whole = f"the {counted(count, 'article')} that the filter shows"
        words = QLabel(f"From {whole}.")
        words.setWordWrap(True)
        form = QFormLayout()
        form.setSpacing(8)
        form.addRow("&Name", self._name)
        form.addRow("&Articles", self._size)
        form.addRow("&Grouped by", self._strata)
        form.addRow("", self._equal)
        form.addRow("&Seed", self._seed)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self._go = buttons.addButton("Draw", QDialogButtonBox.ButtonRole.AcceptRole)
        self._go.setDefault(True)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        inner = QWidget()
        parts = QVBoxLayout(inner)
        parts.setContentsMargins(8, 0, 8, 0)
        parts.setSpacing(12)
        parts.addWidget(words)
        parts.addLayout(form)
        parts.addWidget(self._need)
        parts.addStretch(1)
        # On a low screen, or with large letters, fields would be squashed.
        layout = QVBoxLayout(self)
        layout.setSpacing(12)
        layout.addWidget(scrolled(inner))
        layout.addWidget(buttons)
        self.resize(room_for(*_SIZE))

    @Slot()
    def _enable(self) -> None:
        self._equal.setEnabled(bool(self._strata.currentData()))
        self._go.setEnabled(bool(self._name.text().strip()))


class NeedBox(QGroupBox):
    """How many units and articles it takes for a confidence interval of a wished width."""

    wished = Signal(int)
    """The number of articles that somebody wants to draw."""

    def __init__(self, units_per_article: float, available: int) -> None:
        super().__init__("How many does a reliability test need?")
        self._articles, self._available = 0, available
        self._width = _number("Width of the confidence interval", 0.2, 0.02, 0.9)
        self._level = _number("Level of confidence", 0.95, 0.5, 0.999, decimals=3)
        self._agreement = _number("Agreement that is expected", 0.8, 0.0, 0.99)
        self._rarest = _number("Share of the rarest code", 0.1, 0.01, 0.5)
        self._each = _number("Units in an article", round(units_per_article, 1), 0.0, 10_000.0, decimals=1)
        self._each.setSpecialValueText("not known")
        self._told = QLabel()
        self._told.setObjectName("need-told")
        self._take = QPushButton("&Take")
        self._take.setObjectName("need-take")
        self._take.setAutoDefault(False)
        self._take.setToolTip("Draw that many articles")
        rule = QLabel(RULE)
        rule.setObjectName("said")
        rule.setWordWrap(True)
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(4)
        for at, field in enumerate((self._width, self._level, self._agreement, self._rarest, self._each)):
            label = QLabel(field.accessibleName())
            label.setBuddy(field)
            grid.addWidget(label, 2 * (at // 3), at % 3)
            grid.addWidget(field, 2 * (at // 3) + 1, at % 3)
            field.valueChanged.connect(self._tell)
        answer = QHBoxLayout()
        answer.addWidget(self._told, 1)
        answer.addWidget(self._take)
        layout = QVBoxLayout(self)
        layout.setSpacing(8)
        layout.addLayout(grid)
        layout.addLayout(answer)
        layout.addWidget(rule)
        self._take.clicked.connect(self._on_take)
        self._tell()

    @Slot()
    def _tell(self) -> None:
        values = (each.value() for each in (self._width, self._level, self._agreement, self._rarest))
        try:
            needed = need(*values, units_per_article=self._each.value())
        except UserError as error:
            self._told.setText(str(error))
            self._articles = 0
        else:
            self._articles = needed.articles or 0
            units = f"{counted(needed.units, 'unit')} coded by two coders"
            enough = (
                "" if self._articles <= self._available else f", but only {self._available:,} to draw from"
            )
            self._told.setText(
                f"{units}: {counted(self._articles, 'article')}{enough}" if self._articles else units
            )
        self._take.setEnabled(0 < self._articles <= self._available)

    @Slot()
    def _on_take(self) -> None:
        self.wished.emit(self._articles)


def _number(name: str, value: float, least: float, most: float, decimals: int = 2) -> QDoubleSpinBox:
    field = QDoubleSpinBox()
    field.setObjectName(f"need-{name.split()[0].lower()}")
    field.setAccessibleName(name)
    field.setDecimals(decimals)
    field.setRange(least, most)
    field.setSingleStep(0.1 if decimals == 1 else 0.05)
    field.setValue(value)
    return field
