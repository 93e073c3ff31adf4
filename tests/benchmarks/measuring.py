"""What the benchmarks share: made-up projects of any size, medians, and a table of ratios."""

import random
import statistics
from collections.abc import Callable
from pathlib import Path
from time import perf_counter

from app.domain.annotations import Annotation, Fragment
from app.domain.articles import Article, text_hash
from app.domain.coders import Coder
from app.domain.ids import AnnotationId, ArticleId, CoderId, new_id
from app.domain.spans import Span
from app.domain.times import now
from app.project.demo import default_codebook
from app.storage.project_file import ProjectFile

CODER = Coder(id=CoderId(new_id()), name="Bench")

_WORDS = (
    "the minister said that aid convoys would reach every valley before winter and workers at the harbour "
    "wait for wages while families in tents ask for water bread schools doctors and a way home again"
).split()


def made_up_text(length: int, seed: int = 1) -> str:
    """Return `length` characters of words in sentences of some 80 and paragraphs of some 600 characters."""
    rng = random.Random(seed)
    pieces: list[str] = []
    size = line = paragraph = 0
    while size < length:
        word = rng.choice(_WORDS)
        line += len(word) + 1
        paragraph += len(word) + 1
        end = "\n" if paragraph > 600 else ". " if line > 80 else " "
        paragraph = 0 if end == "\n" else paragraph
        line = 0 if end != " " else line
        pieces.append(word + end)
        size += len(pieces[-1])
    return "".join(pieces)[:length].rstrip() + "."


def made_up_project(path: Path, program: str, sizes: list[tuple[int, int]]) -> list[ArticleId]:
    """Make a project with an article of so many characters and annotations for each pair; returns the articles."""
    codebook, moment, ids = default_codebook(), now(), []
    with ProjectFile.filling(path, program=program, name="Benchmark") as file:
        file.codebooks.write(codebook)
        file.coders.write(CODER)
        for at, (length, annotations) in enumerate(sizes):
            text = made_up_text(length, seed=at)
            sha256, article_id = text_hash(text), ArticleId(new_id())
            ids.append(article_id)
            article = Article(
                id=article_id,
                position=at,
                title=f"Article {at + 1}",
                source="Benchmark",
                length=len(text),
                sha256=sha256,
                imported_at=moment,
            )
            file.articles.add_text(sha256, text)
            file.articles.add([article])
            rng = random.Random(at)
            for _number in range(annotations):
                start = rng.randrange(0, max(1, len(text) - 60))
                span = Span(start=start, end=min(len(text), start + rng.randrange(8, 60)))
                file.annotations.add(
                    [
                        Annotation(
                            id=AnnotationId(new_id()),
                            article_id=article_id,
                            coder_id=CODER.id,
                            code_id=rng.choice(codebook.codes).id,
                            fragments=(Fragment(span=span, quote=span.quote(text)),),
                            codebook_version=1,
                            created_at=moment,
                            updated_at=moment,
                        )
                    ]
                )
    return ids


def seconds(work: Callable[[], object]) -> float:
    """Return how long a piece of work takes."""
    start = perf_counter()
    work()
    return perf_counter() - start


class Table:
    """Measurements in one run, printed as they come: what, median in milliseconds, ratio to something plain."""

    def __init__(self, title: str) -> None:
        print(f"\n{title}")
        print(f"{'':56}{'median ms':>11}{'worst ms':>11}{'ratio':>8}  goal")

    def row(self, what: str, taken: list[float], plain: list[float] | None = None, goal: str = "") -> None:
        """Print one line; `taken` and `plain` are seconds."""
        median = statistics.median(taken)
        ratio = f"{median / statistics.median(plain):8.2f}" if plain else " " * 8
        print(f"{what:56}{median * 1000:11.2f}{max(taken) * 1000:11.2f}{ratio}  {goal}", flush=True)

    def note(self, what: str, words: str) -> None:
        """Print a line that is no time."""
        print(f"{what:56}  {words}", flush=True)
