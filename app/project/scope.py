"""What a verb may touch: the open file, who is at work, and the text of articles."""

from collections import OrderedDict

from app.domain.annotations import Annotation
from app.domain.articles import Article
from app.domain.codebook import Code, Codebook
from app.domain.coders import Coder
from app.domain.errors import UserError
from app.domain.ids import AnnotationId, ArticleId, CodeId
from app.domain.progress import Progress, unheard
from app.storage.project_file import ProjectFile

_TEXTS_KEPT = 4


class Scope:
    """The open file as verbs and queries see it, with what was read last kept at hand."""

    def __init__(self, file: ProjectFile) -> None:
        self.file = file
        self.coder: Coder | None = None
        self.progress: Progress = unheard
        self.quarantine: frozenset[AnnotationId] = frozenset()
        self._codebook: Codebook | None = None
        self._texts: OrderedDict[str, str] = OrderedDict()

    def codebook(self) -> Codebook:
        """Return the codebook as it stands."""
        if self._codebook is None:
            self._codebook = self.file.codebooks.read()
        return self._codebook

    def forget_codebook(self) -> None:
        """Read the codebook anew the next time: a step has changed it or was taken back."""
        self._codebook = None

    def text(self, sha256: str) -> str:
        """Return a text by its hash; the last few are kept."""
        if sha256 not in self._texts:
            self._texts[sha256] = self.file.articles.text(sha256)
            if len(self._texts) > _TEXTS_KEPT:
                self._texts.popitem(last=False)
        self._texts.move_to_end(sha256)
        return self._texts[sha256]

    def article(self, article_id: ArticleId) -> Article:
        """Return an article; UserError if it is gone."""
        article = self.file.articles.get(article_id)
        if article is None:
            raise UserError("This article is no longer in the project.")
        return article

    def annotation(self, annotation_id: AnnotationId) -> Annotation:
        """Return an annotation; UserError if it is gone."""
        annotation = self.file.annotations.get(annotation_id)
        if annotation is None:
            raise UserError("This annotation is no longer in the project.")
        return annotation

    def code(self, code_id: CodeId) -> Code:
        """Return a code; UserError if it is not in the codebook."""
        try:
            return self.codebook().code(code_id)
        except KeyError:
            raise UserError("This code is no longer in the codebook.") from None

    def coder_at_work(self) -> Coder:
        """Return who is at work, written to the file at the first step; UserError if nobody said."""
        if self.coder is None:
            raise UserError("Say who is coding first: File > Who is coding.")
        known = self.file.coders.get(self.coder.id)
        if known is None:
            self.file.coders.write(self.coder)
            return self.coder
        return known


def shorten(text: str, longest: int = 40) -> str:
    """Return a quote as it is named in a step: one line, cut with an ellipsis."""
    line = " ".join(text[: 4 * longest].split())
    return line if len(line) <= longest else line[: longest - 1].rstrip() + "…"
