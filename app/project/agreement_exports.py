"""Agreement on its way out: a folder with every layout that a tool reads, of which all figures can be had again."""

from collections.abc import Callable, Generator, Mapping
from contextlib import contextmanager
from functools import partial
from itertools import groupby
from pathlib import Path
from typing import Any

from app import __version__
from app.domain.comparing import Agreement, Corpus, Unit, Variable, VariableKind
from app.domain.errors import UserError
from app.domain.ids import ArticleId, CoderId
from app.domain.progress import Progress, unheard
from app.domain.times import now
from app.exchange.agreement_labels import Labels, coder_labels, labels_of_corpus, slugs_of
from app.exchange.agreement_layouts import LAYOUTS, AgreementOptions, write_articles, write_codebook
from app.exchange.agreement_manifest import KIND, Compared
from app.exchange.agreement_marks import MarkLayouts
from app.exchange.agreement_matched import MatchedLayout
from app.exchange.agreement_results import write_results
from app.exchange.agreement_spans import SpansLayout, answer_columns
from app.exchange.agreement_tokens import TokenLayout
from app.exchange.agreement_units import IN_UNITS, Rated, UnitLayouts
from app.exchange.csv_folder import Folder, staged_folder
from app.exchange.formats import Written
from app.project.agreement_anonymous import anonymous, anonymous_agreement
from app.project.agreement_rated import pairs_on, rated
from app.storage.project_file import ProjectFile

Texts = Callable[[ArticleId], str]


def export_agreement(
    corpus: Corpus,
    results: Agreement,
    texts: Texts,
    target: Path,
    options: AgreementOptions,
    progress: Progress = unheard,
) -> Written:
    """Write a folder with the layouts that are wanted; it appears when it is whole and replaces an older one of ours.

    `results` are those of the corpus; `texts` gives the text of an article. `progress` is told layouts. Raises
    UserError if something that is not ours lies in the folder, or the disk refuses.
    """
    if options.anonymous:
        results = anonymous_agreement(corpus, results)
        corpus = anonymous(corpus)
    with staged_folder(target, options) as folder:
        export = _Export(corpus, results, texts, folder, options)
        export.write(progress)
        folder.write_manifest(export.manifest())
        return Written(folder.counts(), 0)


@contextmanager
def article_texts(project: Path) -> Generator[Texts]:
    """Yield what gives the text of an article of a project file; UserError where an article is gone meanwhile."""
    file = ProjectFile.open(project, program=__version__, read_only=True)

    def text(article_id: ArticleId) -> str:
        article = file.articles.get(article_id)
        if article is None:
            raise UserError("An article that was compared is no longer in the project. Compare once more.")
        return file.articles.text(article.sha256)

    try:
        yield text
    finally:
        file.close()


class _Export:
    """Writes one folder."""

    def __init__(
        self, corpus: Corpus, results: Agreement, texts: Texts, folder: Folder, options: AgreementOptions
    ) -> None:
        self._corpus, self._results, self._texts = corpus, results, texts
        self._folder, self._options = folder, options
        self._labels: Labels = labels_of_corpus(corpus)
        self._coders: Mapping[CoderId, str] = coder_labels(corpus, self._labels)
        self._slugs = slugs_of(corpus.variables)
        self._units = UnitLayouts(folder, self._labels, options.wanted())
        self._marks = MarkLayouts(folder, corpus, self._labels, self._coders)
        self._iob2: frozenset[str] = frozenset()

    def write(self, progress: Progress) -> None:
        """Write every layout that is wanted, and what goes with all of them."""
        write: dict[str, Callable[[], None]] = {
            "spans": self._write_spans,
            "results": lambda: write_results(self._folder, self._results.results, self._results.settings),
            "pygamma": self._marks.pygamma,
            "dkpro": lambda: self._marks.dkpro(self._texts),
            "u-alpha": self._marks.u_alpha,
            "runs": self._marks.runs,
            "tokens": self._write_tokens,
            "matched": self._write_matched,
        }
        wanted = self._options.wanted()
        steps = [each for name, each in write.items() if name in wanted]
        if wanted & IN_UNITS:
            on_spans = [each for each in self._questions() if each.kind is not VariableKind.ARTICLE]
            steps += [
                self._write_article_variables,
                *(partial(self._write_question, each) for each in on_spans),
            ]
        for at, step in enumerate(steps):
            progress(at, len(steps))
            step()
        write_articles(self._folder, self._corpus, self._coders)
        write_codebook(self._folder, self._labels, self._coders.values(), self._units.integers)

    def manifest(self) -> dict[str, Any]:
        """Return what the export is and how its figures were worked out."""
        corpus, wanted = self._corpus, self._options.wanted()
        return {
            "kind": KIND,
            "program_version": __version__,
            "exported_at": now(),
            "unit": corpus.unit.value,
            "tolerance": corpus.tolerance,
            "settings": self._results.settings,
            "coders": [
                Compared(id=each, name=corpus.coders[each], label=label).model_dump()
                for each, label in self._coders.items()
            ],
            "anonymous": self._options.anonymous,
            "variables": [each.model_dump(mode="json") for each in corpus.variables],
            "file_names": {name: key for key, name in self._slugs.items()},
            "columns": {
                name: column.model_dump()
                for name, column in answer_columns(corpus, self._labels).columns.items()
            },
            "labels": self._labels.changed(),
            "offset_units": _offsets(corpus.unit),
            "iob2": sorted(self._iob2),
            "separator": self._options.separator,
            "byte_order_mark": self._options.byte_order_mark,
            "guarded_formulas": self._options.guard,
            "layouts": {each.name: each.read_by for each in LAYOUTS if each.name in wanted},
            "left_out": self._results.problems,
            "notes": [*self._units.notes, *self._marks.notes],
        }

    def _write_spans(self) -> None:
        SpansLayout(self._folder, self._corpus, self._labels, self._coders, self._texts).write()

    def _write_tokens(self) -> None:
        layout = TokenLayout(self._folder, self._corpus, self._labels, self._coders, self._texts)
        layout.write()
        self._iob2 = layout.iob2

    def _write_matched(self) -> None:
        """Write a table for each layer, and one for each further group of codes on which questions are asked."""
        layout = MatchedLayout(self._folder, self._labels, self._corpus.variables)
        kinds = (VariableKind.LAYER, VariableKind.ATTRIBUTE, VariableKind.LINK)
        found = sorted(
            (each for each in self._corpus.variables if each.kind in kinds), key=lambda each: each.codes
        )
        for _codes, group in groupby(found, key=lambda each: each.codes):
            first, *others = group
            questions = [each for each in (first, *others) if each.attribute is not None]
            layout.write(self._slugs[first.key], questions, pairs_on(self._corpus, first, self._coders))

    def _questions(self) -> list[Variable]:
        return [each for each in self._corpus.variables if each.attribute is not None]

    def _write_article_variables(self) -> None:
        found = [self._rated(each) for each in self._questions() if each.kind is VariableKind.ARTICLE]
        if found and "tidy" in self._options.wanted():
            self._units.tidy("articles", found)
        for each in found:
            self._units.write(each)

    def _write_question(self, variable: Variable) -> None:
        self._units.write(self._rated(variable))

    def _rated(self, variable: Variable) -> Rated:
        return rated(self._corpus, variable, self._slugs[variable.key], self._coders, self._labels)


def _offsets(unit: Unit) -> dict[str, str]:
    own = "Unicode code points" if unit is Unit.CHARACTERS else "whole words"
    return {
        "spans start, end": "Unicode code points, half-open",
        "tokens start, end": "Unicode code points, half-open",
        "dkpro": "UTF-16 code units" if unit is Unit.CHARACTERS else own,
        "u-alpha": f"{own}, from 1, with the end",
        "pygamma, runs, matched": f"{own}, half-open",
    }
