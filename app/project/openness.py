"""What is still open in an article: required questions without an answer."""

from itertools import chain

from app.domain.ids import ArticleId, CoderId
from app.domain.reviews import OpenQuestion, still_open
from app.project.scope import Scope, shorten


def open_questions(scope: Scope, article_id: ArticleId, coder_id: CoderId) -> list[OpenQuestion]:
    """Return the required questions that a coder has left open in an article.

    Those on annotations come first, in text order, then the article variables.
    """
    codebook = scope.codebook()
    asked = {code.id: codebook.questions(code.id) for code in codebook.codes}
    if not any(each.required for each in (*codebook.variables, *chain.from_iterable(asked.values()))):
        return []
    given = scope.file.annotations.given(article_id, coder_id)
    found: list[OpenQuestion] = []
    seen: set[str] = set()
    for passage in scope.file.annotations.passages(article_id):
        annotation_id = passage.annotation_id
        if passage.coder_id != coder_id or annotation_id in seen or annotation_id in scope.quarantine:
            continue
        seen.add(annotation_id)
        lacking = still_open(asked[passage.code_id], given.get(annotation_id, ()))
        if lacking:
            annotation = scope.annotation(annotation_id)
            quote = shorten(" … ".join(fragment.quote for fragment in annotation.fragments), 80)
            name = codebook.code(passage.code_id).name
            found += [OpenQuestion(annotation_id, each.id, each.name, name, quote) for each in lacking]
    answered = scope.file.reviews.get(article_id, coder_id).variables
    return found + [
        OpenQuestion(None, each.id, each.name) for each in still_open(codebook.variables, answered)
    ]
