"""The way of the Tab key through the window."""

from collections.abc import Sequence
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget


def chain_tabs(rooms: Sequence[QWidget]) -> None:
    """Lead Tab through some rooms in their order, and through each in the order in which it was furnished."""
    stops = [stop for room in rooms for stop in (room, *room.findChildren(QWidget)) if _takes_tab(stop)]
    for before, after in pairwise(stops):
        QWidget.setTabOrder(before, after)


def _takes_tab(widget: QWidget) -> bool:
    takes = widget.focusPolicy().value & Qt.FocusPolicy.TabFocus.value
    return bool(takes) and widget.focusProxy() is None
