"""A project in numbers."""

from collections.abc import Mapping
from typing import Any

from app.domain.ids import ArticleId, CoderId
from app.domain.reviews import ReviewState
from app.project.project import Project


def facts(project: Project) -> dict[str, Any]:
    """Return counts, coders, codebook and progress as plain JSON values."""
    about, codebook = project.about(), project.codebook()
    counts = project.annotation_counts()
    return {
        "id": about.id,
        "name": about.name,
        "created_at": about.created_at,
        "articles": project.article_count(),
        "annotations": sum(counts.values()),
        "entities": len(project.entities()),
        "terms": len(project.words()),
        "samples": _samples(project),
        "steps": project.step_count(),
        "codebook": {
            "name": codebook.name,
            "version": codebook.version,
            "layers": len(codebook.layers()),
            "codes": len(codebook.codes),
            "variables": len(codebook.variables),
        },
        "coders": _coders(project, counts),
    }


def _samples(project: Project) -> list[dict[str, str]]:
    return [{"name": each.name, "rule": each.rule()} for each in project.collection.samples()]


def _coders(project: Project, counts: Mapping[tuple[ArticleId, CoderId], int]) -> list[dict[str, Any]]:
    articles = project.article_count()
    reviews = list(project.reviews())
    coders: list[dict[str, Any]] = []
    for coder in project.coders():
        mine = [review for review in reviews if review.coder_id == coder.id]
        done = sum(1 for review in mine if review.state is ReviewState.DONE)
        coders.append(
            {
                "id": coder.id,
                "name": coder.name,
                "annotations": sum(count for (_, who), count in counts.items() if who == coder.id),
                "done": done,
                "nothing_found": sum(1 for review in mine if review.nothing_found),
                "in_progress": len(mine) - done,
                "not_opened": articles - len(mine),
                "seconds": round(sum(review.seconds for review in mine), 1),
            }
        )
    return coders
