"""Which function grants which command."""

from collections.abc import Callable, Mapping
from typing import Any

from app.domain.annotations import Annotation
from app.domain.changes import Changes
from app.domain.ids import AnnotationId, ArticleId, CoderId, EntityId
from app.project import coding, commands, study
from app.project.scope import Scope
from app.storage.journal import RowImage

VERBS: Mapping[type[commands.Command], Callable[[Scope, Any], str]] = {
    commands.AddAnnotation: coding.add_annotation,
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
    commands.SaveEntity: study.save_entity,
    commands.SaveCoder: study.save_coder,
    commands.ReplaceCodebook: study.replace_codebook,
    commands.RenameProject: study.rename_project,
}


def changes_of(
    name: str, images: tuple[RowImage, ...], find: Callable[[AnnotationId], Annotation | None]
) -> Changes:
    """Read from the journal's row images what a step changed; `find` looks an annotation up."""
    articles: set[ArticleId] = set()
    coded: dict[AnnotationId, ArticleId | None] = {}
    reviewed: set[ArticleId] = set()
    entities: set[EntityId] = set()
    coders: set[CoderId] = set()
    tables: set[str] = set()
    for image in images:
        tables.add(image.table)
        row = image.row
        match image.table:
            case "article":
                articles.add(row["id"])
            case "annotation":
                coded[row["id"]] = row["article_id"]
            case "fragment":
                coded[row["annotation_id"]] = row["article_id"]
            case "answer" | "link":
                coded.setdefault(row["annotation_id"], None)
            case "review" | "variable":
                reviewed.add(row["article_id"])
            case "entity":
                entities.add(row["id"])
            case "coder":
                coders.add(row["id"])
            case _:
                pass
    for annotation_id, article_id in coded.items():
        if article_id is None and (annotation := find(annotation_id)):
            coded[annotation_id] = annotation.article_id
    return Changes(
        step=name,
        articles=frozenset(articles),
        coded=frozenset(article_id for article_id in coded.values() if article_id),
        annotations=frozenset(coded),
        reviewed=frozenset(reviewed),
        entities=frozenset(entities),
        coders=frozenset(coders),
        codebook=bool(tables & {"code", "attribute"}),
        project="project" in tables,
    )
