"""What is compared, and how: coders, articles, units, tolerance, rounds of the bootstrap, gamma."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QEvent, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QAction, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QLabel,
    QMenu,
    QPushButton,
    QSpinBox,
    QWidget,
)

from app.domain.coders import Coder, distinct_names
from app.domain.comparing import Selection, Unit
from app.domain.ids import CoderId
from app.domain.sampling import Sample
from app.project.agreement_measures import Wishes
from app.ui.agreement.articles import ArticlesBox, Titles
from app.ui.agreement.working import Asked

_SOON = 400
"""Milliseconds without another change, after which it is worked out."""

_MOST_ROUNDS, _MOST_SEED, _MOST_TOLERANCE = 100_000, 2**31 - 1, 1_000
_ALL_CODERS = "All coders"


class TickMenu(QMenu):
    """A menu that stays open while entries are ticked."""

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Tick what lies under the pointer."""
        action = self.actionAt(event.position().toPoint())
        if action is not None and action.isEnabled():
            action.trigger()
        else:
            super().mouseReleaseEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space ticks; Enter ticks and closes, as in any menu."""
        action = self.activeAction()
        if event.key() == Qt.Key.Key_Space and action is not None:
            action.trigger()
        else:
            super().keyPressEvent(event)


class AskingBar(QWidget):
    """Tells what is wanted a moment after somebody has changed it."""

    changed = Signal()
    """Something else is wanted than before."""

    def __init__(self) -> None:
        super().__init__()
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_SOON)
        self._soon.timeout.connect(self.changed)
        self._names: Mapping[CoderId, str] = {}
        self._ticks: list[QAction] = []
        self._menu = TickMenu(self)
        self.coders = QPushButton(_ALL_CODERS)
        self.coders.setObjectName("agreement-coders")
        self.coders.setAutoDefault(False)
        self.coders.setToolTip("Who is compared")
        self.coders.setMenu(self._menu)
        self.articles = ArticlesBox()
        self.unit = _combo("unit", "What lengths and edges are counted in")
        self.unit.addItem("characters", Unit.CHARACTERS)
        self.unit.addItem("whole words", Unit.WORDS)
        self.tolerance = _spin(
            "tolerance", "How far edges may lie apart and still be the same", _MOST_TOLERANCE
        )
        self.rounds = _spin(
            "rounds", "Rounds of the bootstrap over articles; 0 for no intervals", _MOST_ROUNDS
        )
        self.rounds.setSingleStep(500)
        self.rounds.setSpecialValueText("none")
        self.seed = _spin("seed", "The same seed gives the same intervals", _MOST_SEED)
        self.rounds.setValue(Wishes().rounds)
        self.seed.setValue(Wishes().seed)
        self.gamma = QCheckBox("&Gamma")
        self.gamma.setObjectName("agreement-gamma")
        self.gamma.setToolTip("Work gamma out too, which takes longer than all else")
        self._lay_out()
        self.articles.changed.connect(self._wait)
        self.unit.currentIndexChanged.connect(self._wait)
        for each in (self.tolerance, self.rounds, self.seed):
            each.valueChanged.connect(self._wait)
        self.gamma.toggled.connect(self._wait)
        self._menu.triggered.connect(self._on_coder_ticked)

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 8, 8, 8)
        row.setSpacing(8)
        row.addWidget(self.coders)
        row.addWidget(self.articles)
        fields: tuple[tuple[str, QWidget], ...] = (
            ("&Count in", self.unit),
            ("&Tolerance", self.tolerance),
            ("&Rounds", self.rounds),
            ("See&d", self.seed),
        )
        for words, field in fields:
            label = QLabel(words)
            label.setObjectName("field-name")
            label.setBuddy(field)
            row.addSpacing(8)
            row.addWidget(label)
            row.addWidget(field)
        row.addSpacing(8)
        row.addWidget(self.gamma)
        row.addStretch(1)

    def offer(self, coders: Sequence[Coder], samples: Sequence[Sample], titles: Titles) -> None:
        """Offer what the project has now; what was chosen stays so, if it is still there and two coders are."""
        chosen = set(self._chosen())
        self._names = distinct_names(coders)
        if len(chosen & set(self._names)) < 2:
            chosen = set()
        self._menu.clear()
        self._ticks = []
        for coder_id, name in self._names.items():
            action = self._menu.addAction(name.replace("&", "&&"))
            action.setData(coder_id)
            action.setCheckable(True)
            action.setChecked(not chosen or coder_id in chosen)
            self._ticks.append(action)
        self.articles.offer(samples, titles)
        self._name_coders()

    def rest(self) -> None:
        """Tell nothing more of what was changed last; for closing."""
        self._soon.stop()

    def asked(self) -> Asked:
        """Return what is wanted."""
        selection = Selection(
            coders=tuple(self._chosen()),
            articles=self.articles.ticked(),
            sample_id=self.articles.sample_id(),
            unit=self.unit.currentData(),
            tolerance=self.tolerance.value(),
        )
        return Asked(
            selection,
            Wishes(rounds=self.rounds.value(), seed=self.seed.value(), gamma=self.gamma.isChecked()),
        )

    def changeEvent(self, event: QEvent) -> None:
        """Fit the width of what names the coders to another font."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self.updateGeometry()

    def _chosen(self) -> list[CoderId]:
        """Return the coders that are ticked; none if all are."""
        chosen = [CoderId(each.data()) for each in self._ticks if each.isChecked()]
        return [] if len(chosen) == len(self._ticks) else chosen

    @Slot(QAction)
    def _on_coder_ticked(self, action: QAction) -> None:
        if sum(each.isChecked() for each in self._ticks) < 2:
            # Agreement of one is nothing: the last two stay.
            action.setChecked(True)
            return
        self._name_coders()
        self._wait()

    def _name_coders(self) -> None:
        chosen = self._chosen()
        words = (
            f"{len(chosen)} of {len(self._ticks)} coders" if chosen else f"{_ALL_CODERS} ({len(self._ticks)})"
        )
        self.coders.setText(words)
        self.coders.setAccessibleName(f"Coders: {words}")

    @Slot()
    def _wait(self) -> None:
        words = self.unit.currentData() is Unit.WORDS
        self.tolerance.setSuffix(" words" if words and self.tolerance.value() else "")
        self._soon.start()


def _combo(name: str, hint: str) -> QComboBox:
    combo = QComboBox()
    combo.setObjectName(f"agreement-{name}")
    combo.setToolTip(hint)
    combo.setAccessibleName(hint)
    combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    combo.setMinimumContentsLength(10)
    return combo


def _spin(name: str, hint: str, most: int) -> QSpinBox:
    spin = QSpinBox()
    spin.setObjectName(f"agreement-{name}")
    spin.setRange(0, most)
    spin.setKeyboardTracking(False)
    spin.setGroupSeparatorShown(name == "rounds")
    spin.setToolTip(hint)
    spin.setAccessibleName(hint)
    spin.setMinimumWidth(72)
    spin.setMaximumWidth(96)
    return spin
