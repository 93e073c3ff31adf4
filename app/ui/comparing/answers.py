"""What every coder said at one place, side by side: codes, words and answers, each with those who said so."""

from collections.abc import Callable, Sequence
from html import escape

from PySide6.QtWidgets import QTextBrowser

from app.domain.ids import CoderId
from app.project.site_words import Compared
from app.ui.theme import Theme


class AnswersPane(QTextBrowser):
    """Shows one place; what differs is marked with a sign and bold."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        self.setObjectName("comparing-answers")
        self.setAccessibleName("What each coder said at this place")
        self.setOpenLinks(False)

    def show_compared(
        self, rows: Sequence[Compared], everybody: int, in_short: Callable[[Sequence[CoderId]], str]
    ) -> None:
        """Show what was said; `in_short` names coders, `everybody` is how many are compared."""
        self.setHtml("".join(self._row(row, everybody, in_short) for row in rows))

    def _row(self, row: Compared, everybody: int, in_short: Callable[[Sequence[CoderId]], str]) -> str:
        quiet = self.theme.quiet.name()
        sign = "≠ " if row.differs else ""
        said: list[str] = []
        for words, coders in row.answers:
            who = "all" if len(coders) == everybody and not row.differs else in_short(coders)
            shown = f"<b>{escape(words)}</b>" if row.differs else escape(words)
            said.append(
                f"<tr><td width='56' style='color:{quiet}; padding-right:8px'>{escape(who)}</td>"
                f"<td>{shown}</td></tr>"
            )
        return (
            f"<p style='margin:6px 0 0 4px; color:{self.theme.ink.name()}'>{sign}{escape(row.question)}</p>"
            f"<table cellspacing='0' style='margin-left:16px'>{''.join(said)}</table>"
        )
