"""The demo project: short articles, some coded by two coders, so that every page has something to show."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from app.domain.annotations import Annotation
from app.domain.answers import NOT_IN_TEXT, AnnotationTarget, Answer, EntityTarget, NotInText, Plain
from app.domain.articles import Article, Draft, canonical
from app.domain.codebook import POINTING, Code, Codebook
from app.domain.coders import Coder
from app.domain.entities import Entity
from app.domain.errors import UserError
from app.domain.ids import AnnotationId, CoderId, EntityId, new_id
from app.domain.spans import Span
from app.project.commands import (
    AddAnnotation,
    ImportArticles,
    MarkDone,
    RenameProject,
    ReplaceCodebook,
    SaveCoder,
    SaveEntity,
    SetNotes,
    SetVariable,
)
from app.project.project import Project
from app.system.paths import Places
from app.system.resources import resource

Raw = Mapping[str, Any]


def default_codebook() -> Codebook:
    """The codebook that a new project starts with."""
    from app.exchange.codebook_files import read_codebook  # Loaded where a file is at hand, as below.

    return read_codebook(resource("codebooks", "humanitarian-news.yaml")).codebook


def make_demo(path: Path, places: Places) -> None:
    """Write the demo project to a new file, through the same verbs that people use.

    Raises UserError if the folder cannot be made or something is there already.
    """
    import yaml  # Loaded where a file is at hand, not whenever the program starts.

    raw: Raw = yaml.safe_load(resource("demo", "demo.yaml").read_text(encoding="utf-8"))
    partial = path.with_name(path.name + ".making")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        partial.unlink(missing_ok=True)
    except OSError as error:
        raise UserError(f"The folder {path.parent} cannot be made: {error.strerror}.") from error
    if path.exists():
        raise UserError(f"{path.name} exists already. Open it, or choose another name.")
    with Project.create(partial, places) as project:
        project.apply(RenameProject(name=raw["name"]))
        project.apply(ReplaceCodebook(codebook=default_codebook()))
        _DemoWriter(project, raw).write()
    partial.replace(path)


def first_coder(path: Path, places: Places) -> Coder | None:
    """Return as whom to look at a demo project; None if there is no coder any longer."""
    with Project.open(path, places, read_only=True) as project:
        return next(iter(project.coders()), None)


class _DemoWriter:
    """Turns the quotes of the demo file into spans and the keys into ids."""

    def __init__(self, project: Project, raw: Raw) -> None:
        self._project = project
        self._raw = raw
        self._codes: dict[str, Code] = {code.name: code for code in project.codebook().codes}
        self._coders = {
            each["name"]: Coder(id=CoderId(each["id"]), name=each["name"]) for each in raw["coders"]
        }
        self._entities: dict[str, Entity] = {}

    def write(self) -> None:
        """Write coders, entities, articles, and then each coder's work."""
        for coder in self._coders.values():
            self._project.apply(SaveCoder(coder=coder))
        for each in self._raw["entities"]:
            values = {name: value for name, value in each.items() if name != "key"}
            entity = Entity(id=EntityId(new_id()), **values)
            self._entities[each["key"]] = entity
            self._project.apply(SaveEntity(entity=entity))
        drafts = tuple(_draft(each) for each in self._raw["articles"])
        self._project.apply(ImportArticles(drafts=drafts))
        pairs = list(zip(self._project.articles(), self._raw["articles"], strict=True))
        for article, each in pairs:
            self._write_annotations(article, each)
        # The first article is visited last, so that the window begins with it.
        for article, each in reversed(pairs):
            for review in each.get("reviews", ()):
                self._write_review(article, review)

    def _write_annotations(self, article: Article, raw: Raw) -> None:
        text = self._project.text(article)
        made: dict[str, Annotation] = {}
        for each in raw.get("annotations", ()):
            self._project.sign_in(self._coders[each["coder"]])
            annotation_id = AnnotationId(new_id())
            code = self._codes[each["code"]]
            self._project.apply(
                AddAnnotation(
                    id=annotation_id,
                    article_id=article.id,
                    code_id=code.id,
                    spans=_spans(text, each["quotes"], each.get("nth", 1)),
                    answers=self._answers(code, each.get("answers", {}), made),
                    memo=each.get("memo", ""),
                    discuss=each.get("discuss", False),
                )
            )
            made[each["key"]] = self._project.annotation(annotation_id)

    def _write_review(self, article: Article, raw: Raw) -> None:
        self._project.sign_in(self._coders[raw["coder"]])
        self._project.visit(article.id, seconds=raw.get("seconds", 0), offset=0)
        variables = {variable.name: variable for variable in self._project.codebook().variables}
        for name, value in raw.get("variables", {}).items():
            attribute_id = variables[name].id
            self._project.apply(
                SetVariable(article_id=article.id, attribute_id=attribute_id, value=_plain(value))
            )
        if raw.get("notes"):
            self._project.apply(SetNotes(article_id=article.id, notes=raw["notes"]))
        if raw.get("done"):
            self._project.apply(MarkDone(article_id=article.id))

    def _answers(self, code: Code, raw: Raw, made: Mapping[str, Annotation]) -> dict[Any, Answer]:
        questions = {question.name: question for question in self._project.codebook().questions(code.id)}
        answers: dict[Any, Answer] = {}
        for name, value in raw.items():
            question = questions[name]
            if question.kind in POINTING:
                answers[question.id] = (self._target(str(value), made),)
            else:
                answers[question.id] = _plain(value)
        return answers

    def _target(
        self, value: str, made: Mapping[str, Annotation]
    ) -> AnnotationTarget | EntityTarget | NotInText:
        if value == NOT_IN_TEXT:
            return NotInText()
        if value in made:
            return AnnotationTarget(annotation=made[value].id)
        return EntityTarget(entity=self._entities[value.removeprefix("entity:")].id)


def _plain(value: Any) -> Plain:
    return tuple(value) if isinstance(value, list) else value  # pyright: ignore[reportUnknownArgumentType, reportUnknownVariableType]


def _draft(raw: Raw) -> Draft:
    return Draft(
        text=canonical(raw["text"].rstrip("\n")).text,
        title=raw["title"],
        source=raw.get("source", ""),
        date=raw.get("date", ""),
        url=raw.get("url", ""),
        author=raw.get("author", ""),
        reference=raw["key"],
        metadata={"language": raw["language"]} if "language" in raw else {},
    )


def _spans(text: str, quotes: list[str], nth: int) -> tuple[Span, ...]:
    """Find the quotes one after the other, the first of them at its nth occurrence."""
    spans: list[Span] = []
    at = 0
    for index, quote in enumerate(quotes):
        start = text.index(quote, at)
        for _further in range(nth - 1 if index == 0 else 0):
            start = text.index(quote, start + 1)
        spans.append(Span(start=start, end=start + len(quote)))
        at = start + len(quote)
    return tuple(spans)
