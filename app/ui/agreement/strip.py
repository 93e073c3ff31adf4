"""The line between what is asked and what came of it: what is compared, how far it is, and whether it still holds."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QWidget

from app.domain.comparing import Corpus
from app.domain.counting import counted
from app.project.agreement_words import TOO_FEW, UNSURE
from app.ui.buttons import Button

_STEPS = 1_000
_TOLD = 6
"""Reasons that are told where nothing can be compared."""

NO_CODEBOOK = "The codebook has no codes and no questions yet.\n\nView > Codebook makes them."
_TWO = (
    "Agreement is between coders who worked on the same articles without each other.\n\nTwo of them have to mark the "
    "same article as done (Ctrl+D), or their files have to be merged (File > Merge returned files)."
)


class Strip(QWidget):
    """Says what is compared; while it is worked out there is a bar, and a button to end it."""

    cancel_wanted = Signal()
    again_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.words = QLabel()
        self.words.setObjectName("place")
        self.words.setTextFormat(Qt.TextFormat.PlainText)
        self.bar = QProgressBar()
        self.bar.setRange(0, _STEPS)
        self.bar.setTextVisible(False)
        self.bar.setFixedSize(160, 8)
        self.bar.setAccessibleName("How far it is worked out")
        self.cancel = Button("agreement-cancel", "&Cancel", self.cancel_wanted.emit)
        self.again = Button("agreement-again", "Work out a&gain", self.again_wanted.emit)
        row = QHBoxLayout(self)
        row.setContentsMargins(4, 0, 8, 8)
        row.setSpacing(8)
        row.addWidget(self.words, 1)
        for each in (self.bar, self.cancel, self.again):
            row.addWidget(each)
        # The line keeps its height whatever stands in it, so that nothing below moves.
        self.setMinimumHeight(self.cancel.sizeHint().height() + 8)
        self.rest()

    def say(self, words: str) -> None:
        """Say something in one line."""
        self.words.setText(words)
        self.words.setToolTip(words)

    def show_reached(self, reached: int) -> None:
        """Show how far it is, in thousandths, and that it can be ended."""
        self.bar.setValue(reached)
        self.bar.show()
        self.cancel.show()
        self.again.hide()

    def rest(self, *, again: bool = False) -> None:
        """Show that nothing is going on; `again` offers to work it out anew."""
        self.bar.hide()
        self.cancel.hide()
        self.again.setVisible(again)


def summary(corpus: Corpus) -> str:
    """Return in one line what is compared, and what its size means."""
    articles, coders = len(corpus.articles), len(corpus.coders)
    spans = sum(len(coding.spans) for each in corpus.articles for coding in each.codings.values())
    parts = [
        f"{counted(articles, 'article')} with two coders or more",
        counted(coders, "coder"),
        counted(spans, "annotation"),
    ]
    if corpus.left_out:
        parts.append(f"{len(corpus.left_out):,} left out")
    told = " · ".join(parts)
    if articles < TOO_FEW:
        return f"{told}. Fewer than {TOO_FEW} articles say little: numbers are grey."
    if articles < UNSURE:
        return f"{told}. Below {UNSURE} articles intervals are likely too narrow."
    return told


def nothing_in_words(corpus: Corpus) -> str:
    """Say why there is nothing to compare, and what can be done; empty where there is."""
    if not corpus.variables:
        return NO_CODEBOOK
    if corpus.articles:
        return ""
    names = list(corpus.coders.values())
    so_far = "nobody has coded" if not names else f"only {names[0]} has" if len(names) == 1 else ""
    told: Sequence[str] = [each.in_words() for each in corpus.left_out[:_TOLD]]
    more = len(corpus.left_out) - len(told)
    lines = [
        f"So far {so_far}." if so_far else "So far:" if told else "So far there are no articles.",
        *told,
        *([f"and {more:,} more"] if more > 0 else []),
    ]
    return "\n".join([_TWO, "", *lines])
