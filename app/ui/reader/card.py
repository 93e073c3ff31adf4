"""The card that appears over annotated text while the pointer rests."""

from collections.abc import Sequence
from html import escape

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QFont, QGuiApplication, QPainter, QPaintEvent, QTextDocument
from PySide6.QtWidgets import QApplication, QWidget

from app.ui.reader.style import CodeLook, ReaderStyle
from app.ui.reader.telling import Told

_WIDEST = 400.0
_PAD = 12
_BESIDE = QPoint(12, 20)
"""From the tip of the pointer to the corner of the card."""
_SHOWN = 6
"""Annotations that one card has room for."""

_ENDINGS = {
    QEvent.Type.KeyPress,
    QEvent.Type.MouseButtonPress,
    QEvent.Type.Wheel,
    QEvent.Type.WindowDeactivate,
    QEvent.Type.ApplicationStateChange,
}


class HoverCard(QWidget):
    """Tells about annotations beside the pointer. It takes neither keys nor clicks, and goes at the first of them."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.ToolTip | Qt.WindowType.FramelessWindowHint)
        self.setObjectName("hover-card")
        self.setAccessibleName("Annotations under the pointer")
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._words = QTextDocument(self)
        self._words.setDocumentMargin(_PAD)

    def text(self) -> str:
        """Return what the card says, without its look."""
        return self._words.toPlainText()

    def tell(self, told: Sequence[Told], style: ReaderStyle, pointer: QPoint) -> None:
        """Show some annotations beside the pointer, which is a place on the screen in pixels."""
        self._words.setDefaultFont(QFont(QApplication.font()))
        self._words.setHtml(_page(told, style))
        self._words.setTextWidth(-1)
        self._words.setTextWidth(min(_WIDEST, self._words.idealWidth()))
        self.resize(self._words.size().toSize() + QSize(1, 1))
        screen = QGuiApplication.screenAt(pointer) or QGuiApplication.primaryScreen()
        self.move(beside(pointer, self.size(), screen.availableGeometry()))
        if not self.isVisible():
            QApplication.instance().installEventFilter(self)  # type: ignore[union-attr]
        self.show()
        self.update()

    def hideEvent(self, event: QEvent) -> None:
        """Listen no longer."""
        QApplication.instance().removeEventFilter(self)  # type: ignore[union-attr]
        super().hideEvent(event)  # type: ignore[arg-type]

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Go away when somebody types, clicks, scrolls or leaves the window."""
        if event.type() in _ENDINGS:
            self.hide()
        return super().eventFilter(watched, event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the words on a plain ground with a hairline around."""
        del event
        painter = QPainter(self)
        palette = self.palette()
        painter.fillRect(self.rect(), palette.toolTipBase())
        painter.setPen(palette.mid().color())
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        self._words.drawContents(painter)


def beside(pointer: QPoint, size: QSize, screen: QRect) -> QPoint:
    """Return the corner for a card of that size, below the pointer or else above it, and inside the screen."""
    place = pointer + _BESIDE
    if place.y() + size.height() > screen.bottom():
        place.setY(pointer.y() - _BESIDE.x() - size.height())
    place.setX(max(screen.left(), min(place.x(), screen.right() - size.width())))
    place.setY(max(screen.top(), place.y()))
    return place


def _page(told: Sequence[Told], style: ReaderStyle) -> str:
    quiet, ink = style.theme.quiet.name(), style.theme.ink.name()
    parts = [_entry(each, style.codes.get(each.code_id), quiet) for each in told[:_SHOWN]]
    if len(told) > _SHOWN:
        parts.append(f"<p style='color:{quiet}; margin:8px 0 0 0'>and {len(told) - _SHOWN} more</p>")
    return f"<div style='color:{ink}'>{''.join(parts)}</div>"


def _entry(told: Told, look: CodeLook | None, quiet: str) -> str:
    chip = (
        f"<span style='background-color:{look.bar.name()}'>&nbsp;&nbsp;&nbsp;</span>&nbsp; " if look else ""
    )
    flag = " · <b>to discuss</b>" if told.discuss else ""
    lines = [
        f"<p style='margin:0'>{chip}<b>{escape(told.path)}</b>"
        f"<span style='color:{quiet}'> · {escape(told.coder)}</span>{flag}</p>"
    ]
    if told.answers:
        rows = "".join(
            f"<tr><td style='color:{quiet}; padding-right:10px'>{escape(question)}</td>"
            f"<td>{escape(answer)}</td></tr>"
            for question, answer in told.answers
        )
        lines.append(f"<table cellspacing='0' style='margin-top:4px'>{rows}</table>")
    if told.memo:
        lines.append(f"<p style='margin:4px 0 0 0'><i>{escape(told.memo)}</i></p>")
    return f"<div style='margin:0 0 10px 0'>{''.join(lines)}</div>"
