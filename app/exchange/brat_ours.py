"""A brat folder that was exported here, perhaps edited with brat since: its manifest says what everything is."""

from collections.abc import Callable, Iterable
from pathlib import Path

from app.domain.answers import AnnotationTarget, Answer, EntityTarget, NotInText, Target
from app.domain.articles import Draft, text_hash, title_from
from app.domain.codebook import AttributeKind, Codebook
from app.domain.coders import Coder
from app.domain.ids import AnnotationId, ArticleId, AttributeId, CoderId, EntityId
from app.domain.spans import Span
from app.exchange.brat_folder import AnnFile, BratFolder, named
from app.exchange.brat_lines import Reference, Remark
from app.exchange.brat_manifest import BratManifest, CoderFolder, Identity
from app.exchange.brat_marks import Mark
from app.exchange.brat_names import AS_NOTE, Term, unescaped
from app.exchange.brat_terms import Terms, Understood, memo_of
from app.exchange.brat_write import DATABASE, cut_at_line_ends
from app.exchange.coded import CodedArticle


class OurSource:
    """Names and identities as the manifest has them; what was added with brat has names of its file only."""

    def __init__(self, top: Path, manifest: BratManifest, *, done: bool) -> None:
        self._manifest, self._done = manifest, done
        texts, problems = named(top, ".txt"), list[str]()
        files: list[AnnFile] = []
        for name, file in named(top, ".ann").items():
            folder, slash, _rest = name.partition("/")
            if name in texts and slash:
                files.append(AnnFile(name, name, folder[:200], file))
            else:
                problems.append(f"{name}.ann: there is no text that it belongs to")
        self.name = f"{manifest.name} {manifest.project}"
        self.folder = BratFolder(texts, tuple(files), ("exported by Rubricator",), tuple(problems))
        self.terms: Terms = OurTerms(manifest)
        self.entities = manifest.entities
        self.note = ""

    def coder(self, file: AnnFile) -> Coder | None:
        """Return whose a folder is; a folder that was added is somebody's by its name."""
        folder = self._manifest.folders.get(file.coder)
        if folder is None:
            return Coder(id=CoderId(f"coder:{file.coder}"), name=file.coder)
        return folder.coder

    def is_consensus(self, file: AnnFile) -> bool:
        """Tell whether a folder holds what was agreed on."""
        return self._folder(file).consensus

    def is_done(self, file: AnnFile) -> bool:
        """Tell whether the article was done when it was exported."""
        return self._done or file.name.partition("/")[2] in self._folder(file).done

    def article(self, name: str, text: str) -> CodedArticle:
        """Return the article with its metadata; under the name of its file where the text was changed since."""
        facts = self._manifest.articles.get(name.partition("/")[2])
        if facts is None:
            draft = Draft(text=text, title=title_from(text), reference=name.rpartition("/")[2])
            return CodedArticle(id=ArticleId(f"text:{name}"), draft=draft)
        own = facts.id if text_hash(text) == facts.sha256 else ArticleId(f"text:{name}")
        return CodedArticle(id=own, draft=Draft(text=text, **facts.model_dump(exclude={"id", "sha256"})))

    def identity(self, file: AnnFile, mark: str) -> AnnotationId:
        """Return the id of an annotation, a name in the file for one that was added."""
        known = self._identity(file, mark)
        return known.id if known else AnnotationId(f"{file.name}#{mark}")

    def spans(self, file: AnnFile, mark: Mark, text: str) -> tuple[Span, ...]:
        """Return what a mark covers, put together where it was only cut at line ends for brat."""
        known = self._identity(file, mark.key)
        own = tuple(Span(start=start, end=end) for start, end in known.spans) if known else ()
        pieces = [(span.start, span.end) for span in mark.spans]
        return own if own and cut_at_line_ends(own, text) == pieces else mark.spans

    def _folder(self, file: AnnFile) -> CoderFolder:
        return self._manifest.folders.get(file.coder) or CoderFolder(coder=None)

    def _identity(self, file: AnnFile, mark: str) -> Identity | None:
        return self._folder(file).annotations.get(file.name.partition("/")[2], {}).get(mark)


class OurTerms:
    """Understands marks by the table of names that was made for the export."""

    def __init__(self, manifest: BratManifest) -> None:
        self._names, self._book = manifest.names, manifest.codebook
        self._entities = {each.id for each in manifest.entities}
        questions = [each for code in self._book.codes for each in code.attributes]
        self._kinds = {each.id: each.kind for each in questions}
        self._choices = {each.id: each.choices for each in questions}

    def show(self, marks: Iterable[Mark]) -> None:
        """Nothing has to be learned."""

    def codebook(self, name: str) -> Codebook:
        """Return the codebook of the export."""
        del name
        return self._book

    def understand(self, mark: Mark, known_as: Callable[[str], AnnotationId]) -> Understood:
        """Return a mark in the terms of the codebook; `known_as` gives the id of one."""
        code_id = self._names.types.get(mark.type)
        if code_id is None:
            return Understood(None, {}, "", problems=(f"{mark.key} is a {mark.type}, which is no code",))
        problems: list[str] = []
        answers: dict[AttributeId, Answer] = {}
        chosen: dict[AttributeId, set[str]] = {}
        targets: dict[AttributeId, list[Target]] = {}
        for role, other in mark.links:
            term = self._term(role, AttributeKind.LINK)
            if term is None:
                problems.append(f"{mark.key} has a relation {role}, which is no question")
            else:
                targets.setdefault(term.attribute, []).append(AnnotationTarget(annotation=known_as(other)))
        for name, value in mark.traits.items():
            term = self._names.terms.get(name)
            if term and term.choice is not None:
                chosen.setdefault(term.attribute, set()).add(term.choice)
            elif term and term.absent:
                targets.setdefault(term.attribute, []).append(NotInText())
            elif term and value in term.values:
                answers[term.attribute] = term.values[value]
            elif name != self._names.discuss:
                problems.append(f"{mark.key} has {name} {value}".rstrip() + ", which is no answer")
        remarks = [each for each in mark.remarks if not self._note(each, answers, problems)]
        references = [each for each in mark.references if not self._entity(each, targets)]
        for attribute_id, some in chosen.items():
            answers[attribute_id] = tuple(each for each in self._choices[attribute_id] if each in some)
        answers.update({attribute_id: tuple(some) for attribute_id, some in targets.items()})
        memo = memo_of([each._replace(text=unescaped(each.text)) for each in remarks], references)
        return Understood(code_id, answers, memo, self._names.discuss in mark.traits, tuple(problems))

    def _term(self, name: str, *kinds: AttributeKind) -> Term | None:
        term = self._names.terms.get(name)
        return term if term and self._kinds[term.attribute] in kinds and not term.absent else None

    def _note(self, remark: Remark, answers: dict[AttributeId, Answer], problems: list[str]) -> bool:
        """Take a note that is an answer; tell whether it was one."""
        term = self._term(remark.type, *AS_NOTE)
        if term is None:
            return False
        text = unescaped(remark.text)
        if self._kinds[term.attribute] is not AttributeKind.NUMBER:
            answers[term.attribute] = text
            return True
        try:
            answers[term.attribute] = float(text)
        except ValueError:
            problems.append(f"line {remark.line}: “{text}” is no number, which {remark.type} takes")
        return True

    def _entity(self, reference: Reference, targets: dict[AttributeId, list[Target]]) -> bool:
        """Take a reference that is an answer; tell whether it was one."""
        term = self._term(reference.type, AttributeKind.ENTITY, AttributeKind.LINK)
        database, _colon, entity = reference.key.partition(":")
        if term is None or database != DATABASE or entity not in self._entities:
            return False
        targets.setdefault(term.attribute, []).append(EntityTarget(entity=EntityId(entity)))
        return True
