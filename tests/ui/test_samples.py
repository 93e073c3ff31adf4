"""The dialogs of samples: they fit, and Enter does what stands on the button."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractSpinBox, QLabel, QPushButton

from app.ui.catalogue.drawing import DrawDialog
from app.ui.catalogue.samples import SamplesDialog


def test_fields_of_a_sample_are_not_squashed_on_a_low_screen(window, qtbot):
    dialog = DrawDialog(None, 20, "", (), 4.0, window)
    qtbot.addWidget(dialog)
    dialog.resize(640, 400)
    dialog.show()
    qtbot.waitExposed(dialog)
    for field in (*dialog.findChildren(QAbstractSpinBox), *dialog.findChildren(QLabel)):
        needed = (
            field.heightForWidth(field.width()) if field.hasHeightForWidth() else field.sizeHint().height()
        )
        assert field.height() >= needed, field.accessibleName()


def test_enter_on_draw_draws(window, qtbot):
    dialog = SamplesDialog(window.bridge, window)
    qtbot.addWidget(dialog)
    with qtbot.waitSignal(dialog.draw_requested):
        qtbot.keyClick(dialog.findChild(QPushButton, "samples-draw"), Qt.Key.Key_Return)
