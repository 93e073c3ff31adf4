"""A filter by date in the window of all articles tells what it leaves out unseen."""

from PySide6.QtWidgets import QLabel

from app.domain.articles import Draft
from app.domain.catalogue import ArticleFilter
from app.project.commands import ImportArticles


def test_articles_without_a_readable_date_are_counted_beside_a_filter_by_date(window, qtbot):
    drafts = tuple(
        Draft(text=f"Text {at}.", title=f"T{at}", source="Mail", date=date)
        for at, date in enumerate(("2026-03-01", "2026-01-01", "04/05/2026"))
    )
    window.bridge.apply(ImportArticles(drafts=drafts))
    window.menus["view.articles"].trigger()
    page = window.catalogue.page
    counted = page.findChild(QLabel, "catalogue-count")
    page.ask(ArticleFilter(date_from="2026-02", source="Mail"))
    told = "1 of 6 articles · left out: 1 without a readable date"
    qtbot.waitUntil(lambda: counted.text() == told)
    assert counted.toolTip() == told
    page.ask(ArticleFilter())
    qtbot.waitUntil(lambda: counted.text() == "6 articles")
