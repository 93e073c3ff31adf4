"""What was marked, for tools that align or unitize: pygamma, DKPro, u-alpha, and runs to check them in a spreadsheet.

Lengths and places are in the unit that was compared; only DKPro, which is Java, counts characters in UTF-16.
"""

from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise

from app.domain.comparing import CodedArticle, Coding, Corpus, Unit, Variable, VariableKind
from app.domain.ids import ArticleId, CoderId
from app.domain.offsets import OffsetMap
from app.exchange.agreement_labels import (
    BETWEEN,
    EMPTY_SET,
    MISSING,
    Labels,
    coded_layers,
    labelled_by,
    slugs_of,
    spans_of,
)
from app.exchange.csv_folder import Folder, Table
from app.exchange.formats import ExportOptions

PYGAMMA = ExportOptions()
"""pygamma takes commas and no header."""

Marked = tuple[int, int, str]
"""Start, end and label of a stretch; half-open, in the unit that was compared."""


class MarkLayouts:
    """Writes what was marked, layer by layer or code by code; what has to be said about that is in `notes`."""

    def __init__(self, folder: Folder, corpus: Corpus, labels: Labels, coders: Mapping[CoderId, str]) -> None:
        self._folder, self._corpus, self._labels, self._coders = folder, corpus, labels, coders
        self._slugs = slugs_of(corpus.variables)
        self.notes: list[str] = []

    def pygamma(self) -> None:
        """Write one file for each layer and article; who found nothing has no row in it."""
        for layer in coded_layers(self._corpus.variables):
            for article in self._corpus.articles:
                name = f"pygamma/{self._slugs[layer.key]}/{article.id}.csv"
                table = self._folder.table(name, (), PYGAMMA)
                for coder, marked in self._marked(article, layer).items():
                    table.write((coder, label, start, end) for start, end, label in marked)
                table.close()

    def dkpro(self, texts: Callable[[ArticleId], str]) -> None:
        """Write one file for each layer and article, named for the length of the continuum; raters count from 0."""
        numbers = {name: place for place, name in enumerate(self._coders.values())}
        for article in self._corpus.articles:
            scale = _utf16(texts(article.id)) if self._corpus.unit is Unit.CHARACTERS else _as_it_is
            for layer in coded_layers(self._corpus.variables):
                name = f"dkpro/{self._slugs[layer.key]}/{article.id}-{scale(article.length)}.csv"
                table = self._folder.table(name, ("offset", "length", "raterIdx", "category"))
                for coder, marked in self._marked(article, layer).items():
                    table.write(
                        (scale(start), scale(end) - scale(start), numbers[coder], label)
                        for start, end, label in marked
                    )
                table.close()

    def u_alpha(self) -> None:
        """Write one file for each layer and code; what one coder marked twice with one label is joined.

        Places count from 1 and include their end. Who has done an article and found nothing has a row without a place.
        """
        for variable in self._corpus.variables:
            if not variable.kind.marked:
                continue
            if variable.kind is VariableKind.CODES and not self._exclusive(variable):
                self.notes.append(
                    f"u-alpha: there is no file for “{variable.name}”, because different codes overlap; "
                    "there is one for each code."
                )
                continue
            header = ("doc", "L", "coder", "start", "end", "value")
            table = self._folder.table(f"u-alpha/{self._slugs[variable.key]}.csv", header)
            for article in self._corpus.articles:
                for coder, marked in self._marked(article, variable).items():
                    units = [(start + 1, end, label) for start, end, label in joined(marked)]
                    table.write(
                        (article.id, article.length, coder, *unit) for unit in units or [(MISSING,) * 3]
                    )
            table.close()

    def runs(self) -> None:
        """Write one file for each layer: stretches on which nobody changes, with every coder's set of labels."""
        for layer in coded_layers(self._corpus.variables):
            header = ("doc", "start", "end", "length", *self._coders.values())
            table = self._folder.table(f"runs/{self._slugs[layer.key]}.csv", header)
            for article in self._corpus.articles:
                self._write_runs(table, article, self._marked(article, layer))
            table.close()

    def _write_runs(
        self, table: Table, article: CodedArticle, coders: Mapping[str, Sequence[Marked]]
    ) -> None:
        edges = {0, article.length}
        edges.update(
            edge for marked in coders.values() for start, end, _label in marked for edge in (start, end)
        )
        places = sorted(edges)
        rows = {name: labels_between(places, marked) for name, marked in coders.items()}
        for at, (start, end) in enumerate(pairwise(places)):
            cells = (cell_of(rows[name][at]) if name in rows else MISSING for name in self._coders.values())
            table.write([(article.id, start, end, end - start, *cells)])

    def _marked(self, article: CodedArticle, variable: Variable) -> dict[str, list[Marked]]:
        return {
            self._coders[coder]: marked_in(coding, variable, self._labels)
            for coder, coding in article.codings.items()
        }

    def _exclusive(self, variable: Variable) -> bool:
        return all(
            exclusive(marked)
            for article in self._corpus.articles
            for marked in self._marked(article, variable).values()
        )


def marked_in(coding: Coding, variable: Variable, labels: Labels) -> list[Marked]:
    """Return every place of every annotation of a layer or code, with its label, in text order."""
    label = labelled_by(variable, labels)
    return sorted(
        (start, end, name) for span, name in spans_of(coding.spans, label) for start, end in span.places
    )


def joined(marked: Sequence[Marked]) -> list[Marked]:
    """Return places in text order, those of one label that overlap made one; neighbours stay apart."""
    found: list[Marked] = []
    last: dict[str, int] = {}
    for start, end, label in sorted(marked):
        known = last.get(label)
        if known is not None and found[known][1] > start:
            found[known] = (found[known][0], max(end, found[known][1]), label)
        else:
            last[label] = len(found)
            found.append((start, end, label))
    return found


def exclusive(marked: Sequence[Marked]) -> bool:
    """Tell whether no two labels of one coder lie on the same place."""
    return all(before[1] <= after[0] for before, after in pairwise(joined(marked)))


def labels_between(places: Sequence[int], marked: Sequence[Marked]) -> list[frozenset[str]]:
    """Return the labels on each of the runs between two places that follow each other."""
    number = {place: at for at, place in enumerate(places)}
    found: list[set[str]] = [set() for _run in places[1:]]
    for start, end, label in marked:
        for at in range(number[start], number[end]):
            found[at].add(label)
    return [frozenset(each) for each in found]


def cell_of(found: frozenset[str]) -> str:
    """Return a set of labels as one cell."""
    return BETWEEN.join(sorted(found)) or EMPTY_SET


def _utf16(text: str) -> Callable[[int], int]:
    return OffsetMap(text).to_utf16


def _as_it_is(offset: int) -> int:
    return offset
