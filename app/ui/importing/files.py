"""The files on the table, each with what it gave."""

from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRectF, Qt
from PySide6.QtGui import QFontMetrics, QFontMetricsF, QPainter
from PySide6.QtWidgets import QStyleOptionViewItem

from app.project.import_report import FileReport
from app.ui.importing.intake import Intake
from app.ui.rows import RowDelegate, write

AnyIndex = QModelIndex | QPersistentModelIndex

_REPORT_ROLE = Qt.ItemDataRole.UserRole
_PAD = 8.0


def gave(report: FileReport) -> str:
    """Return in a few words what a file gave."""
    if report.error:
        return report.error.partition(": ")[2]
    parts = ["Text" if report.format == "text" else report.format.upper()]
    parts.append(f"{report.new:,} new")
    if report.duplicates:
        parts.append(f"{len(report.duplicates):,} there already")
    if report.problems:
        parts.append(f"{len(report.problems):,} problem{'' if len(report.problems) == 1 else 's'}")
    return " · ".join(parts)


class FilesModel(QAbstractListModel):
    """One row a file."""

    def __init__(self, intake: Intake) -> None:
        super().__init__()
        self._intake = intake

    def renew(self) -> None:
        """Show the files as they are now."""
        self.beginResetModel()
        self.endResetModel()

    def rowCount(self, parent: AnyIndex | None = None) -> int:
        """The number of files."""
        return 0 if parent is not None and parent.isValid() else len(self._intake.reads)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The report on a file, and words for screen readers and tips."""
        if not index.isValid():
            return None
        report = self._intake.report_of(index.row())
        name = self._intake.reads[index.row()].path.name
        if role == _REPORT_ROLE:
            return name, report
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return f"{name}: {gave(report)}"
        if role == Qt.ItemDataRole.ToolTipRole:
            return f"{report.path}\n{report.error or gave(report)}"
        return None


class FileDelegate(RowDelegate):
    """Paints the name of a file and below it what it gave."""

    def height(self, metrics: QFontMetrics) -> int:
        """Two lines of text with room around."""
        return round(2 * metrics.lineSpacing() + 2 * _PAD)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        """Paint both lines; a file that cannot be read has a mark besides its words."""
        theme, rect = self.theme, QRectF(option.rect)
        name, report = index.data(_REPORT_ROLE)
        painter.save()
        self.paint_ground(painter, option, marked=True)
        line = QFontMetricsF(option.font).lineSpacing()
        left, width = rect.left() + 12, rect.width() - 12 - _PAD
        mark = "⚠ " if report.error else ""
        write(painter, f"{mark}{name}", QRectF(left, rect.top() + _PAD, width, line), theme.ink)
        below = QRectF(left, rect.top() + _PAD + line, width, line)
        write(painter, gave(report), below, theme.ink if report.error else theme.quiet)
        painter.restore()
