"""What lies below a headline: a tab for each way to look, worked out in a thread when it is looked at."""

import gc
from functools import partial

from PySide6.QtCore import QSettings, QSignalBlocker, Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QLabel, QTabWidget, QVBoxLayout, QWidget

from app.domain.progress import Progress, unheard
from app.project.agreement_words import explained, interval, measure, number
from app.project.behind import Behind
from app.ui.agreement.page import Page, PlotPage, Reckon, Room, Shown, Subject
from app.ui.agreement.pages import ArticlesPage, DifferencesPage, LeftOutPage, MeasuresPage
from app.ui.agreement.plot_pages import ConfusionPage, OverTimePage, PairsPage
from app.ui.search import Search
from app.ui.theme import Theme

_WAIT = 250
"""Milliseconds after which it is said that something is being worked out: most is there before."""

_WORKING = "Working it out…"


class _Answer:
    """What was worked out, for which question."""

    def __init__(self, question: tuple[object, ...], shown: Shown) -> None:
        self.question, self.shown = question, shown


class DetailsPanel(QWidget):
    """The name of a variable with what is to be said of its headline, and the tabs."""

    place_wanted = Signal(object)
    """A `Place` of an article that somebody wants to see."""
    failed = Signal(str)

    def __init__(self, room: Room) -> None:
        super().__init__()
        self._subject: Subject | None = None
        self._store: QSettings = room.store
        self._known: dict[tuple[object, ...], Shown] = {}
        self._search = Search(self)
        self._search.ended.connect(self._on_ended)
        self._search.failed.connect(self._on_failed)
        self._late = QTimer(self)
        self._late.setSingleShot(True)
        self._late.setInterval(_WAIT)
        self._late.timeout.connect(self._say_working)
        self.differences = DifferencesPage(room)
        self.pairs, self.confusion, self.over_time = PairsPage(room), ConfusionPage(room), OverTimePage(room)
        self.measures, self.articles = MeasuresPage(room), ArticlesPage(room)
        self.left_out = LeftOutPage(room)
        self.pages: tuple[Page, ...] = (
            *(self.differences, self.measures, self.pairs, self.articles, self.confusion, self.over_time),
            self.left_out,
        )
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        for page in self.pages:
            self.tabs.addTab(page, page.title)
            page.behind_wanted.connect(self.show_behind)
            page.place_wanted.connect(self.place_wanted)
            page.changed.connect(self._look)
        self.name, self.said = QLabel(), QLabel()
        self._lay_out()
        self.tabs.currentChanged.connect(self._look)

    def _lay_out(self) -> None:
        self.name.setObjectName("agreement-name")
        self.said.setObjectName("said")
        for label in (self.name, self.said):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
        # Two lines are always there, so that the tabs stay where they are from one variable to the next.
        self.said.setMinimumHeight(2 * self.said.fontMetrics().lineSpacing())
        self.said.setAlignment(Qt.AlignmentFlag.AlignTop)
        head = QVBoxLayout()
        head.setContentsMargins(12, 8, 12, 8)
        head.setSpacing(4)
        head.addWidget(self.name)
        head.addWidget(self.said)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(head)
        layout.addWidget(self.tabs, 1)

    @property
    def busy(self) -> bool:
        """Whether something is being worked out for the tab in front."""
        return self._search.busy

    def set_theme(self, theme: Theme) -> None:
        """Change colours with the rest of the program."""
        for page in self.pages:
            page.set_theme(theme)

    def forget(self) -> None:
        """Forget what was worked out: what is compared has changed."""
        self._known.clear()

    def wait(self) -> None:
        """Let what is being worked out come to its end; for closing."""
        self._late.stop()
        self._search.wait()

    def show_subject(self, subject: Subject) -> None:
        """Look at a variable; what is behind one number of another is left."""
        before, self._subject = self._subject, subject
        same = before is not None and before.variable.key == subject.variable.key
        # Behind the number of somebody who is no longer compared nothing differs, which would be no answer.
        if not same or not self.differences.holds_in(subject.corpus):
            with QSignalBlocker(self.differences):
                self.differences.widen()
        self._name(subject)
        self._look()

    def renew(self, subject: Subject) -> None:
        """Show the numbers of the same variable, which now have intervals; lists stay where they are."""
        before = self._subject
        if (
            before is None
            or before.variable.key != subject.variable.key
            or before.corpus is not subject.corpus
        ):
            self.show_subject(subject)
            return
        self._subject = subject
        self._name(subject)
        if self.tabs.currentWidget() is self.measures:
            self._look()

    @property
    def plots(self) -> tuple[PlotPage, ...]:
        """The tabs that have a plot."""
        return self.pairs, self.confusion, self.over_time

    @Slot(object)
    def show_behind(self, behind: Behind) -> None:
        """Show what differs behind a number."""
        self.tabs.setCurrentWidget(self.differences)
        self.differences.narrow(behind)
        self.differences.view.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _look(self) -> None:
        """Show what the tab in front has to show, at once if it is known."""
        subject, page = self._subject, self.tabs.currentWidget()
        if subject is None or not isinstance(page, Page):
            return
        self._search.stop()
        self._late.stop()
        question = (page.title, subject.variable.key, page.choice())
        if page is self.measures:
            # Laid out of rows that are there, which may have got their intervals meanwhile.
            page.show_found(page.reckon(subject)(unheard))
        elif question in self._known:
            page.show_found(self._known[question])
        else:
            self._late.start()
            self._search.start(partial(_answer, page.reckon(subject), question))

    @Slot()
    def _say_working(self) -> None:
        page = self.tabs.currentWidget()
        if isinstance(page, Page):
            page.show_found(Shown(_WORKING))

    @Slot(object)
    def _on_ended(self, answer: _Answer) -> None:
        self._late.stop()
        self._known[answer.question] = answer.shown
        page = self.tabs.currentWidget()
        if isinstance(page, Page):
            page.show_found(answer.shown)

    @Slot(str)
    def _on_failed(self, words: str) -> None:
        self._late.stop()
        page = self.tabs.currentWidget()
        if isinstance(page, Page):
            page.show_found(Shown(words))
        self.failed.emit(words)

    def _name(self, subject: Subject) -> None:
        results = subject.results
        self.name.setText(subject.variable.name)
        if not results:
            self.said.clear()
            return
        head = results[0]
        found, ends = measure(head.measure), interval(head)
        value = f"{found.symbol} {number(head.value)}" + (f" (95 % interval {ends})" if ends else "")
        self.said.setText(
            " ".join([f"{value}: {found.words}.", *explained(results, len(subject.corpus.articles))])
        )


def _answer(reckon: Reckon, question: tuple[object, ...], progress: Progress) -> _Answer:
    shown = reckon(progress)
    # Ten thousand rows need not be looked through for garbage while somebody reads them.
    gc.freeze()
    return _Answer(question, shown)
