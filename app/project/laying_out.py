"""A corpus as the coefficients take it: texts with units, spans with answers, articles with ratings."""

from collections.abc import Callable, Mapping, Sequence

from app.agreement.attributes import Answered, Linked
from app.agreement.continua import Continuum
from app.agreement.distances import Metric
from app.agreement.matching import matched
from app.domain.codebook import Attribute, AttributeKind
from app.domain.comparing import CodedArticle, CodedSpan, Coding, Given, Variable, VariableKind
from app.domain.ids import AnnotationId, CodeId, CoderId

_METRICS = {
    AttributeKind.CHOICE: Metric.NOMINAL,
    AttributeKind.ORDERED: Metric.ORDINAL,
    AttributeKind.MULTIPLE: Metric.MASI,
    AttributeKind.YES_NO: Metric.NOMINAL,
    AttributeKind.NUMBER: Metric.INTERVAL,
    AttributeKind.DATE: Metric.NOMINAL,
}


def metric_of(variable: Variable) -> Metric:
    """Return the level of measurement of a variable: that of its question, nominal for codes."""
    if variable.kind is VariableKind.LINK:
        return Metric.MASI
    return _METRICS[variable.attribute.kind] if variable.attribute else Metric.NOMINAL


def categories_of(attribute: Attribute) -> int:
    """Return how many categories the codebook has for a question; 0 where that has no end."""
    return 2 if attribute.kind is AttributeKind.YES_NO else len(attribute.choices)


def labels_of(variable: Variable) -> Mapping[CodeId, str]:
    """Return what the codes of a variable count as: the layer as a whole, or each code by its path."""
    if variable.kind is VariableKind.LAYER:
        return dict.fromkeys(variable.codes, variable.name)
    return dict(zip(variable.codes, variable.names, strict=True))


def continua(articles: Sequence[CodedArticle], labels: Mapping[CodeId, str]) -> list[Continuum]:
    """Return the articles with every place of an annotation whose code has a label as a unit of its own."""
    return [
        Continuum(
            article.length,
            {
                coder: [
                    (start, end, labels[span.code])
                    for span in coding.spans
                    if span.code in labels
                    for start, end in span.places
                ]
                for coder, coding in article.codings.items()
            },
        )
        for article in articles
    ]


def value_of(attribute: Attribute) -> Callable[[Given | None], Given | None]:
    """Return how an answer is measured: ordered choices by their place in the codebook, from 0, others as they are."""
    if attribute.kind is not AttributeKind.ORDERED:
        return lambda given: given
    places = {choice: float(place) for place, choice in enumerate(attribute.choices)}
    return lambda given: places.get(given) if isinstance(given, str) else None


def answered_spans(articles: Sequence[CodedArticle], variable: Variable) -> list[dict[str, list[Answered]]]:
    """Return for each article and coder the spans on which a question is asked, from first start to last end."""
    attribute, codes = variable.question, frozenset(variable.codes)
    measure = value_of(attribute)
    return [
        {
            coder: [
                Answered((*span.hull, ""), measure(span.answers.get(attribute.id)))
                for span in coding.spans
                if span.code in codes
            ]
            for coder, coding in article.codings.items()
        }
        for article in articles
    ]


def matched_spans(
    article: CodedArticle, variable: Variable, one: CoderId, other: CoderId
) -> list[tuple[CodedSpan, CodedSpan]]:
    """Return the best one-to-one pairs of two coders' spans on which a question is asked."""
    codes = frozenset(variable.codes)
    ones, others = (
        [span for span in article.codings[coder].spans if span.code in codes] for coder in (one, other)
    )
    places = matched([(*each.hull, "") for each in ones], [(*each.hull, "") for each in others])
    return [(ones[first], others[second]) for first, second in places]


def answered_continua(articles: Sequence[CodedArticle], variable: Variable) -> list[Continuum]:
    """Return the articles with answers for codes, for cu-alpha; what nobody answered is not marked."""
    attribute, codes = variable.question, frozenset(variable.codes)
    measure = value_of(attribute)

    def units(coding: Coding) -> list[tuple[int, int, str]]:
        found: list[tuple[int, int, str]] = []
        for span in coding.spans:
            value = measure(span.answers.get(attribute.id)) if span.code in codes else None
            if value is not None:
                found += [(start, end, str(value)) for start, end in span.places]
        return found

    return [
        Continuum(article.length, {coder: units(coding) for coder, coding in article.codings.items()})
        for article in articles
    ]


def linked_spans(articles: Sequence[CodedArticle], variable: Variable) -> list[dict[str, list[Linked]]]:
    """Return for each article and coder the spans on which a link is asked, with what they link to."""
    attribute, codes = variable.question, frozenset(variable.codes)

    def linked(span: CodedSpan, hulls: Mapping[AnnotationId, tuple[int, int]]) -> Linked:
        to = span.links.get(attribute.id)
        if to is None:
            return Linked((*span.hull, ""), ())
        targets = [(*hulls[each], "") for each in to.annotations if each in hulls]
        lost = {f"annotation {each}" for each in to.annotations if each not in hulls}
        return Linked((*span.hull, ""), targets, to.names | lost)

    found: list[dict[str, list[Linked]]] = []
    for article in articles:
        row: dict[str, list[Linked]] = {}
        for coder, coding in article.codings.items():
            asked = [span for span in coding.spans if span.code in codes]
            anywhere = any(attribute.id in span.links for span in asked)
            hulls = {span.id: span.hull for span in coding.spans} if anywhere else {}
            row[coder] = [linked(span, hulls) for span in asked]
        found.append(row)
    return found


def ratings(
    articles: Sequence[CodedArticle], coders: Sequence[CoderId], attribute: Attribute
) -> list[list[Given | None]]:
    """Return the answers to an article variable: a row for each article, a column for each coder."""
    measure = value_of(attribute)
    return [
        [
            measure(article.codings[coder].answers.get(attribute.id)) if coder in article.codings else None
            for coder in coders
        ]
        for article in articles
    ]


def option_held(given: object, option: str) -> str | None:
    """Tell whether a set of choices holds one; None where nothing was answered."""
    return None if given is None else "yes" if isinstance(given, frozenset) and option in given else "no"
