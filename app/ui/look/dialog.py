"""How the article looks: typeface, size, line height and measure, seen at once while they are chosen."""

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QSignalBlocker, Signal, Slot
from PySide6.QtGui import QFont
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QDoubleSpinBox,
    QFormLayout,
    QLabel,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from app.system.settings import LINE_HEIGHT, MEASURE, READING_FONT, TEXT_SIZE, Setting, Settings

_SAMPLE = "“We will open the gate,” the minister said, “but not before winter.” 0123456789"
_PREVIEW_HEIGHT = 88


class Look(NamedTuple):
    """What can be chosen. An empty `face` is the best one installed; `size` is pixels, `measure` characters."""

    face: str
    size: int
    line_height: float
    measure: int


def look_of(settings: Settings) -> Look:
    """Return the look that the settings hold."""
    return Look(
        face=settings.text(READING_FONT),
        size=round(settings.number(TEXT_SIZE)),
        line_height=settings.number(LINE_HEIGHT),
        measure=round(settings.number(MEASURE)),
    )


DEFAULT_LOOK = Look(*(setting.default for setting in (READING_FONT, TEXT_SIZE, LINE_HEIGHT, MEASURE)))  # type: ignore[arg-type]


class LookDialog(QDialog):
    """Offers the typefaces that are installed; `best` is the one that an empty choice stands for."""

    look_changed = Signal(object)
    """A `Look`, at every change."""

    def __init__(self, look: Look, faces: Sequence[str], best: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._best = best
        self.setWindowTitle("Look of the text")
        self.setMinimumWidth(420)
        self._make_fields(faces)
        self._lay_out()
        self._show(look)

    def _make_fields(self, faces: Sequence[str]) -> None:
        self._face = QComboBox()
        self._face.setObjectName("look-face")
        self._face.setMaxVisibleItems(16)
        self._face.addItem(f"The best one installed ({self._best})", "")
        for face in faces:
            self._face.addItem(face, face)
        self._size = _whole("look-size", TEXT_SIZE, " pixels")
        self._line_height = _line_height()
        self._measure = _whole("look-measure", MEASURE, " characters")
        self._preview = QLabel(_SAMPLE)
        self._preview.setObjectName("look-preview")
        self._preview.setAccessibleName("A sample of the typeface")
        self._preview.setWordWrap(True)
        self._preview.setFixedHeight(_PREVIEW_HEIGHT)
        self._face.currentIndexChanged.connect(self._on_changed)
        for field in (self._size, self._line_height, self._measure):
            field.valueChanged.connect(self._on_changed)

    def _lay_out(self) -> None:
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        reset = buttons.addButton("Reset to defaults", QDialogButtonBox.ButtonRole.ResetRole)
        reset.setAutoDefault(False)
        form = QFormLayout()
        form.setVerticalSpacing(8)
        form.addRow("&Typeface", self._face)
        form.addRow("Text &size", self._size)
        form.addRow("&Line height", self._line_height)
        form.addRow("L&ongest line", self._measure)
        layout = QVBoxLayout(self)
        layout.setSpacing(16)
        layout.addLayout(form)
        layout.addWidget(self._preview)
        layout.addWidget(buttons)
        buttons.rejected.connect(self.reject)
        reset.clicked.connect(self._on_reset_clicked)

    def look(self) -> Look:
        """Return what is chosen now."""
        return Look(
            self._face.currentData(),
            self._size.value(),
            round(self._line_height.value(), 2),
            self._measure.value(),
        )

    def _show(self, look: Look) -> None:
        fields = (self._face, self._size, self._line_height, self._measure)
        blockers = [QSignalBlocker(field) for field in fields]
        # A typeface that is no longer installed reads as the best one, which is what the article shows.
        self._face.setCurrentIndex(max(0, self._face.findData(look.face)))
        self._size.setValue(look.size)
        self._line_height.setValue(look.line_height)
        self._measure.setValue(look.measure)
        for blocker in blockers:
            blocker.unblock()
        self._show_sample()

    def _show_sample(self) -> None:
        font = QFont(self._face.currentData() or self._best)
        font.setPixelSize(min(self._size.value(), 26))
        self._preview.setFont(font)

    @Slot()
    def _on_changed(self) -> None:
        self._show_sample()
        self.look_changed.emit(self.look())

    @Slot()
    def _on_reset_clicked(self) -> None:
        self._show(DEFAULT_LOOK)
        self._on_changed()


def _whole(name: str, setting: Setting, unit: str) -> QSpinBox:
    field = QSpinBox()
    field.setObjectName(name)
    field.setRange(round(setting.lowest or 0), round(setting.highest or 0))
    field.setSuffix(unit)
    return field


def _line_height() -> QDoubleSpinBox:
    field = QDoubleSpinBox()
    field.setObjectName("look-line-height")
    field.setRange(LINE_HEIGHT.lowest or 0, LINE_HEIGHT.highest or 0)
    field.setSingleStep(0.1)
    field.setDecimals(2)
    field.setSuffix(" times the size")
    return field
