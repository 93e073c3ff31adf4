"""The heat map: a cell for each pair, coloured by its value and with the number in it."""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Annotated

from pydantic import Field, model_validator
from PySide6.QtGui import QColor

from app.domain.values import Value
from app.project.agreement_words import number
from app.ui.plots.drawing import Anchor, Drawing, Spot, rectangle
from app.ui.plots.scale import Scale, bounds, tick_words
from app.ui.plots.sheet import Framed, Sheet, span
from app.ui.plots.style import Style, plain
from app.ui.theme import blend, contrast

_STOPS = ("#F3F7FB", "#A6CBE6", "#3A87BF", "#08306B")
"""One hue from light to dark: in grey, and to every kind of eye, more stays darker."""

_DARK_STOPS = ("#1E2C3D", "#27598A", "#6FAEDB", "#E6F1FA")
"""On a dark ground more is lighter."""

_LEAST_CELL, _MOST_CELL = 1.5, 6.0
"""How wide a cell may be, as a multiple of the size of words."""

_LEAST_WORDS = 0.62
"""How small words in a cell may become, as a multiple of the size of words."""

_FILLED = 0.9
"""How much of the width of a cell words may take."""

_SHARE = 1 / 3
"""How much of the width names may take before their middle is left out."""

_TALLEST, _LEGEND = 13.0, 14.0
"""How tall names that read upwards and how long the scale of colours may be, as multiples of the size of words."""

Number = Annotated[float, Field(ge=-100, le=1e12)]


class HeatCell(Value):
    """One cell. `value` gives its colour; None where it is undefined, for a `reason`, or simply nothing.

    `text` stands in the cell, the value itself if it is empty, and `below` under it in smaller letters.
    `words` say more about it to whoever points at it.
    """

    value: Number | None = None
    text: str = ""
    below: str = ""
    reason: str = ""
    words: str = ""


class HeatMap(Framed):
    """A cell for each row and column, in rows. `lower` draws those below the diagonal only."""

    rows: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    cells: tuple[tuple[HeatCell, ...], ...] = ()
    row_axis: str = ""
    column_axis: str = ""
    scale_name: str = "Agreement"
    lower: bool = False

    @model_validator(mode="after")
    def _check(self) -> "HeatMap":
        widths = {len(each) for each in self.cells}
        if len(self.cells) != len(self.rows) or widths - {len(self.columns)}:
            raise ValueError("there are not as many cells as rows and columns")
        return self

    def least_width(self, style: Style) -> float:
        """Return how narrow it can be drawn, in points."""
        longest = max(
            (style.length(_text(cell), style.size) for _at, cell in self.shown_cells()), default=0.0
        )
        cell = max(_LEAST_CELL * style.size, longest * _LEAST_WORDS / _FILLED)
        names = _names(self.rows, style, 6 * style.size) + 2.5 * style.size
        return 2 * style.margin + names + cell * len(self._shown_columns())

    def draw(self, width: float, style: Style) -> Drawing:
        """Lay the plot out at a width in points."""
        sheet = Sheet(style, width, self.title)
        if self._shown_rows() and self._shown_columns():
            _Heat(self, self._shown_rows(), self._shown_columns(), sheet).lay()
        return sheet.finished(self, list(self._notes()) if sheet.spots else [])

    def _shown_rows(self) -> Sequence[int]:
        """Return which rows have a cell: below the diagonal the first has none."""
        return range(1 if self.lower else 0, len(self.rows))

    def _shown_columns(self) -> Sequence[int]:
        return range(len(self.columns) - (1 if self.lower else 0))

    def _notes(self) -> Iterator[str]:
        reasons = dict.fromkeys(cell.reason for _at, cell in self.shown_cells() if _undefined(cell))
        if reasons:
            yield f"n/a: {'; '.join(reasons)}."

    def shown_cells(self) -> Iterator[tuple[tuple[int, int], HeatCell]]:
        """Yield every cell that is drawn with its row and column."""
        for row in self._shown_rows():
            for column in self._shown_columns():
                if not self.lower or column < row:
                    yield (row, column), self.cells[row][column]


def pairwise(
    title: str,
    names: Sequence[str],
    values: Sequence[Sequence[float | None]],
    *,
    caption: str = "",
    reason: str = "no article in common",
    words: Sequence[Sequence[str]] = (),
    lower: bool = True,
    scale_name: str = "Agreement",
) -> HeatMap:
    """Return the heat map of how far each of some coders agrees with each other.

    None outside the diagonal is undefined, for the one `reason`; `words` say more about each cell.
    """

    def cell(row: int, column: int) -> HeatCell:
        value = values[row][column]
        more = words[row][column] if words else ""
        if value is None:
            return HeatCell(reason="" if row == column else reason, words=more)
        return HeatCell(value=value, words=more)

    everybody = range(len(names))
    return HeatMap(
        title=title,
        caption=caption,
        rows=tuple(names),
        columns=tuple(names),
        cells=tuple(tuple(cell(row, column) for column in everybody) for row in everybody),
        scale_name=scale_name,
        lower=lower,
    )


def confusion(
    title: str,
    rows: Sequence[str],
    columns: Sequence[str],
    counts: Sequence[Sequence[int]],
    *,
    row_axis: str,
    column_axis: str,
    caption: str = "",
    unit: str = "units",
) -> HeatMap:
    """Return a confusion matrix of counts of units or characters, coloured by their share of the row."""

    def cell(row: int, column: int) -> HeatCell:
        count, whole = counts[row][column], sum(counts[row])
        if not whole:
            return HeatCell(value=0.0, text="0", words=f"0 {unit}")
        share = count / whole
        told = f"{count:,} {unit}, {share * 100:.1f} % of the row"
        return HeatCell(value=share, text=f"{count:,}", below=f"{share * 100:.0f} %", words=told)

    across = range(len(columns))
    return HeatMap(
        title=title,
        caption=caption,
        rows=tuple(rows),
        columns=tuple(columns),
        cells=tuple(tuple(cell(row, column) for column in across) for row in range(len(rows))),
        row_axis=row_axis,
        column_axis=column_axis,
        scale_name="Share of the row",
    )


class _Heat:
    """One heat map on its way to a sheet."""

    def __init__(self, plot: HeatMap, rows: Sequence[int], columns: Sequence[int], sheet: Sheet) -> None:
        self._plot, self._rows, self._columns, self._sheet = plot, rows, columns, sheet
        self._style = style = sheet.style
        size = style.size
        room = (sheet.right - sheet.left) * _SHARE
        self._left = sheet.left + _names(plot.rows, style, room) + size * 0.6
        if plot.row_axis:
            self._left += size * 1.8
        self._cell = min((sheet.right - self._left) / len(columns), _MOST_CELL * size)
        deep = any(cell.below for _at, cell in plot.shown_cells())
        self._height = max(size * (2.6 if deep else 1.7), min(self._cell, size * 3.2))
        self._low, self._high = bounds(cell.value for _at, cell in plot.shown_cells())
        self._words = self._size_of_words()

    def _size_of_words(self) -> float:
        """Return the one size at which the longest words fit into a cell."""
        style = self._style
        texts = [_text(cell) for _at, cell in self._plot.shown_cells()]
        longest = max(style.length(each, style.size) for each in texts)
        fitting = style.size * (self._cell * _FILLED) / max(longest, 1e-6)
        return max(min(style.size, fitting), style.size * _LEAST_WORDS)

    def lay(self) -> None:
        """Lay out names, cells and the scale of colours."""
        sheet, style, plot = self._sheet, self._style, self._plot
        middle = self._left + self._cell * len(self._columns) / 2
        if plot.column_axis:
            sheet.y += style.size * 1.2
            sheet.words(
                plain(plot.column_axis), middle, sheet.y - style.size * 0.2, anchor=Anchor.MIDDLE, bold=True
            )
        if not plot.lower:
            self._lay_column_names(above=True)
        top = sheet.y
        for at, row in enumerate(self._rows):
            self._lay_row_name(row, top + self._height * (at + 0.5))
        for (row, column), cell in plot.shown_cells():
            left = self._left + self._cell * (column - self._columns[0])
            above = top + self._height * (row - self._rows[0])
            room = span(left, above, left + self._cell, above + self._height)
            self._lay_cell(cell, row, column, room.left(), room.top())
            if cell.value is not None or cell.reason:
                sheet.spot(Spot(row, column, room, self._spoken(cell, row, column)))
        sheet.y = top + self._height * len(self._rows)
        if plot.row_axis:
            place = (sheet.left + style.size, (top + sheet.y) / 2)
            sheet.words(plain(plot.row_axis), *place, anchor=Anchor.MIDDLE, bold=True, turned=True)
        if plot.lower:
            self._lay_column_names(above=False)
        self._lay_legend()

    def _lay_row_name(self, row: int, middle: float) -> None:
        style = self._style
        room = (self._sheet.right - self._sheet.left) * _SHARE
        name = style.elided(plain(self._plot.rows[row]), room, style.size)
        place = (self._left - style.size * 0.6, middle + style.rise(style.size))
        self._sheet.words(name, *place, anchor=Anchor.END)

    def _lay_column_names(self, *, above: bool) -> None:
        """Write them straight where all fit above their columns, else upwards."""
        style, sheet, size = self._style, self._sheet, self._style.size
        names = [plain(self._plot.columns[each]) for each in self._columns]
        straight = max(style.length(each, size) for each in names) <= self._cell - size * 0.4
        most = min((sheet.right - sheet.left) * _SHARE, _TALLEST * size)
        names = names if straight else [style.elided(each, most, size) for each in names]
        tall = size * 1.3 if straight else max(style.length(each, size) for each in names) + size * 0.8
        for at, name in enumerate(names):
            middle = self._left + self._cell * (at + 0.5)
            if straight:
                sheet.words(name, middle, sheet.y + size * (0.9 if above else 1.2), anchor=Anchor.MIDDLE)
            else:
                anchor, y = (Anchor.START, sheet.y + tall) if above else (Anchor.END, sheet.y)
                y += size * (-0.4 if above else 0.4)
                sheet.words(name, middle + style.rise(size), y, anchor=anchor, turned=True)
        sheet.y += tall

    def _lay_cell(self, cell: HeatCell, row: int, column: int, left: float, top: float) -> None:
        style, sheet, theme = self._style, self._sheet, self._style.theme
        room = span(left, top, left + self._cell, top + self._height)
        if cell.value is None and not cell.reason:
            return
        fill, ink = (theme.paper, theme.ink) if cell.value is None else self._look(cell.value)
        edge = theme.line if cell.value is None else None
        sheet.items.append(rectangle(room, fill, edge, 0.5, inset=0.4))
        middle, size = top + self._height / 2, self._words
        if cell.below:
            small = size * 0.82
            sheet.words(
                _text(cell),
                left + self._cell / 2,
                middle - size * 0.12,
                size=size,
                colour=ink,
                anchor=Anchor.MIDDLE,
            )
            place = (left + self._cell / 2, middle + small)
            sheet.words(cell.below, *place, size=small, colour=ink, anchor=Anchor.MIDDLE)
        else:
            place = (left + self._cell / 2, middle + style.rise(size))
            sheet.words(_text(cell), *place, size=size, colour=ink, anchor=Anchor.MIDDLE)

    def _lay_legend(self) -> None:
        """Draw the scale of colours with its ticks under the cells."""
        sheet, style, size = self._sheet, self._style, self._style.size
        sheet.y += size * 1.0
        long = min(_LEGEND * size, sheet.right - self._left)
        scale = Scale(self._low, self._high, self._left, self._left + long)
        steps = 40
        for step in range(steps):
            value = self._low + (self._high - self._low) * (step + 0.5) / steps
            left = scale.start + long * step / steps
            # A little wider, so that no light comes through between two.
            room = span(left, sheet.y, min(left + long / steps * 1.5, scale.end), sheet.y + size * 0.7)
            sheet.items.append(rectangle(room, self._look(value)[0]))
        ink = style.theme.ink
        for tick in scale.ticks(size * 2.2):
            x = scale.at(tick)
            sheet.line((x, sheet.y + size * 0.7), (x, sheet.y + size * 0.9), ink)
            base = sheet.y + size * 1.05 + style.small
            sheet.words(tick_words(tick), x, base, size=style.small, anchor=Anchor.MIDDLE)
        base = sheet.y + size * 0.35 + style.rise(style.small)
        name = plain(self._plot.scale_name)
        if scale.end + size * 0.8 + style.length(name, style.small) <= sheet.right:
            sheet.words(name, scale.end + size * 0.8, base, size=style.small)
            sheet.y += size * 2.4
        else:
            sheet.y += size * 3.2
            sheet.words(name, scale.start, sheet.y - size * 0.2, size=style.small)

    def _look(self, value: float) -> tuple[QColor, QColor]:
        """Return the colour of a value between the ends of the scale, and that of words on it."""
        share = (value - self._low) / (self._high - self._low)
        return _look_of(round(share, 2), self._style.theme.dark)

    def _spoken(self, cell: HeatCell, row: int, column: int) -> str:
        names = f"{plain(self._plot.rows[row])} – {plain(self._plot.columns[column])}"
        if cell.value is None:
            told = f"n/a, {plain(cell.reason)}"
        else:
            told = (
                plain(cell.words)
                if cell.text
                else "; ".join(filter(None, (number(cell.value), plain(cell.words))))
            )
        return f"{names}: {told}"


def shade(share: float, *, dark: bool) -> QColor:
    """Return the colour at a share of the scale, 0 to 1."""
    stops = [QColor(each) for each in (_DARK_STOPS if dark else _STOPS)]
    place = min(max(share, 0.0), 1.0) * (len(stops) - 1)
    before = min(int(place), len(stops) - 2)
    return blend(stops[before + 1], stops[before], place - before)


def words_on(fill: QColor) -> QColor:
    """Return black or white, whichever can be read on a colour: one of them always has a contrast of 4.5."""
    return max(QColor("#000000"), QColor("#FFFFFF"), key=lambda ink: contrast(ink, fill))


@lru_cache(maxsize=300)
def _look_of(share: float, dark: bool) -> tuple[QColor, QColor]:
    fill = shade(share, dark=dark)
    return fill, words_on(fill)


def _undefined(cell: HeatCell) -> bool:
    return cell.value is None and bool(cell.reason)


def _text(cell: HeatCell) -> str:
    if cell.text:
        return plain(cell.text)
    return number(cell.value, 2) if cell.value is not None else "n/a" if cell.reason else ""


def _names(names: Sequence[str], style: Style, most: float) -> float:
    """Return how wide the names of rows are, at most so wide."""
    return min(max((style.length(plain(each), style.size) for each in names), default=0.0), most)
