"""Long work: what is told of it, and when."""

from threading import Event, current_thread

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QProgressDialog, QWidget

from app.domain.errors import UserError
from app.ui.tasks import TaskRunner


@pytest.fixture
def tasks(qtbot):
    parent = QWidget()
    qtbot.addWidget(parent)
    return TaskRunner(parent)


def test_what_is_done_is_settled_though_the_window_closes_meanwhile(tasks):
    begun, told = Event(), []

    def write(_progress):
        begun.set()
        return "written"

    tasks.run("Writing…", write, lambda result: told.append(("then", result)), settle=told.append)
    assert begun.wait(10)
    tasks.wait()
    assert told == ["written"]
    assert not tasks.busy


def test_what_was_stopped_is_not_settled(tasks):
    begun, told = Event(), []

    def write(progress):
        begun.set()
        while True:
            progress(0, 1)

    tasks.run("Writing…", write, settle=told.append)
    assert begun.wait(10)
    tasks.wait()
    assert told == []


def test_work_after_one_that_was_waited_for_is_not_taken_for_it(tasks, qtbot):
    go_on, told = Event(), []
    tasks.run("One…", lambda _progress: 1, settle=told.append)
    tasks.wait()
    tasks.run("Two…", lambda _progress: go_on.wait(10), settle=told.append)
    # What the first thread still says of itself is heard now.
    qtbot.wait(1)
    assert told == [1]
    go_on.set()
    qtbot.waitUntil(lambda: told == [1, True])


def test_what_must_be_there_is_waited_for_elsewhere_and_raises_here(tasks):
    assert tasks.wait_for(current_thread) is not current_thread()

    def refuse():
        raise UserError("No.")

    with pytest.raises(UserError, match="No"):
        tasks.wait_for(refuse)


def test_while_it_waits_a_window_says_so_and_has_the_keyboard_again_afterwards(qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    seen, clock = Event(), QTimer()

    def look():
        if any(
            each.isVisible() and each.labelText() == "Merging…"
            for each in window.findChildren(QProgressDialog)
        ):
            seen.set()

    clock.timeout.connect(look)
    clock.start(5)
    assert TaskRunner(window).wait_for(lambda: seen.wait(10), "Merging…")
    clock.stop()
    qtbot.waitUntil(window.isActiveWindow)
