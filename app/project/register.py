"""The register of entities: its verbs, and what it can tell about who is mentioned where."""

from app.domain.entities import Entity, EntityLine, LinkKey, Mention, merged, tidied
from app.domain.errors import UserError
from app.domain.ids import EntityId
from app.domain.times import now
from app.project.commands import MergeEntities, RemoveEntities, SaveEntity, SplitEntity
from app.project.context import Context, context_of
from app.project.scope import Scope, shorten


class Register:
    """Answers questions about entities and their mentions."""

    def __init__(self, scope: Scope) -> None:
        self._scope = scope

    def lines(self) -> list[EntityLine]:
        """Return the entities by name with how often and in how many articles they are mentioned."""
        counts = self._scope.file.mentions.counts()
        return [EntityLine(each, *counts.get(each.id, (0, 0))) for each in self._scope.file.entities]

    def line(self, entity_id: EntityId) -> EntityLine | None:
        """Return one entity with how often and in how many articles it is mentioned; None if it is gone."""
        entity = self._scope.file.entities.get(entity_id)
        return entity and EntityLine(entity, *self._scope.file.mentions.count(entity_id))

    def mentions(self, entity_id: EntityId) -> list[Mention]:
        """Return the mentions of an entity in the order of articles and text."""
        return list(self._scope.file.mentions.of(entity_id))

    def context(self, mention: Mention) -> Context:
        """Return the quote of a mention with its surroundings; UserError if the annotation is gone.

        Nothing stands around a quote that does not fit its text.
        """
        return context_of(self._scope, self._scope.annotation(mention.link.annotation_id))


def save_entity(scope: Scope, command: SaveEntity) -> str:
    """Add, change or rename an entity; returns the name of the step."""
    entity = _named(command.entity)
    known = scope.file.entities.get(entity.id)
    if known is None or known.name == entity.name:
        scope.file.entities.write(entity)
        return f"{'Add' if known is None else 'Change'} entity {shorten(entity.name)}"
    if command.keep_name:
        entity = tidied(entity.model_copy(update={"aliases": (*entity.aliases, known.name)}))
    scope.file.entities.write(entity)
    return f"Rename entity {shorten(known.name)} to {shorten(entity.name)}"


def remove_entities(scope: Scope, command: RemoveEntities) -> str:
    """Take entities out of the register; returns the name of the step."""
    entities = [_registered(scope, entity_id) for entity_id in command.ids]
    if not entities:
        raise UserError("Select an entity first.")
    for entity in entities:
        mentions, _articles = scope.file.mentions.count(entity.id)
        if mentions:
            times = "once" if mentions == 1 else f"{mentions:,} times"
            raise UserError(
                f"{shorten(entity.name)} is mentioned {times} and stays. "
                "Merge it into another entity, or clear those links first."
            )
    scope.file.entities.remove(command.ids)
    if len(entities) == 1:
        return f"Delete entity {shorten(entities[0].name)}"
    return f"Delete {len(entities)} entities"


def merge_entities(scope: Scope, command: MergeEntities) -> str:
    """Make several entities one; returns the name of the step."""
    survivor = _registered(scope, command.survivor)
    ids = [each for each in dict.fromkeys(command.others) if each != survivor.id]
    if not ids:
        raise UserError("Select two or more entities to merge.")
    others = [_registered(scope, entity_id) for entity_id in ids]
    moment = now()
    for entity_id in ids:
        scope.file.mentions.move(scope.file.mentions.links(entity_id), entity_id, survivor.id, moment)
    scope.file.entities.write(merged(survivor, others))
    scope.file.entities.remove(ids)
    gone = shorten(others[0].name) if len(others) == 1 else f"{len(others)} entities"
    return f"Merge {gone} into {shorten(survivor.name)}"


def split_entity(scope: Scope, command: SplitEntity) -> str:
    """Move links from one entity to another, new or known; returns the name of the step."""
    source = _registered(scope, command.id)
    links: list[LinkKey] = list(dict.fromkeys(command.links))
    if not links:
        raise UserError("Tick the mentions that are to move first.")
    if not set(links) <= set(scope.file.mentions.links(source.id)):
        raise UserError(f"Some of these annotations no longer mention {shorten(source.name)}. Tick anew.")
    if isinstance(command.to, Entity):
        target = scope.file.entities.get(command.to.id) or _named(command.to)
        scope.file.entities.write(target)
    else:
        target = _registered(scope, command.to)
    if target.id == source.id:
        raise UserError("Mentions can only move to another entity.")
    scope.file.mentions.move(links, source.id, target.id, now())
    moved = f"{len(links):,} mention{'' if len(links) == 1 else 's'}"
    return f"Move {moved} of {shorten(source.name)} to {shorten(target.name)}"


def _registered(scope: Scope, entity_id: EntityId) -> Entity:
    entity = scope.file.entities.get(entity_id)
    if entity is None:
        raise UserError("This entity is no longer in the register.")
    return entity


def _named(entity: Entity) -> Entity:
    tidy = tidied(entity)
    if not tidy.name:
        raise UserError("An entity needs a name.")
    return tidy
