"""Every key on one page."""

from collections.abc import Mapping, Sequence
from html import escape

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QTextBrowser, QVBoxLayout, QWidget

Group = Sequence[tuple[str, str]]
"""What keys do, and the keys."""


class KeysDialog(QDialog):
    """Shows groups of keys side by side, `left` and `right`, each under its title."""

    def __init__(
        self, left: Mapping[str, Group], right: Mapping[str, Group], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("Keys")
        self.resize(760, 600)
        page = QTextBrowser()
        page.setObjectName("keys")
        page.setAccessibleName("Keys")
        page.setHtml(
            f"<table width='100%' cellspacing='12'><tr><td width='50%'>{_column(left)}</td>"
            f"<td width='50%'>{_column(right)}</td></tr></table>"
        )
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.addWidget(page, 1)
        layout.addWidget(buttons)


def _column(groups: Mapping[str, Group]) -> str:
    return "".join(
        f"<p style='margin: 10px 0 2px 0'><b>{escape(title)}</b></p><table width='100%' cellpadding='2'>"
        + "".join(
            f"<tr><td>{escape(words)}</td><td align='right'><b>{escape(key)}</b></td></tr>"
            for words, key in rows
        )
        + "</table>"
        for title, rows in groups.items()
        if rows
    )
