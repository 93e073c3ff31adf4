"""Coded articles on their way in: read, matched with the project and told, before anything enters."""

import uuid
from collections.abc import Mapping, Sequence
from pathlib import Path

from pydantic import Field

from app.domain.annotations import Annotation, Fragment
from app.domain.articles import text_hash
from app.domain.coders import Coder
from app.domain.entities import Entity
from app.domain.errors import UserError
from app.domain.ids import AnnotationId, ArticleId, CodeId, CoderId, EntityId, is_id
from app.domain.progress import Progress, unheard
from app.domain.reviews import ReviewState
from app.domain.spans import Span
from app.domain.times import now
from app.domain.values import Value
from app.exchange.coded import CodedAnnotation, CodedOptions, CodedReading, CodedReview
from app.exchange.formats import CodedFormat
from app.project.codebook_fit import fit_codebook
from app.project.coded_answers import AnswerFit
from app.project.commands_coded import ImportCoded, NewArticle
from app.project.exporting import coders_named
from app.project.project import Project

_ARTICLES_THERE, _ANNOTATIONS_THERE = "articles that are there already", "annotations that are there already"
_DIFFERING, _PROBLEMS = "annotations that differ from the project's", "problems"
_ONE = {
    "new articles": "new article",
    _ARTICLES_THERE: "article that is there already",
    "new coders": "new coder",
    "new annotations": "new annotation",
    _ANNOTATIONS_THERE: "annotation that is there already",
    _DIFFERING: "annotation that differs from the project's",
    "new reviews that are done": "new review that is done",
    _PROBLEMS: "problem",
}


class CodedWishes(Value):
    """What the lead says about a source: which of its coders and codes are which of the project's.

    Keys are names in the source; coders are given by name or id, codes by name or path.
    """

    coders: Mapping[str, str] = Field(default_factory=dict[str, str])
    codes: Mapping[str, str] = Field(default_factory=dict[str, str])
    options: CodedOptions = CodedOptions()


class StagedCoded(Value):
    """What would enter, as one step, and what was noticed; `counts` are numbers by what they are.

    `found` has each coder of the source by name, with the id of whom the project has for the same; empty for a new one.
    """

    source: str
    format: str
    counts: Mapping[str, int]
    found: Mapping[str, str]
    coders: tuple[str, ...]
    changes: tuple[str, ...]
    notes: tuple[str, ...]
    problems: tuple[str, ...]
    command: ImportCoded | None

    @property
    def summary(self) -> str:
        """The whole import in one sentence."""
        there = any(self.counts[what] for what in (_ARTICLES_THERE, _ANNOTATIONS_THERE))
        if self.command is None and there and not self.counts[_DIFFERING] + self.counts[_PROBLEMS]:
            return f"{self.source}: everything in it is in the project already."
        some = (_counted(count, what) for what, count in self.counts.items() if count)
        return f"{self.source}: {', '.join((*([] if self.command else ['nothing new']), *some))}."


def stage_coded(
    project: Project,
    path: Path,
    reader: CodedFormat,
    wishes: CodedWishes,
    progress: Progress = unheard,
) -> StagedCoded:
    """Read a source for a project; UserError if nothing can be taken, or a wish names what is not there."""
    return _Staging(project, reader, reader.read(path, wishes.options, progress), wishes).staged()


class _Staging:
    """Finds for everything in a reading what it is in the project, or the id that it is to have there."""

    def __init__(
        self, project: Project, reader: CodedFormat, reading: CodedReading, wishes: CodedWishes
    ) -> None:
        self._project, self._reader, self._reading = project, reader, reading
        self._space = uuid.uuid5(uuid.UUID(project.about().id), f"{reader.name}\0{reading.source}")
        self._problems = list(reading.problems)
        self._notes = list(reading.notes)
        self._articles: dict[ArticleId, ArticleId] = {}
        self._texts: dict[ArticleId, str] = {}
        self._new: list[NewArticle] = []
        self._find_articles()
        self._told: list[str] = []
        self._found: dict[str, str] = {}
        self._coders = self._find_coders(wishes.coders)
        fit = fit_codebook(reading.codebook, project.codebook(), wishes.codes, self._make_id)
        self._fit, self._book = fit, fit.codebook
        self._taken: dict[tuple[ArticleId, CoderId, CodeId], list[Span]] = {}

    def staged(self) -> StagedCoded:
        """Return everything that is new as one command, and what is to be told."""
        known = self._known()
        ids = {each.id: self._own(each, known) for each in self._reading.annotations}
        self._note_taken(known)
        kept = [
            each for each in self._reading.annotations if ids[each.id] in known or not self._is_excluded(each)
        ]
        made = self._annotations(kept, ids, known)
        there = len(set(ids.values()) & known.keys())
        differing = sum(each.id in known and _said(each) != _said(known[each.id]) for each in made)
        self._tell_differing(differing, there)
        command = ImportCoded(
            source=f"{self._reader.name} “{self._reading.source}”",
            articles=tuple(self._new),
            coders=self._new_coders(),
            codebook=None if self._book == self._project.codebook() else self._book,
            entities=self._new_entities(),
            annotations=tuple(each for each in made if each.id not in known),
            reviews=self._new_reviews(),
        )
        return self._told_as_whole(command, there, differing)

    def _told_as_whole(self, command: ImportCoded, there: int, differing: int) -> StagedCoded:
        parts = (command.articles, command.coders, command.annotations, command.reviews, command.entities)
        return StagedCoded(
            source=self._reading.source,
            format=self._reader.name,
            counts={
                "new articles": len(command.articles),
                _ARTICLES_THERE: len(set(self._articles.values())) - len(self._new),
                "new coders": len(command.coders),
                "new annotations": len(command.annotations),
                _ANNOTATIONS_THERE: there,
                _DIFFERING: differing,
                "new reviews that are done": len(command.reviews),
                _PROBLEMS: len(self._problems),
            },
            found=self._found,
            coders=tuple(self._told),
            changes=self._fit.added,
            notes=(*self._notes, *self._fit.matched),
            problems=tuple(self._problems),
            command=command if any(parts) or command.codebook is not None else None,
        )

    def _make_id(self, sort: str, name: str) -> str:
        """The same thing of the same source has the same id in one project, however often it comes."""
        return str(uuid.uuid5(self._space, f"{sort}\0{name}"))

    def _own(self, each: CodedAnnotation, known: dict[AnnotationId, Annotation]) -> AnnotationId:
        """Return the id of an annotation here; `known` takes in what is there but in quarantine.

        An identity that the project has in another text means that the text of the source was changed since: there
        it is another annotation.
        """
        text = self._texts[each.article_id]
        named = AnnotationId(self._make_id("annotation", f"{text_hash(text)}\0{each.id}"))
        own = each.id if is_id(each.id) else named
        there = known.get(own) or self._anywhere(own)
        if there is not None and there.article_id != self._articles[each.article_id]:
            return named
        if there is not None:
            known[own] = there
        return own

    def _anywhere(self, annotation_id: AnnotationId) -> Annotation | None:
        try:
            return self._project.annotation(annotation_id)
        except UserError:
            return None

    def _find_articles(self) -> None:
        known = {article.sha256: article.id for article in self._project.articles()}
        taken = set(known.values())
        for each in self._reading.articles:
            sha256 = text_hash(each.draft.text)
            if sha256 not in known:
                new = each.id if is_id(each.id) and each.id not in taken else self._make_id("article", sha256)
                known[sha256] = ArticleId(new)
                taken.add(known[sha256])
                self._new.append(NewArticle(id=known[sha256], draft=each.draft))
            self._articles[each.id] = known[sha256]
            self._texts[each.id] = each.draft.text

    def _find_coders(self, wanted: Mapping[str, str]) -> dict[CoderId, CoderId]:
        """A coder of a source is somebody new, unless the lead says who it is; names alone say nothing."""
        there = {coder.id: coder for coder in self._project.coders()}
        names = [coder.name for coder in self._reading.coders]
        for name in wanted:
            if name not in names:
                known = ", ".join(names) or "nobody"
                raise UserError(f"There is no coder “{name}” in {self._reading.source}, only {known}.")
        found: dict[CoderId, CoderId] = {}
        for coder in self._reading.coders:
            own = CoderId(coder.id if is_id(coder.id) else self._make_id("coder", coder.id))
            if coder.name in wanted:
                (own,) = coders_named([wanted[coder.name]], list(there.values()))
            found[coder.id] = own
            self._found[coder.name] = own if own in there else ""
            if own in there:
                self._told.append(f"“{coder.name}” is the project's {there[own].name}")
                continue
            self._told.append(f"“{coder.name}” is a new coder")
            if any(each.name == coder.name for each in there.values()):
                self._notes.append(
                    f"the project has a coder “{coder.name}” who may be somebody else; "
                    f"if not, give --coder “{coder.name}={coder.name}”"
                )
        return found

    def _known(self) -> dict[AnnotationId, Annotation]:
        """Return what is coded in the articles of the source that the project has."""
        new = {each.id for each in self._new}
        there = dict.fromkeys(each for each in self._articles.values() if each not in new)
        return {each.id: each for article_id in there for each in self._project.annotations(article_id)}

    def _tell_differing(self, differing: int, there: int) -> None:
        if not differing:
            return
        some = "1 annotation differs" if differing == 1 else f"{differing:,} annotations differ"
        self._notes.append(f"{some} from what was imported before, and the project's stays")
        if differing * 2 > there:
            self._notes.append(
                f"if “{self._reading.source}” is not what was imported before but has its name, "
                "give the folder another name and import it again"
            )

    def _note_taken(self, known: Mapping[AnnotationId, Annotation]) -> None:
        for each in known.values():
            place = each.article_id, each.coder_id, self._book.layer(each.code_id).id
            self._taken.setdefault(place, []).extend(fragment.span for fragment in each.fragments)

    def _is_excluded(self, each: CodedAnnotation) -> bool:
        """Tell whether another code of an exclusive layer is there already, and note the places of what may stay."""
        layer = self._book.layer(self._fit.codes[each.code_id])
        if not layer.exclusive:
            return False
        place = self._articles[each.article_id], self._coders[each.coder_id], layer.id
        taken = self._taken.setdefault(place, [])
        if any(span.overlaps(other) for other in taken for span in each.spans):
            self._problems.append(f"{each.id}: codes of “{layer.name}” exclude each other, and one is there")
            return True
        taken.extend(each.spans)
        return False

    def _annotations(
        self,
        kept: Sequence[CodedAnnotation],
        ids: Mapping[AnnotationId, AnnotationId],
        known: Mapping[AnnotationId, Annotation],
    ) -> tuple[Annotation, ...]:
        codes = {each.id: self._fit.codes[each.code_id] for each in kept}
        linked = codes | {theirs: known[own].code_id for theirs, own in ids.items() if own in known}
        entities = {each.id: self._entity_id(each) for each in self._reading.entities}
        answers = AnswerFit(self._fit, entities, ids, linked)
        moment = now()
        found = tuple(
            Annotation(
                id=ids[each.id],
                article_id=self._articles[each.article_id],
                coder_id=self._coders[each.coder_id],
                code_id=codes[each.id],
                fragments=tuple(
                    Fragment(span=span, quote=span.quote(self._texts[each.article_id])) for span in each.spans
                ),
                answers=answers.answers(each, codes[each.id]),
                memo=each.memo,
                discuss=each.discuss,
                consensus=each.consensus,
                codebook_version=self._book.version,
                created_at=moment,
                updated_at=moment,
            )
            for each in kept
        )
        self._problems += answers.problems
        return found

    def _entity_id(self, entity: Entity) -> EntityId:
        return EntityId(entity.id if is_id(entity.id) else self._make_id("entity", entity.id))

    def _new_entities(self) -> tuple[Entity, ...]:
        there = {each.id for each in self._project.entities()}
        own = (each.model_copy(update={"id": self._entity_id(each)}) for each in self._reading.entities)
        return tuple(each for each in own if each.id not in there)

    def _new_coders(self) -> tuple[Coder, ...]:
        there = {each.id for each in self._project.coders()}
        own = (each.model_copy(update={"id": self._coders[each.id]}) for each in self._reading.coders)
        return tuple(each for each in own if each.id not in there)

    def _new_reviews(self) -> tuple[CodedReview, ...]:
        """Return what is done in the source and not yet here, each once."""
        found: dict[tuple[ArticleId, CoderId], CodedReview] = {}
        for each in self._reading.reviews:
            place = self._articles[each.article_id], self._coders[each.coder_id]
            if each.done and self._project.review(*place).state is not ReviewState.DONE:
                found[place] = CodedReview(article_id=place[0], coder_id=place[1], done=True)
        return tuple(found.values())


def _counted(count: int, what: str) -> str:
    return f"{count:,} {_ONE[what] if count == 1 else what}"


def _said(annotation: Annotation) -> tuple[object, ...]:
    """Return all that somebody said with an annotation; the order of several answers says nothing."""
    answers = {
        key: frozenset(answer) if isinstance(answer, tuple) else answer
        for key, answer in annotation.answers.items()
    }
    spans = tuple(fragment.span for fragment in annotation.fragments)
    who = annotation.coder_id, annotation.code_id, annotation.consensus
    return *who, spans, answers, annotation.memo, annotation.discuss
