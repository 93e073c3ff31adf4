"""How far the coders of a project agree: a window of its own, whose numbers change only when somebody asks for it."""

from pathlib import Path

from PySide6.QtCore import QByteArray, Qt, Signal, Slot
from PySide6.QtGui import QHideEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from app.project.agreement import agreement_with
from app.project.behind import Behind
from app.project.project import Project
from app.ui.agreement.asking import AskingBar
from app.ui.agreement.details import DetailsPanel
from app.ui.agreement.forest import ForestWindow
from app.ui.agreement.page import Room, Subject
from app.ui.agreement.saving import Reckoned, Saving
from app.ui.agreement.strip import Strip, nothing_in_words, summary
from app.ui.agreement.variables import VariablesView
from app.ui.agreement.working import Filled, Found, Working
from app.ui.bridge import Bridge, Notice
from app.ui.buttons import Button
from app.ui.room import bring, stand_alone
from app.ui.theme import Theme

_SIZE = (1280, 760)
_PARTS = [700, 580]
_GEOMETRY, _SPLIT = "agreement/geometry", "agreement/split"
_CHANGED = "The project has changed since these numbers were worked out."
_CANCELLED = "Cancelled: what is shown is not all, or not of what is asked above."


class AgreementWindow(QDialog):
    """Asks what is compared, works it out, and shows what is behind every number."""

    place_wanted = Signal(object)
    """A `Place` of an article at which somebody wants to see what coders did."""

    def __init__(self, bridge: Bridge, project: Project, room: Room) -> None:
        super().__init__()
        self._bridge, self._project, self._room = bridge, project, room
        self._found: Found | None = None
        self._complete = False
        self._changed = False
        stand_alone(self, "Agreement", *_SIZE)
        self.asking, self.strip = AskingBar(), Strip()
        self.variables = VariablesView(room.store, room.theme)
        self.details = DetailsPanel(room)
        self.working = Working(self)
        self.forest: ForestWindow | None = None
        self.saving = Saving(self, room.tasks, self.reckoned)
        self._forest_button = Button("agreement-forest", "&Forest plot…", self.show_forest)
        self._empty = QLabel()
        self._empty.setObjectName("empty")
        self._empty.setContentsMargins(64, 0, 64, 0)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._empty.setTextFormat(Qt.TextFormat.PlainText)
        self._empty.setWordWrap(True)
        self._lay_out()
        self._connect()
        self._restore()

    def set_theme(self, theme: Theme) -> None:
        """Change colours with the rest of the program."""
        self._room = self._room._replace(theme=theme)
        self.variables.set_theme(theme)
        self.details.set_theme(theme)
        if self.forest is not None:
            self.forest.view.set_theme(theme)

    def found(self) -> Found | None:
        """Return what the numbers that are shown were worked out from; None before the first are there."""
        return self._found

    def reckoned(self) -> Reckoned | None:
        """Return the numbers that are shown, for reports and files; None while they are not all there."""
        found = self._found
        if found is None or not self._complete:
            return None
        rows = (row for each in found.corpus.variables for row in found.results.get(each.key, ()))
        agreement = agreement_with(found.corpus, found.asked.wishes, rows)
        return Reckoned(self._project.path, found.corpus, agreement)

    def release(self) -> None:
        """Let what is worked out come to its end; the project is about to be closed."""
        self.asking.rest()
        self.working.wait()
        self.details.wait()

    def showEvent(self, event: QShowEvent) -> None:
        """Work it out the first time; later the numbers stay until somebody wants others."""
        self._offer()
        if self._found is None and not self.working.busy:
            self.work_out()
        self.variables.setFocus(Qt.FocusReason.OtherFocusReason)
        super().showEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        """Remember place and size."""
        self._room.store.setValue(_GEOMETRY, self.saveGeometry())
        self._room.store.setValue(_SPLIT, self._parts.saveState())
        super().hideEvent(event)

    @Slot()
    def work_out(self) -> None:
        """Work out what is asked now; what is shown stays, greyed, until it is there."""
        self._complete = self._changed = False
        self.variables.set_stale(True)
        self.strip.say("Working it out…")
        self.strip.show_reached(0)
        self.working.start(self._project.path, self.asking.asked())

    @Slot()
    def cancel(self) -> None:
        """End what is being worked out."""
        self.working.stop()
        self.strip.say(_CANCELLED)
        self.strip.rest(again=True)

    @Slot()
    def show_forest(self) -> None:
        """Show all headlines in one plot."""
        if self._found is None:
            return
        if self.forest is None:
            self.forest = ForestWindow(self._room, self)
            self.forest.chosen.connect(self.variables.choose)
        self._draw_forest(self._found)
        bring(self.forest)

    def _lay_out(self) -> None:
        self._parts = QSplitter(Qt.Orientation.Horizontal)
        self._parts.setChildrenCollapsible(False)
        self._parts.addWidget(self.variables)
        self._parts.addWidget(self.details)
        self._parts.setSizes(_PARTS)
        self._parts.setStretchFactor(0, 1)
        self._pages = QStackedWidget()
        self._pages.addWidget(self._parts)
        self._pages.addWidget(self._empty)
        self._told = QLabel()
        self._told.setObjectName("place")
        self._told.setTextFormat(Qt.TextFormat.PlainText)
        bar = QWidget()
        foot = QHBoxLayout(bar)
        foot.setContentsMargins(8, 8, 8, 8)
        foot.setSpacing(8)
        foot.addWidget(self._told, 1)
        for button in (self._forest_button, *self.saving.buttons):
            foot.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        for widget in (self.asking, self.strip, self._pages, bar):
            layout.addWidget(widget, int(widget is self._pages))

    def _connect(self) -> None:
        self.asking.changed.connect(self.work_out)
        self.strip.again_wanted.connect(self.work_out)
        self.strip.cancel_wanted.connect(self.cancel)
        self.working.found.connect(self._on_found)
        self.working.filled.connect(self._on_filled)
        self.working.reached.connect(self._on_reached)
        self.working.ended.connect(self._on_ended)
        self.working.failed.connect(self._on_failed)
        self.variables.chosen.connect(self._look)
        self.variables.behind_wanted.connect(self._show_behind)
        self.details.place_wanted.connect(self.place_wanted)
        self.details.failed.connect(self._told.setText)
        self.saving.told.connect(self._told.setText)
        for page in self.details.plots:
            page.plot.told.connect(self._told.setText)
        self._bridge.project_changed.connect(self._on_project_changed)
        self._bridge.refused.connect(self._told.setText)
        QShortcut(QKeySequence("F5"), self).activated.connect(self.work_out)

    def _restore(self) -> None:
        geometry, parts = self._room.store.value(_GEOMETRY), self._room.store.value(_SPLIT)
        if isinstance(geometry, QByteArray):
            self.restoreGeometry(geometry)
        if isinstance(parts, QByteArray):
            self._parts.restoreState(parts)

    @Slot(object)
    def _on_found(self, found: Found) -> None:
        self._found = found
        nothing = nothing_in_words(found.corpus)
        self._empty.setText(nothing)
        self._pages.setCurrentIndex(int(bool(nothing)))
        self._forest_button.setEnabled(not nothing)
        self.strip.say(_CHANGED if self._changed else summary(found.corpus))
        self.details.forget()
        self.variables.set_stale(False)
        # It tells which variable is looked at, which has the tabs worked out anew.
        self.variables.show_variables(found.corpus, found.results)

    @Slot(object)
    def _on_filled(self, filled: Filled) -> None:
        if self._found is None:
            return
        self._found.results[filled.key] = filled.results
        self.variables.fill(filled.key, filled.results)
        subject = self._subject(filled.key)
        if subject is not None and filled.key == self.variables.key():
            self.details.renew(subject)

    @Slot(int)
    def _on_reached(self, reached: int) -> None:
        self.strip.show_reached(reached)

    @Slot()
    def _on_ended(self) -> None:
        self._complete = True
        self.strip.rest(again=self._changed)
        if self.forest is not None and self.forest.isVisible() and self._found is not None:
            self._draw_forest(self._found)

    @Slot(str)
    def _on_failed(self, words: str) -> None:
        self.strip.say(words)
        self.strip.rest(again=True)

    @Slot(str)
    def _look(self, key: str) -> None:
        self.working.prefer(key)
        subject = self._subject(key)
        if subject is not None:
            self.details.show_subject(subject)

    @Slot()
    def _show_behind(self) -> None:
        if self.variables.key():
            self.details.show_behind(Behind())

    @Slot(object)
    def _on_project_changed(self, notice: Notice) -> None:
        changes = notice.changes
        if changes.coders or changes.samples:
            self._offer()
        if self._found is None and not self.working.busy:
            return
        # Numbers never change while somebody reads them, so that this only offers it, at the end of what goes on.
        self._changed = True
        self.strip.say(_CHANGED)
        if not self.working.busy:
            self.strip.rest(again=True)

    def _offer(self) -> None:
        collection = self._project.collection
        self.asking.offer(self._project.coders(), collection.samples(), collection.titles_done_by_several)

    def _subject(self, key: str) -> Subject | None:
        found = self._found
        if found is None:
            return None
        variable = next((each for each in found.corpus.variables if each.key == key), None)
        if variable is None or key not in found.results:
            return None
        return Subject(found.corpus, variable, tuple(found.results[key]), found.asked.wishes)

    def _draw_forest(self, found: Found) -> None:
        if self.forest is not None:
            suggested = Path(self._project.path.with_name(f"{self._project.path.stem}-agreement"))
            self.forest.show_results(found.corpus, found.results, suggested)
