"""How tests of the page of agreement wait for it, and read what it shows."""

from PySide6.QtWidgets import QLabel

from app.domain.coders import Coder
from app.domain.ids import CoderId, new_id

CAY = Coder(id=CoderId(new_id()), name="Cay")


def settle(qtbot, page):
    """Wait until everything is worked out and the tab in front shows it."""
    qtbot.waitUntil(lambda: not page.working.busy and page.strip.bar.isHidden(), timeout=20_000)
    idle(qtbot, page)


def idle(qtbot, page):
    shown = page.details
    qtbot.waitUntil(lambda: not shown.findChild(QLabel, "agreement-words").text().startswith("Working"))
    qtbot.waitUntil(lambda: not shown.busy, timeout=20_000)


def rows(page):
    """Return the cells of every row of the table by the name of its variable, as they are copied."""
    lines = [line.split("\t") for line in page.variables.text().splitlines()]
    return {line[0]: dict(zip(lines[0], line, strict=True)) for line in lines[1:]}


def choose(qtbot, page, name):
    key = next(each.key for each in page.found().corpus.variables if each.name == name)
    page.variables.choose(key)
    idle(qtbot, page)


def tab(qtbot, page, shown):
    page.details.tabs.setCurrentWidget(shown)
    idle(qtbot, page)
    return shown.view.sheets


def cells(sheets):
    return [[cell.text for cell in row.cells] for row in sheets.rows]
