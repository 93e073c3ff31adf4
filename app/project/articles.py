"""The verbs on articles as a whole: their metadata, their order, samples of them."""

from collections.abc import Callable, Mapping

from app.domain.articles import Article, legible
from app.domain.counting import counted
from app.domain.dates import ADVICE, is_date, month_of, year_of
from app.domain.errors import UserError
from app.domain.ids import SampleId
from app.domain.ordering import Ordering, OrderKind, arranged, arrivals
from app.domain.sampling import NO_VALUE, Candidate, Sample, draw
from app.domain.times import now
from app.project.commands_articles import (
    DrawSample,
    EditArticles,
    RemoveArticles,
    RemoveSamples,
    RenameSample,
    SetOrder,
)
from app.project.scope import Scope, shorten

STRATA: Mapping[str, Callable[[Article], str]] = {
    "outlet": lambda article: article.source,
    "author": lambda article: article.author,
    "month": lambda article: month_of(article.date),
    "year": lambda article: year_of(article.date),
}
"""What articles can be grouped by, besides the keys of their metadata."""

_FIELDS = ("title", "source", "date", "author", "url", "reference")


def edit_articles(scope: Scope, command: EditArticles) -> str:
    """Write metadata; returns the name of the step."""
    values = {
        name: " ".join(legible(value).split())
        for name in _FIELDS
        if (value := getattr(command, name)) is not None
    }
    if values.get("title") == "":
        raise UserError("An article needs a title. Type one.")
    if values.get("date") and not is_date(values["date"]):
        raise UserError(f"“{shorten(values['date'])}” is no date. {ADVICE}")
    extras = {legible(key).strip(): value for key, value in command.metadata.items()}
    if "" in extras:
        raise UserError("A field of the metadata needs a name. Type one, or leave its value empty.")
    articles = [scope.article(each) for each in dict.fromkeys(command.ids)]
    for at, article in enumerate(articles):
        scope.progress(at, len(articles))
        metadata = dict(article.metadata)
        for key, value in extras.items():
            if value is None:
                metadata.pop(key, None)
            else:
                metadata[key] = legible(value)
        changed = article.model_copy(update={**values, "metadata": metadata})
        if changed != article:
            scope.file.articles.change(changed)
    if len(articles) == 1:
        return f"Edit article: {shorten(articles[0].title)}"
    return f"Edit {len(articles):,} articles"


def remove_articles(scope: Scope, command: RemoveArticles) -> str:
    """Take articles out; returns the name of the step."""
    articles = [scope.article(each) for each in dict.fromkeys(command.ids)]
    ids = [each.id for each in articles]
    if not command.even_if_coded and (coded := coded_in_words(scope, command)):
        raise UserError(f"{coded} Confirm that this is to be removed too, or leave them out.")
    scope.file.articles.remove(ids)
    if len(articles) == 1:
        return f"Remove article: {shorten(articles[0].title)}"
    return f"Remove {len(articles):,} articles"


def coded_in_words(scope: Scope, command: RemoveArticles) -> str:
    """Say who has coded what on the articles, nothing if nobody has."""
    work = scope.file.articles.work(command.ids)
    names = {coder.id: coder.name for coder in scope.file.coders}
    parts: list[str] = []
    for coder_id, (annotations, articles) in sorted(work.items(), key=lambda each: names.get(each[0], "")):
        made = f"with {counted(annotations, 'annotation')}" if annotations else "without annotations"
        where = counted(articles, "article")
        parts.append(f"{names.get(coder_id, 'somebody')}: work on {where} {made}")
    if not parts:
        return ""
    which = "This article is coded" if len(command.ids) == 1 else "Some of these articles are coded"
    return f"{which} ({'; '.join(parts)})."


def set_order(scope: Scope, command: SetOrder) -> str:
    """Put the articles in another order; returns the name of the step."""
    placed, before = scope.file.articles.placed(), scope.file.orderings.read()
    seed = command.seed if command.kind is OrderKind.SHUFFLED else 0
    if before is not None or command.kind is not OrderKind.IMPORTED:
        arrived = arrivals(before.arrived if before else (), [each.id for each in placed])
        scope.file.articles.place(arranged(placed, command.kind, seed, arrived), scope.progress)
        scope.file.orderings.write(Ordering(kind=command.kind, seed=seed, arrived=arrived))
    return {
        OrderKind.IMPORTED: "Order articles as imported",
        OrderKind.DATE: "Order articles by date",
        OrderKind.SHUFFLED: f"Shuffle articles with seed {seed}",
    }[command.kind]


def draw_sample(scope: Scope, command: DrawSample) -> str:
    """Draw a sample; returns the name of the step."""
    name = _free_name(scope, command.name, None)
    among = None if command.among is None else frozenset(command.among)
    candidates: list[Candidate] = []
    for at, article in enumerate(scope.file.articles):
        scope.progress(at, 0)
        if among is None or article.id in among:
            stratum = _stratum(article, command.stratify) if command.stratify else ""
            candidates.append(Candidate(article.id, article.sha256, stratum))
    drawn = draw(candidates, command.size, command.seed, command.share)
    if command.stratify and all(each.name == NO_VALUE for each in drawn.strata):
        raise UserError(
            f"No article says its {command.stratify}. Articles can be grouped by {', '.join(STRATA)} "
            "or by a field of their metadata."
        )
    scope.file.samples.write(
        Sample(
            id=command.id,
            name=name,
            created_at=now(),
            seed=command.seed,
            stratify=command.stratify,
            share=command.share,
            population=len(candidates),
            drawn_from=command.drawn_from,
            strata=drawn.strata if command.stratify else (),
            articles=drawn.articles,
        )
    )
    return f"Draw sample {shorten(name)}: {len(drawn.articles):,} of {counted(len(candidates), 'article')}"


def rename_sample(scope: Scope, command: RenameSample) -> str:
    """Give a sample another name; returns the name of the step."""
    sample = _sample(scope, command.id)
    name = _free_name(scope, command.name, sample.id)
    scope.file.samples.write(sample.model_copy(update={"name": name}))
    return f"Rename sample to {shorten(name)}"


def remove_samples(scope: Scope, command: RemoveSamples) -> str:
    """Forget samples; returns the name of the step."""
    samples = [_sample(scope, each) for each in dict.fromkeys(command.ids)]
    scope.file.samples.remove([each.id for each in samples])
    if len(samples) == 1:
        return f"Remove sample {shorten(samples[0].name)}"
    return f"Remove {len(samples)} samples"


def _stratum(article: Article, stratify: str) -> str:
    of = STRATA.get(stratify)
    value = of(article) if of else article.metadata.get(stratify, "")
    return value.strip() or NO_VALUE


def _sample(scope: Scope, sample_id: SampleId) -> Sample:
    sample = scope.file.samples.get(sample_id)
    if sample is None:
        raise UserError("This sample is no longer in the project.")
    return sample


def _free_name(scope: Scope, wished: str, own: SampleId | None) -> str:
    name = " ".join(legible(wished).split())
    if not name:
        raise UserError("A sample needs a name. Type one.")
    for each in scope.file.samples:
        if each.id != own and each.name.casefold() == name.casefold():
            raise UserError(f"There is a sample “{name}” already. Choose another name.")
    return name
