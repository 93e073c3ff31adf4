"""Bugs: a report that can be copied, a line in the log, nothing lost."""

import logging
import sys

import pytest
from PySide6.QtCore import qInstallMessageHandler, qWarning
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialogButtonBox, QPlainTextEdit, QPushButton

from app.system.log import start_log
from app.ui import crash


@pytest.fixture
def shown(monkeypatch):
    dialogs = []
    monkeypatch.setattr(crash.CrashDialog, "exec", lambda dialog: dialogs.append(dialog))
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    return dialogs


@pytest.fixture
def log(places):
    root = logging.getLogger()
    before = list(root.handlers), root.level
    start_log(places.log)
    yield places.log
    for handler in set(root.handlers) - set(before[0]):
        root.removeHandler(handler)
        handler.close()
    root.setLevel(before[1])


def test_a_bug_is_shown_logged_and_can_be_copied(qtbot, shown, log, capsys):
    crash.catch_bugs()
    try:
        raise ZeroDivisionError("the lane is empty")
    except ZeroDivisionError:
        sys.excepthook(*sys.exc_info())
    (dialog,) = shown
    report = dialog.findChild(QPlainTextEdit).toPlainText()
    assert "ZeroDivisionError: the lane is empty" in report
    assert "Rubricator 0." in report and "Python 3." in report
    (copy,) = [
        each
        for each in dialog.findChild(QDialogButtonBox).findChildren(QPushButton)
        if each.text() == "Copy the report"
    ]
    copy.click()
    assert "the lane is empty" in QGuiApplication.clipboard().text()
    assert "the lane is empty" in log.read_text(encoding="utf-8")
    assert "the lane is empty" in capsys.readouterr().err


def test_stopping_the_program_is_no_bug(qapp, shown, monkeypatch):
    heard = []
    monkeypatch.setattr(sys, "__excepthook__", lambda *what: heard.append(what))
    crash.catch_bugs()
    sys.excepthook(KeyboardInterrupt, KeyboardInterrupt(), None)
    assert heard
    assert shown == []


@pytest.mark.qt_no_exception_capture
def test_what_qt_complains_of_is_in_the_log(qapp, log, caplog):
    before = qInstallMessageHandler(None)
    try:
        crash.log_qt_messages()
        qWarning("the style is odd")
    finally:
        qInstallMessageHandler(before)
    assert "Qt: the style is odd" in log.read_text(encoding="utf-8")


def test_a_log_that_cannot_be_written_costs_only_the_log(tmp_path):
    (tmp_path / "file").touch()
    start_log(tmp_path / "file" / "x.log")
