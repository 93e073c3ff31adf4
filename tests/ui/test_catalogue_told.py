"""The line at the foot of the window of all articles."""

from PySide6.QtWidgets import QLabel


def test_what_was_told_while_it_was_closed_is_not_there_when_it_opens(window, qtbot):
    show = window.menus["view.articles"]
    show.trigger()
    page = window.catalogue.page
    qtbot.waitExposed(page)
    told = page.findChild(QLabel, "place")
    page.close()
    window.bridge.told.emit("1 of your annotations is to be looked at again.")
    show.trigger()
    qtbot.waitExposed(page)
    assert window.catalogue.page is page
    assert told.text() == ""
    window.bridge.told.emit("Written.")
    assert told.text() == "Written."
