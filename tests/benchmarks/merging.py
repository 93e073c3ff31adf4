"""How long the merge of many returned files takes: copies for 20 coders with 500 articles and 10,000 annotations each.

Run with `uv run python tests/benchmarks/merging.py [COPIES]`; the goal for 20 is 60 seconds.
"""

import os
import sys
import tempfile
from pathlib import Path
from time import perf_counter

from app import __version__
from app.domain.annotations import Annotation, Fragment
from app.domain.coders import Coder
from app.domain.ids import AnnotationId, CoderId, new_id
from app.domain.spans import Span
from app.domain.times import now
from app.project.commands import MergeFiles
from app.project.packets import make_packet
from app.project.project import Project
from app.storage.project_file import ProjectFile
from app.system.paths import Places
from tests.benchmarks.measuring import made_up_project

ARTICLES, ANNOTATIONS = 500, 20


def code(path: Path, coder: Coder) -> None:
    """Add annotations to every article, a step an article, as a coder would have."""
    file = ProjectFile.open(path, program=__version__)
    code_id = file.codebooks.read().codes[0].id
    for article in list(file.articles):
        text, moment = file.articles.text(article.sha256), now()
        with file.step("Code", coder.id):
            file.annotations.add(
                Annotation(
                    id=AnnotationId(new_id()),
                    article_id=article.id,
                    coder_id=coder.id,
                    code_id=code_id,
                    fragments=(
                        Fragment(
                            span=(span := Span(start=at * 50, end=at * 50 + 20)), quote=span.quote(text)
                        ),
                    ),
                    codebook_version=1,
                    created_at=moment,
                    updated_at=moment,
                )
                for at in range(ANNOTATIONS)
            )
    file.close()


def main() -> None:
    """Make the copies, look, merge."""
    copies = int(sys.argv[1]) if len(sys.argv) > 1 else 20
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        os.environ["RUBRICATOR_HOME"] = str(folder / "home")
        lead, paths = folder / "lead.rubric", list[Path]()
        made_up_project(lead, __version__, [(2_000, 0)] * ARTICLES)
        for at in range(copies):
            coder = Coder(id=CoderId(new_id()), name=f"Coder {at}")
            paths.append(folder / f"{at}.rubric")
            make_packet(lead, coder, paths[-1])
            code(paths[-1], coder)
        with Project.open(lead, Places.of_this_user()) as project:
            for what, work in (
                ("dry run", lambda: project.stage_merge(paths)),
                ("merge", lambda: project.apply(MergeFiles(paths=tuple(map(str, paths))))),
                ("again", lambda: project.stage_merge(paths)),
            ):
                begun = perf_counter()
                work()
                print(f"{what}: {perf_counter() - begun:.1f} s for {copies} files")


if __name__ == "__main__":
    main()
