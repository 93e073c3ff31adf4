"""What coders answered as units by coders: articles for article variables, matched spans for questions on spans."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations, count

from app.agreement.attributes import NAMED, linked_pairs, matches_of, units_of
from app.domain.codebook import Attribute, AttributeKind
from app.domain.comparing import CodedArticle, Corpus, Given, Variable, VariableKind
from app.domain.ids import CoderId
from app.exchange.agreement_labels import TARGET, Labels, option_name
from app.exchange.agreement_matched import MatchedPair
from app.exchange.agreement_units import Rated
from app.project.laying_out import linked_spans, matched_spans, metric_of, option_held, value_of

_YES_NO = ("no", "yes")
_JOIN = "~"


def rated(
    corpus: Corpus, variable: Variable, file: str, coders: Mapping[CoderId, str], labels: Labels
) -> Rated:
    """Return a question as units by coders; `coders` are labels."""
    match variable.kind:
        case VariableKind.ARTICLE:
            units = list(_articles(corpus, variable, coders))
        case VariableKind.LINK:
            units = list(_links(corpus, variable, coders, labels))
        case _:
            units = list(_spans(corpus, variable, coders))
    question = variable.question
    plain = Rated(
        file=file,
        name=variable.name,
        level=metric_of(variable),
        coders=list(coders.values()),
        units=units,
        choices=_YES_NO if question.kind is AttributeKind.YES_NO else question.choices,
        paired=variable.kind is not VariableKind.ARTICLE,
    )
    return plain._replace(options=[_option(plain, variable, place) for place in range(len(question.choices))])


def pairs_on(corpus: Corpus, variable: Variable, coders: Mapping[CoderId, str]) -> Iterator[MatchedPair]:
    """Yield the matched spans of every two coders among those with the codes of a variable."""
    for article in corpus.articles:
        for one, other in combinations(sorted(article.codings), 2):
            for first, second in matched_spans(article, variable, one, other):
                yield MatchedPair(article.id, (coders[one], coders[other]), first, second)


def _articles(
    corpus: Corpus, variable: Variable, coders: Mapping[CoderId, str]
) -> Iterator[tuple[str, Mapping[str, Given]]]:
    for article in corpus.articles:
        given = {
            coders[coder]: _fit(coding.answers.get(variable.question.id), variable.question)
            for coder, coding in article.codings.items()
        }
        yield article.id, _given(given)


def _spans(
    corpus: Corpus, variable: Variable, coders: Mapping[CoderId, str]
) -> Iterator[tuple[str, Mapping[str, Given]]]:
    attribute = variable.question
    for pair in pairs_on(corpus, variable, coders):
        answers = [_fit(span.answers.get(attribute.id), attribute) for span in (pair.one, pair.other)]
        yield f"{pair.one.id}{_JOIN}{pair.other.id}", _given(dict(zip(pair.coders, answers, strict=True)))


def _links(
    corpus: Corpus, variable: Variable, coders: Mapping[CoderId, str], labels: Labels
) -> Iterator[tuple[str, Mapping[str, Given]]]:
    names = (name for number in count(1) if not labels.knows(name := f"{TARGET}{number}"))
    targets: dict[str, str] = defaultdict(lambda: next(names))
    for number, article in enumerate(corpus.articles):
        (linked,) = linked_spans([article], variable)
        for (one, other), places in matches_of(units_of(linked)).items():
            ones, others = (_ids(article, CoderId(coder), variable) for coder in (one, other))
            for pair in linked_pairs(linked[one], linked[other], places, f"{number} {one} {other}"):
                unit = f"{ones[pair.one]}{_JOIN}{others[pair.other]}"
                sets = [frozenset(_target(each, targets, labels) for each in found) for found in pair[2:]]
                yield unit, {coders[CoderId(one)]: sets[0], coders[CoderId(other)]: sets[1]}


def _target(found: str, targets: dict[str, str], labels: Labels) -> str:
    """Return the label of what is linked to, or a number for a span, which no label looks like."""
    if found.startswith(NAMED):
        return labels.of(found.removeprefix(NAMED))
    return targets[found]


def _ids(article: CodedArticle, coder: CoderId, variable: Variable) -> Sequence[str]:
    codes = frozenset(variable.codes)
    return [span.id for span in article.codings[coder].spans if span.code in codes]


def _option(plain: Rated, variable: Variable, place: int) -> Rated:
    option = plain.choices[place]
    units = [
        (unit, _given({coder: option_held(given, option) for coder, given in values.items()}))
        for unit, values in plain.units
    ]
    return plain._replace(
        file=f"{plain.file}-{place + 1}",
        name=option_name(variable, option),
        level="nominal",
        units=units,
        choices=_YES_NO,
    )


def _fit(given: Given | None, attribute: Attribute) -> Given | None:
    """Return an answer, or None where it has no measure: an ordered choice that the codebook does not know."""
    return None if value_of(attribute)(given) is None else given


def _given(values: Mapping[str, Given | None]) -> dict[str, Given]:
    return {coder: given for coder, given in values.items() if given is not None}
