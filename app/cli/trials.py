"""What the self-test does with what there is to do: each trial is one part of the main job, done as people do it."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path

from app.cli.session import Session
from app.cli.tiny import write_source
from app.domain.coders import Coder
from app.domain.ids import AnnotationId, CoderId, new_id
from app.domain.spans import Span
from app.exchange.codebook_files import CODEBOOK_FORMATS, read_codebook, save_codebook
from app.exchange.formats import CodebookFormat, ExportOptions
from app.exchange.registry import ARTICLE_FORMATS, CODED_FORMATS, PROJECT_FORMATS
from app.project.checking import check_project
from app.project.commands import AddAnnotation, MergeFiles, ReplaceCodebook, SaveCoder
from app.project.demo import default_codebook, make_demo
from app.project.exporting import export
from app.project.importing import stage
from app.project.packets import make_packets
from app.project.project import Project
from app.project.restoring import restore_project
from app.project.staging_coded import CodedWishes, stage_coded
from app.system.licences import components
from app.system.paths import Places
from app.system.resources import resource

Trial = Callable[[], None]
REPORTS = (".md", ".html", ".docx")


class Failed(Exception):
    """Something came out otherwise than it has to; says what."""


class Trials:
    """The parts of the main job, in the order in which they build on each other, in a folder of their own."""

    def __init__(self, folder: Path, session: Session) -> None:
        self._folder = folder
        # Nothing of whoever runs this is read or written: no settings, no backups, no locks.
        home = folder / "home"
        self._places = Places(home / "settings", home / "data", home / "state")
        self._press, self._show = session.press, session.show
        self._study, self._demo = folder / "Študie 研究.rubric", folder / "demo.rubric"

    def all(self) -> Iterator[tuple[str, Trial]]:
        """Yield every trial by name."""
        yield "resources", self._resources
        yield "licences", self._licences
        yield "new project", self._new
        for each in ARTICLE_FORMATS:
            yield f"import {each.name}", self._importing(each.name, each.extensions[0])
        yield "code, undo, redo", self._code
        yield "copies and merge", self._merge
        yield "demo", lambda: make_demo(self._demo, self._places)
        yield "agreement", self._agreement
        for ending in REPORTS:
            yield f"agreement report {ending}", self._reporting(ending)
        yield "agreement for other tools", self._agreement_export
        for each in PROJECT_FORMATS:
            yield f"export {each.name}", self._exporting(each.name)
        yield "restore from jsonl", self._restore
        for each in CODED_FORMATS:
            yield f"import {each.name}", self._importing_coded(each.name)
        for each in CODEBOOK_FORMATS:
            yield f"codebook {each.name}", self._codebook(each)
        yield "check", self._check
        yield "window and plots", self._look

    def _resources(self) -> None:
        for parts in (("look", "window.qss"), ("icons", "rubricator.svg"), ("demo", "demo.yaml")):
            _hold(bool(resource(*parts).read_text(encoding="utf-8")), f"{parts[-1]} is empty")
        json.loads(resource("schema", "rubricator-codebook.schema.json").read_text(encoding="utf-8"))
        _hold(len(default_codebook().codes) > 3, "the default codebook is empty")

    def _licences(self) -> None:
        texts = {each.name: each.text for each in components()}
        _hold("LESSER GENERAL PUBLIC LICENSE" in texts.get("Qt", ""), "the licence of Qt is missing")
        _hold("pydantic" in texts, "the parts of the program are not listed")

    def _new(self) -> None:
        with Project.create(self._study, self._places) as project:
            project.apply(ReplaceCodebook(codebook=default_codebook()))
            for name in ("Ana", "Ben"):
                project.apply(SaveCoder(coder=Coder(id=CoderId(new_id()), name=name)))

    def _importing(self, name: str, ending: str) -> Trial:
        def read() -> None:
            source = self._folder / f"source-{name}{ending}"
            write_source(name, source, self._press)
            with Project.open(self._study, self._places) as project:
                before = project.article_count()
                staged = stage([source], project.titles_by_hash(), format_name=name)
                for report in staged.reports:
                    _hold(not report.error, report.error)
                _hold(staged.command is not None, "nothing was found in it")
                if staged.command is not None:
                    project.apply(staged.command)
                _hold(project.article_count() > before, "no article came in")
                words = project.text(project.articles()[-1])
                _hold("minister" in words, f"the text is another one: {words[:60]!r}")

        return read

    def _code(self) -> None:
        with Project.open(self._study, self._places) as project:
            project.sign_in(project.coders()[0])
            added = _code_minister(project)
            project.undo()
            _hold(added not in self._annotations(project), "undo left it there")
            project.redo()
            _hold(added in self._annotations(project), "redo did not bring it back")

    @staticmethod
    def _annotations(project: Project) -> list[AnnotationId]:
        return [each.id for article in project.articles() for each in project.annotations(article.id)]

    def _merge(self) -> None:
        with Project.open(self._study, self._places) as project:
            coders, before = project.coders(), len(self._annotations(project))
        copies = make_packets(self._study, coders, self._folder / "copies")
        with Project.open(copies[1], self._places) as copy:
            copy.sign_in(coders[1])
            _code_minister(copy)
        with Project.open(self._study, self._places) as project:
            project.apply(MergeFiles(paths=tuple(map(str, copies))))
            _hold(len(self._annotations(project)) == before + 1, "the merge brought another number")

    def _agreement(self) -> None:
        # Only here and below, because every start of the program would load all coefficients else.
        from app.domain.comparing import Unit
        from app.project.agreement import agreement_of_corpus
        from app.project.agreement_measures import Wishes
        from app.project.comparison import compare, selection_named

        selection = selection_named(self._demo, (), "", Unit.CHARACTERS, 0)
        self._corpus = compare(self._demo, selection)
        self._found = agreement_of_corpus(self._corpus, Wishes(rounds=20, seed=1))
        _hold(any(each.value is not None for each in self._found.results), "no coefficient has a value")

    def _reporting(self, ending: str) -> Trial:
        def write() -> None:
            from app.project.agreement_report import write_report

            target = self._folder / f"report{ending}"
            write_report(self._corpus, self._found, target)
            _hold(target.stat().st_size > 1000, "the report is empty")

        return write

    def _agreement_export(self) -> None:
        from app.exchange.agreement_layouts import AgreementOptions
        from app.project.agreement_check import check_agreement
        from app.project.agreement_exports import article_texts, export_agreement

        target = self._folder / "agreement"
        with article_texts(self._demo) as texts:
            export_agreement(self._corpus, self._found, texts, target, AgreementOptions())
        checked = check_agreement(target)
        _hold(bool(checked) and all(each.same for each in checked), "figures came out otherwise")

    def _exporting(self, name: str) -> Trial:
        def write() -> None:
            written = export(self._demo, name, self._exported(name), ExportOptions())
            _hold(sum(written.rows.values()) > 0, "nothing was written")

        return write

    def _exported(self, name: str) -> Path:
        return self._folder / f"exported-{name}{'.jsonl' if 'jsonl' in name else ''}"

    def _restore(self) -> None:
        (name,) = (each.name for each in PROJECT_FORMATS if "jsonl" in each.name)
        restored = self._folder / "restored.rubric"
        restore_project(self._exported(name), restored)
        with Project.open(restored, self._places) as again, Project.open(self._demo, self._places) as first:
            same = self._annotations(again) == self._annotations(first)
            _hold(same and bool(self._annotations(again)), "annotations were lost")

    def _importing_coded(self, name: str) -> Trial:
        def read() -> None:
            (reader,) = (each for each in CODED_FORMATS if each.name == name)
            target = self._folder / f"coded-{name}.rubric"
            with Project.create(target, self._places) as project:
                project.apply(ReplaceCodebook(codebook=default_codebook()))
                staged = stage_coded(project, self._exported(name), reader, CodedWishes())
                _hold(staged.command is not None, staged.summary)
                if staged.command is not None:
                    project.apply(staged.command)
                _hold(bool(self._annotations(project)), "no annotation came in")

        return read

    def _codebook(self, each: CodebookFormat) -> Trial:
        def write() -> None:
            target = self._folder / f"codebook-{each.name}{each.extensions[0]}"
            book = default_codebook()
            save_codebook(book, target, self._press, each.name)
            if each.can_read:
                again = read_codebook(target, book, each.name).codebook
                same = {code.name for code in again.codes} == {code.name for code in book.codes}
                _hold(same, "other codes came back")

        return write

    def _check(self) -> None:
        for path in (self._study, self._demo):
            _hold(not (problems := check_project(path)), " ".join(problems))

    def _look(self) -> None:
        for target in self._show(self._demo, self._folder, self._places):
            _hold(target.stat().st_size > 500, f"{target.name} is empty")


def _code_minister(project: Project) -> AnnotationId:
    """Code the first minister of the first article as an actor."""
    article = project.articles()[0]
    start = project.text(article).index("minister")
    added = AnnotationId(new_id())
    code = project.codebook().codes[0]
    spans = (Span(start=start, end=start + len("minister")),)
    project.apply(AddAnnotation(id=added, article_id=article.id, code_id=code.id, spans=spans))
    return added


def _hold(holds: bool, otherwise: str) -> None:
    if not holds:
        raise Failed(otherwise)
