"""Matched spans side by side, for meetings on what was coded differently."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from app.domain.comparing import CodedSpan, Variable
from app.domain.ids import ArticleId
from app.exchange.agreement_labels import BETWEEN, MISSING, Labels, code_paths, free
from app.exchange.csv_folder import Folder

_HEADER = (
    *("doc", "coder_A", "coder_B", "code", "span_A", "span_B", "iou", "start_A", "end_A", "start_B", "end_B"),
    *("code_A", "code_B"),
)


class MatchedPair(NamedTuple):
    """Two spans that were matched; `coders` are labels, `iou` is the shared length by that of both together."""

    doc: ArticleId
    coders: tuple[str, str]
    one: CodedSpan
    other: CodedSpan

    @property
    def iou(self) -> float:
        """Return the shared length by the length of both together, from first start to last end."""
        (start, end), (begin, stop) = self.one.hull, self.other.hull
        shared = min(end, stop) - max(start, begin)
        return shared / (end - start + stop - begin - shared)


class MatchedLayout:
    """Writes a table for each set of codes on which the same questions are asked."""

    def __init__(self, folder: Folder, labels: Labels, variables: Sequence[Variable]) -> None:
        self._folder, self._labels = folder, labels
        self._paths = code_paths(variables)

    def write(self, file: str, questions: Sequence[Variable], pairs: Iterable[MatchedPair]) -> None:
        """Write one table; places are in the unit that was compared, `code` is NA where the codes differ."""
        taken = set(_HEADER)
        names = [free(f"{self._labels.of(each.name)}_{side}", taken) for each in questions for side in "AB"]
        table = self._folder.table(f"matched-spans/{file}.csv", (*_HEADER, *names))
        table.write(self._row(pair, questions) for pair in pairs)
        table.close()

    def _row(self, pair: MatchedPair, questions: Sequence[Variable]) -> Sequence[object]:
        codes = [self._labels.of(self._paths[span.code][1]) for span in (pair.one, pair.other)]
        return (
            *(pair.doc, *pair.coders, codes[0] if codes[0] == codes[1] else MISSING),
            *(pair.one.id, pair.other.id, round(pair.iou, 6), *pair.one.hull, *pair.other.hull, *codes),
            *(self._answer(span, each) for each in questions for span in (pair.one, pair.other)),
        )

    def _answer(self, span: CodedSpan, question: Variable) -> object:
        attribute = question.question.id
        linked = span.links.get(attribute)
        if linked is None:
            return self._labels.cell(span.answers.get(attribute))
        return BETWEEN.join((*linked.annotations, *sorted(map(self._labels.of, linked.names)))) or MISSING
