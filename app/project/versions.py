"""Versions of the codebook: publishing, comparing, and what is to be looked at again after a change."""

from collections.abc import Iterable
from threading import RLock

from app.domain.codebook import Codebook
from app.domain.codebook_diff import Difference, concerning, differences
from app.domain.errors import UserError
from app.domain.ids import AnnotationId, CodeId, CoderId
from app.domain.times import now
from app.domain.versions import Recheck, Version, standing_for
from app.project.commands_codebook import ConfirmAnnotations, PublishCodebook
from app.project.context import Context, context_of
from app.project.scope import Scope, shorten

_NOBODY = CoderId("")


class CodebookVersions:
    """Answers questions about published versions and about annotations that were made under older ones."""

    def __init__(self, scope: Scope, turn: RLock) -> None:
        self._scope, self._turn = scope, turn

    def all(self) -> list[Version]:
        """Return what is said of every version that is kept, the oldest first."""
        return self._scope.file.versions.read()

    def codebook(self, number: int) -> Codebook:
        """Return the codebook as it was published under a number; UserError if that version is not kept."""
        found = self._scope.file.versions.codebook(number)
        if found is None:
            kept = ", ".join(str(each.number) for each in self.all()) or "none"
            raise UserError(f"Version {number} of the codebook is not kept, only {kept}.")
        return found

    def newest(self) -> Codebook:
        """Return the codebook as it was published last."""
        return newest(self._scope)

    def next_number(self) -> int:
        """Return the number that publishing the codebook as it stands would give it."""
        return next_number(self._scope, self._scope.codebook())

    def unpublished(self) -> tuple[Difference, ...]:
        """Return what has changed since the newest version."""
        return differences(self.newest(), self._scope.codebook())

    def between(self, old: int, new: int) -> tuple[Difference, ...]:
        """Return how two versions differ; UserError if one is not kept."""
        return differences(self.codebook(old), self.codebook(new))

    def queue(self) -> list[Recheck]:
        """Return what the coder at work should look at again, in the order of articles and text.

        These are annotations made under a version in which their code meant, was called or asked something else
        than in the newest. One from before versions were kept is held against the first that was.
        May be asked in another thread.
        """
        with self._turn:
            return self._queue()

    def _queue(self) -> list[Recheck]:
        coder, last = self._scope.coder, self.newest()
        if coder is None:
            return []
        kept = [each.number for each in self.all()]
        changed: dict[tuple[int, CodeId], bool] = {}
        found: list[Recheck] = []
        for row in self._scope.file.applied.older_than(last.version, coder.id):
            *_place, code_id, version = row
            if row[0] in self._scope.quarantine:
                continue
            against = standing_for(version, kept) or last.version
            key = against, code_id
            if key not in changed:
                changed[key] = bool(self.concerning(code_id, against))
            if changed[key]:
                found.append(Recheck(*row, against))
        return found

    def still_queued(self, ids: Iterable[AnnotationId]) -> frozenset[AnnotationId]:
        """Return which of some annotations `queue` would list; those that are gone are not among them."""
        coder, last, kept = self._scope.coder, self.newest(), [each.number for each in self.all()]
        found: set[AnnotationId] = set()
        for annotation_id in ids:
            each = self._scope.file.annotations.get(annotation_id)
            if (
                each is None
                or coder is None
                or each.coder_id != coder.id
                or each.id in self._scope.quarantine
            ):
                continue
            if each.codebook_version < last.version:
                against = standing_for(each.codebook_version, kept) or last.version
                found |= {each.id} if self.concerning(each.code_id, against) else set()
        return frozenset(found)

    def queue_length(self) -> int:
        """Return how many annotations `queue` would list, without looking where they are."""
        coder, kept = self._scope.coder, [each.number for each in self.all()]
        if coder is None or len(kept) < 2:
            # Nothing can have changed since the only version, and counting looks at every annotation.
            return 0
        if self._scope.quarantine:
            return len(self.queue())
        last = self.newest().version
        return sum(
            count
            for code_id, version, count in self._scope.file.applied.counts_older_than(last, coder.id)
            if self.concerning(code_id, standing_for(version, kept) or last)
        )

    def concerning(self, code_id: CodeId, since: int) -> tuple[Difference, ...]:
        """Return what has changed about a code between a version and the newest."""
        old, new = self.codebook(since), self.newest()
        return concerning(differences(old, new), old, new, code_id)

    def context(self, recheck: Recheck) -> Context:
        """Return the quote of an annotation with its surroundings; UserError if it is gone."""
        return context_of(self._scope, self._scope.annotation(recheck.annotation_id))


def newest(scope: Scope) -> Codebook:
    """Return the codebook as it was published last; as it stands where nothing is kept."""
    return scope.file.versions.codebook(scope.codebook().version) or scope.codebook()


def next_number(scope: Scope, wanted: Codebook) -> int:
    """Return the number under which a codebook would be published: that of the newest if it is the same."""
    last = newest(scope)
    if is_fresh(scope) or not differences(last, wanted):
        return last.version
    return max((last.version, *(each.number for each in scope.file.versions.read()))) + 1


def is_fresh(scope: Scope) -> bool:
    """Tell whether nothing was ever published but a codebook with nothing in it, which any may take the place of."""
    return is_empty(newest(scope)) and len(scope.file.versions.read()) < 2


def is_empty(codebook: Codebook) -> bool:
    """Tell whether there is nothing in a codebook; the first that has something in it takes its version."""
    return not (codebook.codes or codebook.variables)


def publish(scope: Scope, command: PublishCodebook) -> str:
    """Make the codebook as it stands the next version; returns the name of the step."""
    codebook = scope.codebook()
    if is_empty(codebook):
        raise UserError("There is nothing in the codebook yet that could be published.")
    if not differences(newest(scope), codebook):
        raise UserError(f"Nothing has changed since version {codebook.version} of the codebook.")
    keep(scope, codebook.model_copy(update={"version": next_number(scope, codebook)}), command.note)
    number = scope.codebook().version
    return f"Publish version {number} of the codebook" + (
        f": {shorten(command.note)}" if command.note.strip() else ""
    )


def keep(scope: Scope, codebook: Codebook, note: str = "") -> None:
    """Make a codebook the project's and keep it as a version under its number.

    A version that is kept under that number already stays as it was published.
    """
    before, fresh = scope.codebook().version, is_fresh(scope)
    if fresh and before != codebook.version:
        scope.file.versions.remove(before)
    scope.file.codebooks.write(codebook)
    if fresh or codebook.version not in {each.number for each in scope.file.versions.read()}:
        who = scope.coder_at_work().id if scope.coder else _NOBODY
        scope.file.versions.write(Version(codebook.version, now(), who, note.strip()), codebook)
    scope.forget_codebook()


def confirm_annotations(scope: Scope, command: ConfirmAnnotations) -> str:
    """Let annotations hold under the newest version; returns the name of the step."""
    coder, version = scope.coder_at_work(), newest(scope).version
    if not command.ids:
        raise UserError("Select what is to be confirmed first.")
    if scope.quarantine.intersection(command.ids):
        raise UserError("An annotation that does not fit its text cannot be confirmed.")
    annotations = [scope.annotation(each) for each in command.ids]
    if any(each.coder_id != coder.id for each in annotations):
        raise UserError("Only the coder who made an annotation can confirm it.")
    moment = now()
    for each in annotations:
        if each.codebook_version != version:
            scope.file.annotations.change(each.id, codebook_version=version, updated_at=moment)
    if len(annotations) > 1:
        return f"Confirm {len(annotations):,} annotations under version {version}"
    only = annotations[0]
    quote = shorten(" … ".join(fragment.quote for fragment in only.fragments))
    return f"Confirm {scope.code(only.code_id).name} under version {version}: “{quote}”"
