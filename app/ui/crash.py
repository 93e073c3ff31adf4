"""The door for bugs: a report that can be copied, a line in the log, and nothing lost."""

import logging
import sys
import traceback
from types import TracebackType

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QDialog, QDialogButtonBox, QLabel, QPlainTextEdit, QVBoxLayout

from app.system.log import machine_in_words

_LOG = logging.getLogger("app")


class CrashDialog(QDialog):
    """Shows what went wrong and offers to copy it."""

    def __init__(self, report: str) -> None:
        super().__init__()
        self._report = report
        self.setWindowTitle("Something went wrong in Rubricator")
        self.resize(640, 400)
        words = QLabel(
            "This is a fault of the program, not yours. Everything you coded is saved. "
            "Please copy the report and send it to whoever gave you the program."
        )
        words.setWordWrap(True)
        text = QPlainTextEdit(report)
        text.setReadOnly(True)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        copy = buttons.addButton("Copy the report", QDialogButtonBox.ButtonRole.ActionRole)
        copy.clicked.connect(self._copy)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        for widget in (words, text, buttons):
            layout.addWidget(widget)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._report)


def catch_bugs() -> None:
    """Install the hook for what nobody caught."""
    sys.excepthook = _on_bug


def log_qt_messages() -> None:
    """Send Qt's own messages to the log."""
    qInstallMessageHandler(_on_qt_message)


def _on_bug(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    if issubclass(kind, KeyboardInterrupt):
        sys.__excepthook__(kind, error, trace)
        return
    report = f"{machine_in_words()}\n\n{''.join(traceback.format_exception(kind, error, trace))}"
    _LOG.error("%s", report)
    sys.stderr.write(report)
    if QApplication.instance() is not None and QApplication.activeModalWidget() is None:
        CrashDialog(report).exec()


def _on_qt_message(kind: QtMsgType, _context: QMessageLogContext, message: str) -> None:
    if kind in (QtMsgType.QtDebugMsg, QtMsgType.QtInfoMsg):
        _LOG.debug("Qt: %s", message)
    else:
        _LOG.warning("Qt: %s", message)
