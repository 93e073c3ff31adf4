"""Words by coders: one row a word, for token kappa, seqeval and R."""

from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise

from app.domain.comparing import CodedArticle, Corpus, Unit, Variable
from app.domain.ids import ArticleId, CoderId
from app.domain.word_scale import WordScale
from app.exchange.agreement_labels import MISSING, Labels, coded_layers, labelled_by, slugs_of, spans_of
from app.exchange.agreement_marks import Marked, cell_of, labels_between
from app.exchange.csv_folder import Folder, Table

OUTSIDE = "O"

_HEADER = ("doc", "token_index", "start", "end", "token")


class TokenLayout:
    """Writes one table for each layer: IOB2 where no coder has two annotations on one word, else sets of labels."""

    def __init__(
        self,
        folder: Folder,
        corpus: Corpus,
        labels: Labels,
        coders: Mapping[CoderId, str],
        texts: Callable[[ArticleId], str],
    ) -> None:
        self._corpus, self._labels, self._coders, self._texts = corpus, labels, coders, texts
        self._layers = coded_layers(corpus.variables)
        self.iob2 = self._told_by_iob2()
        """Keys of the layers that are written so."""
        slugs = slugs_of(corpus.variables)
        self._tables: dict[str, Table] = {
            each.key: folder.table(f"tokens/{slugs[each.key]}.csv", (*_HEADER, *coders.values()))
            for each in self._layers
        }

    def write(self) -> None:
        """Write every table; each text is cut into words once."""
        for article in self._corpus.articles:
            text = self._texts(article.id)
            scale = WordScale(text)
            for layer in self._layers:
                self._write(article, layer, text, scale)
        for table in self._tables.values():
            table.close()

    def _told_by_iob2(self) -> frozenset[str]:
        keys = {each.key for each in self._layers}
        for article in self._corpus.articles:
            scale = WordScale(self._texts(article.id)) if self._corpus.unit is Unit.CHARACTERS else None
            for layer in self._layers:
                for marked in self._in_words(article, layer, scale).values():
                    if any(before[1] > after[0] for before, after in pairwise(marked)):
                        keys.discard(layer.key)
        return frozenset(keys)

    def _write(self, article: CodedArticle, layer: Variable, text: str, scale: WordScale) -> None:
        given = scale if self._corpus.unit is Unit.CHARACTERS else None
        cells = {
            coder: _iob2(marked, scale.length) if layer.key in self.iob2 else _sets(marked, scale.length)
            for coder, marked in self._in_words(article, layer, given).items()
        }
        self._tables[layer.key].write(
            (
                *(article.id, at, start, end, text[start:end]),
                *(cells[coder][at] if coder in cells else MISSING for coder in self._coders),
            )
            for at, (start, end) in enumerate(scale.words)
        )

    def _in_words(
        self, article: CodedArticle, layer: Variable, scale: WordScale | None
    ) -> dict[CoderId, list[Marked]]:
        """Return what each coder marked, in words; `scale` is None where that is what places are in already."""
        label = labelled_by(layer, self._labels)
        return {
            coder: sorted(
                (first, after, name)
                for span, name in spans_of(coding.spans, label)
                for first, after in (scale.places(span.fragments) if scale else span.places)
            )
            for coder, coding in article.codings.items()
        }


def _iob2(marked: Sequence[Marked], length: int) -> list[str]:
    cells = [OUTSIDE] * length
    for first, after, label in marked:
        cells[first:after] = [f"B-{label}"] + [f"I-{label}"] * (after - first - 1)
    return cells


def _sets(marked: Sequence[Marked], length: int) -> list[str]:
    return [cell_of(each) for each in labels_between(range(length + 1), marked)]
