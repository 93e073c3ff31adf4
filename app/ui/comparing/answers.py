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

    def show_compared(self, rows: Sequence[Compared], in_short: Callable[[Sequence[CoderId]], str]) -> None:
        """Show what was said; `in_short` names those who said it, where not all said the same."""
        lines = "".join(self._lines(row, in_short) for row in rows)
        self.setHtml(f"<table cellspacing='0' cellpadding='3' width='100%'>{lines}</table>")
        self.verticalScrollBar().setValue(0)

    def _lines(self, row: Compared, in_short: Callable[[Sequence[CoderId]], str]) -> str:
        ink, quiet = self.theme.ink.name(), self.theme.quiet.name()
        head = f"{'≠' if row.differs else ''} {escape(row.question)}"
        lines: list[str] = []
        for words, coders in row.answers:
            shown, who = escape(words), ""
            if row.differs:
                shown, who = f"<b>{shown}</b>", escape(in_short(coders))
            lines.append(
                f"<tr><td width='26%' style='color:{ink if row.differs else quiet}'>{head}</td>"
                f"<td style='color:{ink}'>{shown}</td><td width='20%' style='color:{ink}'>{who}</td></tr>"
            )
            head = ""
        return "".join(lines)
