"""Agreement on answers: attributes and links, given that coders marked the same, and article variables."""

from collections.abc import Iterator, Mapping, Sequence

from app.agreement.attributes import (
    Answered,
    Linked,
    Matches,
    link_sums,
    matches_of,
    on_matched,
    units_of,
)
from app.agreement.distances import Metric
from app.agreement.figures import ANSWERS_OVERLAP, Figure
from app.agreement.ratings import RatingSums
from app.agreement.unitizing import UnitSums
from app.domain.comparing import Corpus, Result, Variable, VariableKind
from app.project.agreement_measures import (
    ALL,
    Asked,
    Family,
    Wishes,
    joined_in_words,
    ratings_asked,
    worked_out,
)
from app.project.laying_out import (
    answered_continua,
    answered_spans,
    categories_of,
    linked_spans,
    metric_of,
    option_held,
    ratings,
)

_MATCHED = "on matched spans"
_TARGETS = "sets of what is linked, on matched spans, MASI distance"

_BySpan = Sequence[Mapping[str, Sequence[Answered]]]


class AnswerRows:
    """Works out the rows of questions, the headline of each first."""

    def __init__(self, corpus: Corpus, wishes: Wishes) -> None:
        self._corpus = corpus
        self._wishes = wishes
        self._matched_on: dict[frozenset[str], list[Matches]] = {}

    def of(self, variable: Variable) -> Iterator[Result]:
        """Yield the rows of an attribute, a link or an article variable."""
        plain = Result(
            variable=variable.name,
            object=variable.kind,
            key=variable.key,
            level=metric_of(variable),
            measure=f"alpha_{metric_of(variable)}",
            coders=ALL,
            documents=len(self._corpus.articles),
            units=0,
            value=None,
        )
        if variable.kind is VariableKind.ARTICLE:
            yield from self._article(variable, plain)
        elif variable.kind is VariableKind.LINK:
            yield from self._links(variable, plain)
        else:
            spans = answered_spans(self._corpus.articles, variable)
            if metric_of(variable) is Metric.MASI:
                yield from self._matched(variable, spans, plain.model_copy(update={"headline": True}))
                yield from self._options(spans, variable, plain)
            else:
                yield from self._by_length(variable, plain)
                yield from self._matched(variable, spans, plain)

    def _options(self, spans: _BySpan, variable: Variable, plain: Result) -> Iterator[Result]:
        """Yield alpha for every choice of a set by itself: held or not."""
        for option in variable.question.choices:
            held = [
                {
                    coder: [each._replace(value=option_held(each.value, option)) for each in found]
                    for coder, found in article.items()
                }
                for article in spans
            ]
            told = {"variable": f"{variable.name} = {option}", "level": Metric.NOMINAL}
            told["measure"] = f"alpha_{Metric.NOMINAL}"
            yield from self._matched(variable, held, plain.model_copy(update=told))[:1]

    def _by_length(self, variable: Variable, plain: Result) -> list[Result]:
        """Return cu-alpha, for all coders at once: every character counts that two of them marked and answered."""
        metric = metric_of(variable)
        texts = answered_continua(self._corpus.articles, variable)
        found = {unit[2] for text in texts for marked in text.coders.values() for unit in marked}
        units = UnitSums(texts, sorted(found) if metric is Metric.NOMINAL else sorted(found, key=float))
        told = {
            "measure": "cu_alpha",
            "headline": True,
            "units": sum(len(marked) for text in texts for marked in text.coders.values()),
            "note": joined_in_words(units.merged),
        }
        cu = Family(units, metric).cu if units.exclusive else _of_overlapping
        asked = Asked(row=plain.model_copy(update=told), figure=cu, banded=True)
        return worked_out([asked], units.rows, self._wishes)

    def _matches(
        self, variable: Variable, articles: Sequence[Mapping[str, Sequence[Answered | Linked]]]
    ) -> list[Matches]:
        """Match the spans on which a question is asked, once for all questions on the same codes."""
        codes = frozenset[str](variable.codes)
        if codes not in self._matched_on:
            self._matched_on[codes] = [matches_of(units_of(article)) for article in articles]
        return self._matched_on[codes]

    def _matched(self, variable: Variable, spans: _BySpan, plain: Result) -> list[Result]:
        """Return alpha and percent agreement where every matched span counts once, however long it is."""
        matches = self._matches(variable, spans)
        found = on_matched(spans, Metric(plain.level), matches=matches)
        told = {
            "units": found.sums.units(found.sums.total()),
            "coverage": found.share(found.total()).value,
            "note": _MATCHED,
        }
        row = plain.model_copy(update=told)
        same = row.model_copy(update={"measure": "percent_agreement", "headline": False})
        asked = [
            Asked(row=row, figure=found.sums.alpha, banded=True),
            Asked(row=same, figure=found.sums.percent_agreement),
        ]
        return worked_out(asked, found.sums.rows, self._wishes)

    def _links(self, variable: Variable, plain: Result) -> list[Result]:
        articles = linked_spans(self._corpus.articles, variable)
        found = link_sums(articles, matches=self._matches(variable, articles))
        units = found.total()[0]
        spans = sum(len(each) * (len(article) - 1) for article in articles for each in article.values())
        row = plain.model_copy(
            update={"units": units, "coverage": 2 * units / spans if spans else None, "note": _TARGETS}
        )
        alpha = Asked(row=row.model_copy(update={"headline": True}), figure=found.sums.alpha, banded=True)
        same = row.model_copy(update={"measure": "percent_agreement", "note": "the same set of targets"})
        shared = row.model_copy(update={"measure": "f1_links", "level": "", "note": "links on matched spans"})
        return [
            *worked_out([alpha], found.sums.rows, self._wishes),
            *worked_out(
                [Asked(row=same, figure=found.same), Asked(row=shared, figure=found.f1)],
                found.rows,
                self._wishes,
            ),
        ]

    def _article(self, variable: Variable, plain: Result) -> list[Result]:
        coders = list(self._corpus.coders)
        rows = ratings(self._corpus.articles, coders, variable.question)
        names = list(self._corpus.coders.values())
        sums = RatingSums([[row] for row in rows], metric_of(variable))
        counted = sums.units(sums.total())
        row = plain.model_copy(update={"headline": True, "units": counted, "documents": counted})
        asked = ratings_asked(sums, names, row, categories_of(variable.question))
        results = worked_out(asked, sums.rows, self._wishes)
        if metric_of(variable) is not Metric.MASI:
            return results
        for option in variable.question.choices:
            held = [[[option_held(given, option) for given in each]] for each in rows]
            alone = RatingSums(held)
            told = {"variable": f"{variable.name} = {option}", "level": Metric.NOMINAL, "headline": False}
            told["measure"] = f"alpha_{Metric.NOMINAL}"
            only = Asked(row=row.model_copy(update=told), figure=alone.alpha, banded=True)
            results += worked_out([only], alone.rows, self._wishes)
        return results


def _of_overlapping(_total: Sequence[int]) -> Figure:
    return Figure(None, ANSWERS_OVERLAP)
