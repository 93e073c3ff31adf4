"""What differs behind one number: that of two coders, of one article, or of one cell of a confusion matrix."""

from collections.abc import Callable, Iterator, Sequence
from itertools import permutations
from typing import NamedTuple

from app.domain.comparing import CodedArticle, CodedSpan, Corpus, Difference, Place, Variable, VariableKind
from app.domain.ids import ArticleId, CoderId
from app.project.agreement import restricted
from app.project.agreement_details import NOT_MARKED
from app.project.differences import answer_in_words, differences
from app.project.laying_out import labels_of


class Behind(NamedTuple):
    """Which number is meant. No coders means all; `cell` is what the one coder said, and what the other."""

    coders: tuple[CoderId, ...] = ()
    article_id: ArticleId | None = None
    cell: tuple[str, str] | None = None


def differences_behind(corpus: Corpus, variable: Variable, behind: Behind) -> list[Difference]:
    """Return the places that a number comes from and where coders do not say the same, by article and place.

    Behind a cell whose row and column are the same there are none. A cell counts every unit of the text, so the
    tolerance is nothing to it.
    """
    if behind.coders:
        corpus = restricted(corpus, behind.coders)
    if behind.article_id is not None:
        corpus = corpus._replace(
            articles=tuple(each for each in corpus.articles if each.id == behind.article_id)
        )
    if behind.cell is None:
        return differences(corpus, variable)
    if behind.cell[0] == behind.cell[1]:
        return []
    articles = {each.id: each for each in corpus.articles}
    in_cell = _in_cell(variable, behind)
    found = differences(corpus._replace(tolerance=0), variable)
    return [each for each in found if in_cell(articles[each.article_id], each)]


def _in_cell(variable: Variable, behind: Behind) -> Callable[[CodedArticle, Difference], bool]:
    one_said, other_said = behind.cell or ("", "")

    def on_article(article: CodedArticle, difference: Difference) -> bool:
        return any(
            difference.said[one] == one_said and difference.said[other] == other_said
            for one, other in _directions(article, behind)
        )

    def in_answers(article: CodedArticle, difference: Difference) -> bool:
        said = {
            coder: {answer_in_words(span.answers.get(variable.question.id)) for span in spans}
            for coder, spans in _spans(article, difference).items()
        }
        return any(
            one_said in said.get(one, ()) and other_said in said.get(other, ())
            for one, other in _directions(article, behind)
        )

    def in_marks(article: CodedArticle, difference: Difference) -> bool:
        labels, spans = labels_of(variable), _spans(article, difference)

        def places(coder: CoderId, label: str) -> list[Place]:
            found = (span for span in spans.get(coder, ()) if label in (NOT_MARKED, labels[span.code]))
            return sorted(place for span in found for place in span.places)

        return any(
            (_stick_out if NOT_MARKED in (one_said, other_said) else _meet)(
                *(
                    (places(one, one_said), places(other, other_said))
                    if one_said != NOT_MARKED
                    else (places(other, other_said), places(one, one_said))
                )
            )
            for one, other in _directions(article, behind)
        )

    if variable.kind is VariableKind.ARTICLE:
        return on_article
    return in_marks if variable.kind.marked else in_answers


def _directions(article: CodedArticle, behind: Behind) -> Iterator[tuple[CoderId, CoderId]]:
    """Yield who has the row and who the column: two coders who are named, or every two both ways."""
    if len(behind.coders) == 2:
        yield behind.coders[0], behind.coders[1]
    else:
        yield from permutations(article.codings, 2)


def _spans(article: CodedArticle, difference: Difference) -> dict[CoderId, list[CodedSpan]]:
    return {
        coder: [span for span in article.codings[coder].spans if span.id in ids]
        for coder, ids in difference.annotations.items()
    }


def _meet(ones: Sequence[Place], others: Sequence[Place]) -> bool:
    return any(one[0] < other[1] and other[0] < one[1] for one in ones for other in others)


def _stick_out(ones: Sequence[Place], others: Sequence[Place]) -> bool:
    """Tell whether anything of some places is covered by none of others, which are in order."""
    for start, end in ones:
        reached = start
        for first, last in others:
            if first > reached:
                break
            reached = max(reached, last)
        if reached < end:
            return True
    return False
