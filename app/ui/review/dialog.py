"""What is still to be answered before an article is done, and why it may be done all the same."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from app.domain.reviews import OpenQuestion

_LONGEST_REASON = 500
_FEWEST_ROWS, _MOST_ROWS = 3, 9


class OpenQuestionsDialog(QDialog):
    """Lists required questions without an answer. After it was accepted, either `question` or `reason` is there."""

    def __init__(self, questions: Sequence[OpenQuestion], parent: QWidget) -> None:
        super().__init__(parent)
        self._questions = questions
        self.question: OpenQuestion | None = None
        """The one that the coder wants to answer now."""
        self.reason = ""
        """Why the article is done all the same."""
        count = len(questions)
        self.setWindowTitle("Not everything is answered")
        self.setMinimumWidth(460)
        said = QLabel(
            "1 required question is open in this article."
            if count == 1
            else f"{count:,} required questions are open in this article."
        )
        self._list = self._make_list()
        self._why = QLineEdit()
        self._why.setObjectName("reason")
        self._why.setMaxLength(_LONGEST_REASON)
        self._why.setPlaceholderText("For example: the article breaks off")
        why = QLabel("Or say &why it is done without:")
        why.setBuddy(self._why)
        layout = QVBoxLayout(self)
        layout.setSpacing(8)
        for widget in (said, self._list, why, self._why):
            layout.addWidget(widget)
        layout.addLayout(self._make_buttons())
        self._list.itemActivated.connect(self._on_item_activated)
        self._why.textChanged.connect(self._on_reason_changed)
        self._why.returnPressed.connect(self._done.click)
        self._on_reason_changed("")
        self._list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _make_list(self) -> QListWidget:
        made = QListWidget()
        made.setObjectName("open-questions")
        made.setAccessibleName("Open questions")
        made.setUniformItemSizes(True)
        made.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        made.addItems([_in_words(each) for each in self._questions])
        made.setCurrentRow(0)
        made.setSpacing(2)
        rows = min(max(len(self._questions), _FEWEST_ROWS), _MOST_ROWS)
        made.setFixedHeight(rows * (made.sizeHintForRow(0) + 4) + 6)
        return made

    def _make_buttons(self) -> QHBoxLayout:
        self._answer = QPushButton("&Answer the question")
        self._done = QPushButton("Mark &done all the same")
        cancel = QPushButton("Cancel")
        # Return belongs to the list and the field, each of which means something else by it.
        for button in (self._answer, self._done, cancel):
            button.setAutoDefault(False)
        self._answer.clicked.connect(self._on_answer_clicked)
        self._done.clicked.connect(self._on_done_clicked)
        cancel.clicked.connect(self.reject)
        row = QHBoxLayout()
        row.addWidget(cancel)
        row.addStretch(1)
        row.addWidget(self._done)
        row.addWidget(self._answer)
        return row

    @Slot(QListWidgetItem)
    def _on_item_activated(self, item: QListWidgetItem) -> None:
        self.question = self._questions[self._list.row(item)]
        self.accept()

    @Slot()
    def _on_answer_clicked(self) -> None:
        self.question = self._questions[max(0, self._list.currentRow())]
        self.accept()

    @Slot()
    def _on_done_clicked(self) -> None:
        self.reason = self._why.text().strip()
        self.accept()

    @Slot(str)
    def _on_reason_changed(self, text: str) -> None:
        self._done.setEnabled(bool(text.strip()))


def _in_words(question: OpenQuestion) -> str:
    where = f"{question.code} “{question.quote}”" if question.annotation_id else "This article"
    return f"{question.attribute}  ·  {where}"
