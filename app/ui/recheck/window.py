"""What is to be looked at again: annotations whose code means something else now than when they were made."""

from collections.abc import Collection

from PySide6.QtCore import QModelIndex, Qt, Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from app.domain.errors import UserError
from app.domain.ids import AnnotationId
from app.domain.versions import Recheck
from app.project.commands_codebook import ConfirmAnnotations
from app.ui.bridge import Bridge, Notice
from app.ui.buttons import Button
from app.ui.code_rows import code_in_words, questions_in_words
from app.ui.recheck.rows import RecheckDelegate, RecheckModel
from app.ui.room import foot_of, stand_alone
from app.ui.rows import RowsView
from app.ui.tasks import TaskRunner
from app.ui.theme import Theme

_SIZE = (920, 640)
_PARTS = [520, 400]
_AT_ONCE = 50
"""Annotations that are looked at one by one while the window waits."""
_LOOKING = "Looking for what has changed…"
_EMPTY = (
    "Nothing is to be looked at again.\n\nWhen a new version of the codebook is published in which a code means, is "
    "called or asks something else, your annotations with it that were made before are listed here."
)

_KEYS = "Space: it holds. Shift+Space: all of this code hold. Enter opens the article."


class RecheckWindow(QDialog):
    """Lists the annotations of the coder at work, tells what changed, and lets each be confirmed or opened."""

    annotation_shown = Signal()
    """An annotation was selected in its article."""

    def __init__(self, bridge: Bridge, theme: Theme) -> None:
        super().__init__()
        self._bridge, self._tasks = bridge, TaskRunner(self)
        stand_alone(self, "Look again", *_SIZE)
        self.model, self._delegate = RecheckModel(), RecheckDelegate(theme)
        self.list = RowsView("recheck", "Annotations to look at again", self.model, self._delegate)
        self._changes = QLabel()
        self._changes.setObjectName("recheck-changes")
        self._changes.setWordWrap(True)
        self._changes.setTextFormat(Qt.TextFormat.RichText)
        self._changes.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._changes.setContentsMargins(12, 8, 12, 12)
        self._open = Button("recheck-open", "&Open in its article", self.open_annotation, "Enter")
        self._confirm = Button("recheck-confirm", "&It holds", self.confirm, "Space")
        self._all = Button("recheck-all", "&All of this code hold", self.confirm_all, "Shift+Space")
        self._empty = QLabel(_EMPTY)
        self._empty.setObjectName("empty")
        self._empty.setWordWrap(True)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._empty.setContentsMargins(64, 0, 64, 0)
        self._told, self._left = QLabel(), QLabel()
        self._lay_out()
        self._connect()

    def set_theme(self, theme: Theme) -> None:
        """Change colours with the rest of the program."""
        self._delegate.theme = theme
        self.list.viewport().update()

    def showEvent(self, event: QShowEvent) -> None:
        """Read the queue: while it is closed the window follows nothing."""
        self._told.setText(_KEYS)
        self._reload()
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)
        super().showEvent(event)

    @Slot()
    def open_annotation(self) -> None:
        """Show the annotation in its article."""
        entry = self._entry()
        if entry is not None:
            self._bridge.open_article(entry.article_id)
            self._bridge.select_annotation(entry.annotation_id)
            self.annotation_shown.emit()

    @Slot()
    def confirm(self) -> None:
        """Say that the annotation holds under the newest version."""
        entry = self._entry()
        if entry is not None and self._confirm.isEnabled():
            self._confirm_these((entry.annotation_id,))

    @Slot()
    def confirm_all(self) -> None:
        """Say that all annotations with the code of this one hold."""
        entry = self._entry()
        if entry is not None and self._all.isEnabled():
            entries = map(self.model.entry, range(self.model.rowCount()))
            same = tuple(each.annotation_id for each in entries if each and each.code_id == entry.code_id)
            self._confirm_these(same)

    def _confirm_these(self, ids: tuple[AnnotationId, ...]) -> None:
        project, command = self._bridge.project, ConfirmAnnotations(ids=ids)
        if project is None or len(ids) <= _AT_ONCE:
            self._bridge.apply(command, self)
            return
        try:
            changes = self._tasks.wait_for(
                lambda: project.apply(command), f"Confirming {len(ids):,} annotations…"
            )
        except UserError as error:
            self._bridge.refused.emit(str(error))
        else:
            self._bridge.tell(changes, self)

    def _entry(self) -> Recheck | None:
        return self.model.entry(self.list.currentIndex().row())

    def _lay_out(self) -> None:
        room = QScrollArea()
        room.setWidget(self._changes)
        room.setWidgetResizable(True)
        room.setFrameShape(QFrame.Shape.NoFrame)
        room.setAccessibleName("What changed about the code")
        parts = QSplitter(Qt.Orientation.Horizontal)
        parts.setChildrenCollapsible(False)
        parts.addWidget(self.list)
        parts.addWidget(room)
        parts.setSizes(_PARTS)
        bar = QHBoxLayout()
        bar.setContentsMargins(8, 8, 8, 8)
        bar.setSpacing(8)
        for button in (self._confirm, self._all, self._open):
            bar.addWidget(button)
        bar.addStretch(1)
        inner = QWidget()
        lines = QVBoxLayout(inner)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(0)
        lines.addLayout(bar)
        lines.addWidget(parts, 1)
        self._pages = QStackedWidget()
        self._pages.addWidget(inner)
        self._pages.addWidget(self._empty)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._pages, 1)
        layout.addLayout(foot_of(self._told, self._left))

    def _connect(self) -> None:
        self.list.selectionModel().currentChanged.connect(self._show_entry)
        self.list.doubleClicked.connect(self.open_annotation)
        self._bridge.project_changed.connect(self._on_project_changed)
        self._bridge.refused.connect(self._told.setText)
        for keys, work in (
            *((key, self.open_annotation) for key in ("Return", "Enter")),
            *(("Space", self.confirm), ("Shift+Space", self.confirm_all)),
        ):
            shortcut = QShortcut(QKeySequence(keys), self.list)
            shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
            shortcut.activated.connect(work)

    def _reload(self) -> None:
        """Read the queue anew; the line that takes the place of one that is done becomes the current one."""
        project = self._bridge.project
        row, here = max(0, self.list.currentIndex().row()), self._entry()
        queue = self._tasks.wait_for(project.versions.queue, _LOOKING) if project else []
        self.model.show_queue(project, queue)
        same = next(
            (at for at, each in enumerate(queue) if here and each.annotation_id == here.annotation_id), row
        )
        self._show_queue(same)

    def _take_away(self, ids: Collection[AnnotationId]) -> None:
        """Leave out what is done; reading 100,000 lines anew would take a second each time."""
        row = self.list.currentIndex().row()
        row -= self.model.count_above(row, ids)
        self.model.take_away(ids)
        self._show_queue(max(0, row))

    def _show_queue(self, row: int) -> None:
        """Make a line the current one, or the last, and say how many there are."""
        project, count = self._bridge.project, self.model.rowCount()
        self.list.selectRow(min(row, count - 1))
        appeared = count > 0 and self._pages.currentIndex() == 1
        self._pages.setCurrentIndex(0 if count else 1)
        if appeared:
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)
        self._left.setText(f"{count:,} to look at" if count else "")
        writing = project is not None and not project.read_only
        self._confirm.setEnabled(writing)
        self._all.setEnabled(writing)
        self._show_entry()

    @Slot(QModelIndex)
    def _show_entry(self, _index: QModelIndex | None = None) -> None:
        """Tell what changed about the code, and what it says now."""
        project, entry = self._bridge.project, self._entry()
        if project is None or entry is None:
            self._changes.clear()
            return
        versions = project.versions
        newest, before = versions.newest(), versions.codebook(entry.against)
        changes = "".join(
            f"<p style='margin: 0 0 6px 0'>{_escaped(each.words)}</p>"
            for each in versions.concerning(entry.code_id, entry.against)
        )
        cards = "".join(
            f"<h4>As version {book.version} has it</h4>{code_in_words(code)}"
            f"{questions_in_words(book.questions(code.id))}"
            for book in (newest, before)
            for code in book.codes
            if code.id == entry.code_id
        )
        self._changes.setText(f"<h4>What changed since version {entry.against}</h4>{changes}{cards}")

    @Slot(object)
    def _on_project_changed(self, notice: Notice) -> None:
        changes, project = notice.changes, self._bridge.project
        if project is None or not self.isVisible():
            return
        if changes.annotations or changes.codebook or changes.articles:
            self._told.setText(notice.words)
        if changes.codebook or changes.articles:
            self._reload()
        elif notice.initiator is self:
            self._take_away(changes.annotations)
        elif changes.annotations:
            self._follow(changes.annotations)

    def _follow(self, ids: frozenset[AnnotationId]) -> None:
        """Leave out what is not to be looked at any longer; what comes back has a place that only reading tells."""
        project = self._bridge.project
        left = project.versions.still_queued(ids) if project and len(ids) <= _AT_ONCE else None
        if left is None or not self.model.lists(left):
            self._reload()
            return
        self.model.look_again(left)
        self._take_away(ids - left)


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
