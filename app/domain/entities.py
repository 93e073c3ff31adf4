"""Entities: the actors of the world that annotations mention."""

import unicodedata
from collections.abc import Iterable, Sequence
from heapq import nsmallest
from typing import NamedTuple

from pydantic import Field

from app.domain.ids import AnnotationId, ArticleId, AttributeId, CoderId, EntityId
from app.domain.values import Value

_UNDIVIDED = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ð": "d", "ħ": "h", "ı": "i", "æ": "ae", "œ": "oe"})
"""Letters that people type without their stroke or tie and that Unicode does not take apart."""

_START, _WORD, _ALIAS, _ANYWHERE, _NOWHERE = range(5)


class Entity(Value):
    """One actor in the world with every name it goes by."""

    id: EntityId
    name: str = Field(min_length=1)
    aliases: tuple[str, ...] = ()
    type: str = ""
    country: str = ""
    note: str = ""


class EntityLine(NamedTuple):
    """An entity as the register shows it.

    `mentions` counts the links from annotations to it, `articles` those in which there is one.
    """

    entity: Entity
    mentions: int
    articles: int


class LinkKey(NamedTuple):
    """Names one answer that links: an annotation and the attribute it answers."""

    annotation_id: AnnotationId
    attribute_id: AttributeId


class Mention(NamedTuple):
    """One link from an annotation to an entity: a light tuple, for entities that are mentioned very often."""

    link: LinkKey
    article_id: ArticleId
    title: str
    coder_id: CoderId


class Completion(NamedTuple):
    """An entity that what was typed may mean, and the name or alias by which it was found."""

    entity: Entity
    name: str


def tidied(entity: Entity) -> Entity:
    """Return the entity with names in one line each, none empty or twice, and no alias that is the name."""
    name = _one_line(entity.name)
    aliases = dict.fromkeys(_one_line(alias) for alias in entity.aliases)
    return entity.model_copy(
        update={
            "name": name,
            "aliases": tuple(alias for alias in aliases if alias and alias != name),
            "type": _one_line(entity.type),
            "country": _one_line(entity.country),
            "note": entity.note.strip(),
        }
    )


def merged(survivor: Entity, others: Sequence[Entity]) -> Entity:
    """Return the survivor with every name of the others as an alias, and their notes after its own.

    Type and country are the survivor's, or else the first that one of the others has.
    """
    everyone = (survivor, *others)
    names = [name for each in others for name in (each.name, *each.aliases)]
    notes = dict.fromkeys(each.note for each in everyone if each.note)
    return tidied(
        survivor.model_copy(
            update={
                "aliases": (*survivor.aliases, *names),
                "type": next((each.type for each in everyone if each.type), ""),
                "country": next((each.country for each in everyone if each.country), ""),
                "note": "\n".join(notes),
            }
        )
    )


def folded(text: str) -> str:
    """Return a name as it is compared: without case, accents and the differences between spaces."""
    if not text.isascii():
        apart = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
        text = "".join(letter for letter in apart if not unicodedata.combining(letter)).translate(_UNDIVIDED)
    return _one_line(text.lower())


def completions(typed: str, entities: Iterable[Entity], limit: int) -> list[Completion]:
    """Return at most `limit` entities that a typed beginning may mean, the best first, none twice.

    A name that begins with it is best, then one in which a word does, then an alias of either kind, then any
    name or alias that holds it somewhere; among equals short names come first. Nothing typed means everything.
    """
    wanted = folded(typed)
    found: list[tuple[int, int, str, EntityId, Completion]] = []
    for entity in entities:
        rank, name = _best(wanted, entity)
        if rank < _NOWHERE:
            length = len(entity.name) if wanted else 0
            found.append((rank, length, folded(entity.name), entity.id, Completion(entity, name)))
    return [each[-1] for each in nsmallest(limit, found, key=lambda each: each[:-1])]


def _best(wanted: str, entity: Entity) -> tuple[int, str]:
    """Return how well an entity fits and the name by which it does."""
    best = _fit(wanted, folded(entity.name)), entity.name
    for alias in entity.aliases:
        if best[0] <= _ALIAS:
            break
        fit = _fit(wanted, folded(alias))
        if fit < best[0]:
            best = (_ALIAS if fit <= _WORD else fit), alias
    return best


def _fit(wanted: str, name: str) -> int:
    if name.startswith(wanted):
        return _START
    at = name.find(wanted)
    if at < 0:
        return _NOWHERE
    while at > 0:
        if not name[at - 1].isalnum():
            return _WORD
        at = name.find(wanted, at + 1)
    return _ANYWHERE


def _one_line(text: str) -> str:
    return " ".join(text.split())
