"""Dialogs that wait for somebody, answered as soon as they are there."""

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

_PATIENCE = 300


def answering(act):
    """Have something done with the next modal dialog; the list it returns holds the dialog once it was met."""
    met = []

    def meet(left=_PATIENCE):
        dialog = QApplication.activeModalWidget()
        if dialog is not None:
            met.append(dialog)
            try:
                act(dialog)
            finally:
                # Whatever went wrong, nobody waits for ever.
                if dialog.isVisible():
                    dialog.close()
        elif left:
            QTimer.singleShot(10, lambda: meet(left - 1))

    QTimer.singleShot(0, meet)
    return met
