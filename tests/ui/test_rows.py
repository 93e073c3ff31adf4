"""Lists of painted rows."""

from PySide6.QtCore import QStringListModel

from app.ui.rows import RowDelegate, RowsView
from app.ui.theme import LIGHT


class Plain(RowDelegate):
    """Rows of twenty pixels."""

    def height(self, metrics):
        return 20


def test_the_current_row_stays_in_sight_when_room_is_taken_away(qtbot):
    delegate = Plain(LIGHT)
    view = RowsView("rows", "Rows", QStringListModel([str(row) for row in range(100)]), delegate)
    qtbot.addWidget(view)
    view.resize(200, 400)
    view.show()
    view.show_row(60)
    view.resize(200, 100)
    assert view.viewport().rect().contains(view.visualRect(view.currentIndex()).center())
