"""Title and metadata above the text."""

from PySide6.QtCore import QPointF
from PySide6.QtGui import QFont, QPainter, QTextLayout

from app.domain.articles import Article
from app.ui.reader.laid_block import starts_right_to_left, text_option
from app.ui.reader.style import ReaderStyle

_GAP = 6.0


class Header:
    """The head of an article in a width; scrolls with the text."""

    def __init__(self, title: str, about: str, style: ReaderStyle, width: float) -> None:
        self.title, self.about, self.width = title, about, width
        self._style = style
        self._title = _lay_out(title, style.title_font, width)
        self._about = _lay_out(about, style.small_font, width)
        self._about_top = _height(self._title) + (_GAP if title else 0.0)
        self.height = self._about_top + _height(self._about) + (style.size * 1.4 if title or about else 0.0)

    def paint(self, painter: QPainter, origin: QPointF) -> None:
        """Paint with the top left corner at `origin`."""
        painter.setPen(self._style.theme.ink)
        self._title.draw(painter, origin)
        painter.setPen(self._style.theme.quiet)
        self._about.draw(painter, origin + QPointF(0, self._about_top))


def about(article: Article) -> str:
    """Return what stands below the title: outlet, date and author, as far as they are known."""
    return " · ".join(part for part in (article.source, article.date, article.author) if part)


def _lay_out(text: str, font: QFont, width: float) -> QTextLayout:
    layout = QTextLayout(text, font)
    layout.setTextOption(text_option(right_to_left=starts_right_to_left(text)))
    layout.beginLayout()
    y = 0.0
    while (line := layout.createLine()).isValid():
        line.setLineWidth(width)
        line.setPosition(QPointF(0, y))
        y += line.height() * 1.05
    layout.endLayout()
    return layout


def _height(layout: QTextLayout) -> float:
    return layout.boundingRect().height() if layout.text() else 0.0
