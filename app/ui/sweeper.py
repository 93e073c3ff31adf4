"""When Python collects garbage: on the interface thread, and on no other."""

import gc

from PySide6.QtCore import QObject, QTimer, Slot

_EVERY = 200
"""Milliseconds."""


class Sweeper(QObject):
    """Collects garbage in place of Python, which would do it in whatever thread makes objects just then.

    Windows and models that refer to each other fall to the collector after they were closed, and ended the program
    when the thread of a long import destroyed them.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._clock = QTimer(self)
        self._clock.timeout.connect(self._sweep)
        self._everything = False
        gc.disable()
        self._clock.start(_EVERY)

    def stop(self) -> None:
        """Leave it to Python again; for closing the window, when no other thread is at work."""
        self._clock.stop()
        gc.enable()

    @Slot()
    def sweep_everything(self) -> None:
        """Look through everything at the next beat, what was frozen too, which else would stay for good."""
        self._everything = True

    @Slot()
    def _sweep(self) -> None:
        """Collect as much as Python would have by now: the young, and now and then the old."""
        if self._everything:
            self._everything = False
            gc.unfreeze()
            gc.collect()
            gc.freeze()
            return
        for generation in (2, 1, 0):
            if gc.get_count()[generation] > gc.get_threshold()[generation]:
                gc.collect(generation)
                return
