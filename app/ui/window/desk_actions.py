"""What the menus other than File do: steps, text, annotations, articles, view."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtWidgets import QApplication, QLineEdit, QMainWindow, QMessageBox

from app import __version__
from app.system.settings import CODES_AT_SELECTION, TEXT_SIZE, Settings
from app.ui.annotations.panel import AnnotationsPanel
from app.ui.articles.panel import ArticlesPanel
from app.ui.bridge import Bridge
from app.ui.reader.panel import ReaderPanel


class DeskActions(QObject):
    """Does what concerns coding and looking."""

    layout_reset = Signal()
    quit_requested = Signal()

    def __init__(
        self,
        window: QMainWindow,
        bridge: Bridge,
        settings: Settings,
        reader: ReaderPanel,
        articles: ArticlesPanel,
        annotations: AnnotationsPanel,
    ) -> None:
        super().__init__(window)
        self._window, self._bridge, self._settings = window, bridge, settings
        self._reader, self._articles, self._annotations = reader, articles, annotations

    def handlers(self) -> Mapping[str, Callable[[], None]]:
        """The actions of the table that are done here."""
        return {
            "window.quit": self.quit_requested.emit,
            "step.undo": self._bridge.undo,
            "step.redo": self._bridge.redo,
            "text.copy": self.copy,
            "text.select_all": self.select_all,
            "text.clear": self.clear,
            "annotation.next": self.next_annotation,
            "annotation.previous": self.previous_annotation,
            "annotation.delete": self._bridge.delete_annotation,
            "article.previous": self.previous_article,
            "article.next": self.next_article,
            "article.only_open": self.show_only_open,
            "article.filter": self._articles.focus_filter,
            "view.text": self.go_to_text,
            "view.larger": self.larger,
            "view.smaller": self.smaller,
            "view.normal": self.normal,
            "view.everybody": self.show_everybody,
            "view.codes_at_selection": self.offer_codes,
            "view.reset": self.layout_reset.emit,
            "help.licences": self.show_licences,
            "help.about": self.show_about,
        }

    @Slot()
    def copy(self) -> None:
        """Copy from the field that has the keyboard, else from the article."""
        field = QApplication.focusWidget()
        if isinstance(field, QLineEdit):
            field.copy()
        else:
            self._reader.reader.copy()

    @Slot()
    def select_all(self) -> None:
        """Select all of the field that has the keyboard, else of the article."""
        field = QApplication.focusWidget()
        if isinstance(field, QLineEdit):
            field.selectAll()
        else:
            self._reader.reader.select_all()

    @Slot()
    def clear(self) -> None:
        """Select nothing, and give the keyboard back to the text."""
        self._bridge.select_annotation(None)
        self._reader.reader.clear_selection()
        self.go_to_text()

    @Slot()
    def next_annotation(self) -> None:
        """Select the next annotation in the text."""
        self._go_to_annotation(1)

    @Slot()
    def previous_annotation(self) -> None:
        """Select the previous annotation in the text."""
        self._go_to_annotation(-1)

    @Slot()
    def previous_article(self) -> None:
        """Open the article before."""
        self._go_to_article(-1)

    @Slot()
    def next_article(self) -> None:
        """Open the article after."""
        self._go_to_article(1)

    @Slot(bool)
    def show_only_open(self, only: bool = False) -> None:
        """Show only the articles that are not done, or all."""
        self._articles.show_only_open(only)

    @Slot()
    def go_to_text(self) -> None:
        """Give the keyboard to the text."""
        self._reader.reader.setFocus(Qt.FocusReason.ShortcutFocusReason)

    @Slot()
    def larger(self) -> None:
        """Make the text larger."""
        self._zoom(self._settings.number(TEXT_SIZE) + 1)

    @Slot()
    def smaller(self) -> None:
        """Make the text smaller."""
        self._zoom(self._settings.number(TEXT_SIZE) - 1)

    @Slot()
    def normal(self) -> None:
        """Give the text its first size."""
        self._zoom(float(TEXT_SIZE.default))  # type: ignore[arg-type]

    @Slot(bool)
    def show_everybody(self, show: bool = False) -> None:
        """Show every coder's annotations, or only one's own."""
        self._bridge.show_everybody(show)

    @Slot(bool)
    def offer_codes(self, offer: bool = False) -> None:
        """Offer the codes beside text that is selected with the mouse, or do not."""
        self._settings.set({CODES_AT_SELECTION: "yes" if offer else "no"})

    @Slot()
    def show_licences(self) -> None:
        """Show what the program is made of and under which licences."""
        # Hardly ever asked for, so nothing of it is loaded before.
        from app.system.licences import components
        from app.ui.licences.dialog import LicencesDialog

        dialog = LicencesDialog(components(), self._window)
        dialog.exec()
        dialog.deleteLater()

    @Slot()
    def show_about(self) -> None:
        """Say what this program is."""
        QMessageBox.about(
            self._window,
            "About Rubricator",
            f"<p><b>Rubricator {__version__}</b></p><p>Codes news articles, offline. MIT licence.</p>"
            "<p>Built with Qt for Python (LGPL), SQLite, sqlite-utils and pydantic.</p>",
        )

    def _go_to_annotation(self, step: int) -> None:
        found = self._annotations.neighbour(step, self._reader.reader.offset)
        if found is None:
            self._bridge.told.emit("No annotation further on." if step > 0 else "No annotation before this.")
        else:
            self._bridge.select_annotation(found)

    def _go_to_article(self, step: int) -> None:
        found = self._articles.neighbour(step)
        if found is None:
            self._bridge.told.emit("This is the last article." if step > 0 else "This is the first article.")
        else:
            self._bridge.open_article(found)

    def _zoom(self, size: float) -> None:
        self._settings.set({TEXT_SIZE: size})
        self._bridge.show_anew()
