"""What is chosen by name: codes, articles, commands. One palette serves all three."""

from collections.abc import Callable, Hashable, Mapping, Sequence

from PySide6.QtCore import QObject, QPoint, QRect, Slot
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QMainWindow

from app.domain.articles import ArticleLine
from app.domain.codebook import Code, Codebook
from app.domain.errors import UserError
from app.domain.ids import ArticleId
from app.project.commands import ChangeCode
from app.project.scope import shorten
from app.ui.articles.panel import ArticlesPanel
from app.ui.bridge import Bridge, Notice
from app.ui.code_rows import code_in_words
from app.ui.palette.model import Choice, Offer
from app.ui.palette.popup import Palette
from app.ui.theme import Theme
from app.ui.window.actions import ACTIONS, Action
from app.ui.window.menus import Menus

_KEPT = 12
_LONGEST_QUOTE = 160


class Recent:
    """What was used last, the newest first."""

    def __init__(self) -> None:
        self._ids: list[Hashable] = []

    def note(self, each: Hashable) -> None:
        """Say that something is used now."""
        self._ids = [each, *(other for other in self._ids if other != each)][:_KEPT]

    def forget(self) -> None:
        """Forget everything."""
        self._ids = []

    def places(self, ids: Sequence[Hashable]) -> list[int]:
        """Return where among these stands what was used, the last first."""
        if not self._ids:
            return []
        at = {each: place for place, each in enumerate(ids)}
        return [at[each] for each in self._ids if each in at]


class PaletteActions(QObject):
    """Opens the palette and does what is chosen in it."""

    def __init__(self, window: QMainWindow, bridge: Bridge, articles: ArticlesPanel, theme: Theme) -> None:
        super().__init__(window)
        self._window, self._bridge, self._articles, self._theme = window, bridge, articles, theme
        self._menus: Menus | None = None
        self._palette: Palette | None = None
        self._choose: Callable[[int], None] | None = None
        self._codes: Sequence[Code] = ()
        self._lines: Sequence[ArticleLine] = ()
        self._entries: Sequence[Action] = ()
        self._recent_codes, self._recent_articles, self._recent_entries = Recent(), Recent(), Recent()
        bridge.project_opened.connect(self._on_project_opened)
        bridge.article_opened.connect(self._on_article_opened)
        bridge.project_changed.connect(self._on_project_changed)

    def handlers(self) -> Mapping[str, Callable[[], None]]:
        """The actions of the table that are done here."""
        return {
            "annotation.code": self.offer_codes,
            "article.go_to": self.offer_articles,
            "help.commands": self.offer_commands,
        }

    def join(self, menus: Menus) -> None:
        """Say which actions can be offered."""
        self._menus = menus

    def set_theme(self, theme: Theme) -> None:
        """Change colours with the rest of the window."""
        self._theme = theme
        if self._palette is not None:
            self._palette.set_theme(theme)

    @Slot()
    def offer_codes(self) -> None:
        """Offer the codes, for the selected text or else for the selected annotation."""
        project, prompt = self._bridge.project, self._what_is_coded()
        if project is None:
            return
        if not prompt:
            self._bridge.refused.emit("Select some text or an annotation first, then choose a code.")
            return
        codebook = project.codebook()
        self._codes = [code for _depth, code in codebook.walk()]
        offer = Offer(
            prompt,
            "This project has no codes yet.",
            [code.name for code in self._codes],
            lambda place: _code_choice(codebook, self._codes[place]),
            self._recent_codes.places([code.id for code in self._codes]),
        )
        self._open(offer, self._apply_code)

    @Slot()
    def offer_articles(self) -> None:
        """Offer the articles, to open one."""
        self._lines = self._articles.lines()
        offer = Offer(
            "Open an article by its title",
            "No articles yet. File > Import articles brings them in.",
            [line.title for line in self._lines],
            lambda place: _article_choice(self._lines[place]),
            self._recent_articles.places([line.id for line in self._lines])[1:],
        )
        self._open(offer, self._open_article)

    @Slot()
    def offer_commands(self) -> None:
        """Offer every action that makes sense now."""
        menus = self._menus
        if menus is None:
            return
        menus.name_steps()
        self._entries = [
            entry
            for entry in ACTIONS
            if menus[entry.id].isEnabled() and not entry.submenu and entry.id != "help.commands"
        ]
        offer = Offer(
            "Type the name of a command",
            "There is nothing to do.",
            [_without_mnemonic(menus[entry.id].text()) for entry in self._entries],
            lambda place: _command_choice(menus, self._entries[place]),
            self._recent_entries.places([entry.id for entry in self._entries]),
        )
        self._open(offer, self._trigger)

    def _open(self, offer: Offer, choose: Callable[[int], None]) -> None:
        if self._palette is None:
            self._palette = Palette(self._window, self._theme)
            self._palette.chosen.connect(self._on_chosen)
        self._choose = choose
        middle = self._window.centralWidget()
        if middle is not None:
            self._palette.open(offer, QRect(middle.mapTo(self._window, QPoint(0, 0)), middle.size()))

    @Slot(int)
    def _on_chosen(self, place: int) -> None:
        if self._choose is not None:
            self._choose(place)

    def _apply_code(self, place: int) -> None:
        code_id, annotation = self._codes[place].id, self._bridge.annotation
        if self._bridge.spans or annotation is None:
            self._bridge.apply_code(code_id, self)
        else:
            self._bridge.apply(ChangeCode(id=annotation, code_id=code_id), self)

    def _open_article(self, place: int) -> None:
        self._bridge.open_article(self._lines[place].id)

    def _trigger(self, place: int) -> None:
        entry = self._entries[place]
        self._recent_entries.note(entry.id)
        if self._menus is not None:
            self._menus[entry.id].trigger()

    def _what_is_coded(self) -> str:
        """Say what a code would be given to; nothing if neither text nor an annotation is selected."""
        project, article = self._bridge.project, self._bridge.article
        if project is None or article is None:
            return ""
        if self._bridge.spans:
            text = project.text(project.article(article))
            quotes = [
                text[span.start : min(span.end, span.start + _LONGEST_QUOTE)] for span in self._bridge.spans
            ]
            return f"Code “{shorten(' … '.join(quotes))}”"
        if self._bridge.annotation is not None:
            fragments = project.annotation(self._bridge.annotation).fragments
            return f"Change the code of “{shorten(' … '.join(each.quote for each in fragments))}”"
        return ""

    @Slot()
    def _on_project_opened(self) -> None:
        self._recent_codes.forget()
        self._recent_articles.forget()

    @Slot(object)
    def _on_article_opened(self, article_id: ArticleId | None) -> None:
        if article_id is not None:
            self._recent_articles.note(article_id)

    @Slot(object)
    def _on_project_changed(self, notice: Notice) -> None:
        """Note the code that was used, in whatever way."""
        project, changed = self._bridge.project, notice.changes.annotations
        if project is None or len(changed) != 1:
            return
        try:
            self._recent_codes.note(project.annotation(next(iter(changed))).code_id)
        except UserError:
            return


def _code_choice(codebook: Codebook, code: Code) -> Choice:
    path = " › ".join(each.name for each in codebook.path(code.id)[:-1])
    return Choice(code.name, path, code.shortcut.upper(), code.colour, code_in_words(code))


def _article_choice(line: ArticleLine) -> Choice:
    return Choice(line.title, " · ".join(part for part in (line.source, line.date) if part))


def _command_choice(menus: Menus, entry: Action) -> Choice:
    action = menus[entry.id]
    key = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
    note = f"{entry.menu.value.replace('&', '')}{', on' if action.isChecked() else ''}"
    return Choice(_without_mnemonic(action.text()), note, key)


def _without_mnemonic(text: str) -> str:
    return "&".join(part.replace("&", "") for part in text.split("&&"))
