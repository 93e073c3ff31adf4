"""The verbs around coding: articles, reviews, the codebook, people, the project itself."""

from app.domain.answers import check_defaults, check_plain
from app.domain.articles import Article, Draft, text_hash, title_from
from app.domain.codebook import Codebook
from app.domain.codebook_diff import differences
from app.domain.counting import counted
from app.domain.errors import UserError
from app.domain.ids import ArticleId, new_id
from app.domain.reviews import ReviewState
from app.domain.segmentation import Granularity
from app.domain.times import now
from app.domain.words import check_term
from app.project.commands import (
    ImportArticles,
    MarkDone,
    RenameProject,
    ReplaceCodebook,
    SaveCoder,
    SetGranularity,
    SetNotes,
    SetVariable,
    SetWords,
)
from app.project.fitting import Fate, fate, refuse_loss, settle
from app.project.openness import open_questions
from app.project.scope import Scope, shorten
from app.project.versions import is_fresh, keep, next_number


def import_articles(scope: Scope, command: ImportArticles) -> str:
    """Add articles; returns the name of the step."""
    articles = scope.file.articles
    known = set(articles.titles_by_hash())
    position, moment = articles.next_position(), now()
    count = 0
    for at, draft in enumerate(command.drafts):
        scope.progress(at, len(command.drafts))
        sha256 = text_hash(draft.text)
        if sha256 not in known:
            known.add(sha256)
            articles.add_text(sha256, draft.text)
            articles.add([article_of(ArticleId(new_id()), draft, position + count, moment)])
            count += 1
    return f"Import {counted(count, 'article')}"


def article_of(article_id: ArticleId, draft: Draft, position: int, moment: str) -> Article:
    """Return the article that a draft becomes."""
    return Article(
        id=article_id,
        position=position,
        title=draft.title or title_from(draft.text),
        length=len(draft.text),
        sha256=text_hash(draft.text),
        imported_at=moment,
        **draft.model_dump(exclude={"text", "title"}),
    )


def mark_done(scope: Scope, command: MarkDone) -> str:
    """Set or clear "done"; returns the name of the step."""
    coder = scope.coder_at_work()
    article = scope.article(command.article_id)
    review = scope.file.reviews.get(article.id, coder.id)
    found = scope.file.annotations.any_by(article.id, coder.id)
    reason = command.reason.strip() if command.done else ""
    lacking = len(open_questions(scope, article.id, coder.id)) if command.done else 0
    if lacking and not reason:
        some = "1 required question is" if lacking == 1 else f"{lacking} required questions are"
        raise UserError(f"{some} open in this article. Answer them, or say why it is done without.")
    changed = review.model_copy(
        update={
            "state": ReviewState.DONE if command.done else ReviewState.IN_PROGRESS,
            "nothing_found": command.done and not found,
            "done_at": now() if command.done else "",
            "reason": reason if lacking else "",
        }
    )
    scope.file.reviews.set_done(changed)
    if not command.done:
        return f"Reopen: {shorten(article.title)}"
    return f"{'Done' if found else 'Done, nothing found'}: {shorten(article.title)}"


def set_notes(scope: Scope, command: SetNotes) -> str:
    """Write the notes on an article; returns the name of the step."""
    coder = scope.coder_at_work()
    article = scope.article(command.article_id)
    review = scope.file.reviews.get(article.id, coder.id)
    scope.file.reviews.set_done(review.model_copy(update={"notes": command.notes}))
    return f"Notes: {shorten(article.title)}"


def set_variable(scope: Scope, command: SetVariable) -> str:
    """Answer an article variable; returns the name of the step."""
    coder = scope.coder_at_work()
    article = scope.article(command.article_id)
    for variable in scope.codebook().variables:
        if variable.id == command.attribute_id:
            value = None if command.value is None else check_plain(variable, command.value)
            scope.file.reviews.set_variable(article.id, coder.id, variable.id, value)
            return f"{'Clear' if value is None else 'Set'} {variable.name}: {shorten(article.title)}"
    raise UserError("This article variable is no longer in the codebook.")


def save_coder(scope: Scope, command: SaveCoder) -> str:
    """Add or rename a coder; returns the name of the step."""
    known = scope.file.coders.get(command.coder.id)
    scope.file.coders.write(command.coder)
    return f"{'Add' if known is None else 'Rename'} coder {shorten(command.coder.name)}"


def replace_codebook(scope: Scope, command: ReplaceCodebook) -> str:
    """Make a codebook the project's; returns the name of the step.

    It is published with that: the version moves on when there was one before and it differs.
    """
    before, after = scope.codebook(), command.codebook
    found = check_codebook(scope, after)
    if not is_fresh(scope):
        after = after.model_copy(update={"version": next_number(scope, after)})
    if differences(before, after) or after.version != before.version:
        settle(scope, found, now())
        keep(scope, after)
    return f"Codebook {shorten(after.name) or 'without a name'}, version {after.version}"


def check_codebook(scope: Scope, after: Codebook) -> Fate:
    """Return what becomes of answers under a codebook; UserError if what is coded would not fit it."""
    before = scope.codebook()
    check_defaults(after)
    kept = {code.id for code in after.codes}
    counts = scope.file.annotations.count_by_code()
    lost = [code for code in before.codes if code.id not in kept and counts.get(code.id)]
    if lost:
        named = ", ".join(f"{code.name} ({counted(counts[code.id], 'annotation')})" for code in lost)
        raise UserError(f"The new codebook lacks codes that are in use: {named}.")
    found = fate(scope, before, after)
    refuse_loss(found)
    return found


def set_granularity(scope: Scope, command: SetGranularity) -> str:
    """Lock or free what selections are fitted to; returns the name of the step."""
    scope.file.set_project(granularity=command.granularity.value)
    if command.granularity is Granularity.ANY:
        return "Free the granularity of selections"
    return f"Lock selections to {command.granularity.value}s"


def rename_project(scope: Scope, command: RenameProject) -> str:
    """Give the project another name; returns the name of the step."""
    scope.file.set_project(name=command.name)
    return f"Rename project to {shorten(command.name)}"


def set_words(scope: Scope, command: SetWords) -> str:
    """Make a word list the project's; returns the name of the step."""
    before = {term.id: term for term in scope.file.words.read()}
    after = {term.id: term for term in command.terms}
    if len(after) < len(command.terms):
        raise UserError("The word list holds one term twice under one id. Take one of them out.")
    changed = [term for term in command.terms if before.get(term.id) != term]
    for term in changed:
        check_term(term)
    scope.file.words.write(command.terms)
    gone = [term for term in before.values() if term.id not in after]
    if len(changed) + len(gone) != 1:
        return f"Word list, {len(after)} term{'' if len(after) == 1 else 's'}"
    (one,) = (*changed, *gone)
    verb = "Remove" if gone else "Change" if one.id in before else "Add"
    return f"{verb} term “{shorten(one.pattern)}”"
