"""The codebook and what is to be looked at again, as the main window knows them: windows of their own."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QDialog, QMainWindow

from app.ui.bridge import Bridge, Notice
from app.ui.reader.panel import ReaderPanel
from app.ui.room import bring
from app.ui.theme import Theme

if TYPE_CHECKING:
    from app.ui.codebook.window import CodebookWindow
    from app.ui.recheck.window import RecheckWindow

_Window = TypeVar("_Window", bound=QDialog)


class CodebookActions(QObject):
    """Opens the windows, and brings the main window forward when an annotation is shown in it."""

    def __init__(self, window: QMainWindow, bridge: Bridge, reader: ReaderPanel, theme: Theme) -> None:
        super().__init__(window)
        self._window, self._bridge, self._reader, self._theme = window, bridge, reader, theme
        self._lent: tuple[QAction, ...] = ()
        self.editor: CodebookWindow | None = None
        self.recheck: RecheckWindow | None = None
        self._version = 0
        bridge.project_opened.connect(self._tell_queue)
        bridge.project_changed.connect(self._on_project_changed)
        bridge.project_closed.connect(self._on_project_closed)

    def handlers(self) -> Mapping[str, Callable[[], None]]:
        """The actions of the table that are done here."""
        return {"view.codebook": self.show_codebook, "view.recheck": self.show_recheck}

    def lend(self, *actions: QAction) -> None:
        """Name the actions of the main window whose keys work in these windows too."""
        self._lent = actions

    def set_theme(self, theme: Theme) -> None:
        """Change colours with the rest of the program."""
        self._theme = theme
        for each in (self.editor, self.recheck):
            if each is not None:
                each.set_theme(theme)

    @Slot()
    def show_codebook(self) -> None:
        """Show the editor of the codebook, bring it forward, or close it if it is in front."""
        if self.editor is None:
            from app.ui.codebook.window import CodebookWindow  # Coders hardly ever want it.

            # Made when it is first wanted, and without a parent: a child could never lie behind the article.
            self.editor = self._furnished(CodebookWindow(self._bridge, self._theme))
        bring(self.editor)

    @Slot()
    def show_recheck(self) -> None:
        """Show what is to be looked at again, bring it forward, or close it if it is in front."""
        if self.recheck is None:
            from app.ui.recheck.window import RecheckWindow  # Wanted after a new version only.

            self.recheck = self._furnished(RecheckWindow(self._bridge, self._theme))
            self.recheck.annotation_shown.connect(self._on_annotation_shown)
        bring(self.recheck)

    def _furnished(self, window: _Window) -> _Window:
        window.addActions(self._lent)
        return window

    @Slot()
    def _on_annotation_shown(self) -> None:
        self._window.raise_()
        self._window.activateWindow()
        self._reader.reader.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _tell_queue(self) -> None:
        """Say if something is to be looked at again: coders learn of a new version by opening the project."""
        project = self._bridge.project
        if project is None:
            return
        self._version = project.codebook().version
        count = project.versions.queue_length()
        if count:
            some = "1 of your annotations is" if count == 1 else f"{count:,} of your annotations are"
            self._bridge.told.emit(f"{some} to be looked at again: View > Look again.")

    @Slot(object)
    def _on_project_changed(self, notice: Notice) -> None:
        project = self._bridge.project
        if notice.changes.codebook and project and project.codebook().version != self._version:
            self._tell_queue()

    @Slot()
    def _on_project_closed(self) -> None:
        for each in (self.editor, self.recheck):
            if each is not None:
                each.close()
                each.deleteLater()
        self.editor = self.recheck = None
