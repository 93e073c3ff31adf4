"""Done with an article: mark it, say why not everything is answered, go on to the next."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QMainWindow

from app.domain.ids import ArticleId
from app.domain.reviews import OpenQuestion, ReviewState
from app.project.commands import MarkDone
from app.ui.articles.panel import ArticlesPanel
from app.ui.bridge import Bridge


class ReviewActions(QObject):
    """Marks articles done and goes from one open article to the next."""

    called_off = Signal()
    """An article was not marked done after all, and a button that toggled itself has to be put right."""

    def __init__(self, window: QMainWindow, bridge: Bridge, articles: ArticlesPanel) -> None:
        super().__init__(window)
        self._window, self._bridge, self._articles = window, bridge, articles

    def handlers(self) -> Mapping[str, Callable[[], None]]:
        """The actions of the table that are done here."""
        return {
            "article.done": self.toggle_done,
            "article.done_next": self.done_and_next,
            "article.next_open": self.next_open_article,
        }

    @Slot()
    def next_open_article(self) -> None:
        """Open the next article that is not done."""
        found = self._articles.next_open()
        if found is None:
            self._bridge.told.emit("Every article is done.")
        else:
            self._bridge.open_article(found)

    @Slot()
    def toggle_done(self) -> None:
        """Mark the article done, or take that back."""
        article = self._bridge.article
        if article is not None and self._is_done(article):
            self._bridge.apply(MarkDone(article_id=article, done=False))
        elif article is not None and not self._mark_done(article):
            self.called_off.emit()

    @Slot()
    def done_and_next(self) -> None:
        """Mark the article done and go on."""
        article = self._bridge.article
        if article is not None and (self._is_done(article) or self._mark_done(article)):
            self.next_open_article()

    def _is_done(self, article: ArticleId) -> bool:
        project = self._bridge.project
        if project is None or project.coder is None:
            return False
        return project.review(article, project.coder.id).state is ReviewState.DONE

    def _mark_done(self, article: ArticleId) -> bool:
        """Mark an article done; where required questions are open, ask first. False if it is not done now."""
        # What is being typed may be the very answer that is asked for.
        self._bridge.turning_away.emit()
        project = self._bridge.project
        lacking = project.open_questions(article) if project is not None and project.coder else []
        if not lacking:
            return self._bridge.apply(MarkDone(article_id=article))
        from app.ui.review.dialog import OpenQuestionsDialog

        dialog = OpenQuestionsDialog(lacking, self._window)
        dialog.exec()
        question, reason = dialog.question, dialog.reason
        dialog.deleteLater()
        if question is not None:
            self._answer(question)
        return bool(reason) and self._bridge.apply(MarkDone(article_id=article, reason=reason))

    def _answer(self, question: OpenQuestion) -> None:
        """Lead the keyboard to a question."""
        self._bridge.select_annotation(question.annotation_id)
        self._bridge.ask_answers()
