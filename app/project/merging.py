"""Merging returned files: for every record the version written last wins, whatever the order of the files.

What a merge decides is in `_decide`; it looks at stamps only, never at names or positions. What belongs to the lead
(articles, codebook, word list, samples, granularity) is not touched: a difference is reported.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import NamedTuple

from app.domain.articles import legible
from app.domain.errors import UserError
from app.domain.progress import Progress, unheard
from app.project.commands import MergeFiles
from app.project.merge_report import Conflict, FileMerge, MergeReport
from app.project.returned import Frame, Returned, read_returned, told
from app.project.scope import Scope
from app.storage.records import Key, Records, State


class _Plan(NamedTuple):
    """What would be written, and the report on it."""

    winners: Mapping[Key, State]
    files: Sequence[Returned]
    report: MergeReport


def plan_merge(scope: Scope, paths: Sequence[Path], progress: Progress = unheard) -> _Plan:
    """Read returned files and decide what wins. A file that is refused gets its sentence in the report."""
    frame = Frame(scope)
    own = scope.file.merged.records()
    columns = {table: frozenset(names) for table, names in own.columns.items()}
    files: list[Returned] = []
    reports: list[FileMerge] = []
    winners: dict[Key, State] = {}
    seen: set[Path] = set()
    for at, path in enumerate(paths):
        progress(at, len(paths))
        shown, whole = legible(str(path)), path.resolve()
        try:
            if whole in seen:
                raise UserError(f"{legible(path.name)} was chosen twice; it is merged once.")
            seen.add(whole)
            returned = read_returned(path, frame, columns, partial(progress, at, len(paths)))
        except UserError as error:
            reports.append(FileMerge(path=shown, error=str(error)))
            continue
        files.append(returned)
        reports.append(_decide(returned, own, winners, frame))
    _add_what_holds_together(winners, files, own, scope)
    progress(len(paths), len(paths))
    return _Plan(winners, files, MergeReport(files=tuple(reports)))


def merge_files(scope: Scope, command: MergeFiles) -> str:
    """Merge returned files; returns the name of the step. UserError if one of them is refused."""
    plan = plan_merge(scope, [Path(each) for each in command.paths], scope.progress)
    if plan.report.refused:
        raise UserError(plan.report.refused[0].error)
    scope.file.merged.write(plan.winners)
    known = {article_id for article_id, _title, _sha256 in scope.file.articles.hashes()}
    for returned in plan.files:
        for visit in returned.visits:
            if visit[0] in known:
                scope.file.merged.join_visit(*visit)
    return f"Merge {plan.report.summary().removesuffix('.')}"


def _decide(returned: Returned, own: Records, winners: dict[Key, State], frame: Frame) -> FileMerge:
    """Let the records of one file win where they are newer than what was there or won before."""
    counts: Counter[str] = Counter()
    conflicts: list[Conflict] = []
    for key, state in returned.records.items():
        if key not in winners and own.stamp(key) == (state.at, state.step):
            continue
        before = winners.get(key) or own.get(key)
        if key.kind == "coder" and state.content is None:
            continue
        if before is not None and _same(before, state):
            continue
        if before is not None and state.step not in before.seen and before.step not in state.seen:
            kept, lost = (state, before) if _newer(state, before) else (before, state)
            if kept.content != lost.content:
                conflicts.append(_conflict(key, kept, lost, frame))
        if before is not None and not _newer(state, before) and not _missing_coder(key, before):
            counts["older"] += 1
            continue
        if before is not None:
            state = state._replace(seen=state.seen | before.seen)
        winners[key] = state
        counts[_what_happens(key, before, state)] += 1
    return FileMerge(
        path=legible(str(returned.path)),
        coders=tuple(map(legible, returned.coders)),
        done=returned.done,
        open=returned.open,
        codebook=returned.codebook,
        texts=returned.texts,
        left_out=returned.left_out,
        conflicts=tuple(conflicts),
        new=counts["new"],
        changed=counts["changed"],
        deleted=counts["deleted"],
        verdicts=counts["verdicts"],
        entities=counts["entities"],
        older=counts["older"],
    )


def _same(one: State, other: State) -> bool:
    return bool(one.step) and (one.at, one.step) == (other.at, other.step)


def _newer(one: State, other: State) -> bool:
    if (one.at, one.step) != (other.at, other.step):
        return (one.at, one.step) > (other.at, other.step)
    return one.order > other.order


def _missing_coder(key: Key, before: State) -> bool:
    """Coders are only ever added: somebody's work may need one whom a step taken back had added."""
    return key.kind == "coder" and before.content is None


def _what_happens(key: Key, before: State | None, after: State) -> str:
    was = before is not None and before.content is not None
    if key.kind == "annotation":
        if after.content is None:
            return "deleted" if was else "unchanged"
        return "changed" if was else "new"
    return {"review": "verdicts", "variable": "verdicts", "entity": "entities"}.get(key.kind, "coders")


def _conflict(key: Key, kept: State, lost: State, frame: Frame) -> Conflict:
    living = kept.content or lost.content
    return Conflict(
        what=told(key, living, frame),
        kept=f"{told(key, kept.content, frame)} ({kept.at})",
        replaced=f"{told(key, lost.content, frame)} ({lost.at})",
    )


def _add_what_holds_together(
    winners: dict[Key, State], files: Sequence[Returned], own: Records, scope: Scope
) -> None:
    """Add records that keep their version but are written anew, because what they link to comes or goes."""
    gone = [key.ids for key, state in winners.items() if key.kind == "annotation" and state.content is None]
    come = {key.ids for key, state in winners.items() if key.kind == "annotation" and state.content}
    for key in (*scope.file.merged.linking_to(gone), *own.holding_back(come)):
        if key not in winners and (state := own.get(key)) and state.content:
            winners[key] = state
    for state in list(winners.values()):
        for row in (state.content or {}).get("link", ()):
            if row["to_entity"] is not None:
                _revive(Key("entity", row["to_entity"]), winners, files, own)


def _revive(key: Key, winners: dict[Key, State], files: Sequence[Returned], own: Records) -> None:
    """Keep an entity that somebody links to, though another deleted it."""
    standing = winners.get(key) or own.get(key)
    if standing is not None and standing.content is not None:
        return
    found = own.get(key)
    if found is not None and found.content is not None:
        del winners[key]
        return
    living = [each.records[key] for each in files if key in each.records and each.records[key].content]
    if living:
        winners[key] = max(living, key=lambda state: state.order)
