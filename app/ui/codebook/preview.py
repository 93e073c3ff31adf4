"""How coders will meet a code: its line in the palette, its bar in the text, its definition, its questions."""

from PySide6.QtCore import QRectF, QSize, Qt, QTimer, Slot
from PySide6.QtGui import QPainter, QPaintEvent, QStandardItemModel
from PySide6.QtWidgets import QFrame, QLabel, QListView, QScrollArea, QVBoxLayout, QWidget

from app.domain.answers import Answer
from app.domain.codebook import Attribute, Code, Codebook
from app.domain.ids import AttributeId
from app.ui.answering.form import Form, Given
from app.ui.code_rows import CodeDelegate, code_in_words, code_item
from app.ui.codebook.nodes import Node
from app.ui.theme import DARK, LIGHT, Theme, code_colours

_SOON = 60
"""Milliseconds after which the preview follows, so that walking through the tree stays quick."""
_WORDS = "words that are coded"


class Preview(QScrollArea):
    """Shows what is selected in the tree as coders see it. Answers given here are kept nowhere."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._codebook, self._node = Codebook(), Node()
        self._answers: dict[AttributeId, Answer] = {}
        self._form: Form | None = None
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_SOON)
        self._soon.timeout.connect(self._show)
        self._model, self._delegate = QStandardItemModel(), CodeDelegate(theme)
        self._palette = QListView()
        self._palette.setModel(self._model)
        self._palette.setItemDelegate(self._delegate)
        self._palette.setSelectionMode(QListView.SelectionMode.NoSelection)
        self._palette.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._palette.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._palette.setAccessibleName("The code in the palette")
        self._sample, self._definition, self._asks = _Sample(), QLabel(), QLabel()
        self._definition.setObjectName("definition")
        self._definition.setWordWrap(True)
        self._definition.setTextFormat(Qt.TextFormat.RichText)
        self._asks.setObjectName("said")
        self._asks.setWordWrap(True)
        head = QLabel("As coders see it")
        head.setObjectName("dock-title")
        head.setContentsMargins(0, 0, 0, 0)
        body = QWidget()
        self._rows = QVBoxLayout(body)
        self._rows.setContentsMargins(12, 0, 12, 12)
        self._rows.setSpacing(8)
        for widget in (head, self._palette, self._sample, self._definition, self._asks):
            self._rows.addWidget(widget)
        self._rows.addStretch(1)
        self.setWidget(body)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName("Preview")

    def set_theme(self, theme: Theme) -> None:
        """Change colours with the rest of the program."""
        self._theme = self._delegate.theme = theme
        self._soon.start()

    def show_node(self, codebook: Codebook, node: Node) -> None:
        """Show a node soon."""
        if node != self._node:
            self._answers = {}
        self._codebook, self._node = codebook, node
        self._soon.start()

    @Slot()
    def _show(self) -> None:
        codebook, code = self._codebook, self._code()
        self._model.clear()
        for depth, each in enumerate(codebook.path(code.id) if code else ()):
            self._model.appendRow(code_item(each, depth))
        self._palette.setFixedHeight(self._model.rowCount() * max(30, self._palette.sizeHintForRow(0)) + 4)
        for widget in (self._palette, self._sample, self._definition):
            widget.setVisible(code is not None)
        if code is not None:
            self._sample.show_code(code)
            self._definition.setText(code_in_words(code))
        self._ask(codebook.questions(code.id) if code else codebook.variables, on_article=code is None)

    def _code(self) -> Code | None:
        """Return the code that is selected, or on which the selected question is asked."""
        for code in self._codebook.codes:
            if code.id == self._node.code or any(each.id == self._node.question for each in code.attributes):
                return code
        return None

    def _ask(self, questions: tuple[Attribute, ...], *, on_article: bool) -> None:
        if self._form is not None:
            self._form.hide()
            self._form.deleteLater()
        what = "Asked about each article" if on_article else "Asked about each annotation"
        nothing = "about an article" if on_article else "about an annotation with this code"
        words = f"{what}; answers given here are not kept." if questions else f"Nothing is asked {nothing}."
        self._asks.setText(words)
        self._form = Form(questions, self._theme, lambda _attribute: None)
        self._form.given.connect(self._on_given)
        for each in questions:
            if each.default is not None:
                self._answers.setdefault(each.id, each.default)
        self._form.show_answers(self._answers, {})
        self._rows.insertWidget(self._rows.count() - 1, self._form)

    @Slot(object)
    def _on_given(self, given: Given) -> None:
        if given.answer is None:
            self._answers.pop(given.attribute.id, None)
        else:
            self._answers[given.attribute.id] = given.answer
        if self._form is not None:
            self._form.show_answers(self._answers, {})


class _Sample(QWidget):
    """Words with the tint, the bar and the label of a code, on light and on dark paper."""

    def __init__(self) -> None:
        super().__init__()
        self._code: Code | None = None
        self.setFixedHeight(56)
        self.setAccessibleName("The colour in the light and in the dark theme")

    def show_code(self, code: Code) -> None:
        """Show a code."""
        self._code = code
        self.update()

    def sizeHint(self) -> QSize:
        """Two pieces of paper beside each other."""
        return QSize(240, 56)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint both halves."""
        if self._code is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        half = (self.width() - 8) / 2
        for at, theme in enumerate((LIGHT, DARK)):
            self._paint_half(painter, QRectF(at * (half + 8), 0, half, self.height()), theme, self._code)

    @staticmethod
    def _paint_half(painter: QPainter, room: QRectF, theme: Theme, code: Code) -> None:
        colours = code_colours(code.colour, theme)
        painter.setPen(theme.line)
        painter.setBrush(theme.paper)
        painter.drawRoundedRect(room.adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
        metrics = painter.fontMetrics()
        wide = min(room.width() - 20, metrics.horizontalAdvance(_WORDS) + 4.0)
        words = QRectF(room.left() + 10, room.top() + 8, wide, metrics.height() + 2)
        painter.fillRect(words, colours.tint)
        painter.setPen(theme.ink)
        fitting = metrics.elidedText(_WORDS, Qt.TextElideMode.ElideRight, int(wide))
        painter.drawText(words, Qt.AlignmentFlag.AlignCenter, fitting)
        painter.fillRect(QRectF(words.left(), words.bottom() + 1, wide, 2.5), colours.bar)
        painter.setPen(colours.ink)
        label = QRectF(words.left(), words.bottom() + 4, room.width() - 20, metrics.height())
        name = metrics.elidedText(code.name, Qt.TextElideMode.ElideRight, int(label.width()))
        painter.drawText(label, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, name)
