"""Which function grants which command."""

from collections import defaultdict
from collections.abc import Callable, Mapping
from typing import Any

from app.domain.annotations import Annotation
from app.domain.changes import Changes
from app.domain.ids import AnnotationId, ArticleId
from app.project import (
    articles,
    coded,
    coding,
    commands,
    commands_articles,
    commands_codebook,
    commands_coded,
    designing,
    merging,
    register,
    study,
    versions,
)
from app.project.scope import Scope
from app.storage.journal import RowImage

VERBS: Mapping[type[commands.Command], Callable[[Scope, Any], str]] = {
    commands.AddAnnotation: coding.add_annotation,
    commands.CodeOccurrences: coding.code_occurrences,
    commands.RemoveAnnotations: coding.remove_annotations,
    commands.ChangeCode: coding.change_code,
    commands.ChangeSpans: coding.change_spans,
    commands.SetAnswer: coding.set_answer,
    commands.SetMemo: coding.set_memo,
    commands.SetDiscuss: coding.set_discuss,
    commands.MarkDone: study.mark_done,
    commands.SetNotes: study.set_notes,
    commands.SetVariable: study.set_variable,
    commands.ImportArticles: study.import_articles,
    commands.SaveEntity: register.save_entity,
    commands.RemoveEntities: register.remove_entities,
    commands.MergeEntities: register.merge_entities,
    commands.SplitEntity: register.split_entity,
    commands.SaveCoder: study.save_coder,
    commands.ReplaceCodebook: study.replace_codebook,
    commands.SetGranularity: study.set_granularity,
    commands.RenameProject: study.rename_project,
    commands.SetWords: study.set_words,
    commands.MergeFiles: merging.merge_files,
    **dict.fromkeys(commands_codebook.Redesign.__subclasses__(), designing.redesign),
    commands_codebook.PublishCodebook: versions.publish,
    commands_codebook.ConfirmAnnotations: versions.confirm_annotations,
    commands_articles.EditArticles: articles.edit_articles,
    commands_articles.RemoveArticles: articles.remove_articles,
    commands_articles.SetOrder: articles.set_order,
    commands_articles.DrawSample: articles.draw_sample,
    commands_articles.RenameSample: articles.rename_sample,
    commands_articles.RemoveSamples: articles.remove_samples,
    commands_coded.ImportCoded: coded.import_coded,
}


_TOUCHES = {
    "article": ("articles", "id"),
    "review": ("reviewed", "article_id"),
    "variable": ("reviewed", "article_id"),
    "entity": ("entities", "id"),
    "coder": ("coders", "id"),
}
"""Tables whose rows name what `Changes` holds, with the column that does."""


def changes_of(
    name: str, images: tuple[RowImage, ...], find: Callable[[AnnotationId], Annotation | None]
) -> Changes:
    """Read from the journal's row images what a step changed; `find` looks an annotation up."""
    touched: defaultdict[str, set[str]] = defaultdict(set)
    coded: dict[AnnotationId, ArticleId | None] = {}
    for image in images:
        row = image.row
        if image.table in _TOUCHES:
            field, column = _TOUCHES[image.table]
            touched[field].add(row[column])
        elif image.table == "annotation":
            coded[row["id"]] = row["article_id"]
        elif image.table == "fragment":
            coded[row["annotation_id"]] = row["article_id"]
        elif image.table in ("answer", "link"):
            coded.setdefault(row["annotation_id"], None)
        if image.table == "link":
            ends = (side["to_entity"] for side in (image.before, image.after) if side)
            touched["mentioned"].update(entity_id for entity_id in ends if entity_id)
    for annotation_id, article_id in coded.items():
        if article_id is None and (annotation := find(annotation_id)):
            coded[annotation_id] = annotation.article_id
    tables = {image.table for image in images}
    return Changes(
        step=name,
        coded=frozenset(article_id for article_id in coded.values() if article_id),
        annotations=frozenset(coded),
        codebook=bool(tables & {"code", "attribute", "codebook_version"}),
        project=bool(tables & {"project", "ordering"}),
        words="term" in tables,
        samples="sample" in tables,
        **{field: frozenset(ids) for field, ids in touched.items()},  # type: ignore[arg-type]
    )
