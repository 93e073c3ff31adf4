"""What the File menu does with codebook files."""

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QMainWindow

from app.domain.errors import UserError
from app.domain.progress import Progress
from app.ui.bridge import Bridge
from app.ui.tasks import TaskRunner


class CodebookFileActions(QObject):
    """Exports the codebook and imports another one, with everything slow off the interface thread."""

    def __init__(self, window: QMainWindow, bridge: Bridge, tasks: TaskRunner) -> None:
        super().__init__(window)
        self._window, self._bridge, self._tasks = window, bridge, tasks

    def handlers(self) -> Mapping[str, Callable[[], None]]:
        """The actions of the table that are done here."""
        return {
            "codebook.import_file": self.import_codebook,
            "codebook.export_file": self.export_codebook,
        }

    @Slot()
    def export_codebook(self) -> None:
        """Ask for a format and a place, and write the codebook."""
        from app.project.codebook_files import export_codebook  # Loaded when it is used, as all formats are.
        from app.ui.codebook_files.exporting import ExportCodebookDialog
        from app.ui.codebook_files.press import press

        project = self._bridge.project
        if project is None:
            return
        codebook, path = project.codebook(), project.path
        dialog = ExportCodebookDialog(codebook, path.with_name(f"{path.stem} codebook"), self._window)
        if not dialog.exec():
            return
        target, format_name = dialog.wish()

        def write(progress: Progress) -> tuple[str, ...]:
            return export_codebook(path, codebook, target, partial(press, progress=progress), format_name)

        def tell(lost: tuple[str, ...]) -> None:
            self._bridge.told.emit(" ".join((f"Exported the codebook to {target}.", *lost)))

        self._tasks.run("Exporting the codebook…", write, tell)

    @Slot()
    def import_codebook(self) -> None:
        """Ask for a file, show what it would change, and make it the codebook."""
        from app.project.codebook_files import StagedCodebook, stage_codebook
        from app.ui.codebook_files.importing import CodebookSource, ImportCodebookDialog

        project = self._bridge.project
        if project is None:
            return
        dialog = ImportCodebookDialog(project.path.parent, self._window)

        def read(source: CodebookSource) -> None:
            def stage(_progress: Progress) -> StagedCodebook | str:
                try:
                    return stage_codebook(project, source.path, source.format_name)
                except UserError as error:
                    return str(error)

            def show(found: StagedCodebook | str) -> None:
                if dialog.source() != source:
                    read(dialog.source())  # Something else was chosen meanwhile.
                elif isinstance(found, str):
                    dialog.show_refusal(found)
                else:
                    dialog.show_staged(found)

            self._tasks.run("Reading the codebook…", stage, show)

        dialog.reading_requested.connect(read)
        if not dialog.exec() or dialog.staged is None:
            return
        command = dialog.staged.command
        if command is not None:
            self._tasks.run(
                "Importing the codebook…",
                lambda progress: project.apply(command, progress),
                settle=self._bridge.tell,
            )
