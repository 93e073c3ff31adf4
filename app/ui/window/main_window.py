"""The main window: rooms put side by side. What happens in them is theirs."""

from pathlib import Path

from PySide6.QtCore import QSettings, Qt, Slot
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QMainWindow, QStackedWidget

from app.domain.coders import Coder
from app.domain.reviews import ReviewState
from app.domain.segmentation import Granularity
from app.system.paths import Places
from app.system.settings import CODES_AT_SELECTION, RECENT, THEME, WORDS, Settings
from app.ui.annotations.cards import CardsPanel
from app.ui.annotations.delegate import AnnotationDelegate
from app.ui.annotations.panel import AnnotationsPanel
from app.ui.articles.panel import ArticlesPanel
from app.ui.backups.keeper import BackupKeeper
from app.ui.bridge import Bridge
from app.ui.codes.panel import CodesPanel
from app.ui.icons import program_icon
from app.ui.inspector.panel import InspectorPanel
from app.ui.quarantine.watch import QuarantineWatch
from app.ui.reader.panel import ReaderPanel
from app.ui.sweeper import Sweeper
from app.ui.tasks import TaskRunner
from app.ui.theme import Theme, follow_system, qt_palette, style_sheet, theme_for
from app.ui.welcome.page import WelcomePage
from app.ui.window.agreement_actions import AgreementActions
from app.ui.window.annotation_actions import AnnotationActions
from app.ui.window.catalogue_actions import CatalogueActions
from app.ui.window.codebook_actions import CodebookActions
from app.ui.window.codebook_file_actions import CodebookFileActions
from app.ui.window.comparing_actions import ComparingActions
from app.ui.window.desk_actions import DeskActions
from app.ui.window.docks import Docks
from app.ui.window.entities_actions import EntitiesActions
from app.ui.window.finding_actions import FindingActions
from app.ui.window.history_actions import HistoryActions
from app.ui.window.importing_actions import ImportingActions
from app.ui.window.key_actions import KeyActions
from app.ui.window.look_actions import THEME_ACTIONS, LookActions
from app.ui.window.menus import Menus
from app.ui.window.palette_actions import PaletteActions
from app.ui.window.project_actions import ProjectActions
from app.ui.window.review_actions import ReviewActions
from app.ui.window.status import StatusBar
from app.ui.window.tab_order import chain_tabs
from app.ui.window.words_actions import WordsActions

_LENT = ("step.undo", "step.redo", "view.articles", "view.entities", "view.codebook", "view.recheck")
"""Actions whose keys work in the other windows too."""


class MainWindow(QMainWindow):
    """One window on one project."""

    def __init__(self, settings: Settings, places: Places) -> None:
        super().__init__()
        self._settings, self._places = settings, places
        self.store = QSettings(str(places.settings / "window.ini"), QSettings.Format.IniFormat)
        self.bridge = Bridge(self)
        self.tasks = TaskRunner(self)
        self.sweeper = Sweeper(self)
        theme = theme_for(settings.text(THEME))
        self._make_panels(theme)
        self.menus = self._make_menus(theme)
        self._furnish()
        self._connect()
        self._apply_theme()
        self.docks.restore()
        self._show_page()

    def _make_panels(self, theme: Theme) -> None:
        settings = self._settings
        self.articles = ArticlesPanel(self.bridge, theme)
        self.codes = CodesPanel(self.bridge, settings, theme)
        self.annotations = AnnotationsPanel(
            self.bridge,
            AnnotationDelegate(theme),
            name="annotations",
            spoken="Annotations of this article",
            empty="Nothing is annotated here yet. Select words and press the key of a code.",
        )
        self.cards = CardsPanel(self.bridge, theme)
        self.inspector = InspectorPanel(self.bridge, theme)
        self.reading = ReaderPanel(self.bridge, settings, theme, self)
        self.welcome = WelcomePage()
        self.keeper = BackupKeeper(self.bridge, self._places, self)
        self.quarantine = QuarantineWatch(self.bridge, self)

    def _make_menus(self, theme: Theme) -> Menus:
        settings = self._settings
        self.files = ProjectActions(self, self.bridge, settings, self._places, self.tasks)
        self.desk = DeskActions(self, self.bridge, settings, self.reading, self.articles, self.annotations)
        self.reviews = ReviewActions(self, self.bridge, self.articles)
        self.annotating = AnnotationActions(self.bridge, self.reading, self.inspector, self)
        self.entities = EntitiesActions(self, self.bridge, self.reading, theme)
        self.codebook = CodebookActions(self, self.bridge, self.reading, theme)
        store = self.store
        self.catalogue = CatalogueActions(self, self.bridge, self.reading, self.tasks, store, theme)
        self.agreement = AgreementActions(self, self.bridge, self.tasks, settings, store, theme)
        self.comparing = ComparingActions(self, self.bridge, settings, self.articles, store, theme)
        self.finding = FindingActions(self, self.bridge, self.reading, self.tasks, theme)
        self.words = WordsActions(self, self.bridge, settings, lambda: theme_for(settings.text(THEME)))
        self.keys = KeyActions(self, self.bridge, settings)
        self.palettes = PaletteActions(self, self.bridge, self.articles, theme)
        self.history = HistoryActions(self, self.bridge, self.tasks)
        self.looks = LookActions(self, self.bridge, settings, self.reading)
        self.codebooks = CodebookFileActions(self, self.bridge, self.tasks)
        self.importing = ImportingActions(self, self.bridge, settings, self.tasks, theme)
        parts = (
            *(self.files, self.desk, self.reviews, self.annotating, self.entities, self.catalogue),
            *(self.finding, self.words, self.codebook, self.codebooks, self.importing, self.keys),
            *(self.palettes, self.history, self.looks, self.comparing, self.agreement),
        )
        menus = Menus(
            self, self.bridge, {name: act for part in parts for name, act in part.handlers().items()}
        )
        for part in (self.keys, self.palettes, self.history):
            part.join(menus)
        for part in (self.entities, self.catalogue, self.codebook, self.agreement):
            part.lend(*(menus[name] for name in (*_LENT, "project.agreement")))
        self.comparing.lend(*(menus[f"view.{each}"] for each in ("compare", "larger", "smaller", "normal")))
        menus["view.words_coloured"].setChecked(settings.text(WORDS) == "coloured")
        return menus

    def open(self, path: Path, coder: Coder | None = None) -> bool:
        """Open a project in this window."""
        return self.files.open(path, coder)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Let work end and note the last things; everything else is saved already."""
        self.importing.wait()
        self.tasks.wait()
        self.finding.wait()
        self.files.close()
        self.keeper.wait()
        self.quarantine.wait()
        self.reading.wait()
        self.sweeper.stop()
        self.docks.remember()
        super().closeEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Cover the window with what says where dragged files may fall."""
        self.importing.layer.dragEnterEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        """Import what fell before the window was covered."""
        self.importing.layer.dropEvent(event)

    def _furnish(self) -> None:
        self.setWindowTitle("Rubricator")
        self.setWindowIcon(program_icon())
        self.setStatusBar(StatusBar(self.bridge))
        self._pages = QStackedWidget()
        self._pages.addWidget(self.welcome)
        self._pages.addWidget(self.finding.page)
        self.setCentralWidget(self._pages)
        self.docks = Docks(
            self,
            self.store,
            articles=self.articles,
            codes=self.codes,
            inspector=self.inspector,
            annotations=self.annotations,
            cards=self.cards,
        )
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        chain_tabs((self.articles, self.reading.reader, self.codes, self.annotations))

    def _connect(self) -> None:
        bridge = self.bridge
        bridge.project_opened.connect(self._show_page)
        bridge.project_closed.connect(self._show_page)
        bridge.project_changed.connect(self._on_project_changed)
        bridge.article_opened.connect(self._on_article_opened)
        self.tasks.refused.connect(self.files.refuse)
        self.quarantine.found.connect(self.files.refuse)
        self.files.leaving.connect(self.reading.leave_article)
        self.files.recent_changed.connect(self._show_recent)
        self.welcome.new_requested.connect(self.files.new)
        self.welcome.open_requested.connect(self.files.choose)
        self.welcome.demo_requested.connect(self.files.open_demo)
        self.welcome.recent_requested.connect(self.files.open_recent)
        self.menus.recent_requested.connect(self.files.open_recent)
        self.reading.reader.menu_requested.connect(self.menus.show_context)
        self.reviews.called_off.connect(self._show_place)
        self.looks.theme_changed.connect(self._apply_theme)
        self.desk.layout_reset.connect(self.docks.reset)
        self.desk.quit_requested.connect(self.close)
        self.agreement.released.connect(self.sweeper.sweep_everything)
        follow_system(self._apply_theme)

    @Slot()
    def _show_page(self) -> None:
        project = self.bridge.project
        self._pages.setCurrentWidget(self.welcome if project is None else self.finding.page)
        self.docks.show(shown=project is not None)
        self.menus.toolbar.setVisible(project is not None)
        if project is None:
            self.setWindowTitle("Rubricator")
            self._show_recent()
        else:
            suffix = " (read only)" if project.read_only else ""
            self.setWindowTitle(f"{project.about().name}{suffix} - Rubricator")
            self.reading.reader.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _show_recent(self) -> None:
        recent = [path for path in self._settings.texts(RECENT) if Path(path).exists()]
        self.welcome.show_recent(recent)
        self.menus.show_recent(recent)

    @Slot(object)
    def _on_project_changed(self, _notice: object) -> None:
        self._show_place()

    @Slot(object)
    def _on_article_opened(self, _article_id: object) -> None:
        self._show_place()

    @Slot()
    def _show_place(self) -> None:
        project, article = self.bridge.project, self.bridge.article
        done = False
        if project is not None and project.coder is not None and article is not None:
            done = project.review(article, project.coder.id).state is ReviewState.DONE
        self.menus["article.done"].setChecked(done)
        self.menus.place.setText(self.articles.place_in_words())
        locked = project.granularity() if project is not None else None
        for granularity in Granularity:
            self.menus[f"project.{granularity.value}_granularity"].setChecked(granularity is locked)

    @Slot()
    def _apply_theme(self) -> None:
        choice = self._settings.text(THEME)
        theme = theme_for(choice)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.setPalette(qt_palette(theme))
            application.setStyleSheet(style_sheet(theme))
        for panel in (
            *(self.articles, self.codes, self.inspector, self.annotations, self.cards),
            *(self.reading, self.menus, self.entities, self.catalogue, self.codebook, self.finding),
            *(self.palettes, self.importing, self.comparing, self.agreement),
        ):
            panel.set_theme(theme)
        self.menus[THEME_ACTIONS[choice]].setChecked(True)
        self.menus["view.codes_at_selection"].setChecked(self._settings.text(CODES_AT_SELECTION) == "yes")
