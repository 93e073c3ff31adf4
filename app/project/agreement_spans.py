"""Agreement on what was marked, and with which code: the rows of layers and codes."""

from collections.abc import Iterator, Sequence

from app.agreement.continua import Continuum
from app.agreement.distances import Metric
from app.agreement.span_f1 import SpanSums
from app.agreement.unitizing import UnitSums
from app.domain.comparing import Corpus, Result, Unit, Variable, VariableKind
from app.domain.counting import counted
from app.project.agreement_measures import (
    ALL,
    THRESHOLD,
    Asked,
    Family,
    Wishes,
    f1_asked,
    gamma_row,
    gamma_wanted,
    joined_in_words,
    units_asked,
    worked_out,
)
from app.project.laying_out import continua, labels_of


class SpanRows:
    """Works out the rows of layers and codes, the headline of each first."""

    def __init__(self, corpus: Corpus, wishes: Wishes) -> None:
        self._corpus = corpus
        self._wishes = wishes
        self._among: dict[str, UnitSums] = {}

    def of(self, variable: Variable) -> Iterator[Result]:
        """Yield the rows of a layer, of the codes of one, or of one code."""
        texts = continua(self._corpus.articles, labels_of(variable))
        plain = Result(
            variable=variable.name,
            object=variable.kind,
            key=variable.key,
            level=Metric.NOMINAL,
            measure="",
            coders=ALL,
            documents=len(texts),
            units=sum(len(marked) for text in texts for marked in text.coders.values()),
            value=None,
        )
        if variable.kind is VariableKind.CODES:
            yield from self._which_code(texts, variable, plain)
            names = ("f1_overlap", "f1_exact", "f1_boundary", "f1_iou")
        else:
            code = variable.kind is VariableKind.CODE
            yield from self._against_all_else(texts, variable.names[0] if code else variable.name, plain)
            if code:
                yield from self._among_others(variable, plain)
            names = ("f1_overlap",) if code else ("f1_overlap", "f1_exact", "f1_iou")
        found = SpanSums(texts, THRESHOLD, partial=False, tolerance=self._corpus.tolerance)
        asked = f1_asked(found, plain, names, self._in_pieces(variable), self._nearness())
        yield from worked_out(asked, found.rows, self._wishes)
        if variable.kind is not VariableKind.CODE and gamma_wanted(texts, self._wishes):
            yield gamma_row(texts, plain, self._wishes)

    def _in_pieces(self, variable: Variable) -> str:
        """Say how many annotations have several fragments, because each of those is a unit of its own."""
        codes = frozenset(variable.codes)
        several = sum(
            span.code in codes and len(span.places) > 1
            for article in self._corpus.articles
            for coding in article.codings.values()
            for span in coding.spans
        )
        return f"every fragment of {counted(several, 'interrupted annotation')} is a unit" if several else ""

    def _nearness(self) -> str:
        """Say how far edges may differ, if they may."""
        if not self._corpus.tolerance:
            return ""
        unit = "word" if self._corpus.unit is Unit.WORDS else "character"
        return f"edges may differ by {counted(self._corpus.tolerance, unit)}"

    def _against_all_else(self, texts: Sequence[Continuum], name: str, plain: Result) -> list[Result]:
        units = UnitSums(texts, [name])
        told = {"measure": "bar_u_alpha", "headline": True, "note": joined_in_words(units.merged)}
        asked = Asked(row=plain.model_copy(update=told), figure=Family(units).bar_u, banded=True)
        return worked_out([asked], units.rows, self._wishes)

    def _which_code(self, texts: Sequence[Continuum], variable: Variable, plain: Result) -> list[Result]:
        units = UnitSums(texts, sorted(variable.names))
        self._among[variable.key] = units
        first, *others = [
            each for each in units_asked(units, Family(units), plain) if each.row.measure != "bar_u_alpha"
        ]
        first = first.model_copy(update={"row": first.row.model_copy(update={"headline": True})})
        return worked_out([first, *others], units.rows, self._wishes)

    def _among_others(self, variable: Variable, plain: Result) -> list[Result]:
        """Return how well a code is told from the others of its layer, where two coders marked the same."""
        layer = next(
            each
            for each in self._corpus.variables
            if each.kind is VariableKind.CODES and variable.codes[0] in each.codes
        )
        units = self._among.get(layer.key)
        if units is None:
            units = UnitSums(continua(self._corpus.articles, labels_of(layer)), sorted(layer.names))
            self._among[layer.key] = units
        row = plain.model_copy(update={"measure": "k_u_alpha"})
        asked = Asked(row=row, figure=Family(units).of_code(variable.names[0]), banded=True)
        return worked_out([asked], units.rows, self._wishes)
