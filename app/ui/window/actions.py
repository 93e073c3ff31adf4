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
    Action("project.import_coded", "Import wor&k of coders…", Menu.FILE, Needs.WRITING),
    Action("project.export", "&Export…", Menu.FILE, Needs.PROJECT, "Ctrl+E"),
    Action("codebook.import_file", "Import a code&book…", Menu.FILE, Needs.WRITING, after_gap=True),
    Action("codebook.export_file", "Ex&port the codebook…", Menu.FILE, Needs.PROJECT),
    Action("project.packet", "Cop&y for a coder…", Menu.FILE, Needs.WRITING, after_gap=True),
    Action("project.merge", "&Merge returned files…", Menu.FILE, Needs.WRITING),
    Action("project.agreement", "&Agreement…", Menu.FILE, Needs.PROJECT, "Ctrl+Shift+G"),
    Action("project.copy", "&Save a copy…", Menu.FILE, Needs.PROJECT, "Ctrl+Shift+S", after_gap=True),
    Action("project.restore", "&Restore from backup…", Menu.FILE, Needs.NOTHING),
    Action("project.coder", "&Who is coding…", Menu.FILE, Needs.PROJECT, after_gap=True),
    Action("window.quit", "&Quit", Menu.FILE, Needs.NOTHING, "Ctrl+Q", after_gap=True),
    Action("step.undo", "&Undo", Menu.EDIT, Needs.UNDO, "Ctrl+Z", "undo"),
    Action("step.redo", "&Redo", Menu.EDIT, Needs.REDO, "Ctrl+Shift+Z", "redo"),
    Action("step.history", "&History…", Menu.EDIT, Needs.PROJECT, "Ctrl+H"),
    Action("text.copy", "&Copy the selected text", Menu.EDIT, Needs.ARTICLE, "Ctrl+C", after_gap=True),
    Action("text.select_all", "Select &all text", Menu.EDIT, Needs.ARTICLE, "Ctrl+A"),
    Action("text.clear", "Select &nothing", Menu.EDIT, Needs.ARTICLE, "Esc"),
    Action("find.article", "&Find in the article", Menu.EDIT, Needs.ARTICLE, "Ctrl+F", after_gap=True),
    Action("find.next", "Ne&xt hit", Menu.EDIT, Needs.ARTICLE, "F3"),
    Action("find.previous", "&Previous hit", Menu.EDIT, Needs.ARTICLE, "Shift+F3"),
    Action("find.everywhere", "F&ind in all articles…", Menu.EDIT, Needs.PROJECT, "Ctrl+Shift+F"),
    Action("annotation.code", "Code &by name…", Menu.ANNOTATION, Needs.CODING, "Ctrl+K"),
    Action("annotation.next", "&Next annotation", Menu.ANNOTATION, Needs.ARTICLE, "Alt+Down"),
    Action("annotation.previous", "&Previous annotation", Menu.ANNOTATION, Needs.ARTICLE, "Alt+Up"),
    Action(
        "annotation.delete", "&Delete annotation", Menu.ANNOTATION, Needs.ANNOTATION, "Del", after_gap=True
    ),
    Action("annotation.answer", "&Answer the questions", Menu.ANNOTATION, Needs.CODING, "F2"),
    Action("annotation.next_unanswered", "Next &without an answer", Menu.ANNOTATION, Needs.CODING, "F4"),
    Action("annotation.repeat", "&Repeat the last code", Menu.ANNOTATION, Needs.CODING, "."),
    Action("annotation.memo", "Mem&o or notes", Menu.ANNOTATION, Needs.CODING, "Ctrl+M"),
    Action("annotation.discuss", "Flag to disc&uss", Menu.ANNOTATION, Needs.ANNOTATION, "Ctrl+U"),
    Action(
        "annotation.add_fragment", "Add a &fragment", Menu.ANNOTATION, Needs.ANNOTATION, "Ctrl+J", "", True
    ),
    Action(
        "annotation.remove_fragment", "Re&move a fragment", Menu.ANNOTATION, Needs.ANNOTATION, "Ctrl+Shift+J"
    ),
    Action(
        "annotation.grow_end", "End: a word further", Menu.ANNOTATION, Needs.ANNOTATION, "Alt+Right", "", True
    ),
    Action("annotation.shrink_end", "End: a word back", Menu.ANNOTATION, Needs.ANNOTATION, "Alt+Backspace"),
    Action("annotation.grow_start", "Start: a word further", Menu.ANNOTATION, Needs.ANNOTATION, "Alt+Left"),
    Action("annotation.shrink_start", "Start: a word back", Menu.ANNOTATION, Needs.ANNOTATION, "Alt+Del"),
    Action("annotation.grow_end_little", "End: a character further", Menu.ANNOTATION, Needs.ANNOTATION, "+"),
    Action("annotation.shrink_end_little", "End: a character back", Menu.ANNOTATION, Needs.ANNOTATION, "-"),
    Action(
        "annotation.grow_start_little",
        "Start: a character further",
        Menu.ANNOTATION,
        Needs.ANNOTATION,
        "Alt++",
    ),
    Action(
        "annotation.shrink_start_little",
        "Start: a character back",
        Menu.ANNOTATION,
        Needs.ANNOTATION,
        "Alt+-",
    ),
    Action(
        "project.any_granularity",
        "Select words; characters with Alt",
        Menu.ANNOTATION,
        Needs.WRITING,
        "",
        "",
        True,
        True,
    ),
    Action(
        "project.character_granularity",
        "Select only characters",
        Menu.ANNOTATION,
        Needs.WRITING,
        checkable=True,
    ),
    Action(
        "project.word_granularity", "Select only whole words", Menu.ANNOTATION, Needs.WRITING, checkable=True
    ),
    Action(
        "project.sentence_granularity",
        "Select only whole sentences",
        Menu.ANNOTATION,
        Needs.WRITING,
        checkable=True,
    ),
    Action(
        "annotation.occurrences",
        "Code &every occurrence…",
        Menu.ANNOTATION,
        Needs.CODING,
        "Ctrl+Shift+A",
        after_gap=True,
    ),
    Action("article.previous", "&Previous article", Menu.ARTICLE, Needs.ARTICLE, "Alt+PgUp", "previous"),
    Action("article.next", "&Next article", Menu.ARTICLE, Needs.ARTICLE, "Alt+PgDown", "next"),
    Action("article.next_open", "Next op&en article", Menu.ARTICLE, Needs.ARTICLE, "Ctrl+PgDown"),
    Action("article.go_to", "&Go to article…", Menu.ARTICLE, Needs.ARTICLE, "Ctrl+G"),
    Action("article.done", "Mark &done", Menu.ARTICLE, Needs.CODING, "Ctrl+D", "done", True, True),
    Action("article.done_next", "Done, and on to the next open", Menu.ARTICLE, Needs.CODING, "Ctrl+Return"),
    Action(
        "article.only_open",
        "Show &only open articles",
        Menu.ARTICLE,
        Needs.PROJECT,
        "Ctrl+Shift+O",
        "",
        True,
        True,
    ),
    Action("article.filter", "&Filter articles", Menu.ARTICLE, Needs.PROJECT, "Ctrl+L"),
    Action("view.text", "Go to the &text", Menu.VIEW, Needs.ARTICLE, "F6"),
    Action("view.articles", "&Articles…", Menu.VIEW, Needs.PROJECT, "Ctrl+T"),
    Action("view.entities", "Ent&ities", Menu.VIEW, Needs.PROJECT, "Ctrl+R"),
    Action("view.codebook", "Code&book…", Menu.VIEW, Needs.PROJECT, "Ctrl+B"),
    Action("view.recheck", "Look agai&n…", Menu.VIEW, Needs.PROJECT, "Ctrl+Shift+B"),
    Action("view.compare", "Com&pare coders…", Menu.VIEW, Needs.ARTICLE, "Ctrl+Shift+C"),
    Action("view.larger", "&Larger text", Menu.VIEW, Needs.NOTHING, "Ctrl++", after_gap=True),
    Action("view.smaller", "&Smaller text", Menu.VIEW, Needs.NOTHING, "Ctrl+-"),
    Action("view.normal", "Nor&mal text", Menu.VIEW, Needs.NOTHING, "Ctrl+0"),
    Action("view.everybody", "Show &every coder's annotations", Menu.VIEW, Needs.PROJECT, "", "", True, True),
    Action("view.words", "&Word list…", Menu.VIEW, Needs.PROJECT),
    Action(
        "view.words_coloured",
        "Colo&ur the listed words",
        Menu.VIEW,
        Needs.NOTHING,
        "Ctrl+Shift+W",
        "",
        False,
        True,
    ),
    Action(
        "view.codes_at_selection", "&Codes beside the selection", Menu.VIEW, Needs.NOTHING, checkable=True
    ),
    Action("view.look", "Loo&k of the text…", Menu.VIEW, Needs.NOTHING, after_gap=True),
    _theme("view.theme_system", "Theme as the s&ystem has it", after_gap=True),
    _theme("view.theme_light", "Li&ght theme"),
    _theme("view.theme_dark", "&Dark theme"),
    _theme("view.theme_contrast", "&High contrast"),
    Action("view.reset", "&Reset the layout", Menu.VIEW, Needs.NOTHING, after_gap=True),
    Action("help.commands", "&Commands…", Menu.HELP, Needs.NOTHING, "Ctrl+Shift+P"),
    Action("help.keys", "&Keys…", Menu.HELP, Needs.NOTHING, "?"),
    Action("help.licences", "&Licences…", Menu.HELP, Needs.NOTHING, after_gap=True),
    Action("help.about", "&About Rubricator", Menu.HELP, Needs.NOTHING),
)

PLACE = "place"
STRETCH = "stretch"
TOOLBAR = ("article.previous", "article.next", PLACE, STRETCH, "step.undo", "step.redo", "article.done")
"""The toolbar from left to right: actions, the words on where one is, and room between."""

CONTEXT = (
    *("annotation.code", "annotation.answer", "annotation.memo", "annotation.discuss", ""),
    *("annotation.grow_start", "annotation.shrink_start", "annotation.grow_end", "annotation.shrink_end", ""),
    *("annotation.add_fragment", "annotation.remove_fragment", "annotation.delete", ""),
    *("annotation.occurrences", "text.copy"),
)
"""What the text offers at the pointer; an empty name begins a new group."""
