"""What lies behind a number: every place where coders do not all say the same, one entry each."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import combinations

from app.agreement.attributes import linked_pairs, matches_of
from app.domain.answers import in_words
from app.domain.comparing import (
    CodedArticle,
    CodedSpan,
    Corpus,
    Difference,
    DifferenceKind,
    Given,
    LinkedTo,
    Variable,
    VariableKind,
)
from app.domain.ids import AnnotationId, CodeId, CoderId
from app.domain.side_by_side import Site, sites
from app.project.laying_out import labels_of, linked_spans, matched_spans
from app.project.scope import shorten

NO_ANSWER = "no answer"
_QUOTE = 60


def differences(corpus: Corpus, variable: Variable) -> list[Difference]:
    """Return every place where coders differ on a variable, by article and place; edges within tolerance are equal.

    Of answers only those count that were given: a question that somebody left open is no difference.
    """
    found: list[Difference] = []
    for article in corpus.articles:
        if variable.kind.marked:
            found += _in_marks(article, labels_of(variable), corpus.tolerance)
        elif variable.kind is VariableKind.ARTICLE:
            found += _on_article(article, variable)
        else:
            found += _in_answers(article, variable)
    return found


_ALL = CodeId("")
"""Stands for the layer: what a variable is about is compared as one."""


def _in_marks(article: CodedArticle, labels: Mapping[CodeId, str], tolerance: int) -> Iterator[Difference]:
    """Yield the sites in which not every coder has the same labels with the same edges."""
    whole = {span.id: span for coding in article.codings.values() for span in coding.spans}
    bare = {
        coder: [
            span._replace(code=CodeId(labels[span.code]), fragments=span.places, answers={}, links={})
            for span in coding.spans
            if span.code in labels
        ]
        for coder, coding in article.codings.items()
    }
    layers = dict.fromkeys(map(CodeId, labels.values()), _ALL)
    several = len(layers) > 1
    for site in sites(bare, layers, tolerance):
        if site.kind is not None:
            yield _marks_told(article, site, whole, several=several)


def _marks_told(
    article: CodedArticle, site: Site, whole: Mapping[AnnotationId, CodedSpan], *, several: bool
) -> Difference:
    def words(span: CodedSpan) -> str:
        quote = f"“{both_ends(span.quote)}”"
        return f"{span.code} {quote}" if several else quote

    every = [whole[span.id] for spans in site.spans.values() for span in spans]
    return Difference(
        article_id=article.id,
        title=article.title,
        start=min(span.fragments[0][0] for span in every),
        end=max(span.fragments[-1][1] for span in every),
        quote=shorten(max(every, key=lambda span: len(span.quote)).quote, _QUOTE),
        kind=site.kind or DifferenceKind.EDGES,
        said={coder: "; ".join(map(words, spans)) for coder, spans in site.spans.items()},
        annotations={coder: tuple(span.id for span in spans) for coder, spans in site.spans.items()},
    )


def both_ends(quote: str, longest: int = _QUOTE) -> str:
    """Return a quote in one line, cut in its middle, because where it begins and ends is what differs."""
    line, half = " ".join(quote.split()), longest // 2
    return line if len(line) <= longest else f"{line[:half].rstrip()} … {line[-half:].lstrip()}"


def _on_article(article: CodedArticle, variable: Variable) -> Iterator[Difference]:
    given = {coder: coding.answers.get(variable.question.id) for coder, coding in article.codings.items()}
    if len({each for each in given.values() if each is not None}) > 1:
        yield Difference(
            article_id=article.id,
            title=article.title,
            start=0,
            end=0,
            quote="",
            kind=DifferenceKind.ANSWER,
            said={coder: answer_in_words(each) for coder, each in given.items()},
            annotations={},
        )


def answer_in_words(given: Given | None) -> str:
    """Return an answer as people read it; several choices in the order of the alphabet."""
    if given is None:
        return NO_ANSWER
    if isinstance(given, frozenset):
        return ", ".join(sorted(given))
    return in_words(given)


def _in_answers(article: CodedArticle, variable: Variable) -> Iterator[Difference]:
    """Yield the groups of matched spans on which a question was answered differently."""
    link = variable.kind is VariableKind.LINK
    pairs = _linked_pairs if link else _answered_pairs
    tell = _Telling(article, variable)
    groups = _Groups()
    for one, other in combinations(sorted(article.codings), 2):
        for first, second, differ in pairs(article, variable, one, other):
            groups.join((one, first), (other, second), differ=differ)
    for group in groups.differing():
        yield _group_told(article, group, tell.link if link else tell.answer, link=link)


Member = tuple[CoderId, CodedSpan]


class _Groups:
    """Spans that were matched with each other, directly or by way of another coder's."""

    def __init__(self) -> None:
        self._of: dict[AnnotationId, list[Member]] = {}
        self._differ: set[AnnotationId] = set()

    def join(self, one: Member, other: Member, *, differ: bool) -> None:
        """Put two matched spans into one group, which differs if any two of it do."""
        first = self._of.setdefault(one[1].id, [one])
        second = self._of.setdefault(other[1].id, [other])
        if first is not second:
            first += second
            for _coder, span in second:
                self._of[span.id] = first
        if differ:
            self._differ.add(one[1].id)

    def differing(self) -> Iterator[list[Member]]:
        """Yield the groups in which something differs, in text order."""
        groups = {id(self._of[each]): self._of[each] for each in self._differ}
        yield from sorted(groups.values(), key=lambda group: min(span.fragments[0] for _coder, span in group))


def _answered_pairs(
    article: CodedArticle, variable: Variable, one: CoderId, other: CoderId
) -> Iterator[tuple[CodedSpan, CodedSpan, bool]]:
    for first, second in matched_spans(article, variable, one, other):
        answers = {first.answers.get(variable.question.id), second.answers.get(variable.question.id)}
        yield first, second, len(answers - {None}) > 1


def _linked_pairs(
    article: CodedArticle, variable: Variable, one: CoderId, other: CoderId
) -> Iterator[tuple[CodedSpan, CodedSpan, bool]]:
    codes = frozenset(variable.codes)
    ones, others = (
        [span for span in article.codings[coder].spans if span.code in codes] for coder in (one, other)
    )
    (linked,) = linked_spans([article], variable)
    (places,) = matches_of({each: [span.unit for span in linked[each]] for each in (one, other)}).values()
    for pair in linked_pairs(linked[one], linked[other], places):
        yield ones[pair.one], others[pair.other], pair.first != pair.second


class _Telling:
    """Says what a coder answered on a span."""

    def __init__(self, article: CodedArticle, variable: Variable) -> None:
        self._question = variable.question.id
        self._quotes = {
            span.id: shorten(span.quote, _QUOTE) for each in article.codings.values() for span in each.spans
        }

    def answer(self, span: CodedSpan) -> str:
        """Return the answer itself."""
        return answer_in_words(span.answers.get(self._question))

    def link(self, span: CodedSpan) -> str:
        """Return quotes and names of what is linked to."""
        to = span.links.get(self._question, LinkedTo((), frozenset()))
        quotes = [f"“{self._quotes.get(each, '?')}”" for each in to.annotations]
        return ", ".join([*quotes, *sorted(to.names)]) or NO_ANSWER


def _group_told(
    article: CodedArticle, group: Sequence[Member], tell: Callable[[CodedSpan], str], *, link: bool
) -> Difference:
    spans: Iterable[CodedSpan] = [span for _coder, span in group]
    by_coder = {coder: [span for whose, span in group if whose == coder] for coder in article.codings}
    return Difference(
        article_id=article.id,
        title=article.title,
        start=min(span.fragments[0][0] for span in spans),
        end=max(span.fragments[-1][1] for span in spans),
        quote=shorten(group[0][1].quote, _QUOTE),
        kind=DifferenceKind.TARGET if link else DifferenceKind.ANSWER,
        said={coder: "; ".join(map(tell, found)) for coder, found in by_coder.items()},
        annotations={coder: tuple(span.id for span in found) for coder, found in by_coder.items()},
    )
