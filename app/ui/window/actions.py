"""Every action of the window in one table; menus, toolbar and the page of keys come from it."""

from enum import StrEnum
from typing import NamedTuple


class Menu(StrEnum):
    """The menus, in order."""

    FILE = "&File"
    EDIT = "&Edit"
    ANNOTATION = "A&nnotation"
    ARTICLE = "&Article"
    VIEW = "&View"
    HELP = "&Help"


class Needs(StrEnum):
    """What must be there for an action to make sense."""

    NOTHING = "nothing"
    PROJECT = "an open project"
    WRITING = "a project that may be written"
    ARTICLE = "an open article"
    CODING = "an open article that may be coded"
    ANNOTATION = "a selected annotation"
    UNDO = "a step to undo"
    REDO = "a step to redo"


class Action(NamedTuple):
    """One action; `shortcut` is as Qt writes keys.

    `icon` names a file in resources/icons; `after_gap` begins a new group; a `submenu` is filled as the program
    runs; of the checkable actions of one `group`, one is chosen.
    """

    id: str
    text: str
    menu: Menu
    needs: Needs
    shortcut: str = ""
    icon: str = ""
    after_gap: bool = False
    checkable: bool = False
    submenu: bool = False
    group: str = ""


def _theme(action_id: str, text: str, *, after_gap: bool = False) -> Action:
    """Return one of the themes, of which one is chosen."""
    return Action(
        action_id, text, Menu.VIEW, Needs.NOTHING, after_gap=after_gap, checkable=True, group="theme"
    )


ACTIONS = (
    Action("project.new", "&New project…", Menu.FILE, Needs.NOTHING, "Ctrl+N"),
    Action("project.open", "&Open project…", Menu.FILE, Needs.NOTHING, "Ctrl+O"),
    Action("project.recent", "Open recen&t", Menu.FILE, Needs.NOTHING, submenu=True),
    Action("project.demo", "Open the &demo project", Menu.FILE, Needs.NOTHING),
    Action("project.close", "&Close project", Menu.FILE, Needs.PROJECT, "Ctrl+W"),
    Action("project.import_files", "&Import articles…", Menu.FILE, Needs.WRITING, "Ctrl+I", after_gap=True),
    Action("project.import_folder", "Import a &folder…", Menu.FILE, Needs.WRITING),
    Action("project.export", "&Export…", Menu.FILE, Needs.PROJECT, "Ctrl+E"),
    Action("project.copy", "&Save a copy…", Menu.FILE, Needs.PROJECT, "Ctrl+Shift+S", after_gap=True),
    Action("project.restore", "&Restore from backup…", Menu.FILE, Needs.PROJECT),
    Action("project.coder", "&Who is coding…", Menu.FILE, Needs.PROJECT, after_gap=True),
    Action("window.quit", "&Quit", Menu.FILE, Needs.NOTHING, "Ctrl+Q", after_gap=True),
    Action("step.undo", "&Undo", Menu.EDIT, Needs.UNDO, "Ctrl+Z", "undo"),
    Action("step.redo", "&Redo", Menu.EDIT, Needs.REDO, "Ctrl+Shift+Z", "redo"),
    Action("text.copy", "&Copy the selected text", Menu.EDIT, Needs.ARTICLE, "Ctrl+C", after_gap=True),
    Action("text.select_all", "Select &all text", Menu.EDIT, Needs.ARTICLE, "Ctrl+A"),
    Action("text.clear", "Select &nothing", Menu.EDIT, Needs.ARTICLE, "Esc"),
    Action("annotation.next", "&Next annotation", Menu.ANNOTATION, Needs.ARTICLE, "Alt+Down"),
    Action("annotation.previous", "&Previous annotation", Menu.ANNOTATION, Needs.ARTICLE, "Alt+Up"),
    Action(
        "annotation.delete", "&Delete annotation", Menu.ANNOTATION, Needs.ANNOTATION, "Del", after_gap=True
    ),
    Action("article.previous", "&Previous article", Menu.ARTICLE, Needs.ARTICLE, "Alt+PgUp", "previous"),
    Action("article.next", "&Next article", Menu.ARTICLE, Needs.ARTICLE, "Alt+PgDown", "next"),
    Action("article.next_open", "Next &open article", Menu.ARTICLE, Needs.ARTICLE, "Ctrl+PgDown"),
    Action("article.done", "Mark &done", Menu.ARTICLE, Needs.CODING, "Ctrl+D", "done", True, True),
    Action("article.done_next", "Done, and on to the next open", Menu.ARTICLE, Needs.CODING, "Ctrl+Return"),
    Action("article.filter", "&Filter articles", Menu.ARTICLE, Needs.PROJECT, "Ctrl+F", after_gap=True),
    Action("view.text", "Go to the &text", Menu.VIEW, Needs.ARTICLE, "F6"),
    Action("view.larger", "&Larger text", Menu.VIEW, Needs.NOTHING, "Ctrl++", after_gap=True),
    Action("view.smaller", "&Smaller text", Menu.VIEW, Needs.NOTHING, "Ctrl+-"),
    Action("view.normal", "&Normal text", Menu.VIEW, Needs.NOTHING, "Ctrl+0"),
    Action("view.everybody", "Show &every coder's annotations", Menu.VIEW, Needs.PROJECT, "", "", True, True),
    Action("view.look", "Loo&k of the text…", Menu.VIEW, Needs.NOTHING, after_gap=True),
    _theme("view.theme_system", "Theme as the s&ystem has it", after_gap=True),
    _theme("view.theme_light", "L&ight theme"),
    _theme("view.theme_dark", "&Dark theme"),
    _theme("view.theme_contrast", "&High contrast"),
    Action("view.reset", "&Reset the layout", Menu.VIEW, Needs.NOTHING, after_gap=True),
    Action("help.keys", "&Keys", Menu.HELP, Needs.NOTHING, "?"),
    Action("help.about", "&About Rubricator", Menu.HELP, Needs.NOTHING, after_gap=True),
)

PLACE = "place"
STRETCH = "stretch"
TOOLBAR = ("article.previous", "article.next", PLACE, STRETCH, "step.undo", "step.redo", "article.done")
"""The toolbar from left to right: actions, the words on where one is, and room between."""
