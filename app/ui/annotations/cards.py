"""Cards: annotations that link to others, with what they link to, however far away that stands."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF
from PySide6.QtGui import QColor, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem

from app.domain.answers import NOT_IN_TEXT, AnnotationTarget, Answer, EntityTarget, NotInText, in_words
from app.domain.codebook import Attribute, AttributeKind
from app.domain.ids import CodeId
from app.project.project import Project
from app.ui.annotations.model import ENTRY_ROLE, Entry, Place, one_line
from app.ui.annotations.panel import AnnotationsPanel
from app.ui.bridge import Bridge
from app.ui.rows import RowDelegate, write
from app.ui.theme import Theme, blend

_PAD = 8
_OPEN = "-"


class CardsPanel(AnnotationsPanel):
    """Lists claims and whatever else has links: who says it, to whom, about whom, and the stance."""

    def __init__(self, bridge: Bridge, theme: Theme) -> None:
        self._cards = _CardDelegate(theme)
        super().__init__(
            bridge,
            self._cards,
            name="cards",
            spoken="Annotations of this article with what they link to",
            empty="Annotations that link to others stand here as cards, claims for example.",
        )

    def _wants(self, code_id: CodeId) -> bool:
        return bool(self._shown(code_id))

    def _before_reload(self) -> None:
        """Make every card as high as the one with most to say."""
        project = self._bridge.project
        codes = project.codebook().codes if project else ()
        self._cards.lines = max((len(self._shown(code.id)) for code in codes), default=0)
        self._list.fit_rows()

    def _look(self, place: Place) -> Entry:
        entry, project = super()._look(place), self._bridge.project
        if project is None:
            return entry
        annotation = project.annotation(place.id)
        answers = tuple(
            (question.name, _words(project, annotation.answers.get(question.id)))
            for question in self._shown(place.code_id)
        )
        return entry._replace(answers=answers)

    def _shown(self, code_id: CodeId) -> list[Attribute]:
        """The questions that a card answers: links and, where there are any, ordered choices."""
        project = self._bridge.project
        questions = project.codebook().questions(code_id) if project else ()
        if all(question.kind is not AttributeKind.LINK for question in questions):
            return []
        return [each for each in questions if each.kind in (AttributeKind.LINK, AttributeKind.ORDERED)]


def _words(project: Project, answer: Answer | None) -> str:
    if answer is None:
        return _OPEN
    if not isinstance(answer, tuple):
        return in_words(answer)
    words: list[str] = []
    for target in answer:
        match target:
            case AnnotationTarget():
                fragments = project.annotation(target.annotation).fragments
                words.append(one_line(fragment.quote for fragment in fragments))
            case EntityTarget():
                names = {entity.id: entity.name for entity in project.entities()}
                words.append(names.get(target.entity, "?"))
            case NotInText():
                words.append(NOT_IN_TEXT)
            case str():
                words.append(target)
    return "; ".join(words)


class _CardDelegate(RowDelegate):
    """Paints a card: code and quote, and a line for each question."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self.lines = 0

    def height(self, metrics: QFontMetrics) -> int:
        """Two lines and one for each question, with room around."""
        return (2 + self.lines) * metrics.lineSpacing() + 3 * _PAD

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Paint one card."""
        theme, rect = self.theme, QRectF(option.rect).adjusted(8, 4, -8, -4)
        entry: Entry = index.data(ENTRY_ROLE)
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.fillRect(QRectF(option.rect), theme.panel)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(theme.accent if selected else theme.line)
        painter.setBrush(blend(theme.accent, theme.panel, 0.14) if selected else theme.paper)
        painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), 5, 5)
        painter.fillRect(QRectF(rect.left() + 6, rect.top() + 7, 3, rect.height() - 14), QColor(entry.colour))
        line = option.fontMetrics.lineSpacing()
        room = QRectF(rect.left() + 16, rect.top() + 6, rect.width() - 24, line)
        head = entry.code + (f" · {entry.coder}" if entry.coder else "")
        write(painter, head, room, theme.quiet)
        room.translate(0, line)
        write(painter, f"“{entry.quote}”", room, theme.ink)
        names = max(
            (option.fontMetrics.horizontalAdvance(name) for name, _answer in entry.answers), default=0
        )
        for name, answer in entry.answers:
            room.translate(0, line)
            write(painter, name, room, theme.quiet)
            write(painter, answer, room.adjusted(names + 10, 0, 0, 0), theme.ink)
        painter.restore()
