"""What a link or an entity question can be answered with, best first."""

from collections.abc import Sequence
from typing import NamedTuple

from app.domain.answers import NOT_IN_TEXT, AnnotationTarget, EntityTarget, NotInText, Target
from app.domain.codebook import Attribute, AttributeKind
from app.domain.entities import Entity, completions
from app.domain.ids import AnnotationId
from app.project.project import Project

_MOST_CANDIDATES = 99
_MOST_ENTITIES = 8
_LONGEST = 60


class Option(NamedTuple):
    """One thing to pick. `number` is what picks it, empty where none does; a new entity has no target yet."""

    words: str
    number: str
    target: Target | None


class Options:
    """The options of one question on one annotation of the coder at work."""

    def __init__(self, project: Project, attribute: Attribute, annotation_id: AnnotationId | None) -> None:
        self._project, self._attribute = project, attribute
        self.candidates: list[Option] = []
        self._ids: list[AnnotationId] = []
        if attribute.kind is AttributeKind.LINK and annotation_id is not None:
            self._find_candidates(annotation_id)
        self._entities: Sequence[Entity] = project.entities()

    @property
    def numbered(self) -> tuple[AnnotationId, ...]:
        """The annotations that have a number, in its order from 1."""
        return tuple(self._ids)

    def matching(self, typed: str) -> list[Option]:
        """Return what fits what was typed: a number, a part of a quote, a name or an alias."""
        words = typed.strip()
        found = [option for option in self.candidates if _fits(option, words)]
        if self._attribute.kind is AttributeKind.LINK and (words == "0" or words.casefold() in NOT_IN_TEXT):
            found.append(Option(NOT_IN_TEXT, "0", NotInText()))
        if not words.isdigit():
            fitting = [each.entity for each in completions(words, self._entities, _MOST_ENTITIES)]
            found += [Option(_named(entity), "", EntityTarget(entity=entity.id)) for entity in fitting]
            if words and all(entity.name.casefold() != words.casefold() for entity in fitting):
                found.append(Option(f"New entity “{words}”", "", None))
        return found

    def words_of(self, target: Target) -> str:
        """Return a target as people read it."""
        match target:
            case AnnotationTarget():
                return f"“{_short(self._quote(target.annotation))}”"
            case EntityTarget():
                return next((each.name for each in self._entities if each.id == target.entity), "?")
            case NotInText():
                return NOT_IN_TEXT

    def _find_candidates(self, annotation_id: AnnotationId) -> None:
        """Offer the coder's annotations of the right layers, the nearest in the text first."""
        project, codebook = self._project, self._project.codebook()
        annotation = project.annotation(annotation_id)
        text = project.text(project.article(annotation.article_id))
        wanted = self._attribute.targets
        firsts = {
            passage.annotation_id: passage
            for passage in reversed(project.passages(annotation.article_id))
            if passage.coder_id == annotation.coder_id and passage.annotation_id != annotation_id
        }
        near = sorted(
            (
                passage
                for passage in firsts.values()
                if not wanted or codebook.layer(passage.code_id).name in wanted
            ),
            key=lambda passage: (abs(passage.start - annotation.start), passage.start),
        )[:_MOST_CANDIDATES]
        for number, passage in enumerate(near, start=1):
            code = codebook.code(passage.code_id).name
            words = f"“{_short(text[passage.start : passage.end])}”  {code}"
            target = AnnotationTarget(annotation=passage.annotation_id)
            self.candidates.append(Option(words, str(number), target))
            self._ids.append(passage.annotation_id)

    def _quote(self, annotation_id: AnnotationId) -> str:
        fragments = self._project.annotation(annotation_id).fragments
        return " … ".join(fragment.quote for fragment in fragments)


def _fits(option: Option, words: str) -> bool:
    if words.isdigit():
        return option.number.startswith(words)
    return words.casefold() in option.words.casefold()


def _named(entity: Entity) -> str:
    about = ", ".join(part for part in (entity.type, entity.country) if part)
    return f"{entity.name}  ({about})" if about else entity.name


def _short(text: str) -> str:
    line = " ".join(text[: 3 * _LONGEST].split())
    return line if len(line) <= _LONGEST else line[: _LONGEST - 1].rstrip() + "…"
