"""Garbage is collected on the interface thread, whatever other threads do."""

import gc
import threading

from app.ui.tasks import Worker


class Ring:
    """Refers to itself, so that only the collector ends it; notes who did."""

    def __init__(self, ended: list) -> None:
        self.own, self._ended = self, ended

    def __del__(self) -> None:
        self._ended.append(threading.current_thread())


def test_a_thread_that_makes_many_objects_collects_nothing(qtbot, window):
    ended: list[threading.Thread] = []
    Ring(ended)

    def make_many(_progress):
        kept = [[number] for number in range(50_000)]
        return len(kept), list(ended)

    worker = Worker(make_many, window)
    with qtbot.waitSignal(worker.finished):
        worker.start()
    made, ended_meanwhile = worker.result
    assert made == 50_000
    assert all(thread is threading.main_thread() for thread in ended_meanwhile)
    kept = []

    def collected():
        kept.append([[number] for number in range(1_000)])  # Something new makes the collector due.
        return bool(ended)

    qtbot.waitUntil(collected)
    assert ended == [threading.main_thread()]


def test_python_collects_again_once_the_window_is_closed(make_window):
    window = make_window()
    assert not gc.isenabled()
    window.close()
    assert gc.isenabled()
