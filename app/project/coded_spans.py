"""Annotations as they are compared: places, quotes, and what was answered, read for one article or for all."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from typing import NamedTuple

from app.domain.answers import NOT_IN_TEXT, Plain
from app.domain.comparing import CodedSpan, Given, LinkedTo, Place
from app.domain.ids import AnnotationId, ArticleId, AttributeId
from app.storage.comparisons import Marked
from app.storage.project_file import ProjectFile


class Said(NamedTuple):
    """What was answered on annotations: plainly, or by links."""

    answers: Mapping[AnnotationId, Mapping[AttributeId, Given]]
    links: Mapping[AnnotationId, Mapping[AttributeId, LinkedTo]]


def read_said(file: ProjectFile, article_id: ArticleId | None = None) -> Said:
    """Read the answers on all annotations, or on those of one article. Entities are named so that no two share one."""
    answers: defaultdict[AnnotationId, dict[AttributeId, Given]] = defaultdict(dict)
    for annotation_id, attribute_id, value in file.comparisons.answers(article_id):
        answers[annotation_id][attribute_id] = given(value)
    register = list(file.entities)
    times = Counter(each.name for each in register)
    names = {
        each.id: each.name if times[each.name] == 1 else f"{each.name} ({each.id[-8:]})" for each in register
    }
    links: defaultdict[AnnotationId, dict[AttributeId, LinkedTo]] = defaultdict(dict)
    for each in file.comparisons.links(article_id):
        known = links[each.annotation_id].get(each.attribute_id, LinkedTo((), frozenset()))
        if each.to_annotation is not None:
            known = known._replace(annotations=(*known.annotations, each.to_annotation))
        else:
            name = NOT_IN_TEXT if each.to_entity is None else names[each.to_entity]
            known = known._replace(names=known.names | {name})
        links[each.annotation_id][each.attribute_id] = known
    return Said(answers, links)


def given(value: Plain) -> Given:
    """Return a plain answer as it is compared."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, tuple):
        return frozenset(value)
    return value


def fits(each: Marked, text: str) -> bool:
    """Tell whether every quote of an annotation is what the text says at its place."""
    return all(text[start:end] == quote for start, end, quote in each.fragments)


def fragments_of(each: Marked) -> tuple[Place, ...]:
    """Return the places of an annotation, in code points."""
    return tuple((start, end) for start, end, _quote in each.fragments)


def span_of(each: Marked, said: Said, places: tuple[Place, ...]) -> CodedSpan:
    """Return an annotation as it is compared, at `places` in the unit of the comparison."""
    return CodedSpan(
        id=each.id,
        code=each.code_id,
        fragments=fragments_of(each),
        places=places,
        quote=" … ".join(quote for _start, _end, quote in each.fragments),
        answers=said.answers.get(each.id, {}),
        links=said.links.get(each.id, {}),
    )
