"""A copy of a project for one coder: the articles, the codebook as it stands, and that coder's work alone."""

from collections.abc import Iterable
from pathlib import Path

from app import __version__
from app.domain.coders import Coder
from app.domain.errors import UserError
from app.domain.ids import new_id
from app.domain.progress import Progress, unheard
from app.domain.times import now
from app.storage.packets import Packet
from app.storage.project_file import ProjectFile
from app.storage.records import KINDS, Key, State


def make_packet(project: Path, coder: Coder, target: Path, progress: Progress = unheard) -> None:
    """Write a copy for a coder to a new file; the study keeps its id, so that the file can be merged.

    The history stays behind, because others' work lies in it; stamps of the coder's own records go along.
    Raises UserError, leaving no file, if `target` exists.
    """
    source = ProjectFile.open(project, program=__version__, read_only=True)
    try:
        with ProjectFile.filling(target, program=__version__) as file:
            _enter_study(source, file)
            total = source.articles.count()
            for at, article in enumerate(source.articles):
                progress(at, total)
                file.articles.add_text(article.sha256, source.articles.text(article.sha256))
                file.articles.add([article])
            file.coders.write(source.coders.get(coder.id) or coder)
            for entity in source.entities:
                file.entities.write(entity)
            _enter_work(source, file, coder)
            file.packets.write(Packet(new_id(), coder.id, now()))
            progress(total, total)
    finally:
        source.close()


def packet_name(coder: Coder, taken: Iterable[str] = ()) -> str:
    """Return a file name for a coder's copy that is legal everywhere and differs from those taken."""
    kept = "".join(each if each.isalnum() or each in " -_." else "_" for each in coder.name).strip(" .")
    name = kept[:80] or "coder"
    used = {each.casefold() for each in taken}
    if f"{name}.rubric".casefold() in used:
        name = f"{name} {coder.id[-6:]}"
    return f"{name}.rubric"


def make_packets(
    project: Path, coders: Iterable[Coder], folder: Path, progress: Progress = unheard
) -> list[Path]:
    """Write a copy for each coder into a folder, which is made if need be; returns the files."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UserError(f"The folder {folder} cannot be made: {error.strerror}.") from error
    chosen, names = list(coders), list[str]()
    for coder in chosen:
        names.append(packet_name(coder, names))
    for name in names:
        if (folder / name).exists():
            raise UserError(f"{name} exists already in {folder}. Move it away, or choose another folder.")
    for at, (coder, name) in enumerate(zip(chosen, names, strict=True)):
        progress(at, len(chosen))
        make_packet(project, coder, folder / name)
    progress(len(chosen), len(chosen))
    return [folder / name for name in names]


def _enter_study(source: ProjectFile, file: ProjectFile) -> None:
    file.set_project(**source.project()._asdict())
    file.codebooks.write(source.codebooks.read())
    for version in source.versions.read():
        if codebook := source.versions.codebook(version.number):
            file.versions.write(version, codebook)
    file.words.write(source.words.read())


def _enter_work(source: ProjectFile, file: ProjectFile, coder: Coder) -> None:
    """Write the coder's own records, with stamps. What was deleted is not there, which a merge takes for nothing."""
    records = source.merged.records()
    shared: dict[Key, State] = {}
    own: dict[Key, State] = {}
    for kind in KINDS:
        for key, state in records.all_of(kind).items():
            if state.content is None:
                continue
            if kind == "entity" or key == Key("coder", coder.id):
                shared[key] = state
            elif state.content[kind][0].get("coder_id") == coder.id:
                own[key] = state
    file.merged.write(own)
    file.merged.note(shared)
    for visit in source.merged.visits():
        if visit[1] == coder.id:
            file.merged.join_visit(*visit)
