"""The register of entities beside the window: true while coding goes on, and everything by keyboard."""

import pytest
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import (
    QAbstractButton,
    QComboBox,
    QDialog,
    QLabel,
    QLineEdit,
    QListWidget,
    QPlainTextEdit,
    QPushButton,
    QWidget,
)

from app.domain.answers import EntityTarget
from app.domain.entities import Entity
from app.domain.ids import EntityId, new_id
from app.project.commands import RemoveAnnotations, SaveEntity, SetAnswer
from app.ui.entities.editor import EntityEditor, MergeDialog, SplitDialog
from app.ui.theme import DARK
from tests.builders import ACTOR, ANA, BEN, WHO, add

FLAG = QItemSelectionModel.SelectionFlag
CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def entities(window):
    """Three entities, two of them mentioned: the ministry twice, in two articles."""
    project, made = window.bridge.project, {}
    for name, aliases in (("Ministry", ("the minister",)), ("Relief", ("Aid groups",)), ("Pickers", ())):
        entity = Entity(id=EntityId(new_id()), name=name, aliases=aliases, country="Távora")
        made[name] = entity.id
        project.apply(SaveEntity(entity=entity))
    for quote, name, article in (
        *(("the minister", "Ministry", 0), ("Aid groups", "Relief", 0), ("Pickers", "Ministry", 1)),
    ):
        add(project, ACTOR, quote, article=article, answers={WHO: (EntityTarget(entity=made[name]),)})
    return made


@pytest.fixture
def register(window, entities, qtbot):
    window.menus["view.entities"].trigger()
    shown = window.entities.register
    qtbot.waitExposed(shown)
    return shown


@pytest.fixture
def answer(monkeypatch):
    """Answers a dialog: what is given is done to it, then it is accepted if its yes can be pressed."""

    def on(kind, fill):
        def run(dialog):
            fill(dialog)
            yes = next(each for each in dialog.findChildren(QPushButton) if each.isDefault())
            if yes.isEnabled():
                yes.click()
            return dialog.result()

        monkeypatch.setattr(kind, "exec", run)

    return on


def rows(register, columns=(0, 4, 5)):
    model = register.table.model()
    return [tuple(model.index(row, column).data() for column in columns) for row in range(model.rowCount())]


def head(register):
    return register.findChild(QLabel, "mentions-head").text()


def button(register, name):
    return register.findChild(QPushButton, f"entity-{name}")


def mentions(register):
    model = register.mentions.model
    return [model.index(row, 0).data() for row in range(model.rowCount())]


def tick(register, *numbers):
    for row in numbers:
        index = register.mentions.model.index(row, 0)
        register.mentions.model.setData(index, Qt.CheckState.Checked, Qt.ItemDataRole.CheckStateRole)


def test_the_register_lists_entities_with_mentions_in_context(register, entities):
    assert rows(register) == [("Ministry", "2", "2"), ("Pickers", "0", "0"), ("Relief", "1", "1")]
    assert head(register) == "Select an entity to see where it is mentioned."
    register.table.select(entities["Ministry"])
    assert head(register) == "Ministry is mentioned 2 times in 2 articles"
    first, second = mentions(register)
    assert "· Ana · entity: “We will open the gate,” the minister said, “but" in first
    assert second.startswith("The harvest was late. · Ana · entity: Pickers at Löwen farm")
    register.table.select(entities["Pickers"])
    assert head(register) == "Pickers is not mentioned yet."
    assert mentions(register) == []


def test_it_stays_true_while_coding_goes_on(register, window, entities):
    register.table.select(entities["Relief"])
    made = add_in(window, "the camp", entities["Relief"])
    assert rows(register)[2] == ("Relief", "2", "1")
    assert head(register) == "Relief is mentioned 2 times in 1 article"
    assert len(mentions(register)) == 2
    window.bridge.apply(
        SetAnswer(id=made, attribute_id=WHO, answer=(EntityTarget(entity=entities["Pickers"]),))
    )
    assert [row[1] for row in rows(register)] == ["2", "1", "1"]
    window.bridge.apply(RemoveAnnotations(ids=(made,)))
    window.bridge.undo()
    window.bridge.undo()
    assert [row[1] for row in rows(register)] == ["2", "0", "2"]
    window.bridge.undo()
    assert head(register) == "Relief is mentioned once in 1 article"
    window.bridge.apply(SaveEntity(entity=Entity(id=entities["Relief"], name="Aid")))
    assert [row[0] for row in rows(register)] == ["Aid", "Ministry", "Pickers"]
    assert register.table.current().entity.name == "Aid", "what is selected stays selected where it went"


def add_in(window, quote, entity_id):
    """Code as a person would: through the bridge, which tells every panel."""
    reader = window.reading.reader
    text = window.bridge.project.text(window.bridge.project.article(window.bridge.article))
    reader.select_range(text.index(quote), text.index(quote) + len(quote))
    window.bridge.apply_code(ACTOR)
    made = window.bridge.annotation
    window.bridge.apply(SetAnswer(id=made, attribute_id=WHO, answer=(EntityTarget(entity=entity_id),)))
    return made


def test_what_happens_while_it_is_closed_is_there_when_it_opens_again(register, window, entities):
    register.close()
    add_in(window, "the camp", entities["Pickers"])
    assert rows(register)[1] == ("Pickers", "0", "0")
    window.menus["view.entities"].trigger()
    assert window.entities.register is register
    assert rows(register)[1] == ("Pickers", "1", "1")


def test_columns_order_the_rows_both_ways(register):
    register.table.sortByColumn(4, Qt.SortOrder.DescendingOrder)
    assert [row[0] for row in rows(register)] == ["Ministry", "Relief", "Pickers"]
    register.table.sortByColumn(4, Qt.SortOrder.AscendingOrder)
    assert [row[0] for row in rows(register)] == ["Pickers", "Relief", "Ministry"]
    register.table.sortByColumn(0, Qt.SortOrder.DescendingOrder)
    assert [row[0] for row in rows(register)] == ["Relief", "Pickers", "Ministry"]


def test_several_rows_stay_selected_while_rows_come_and_move(register, window):
    register.table.selectRow(0)
    register.table.selectionModel().select(register.table.model().index(2, 0), FLAG.Select | FLAG.Rows)
    assert [line.entity.name for line in register.table.selected()] == ["Ministry", "Relief"]
    for name in ("Aardvarks", "Nobody"):
        window.bridge.apply(SaveEntity(entity=Entity(id=EntityId(new_id()), name=name)))
    assert [line.entity.name for line in register.table.selected()] == ["Ministry", "Relief"]
    register.table.sortByColumn(0, Qt.SortOrder.DescendingOrder)
    assert [line.entity.name for line in register.table.selected()] == ["Relief", "Ministry"]


def test_the_filter_finds_aliases_and_says_when_nothing_fits(register, qtbot):
    field = register.findChild(QLineEdit, "entity-filter")
    qtbot.keyClicks(field, "aid GR")
    assert [row[0] for row in rows(register)] == ["Relief"]
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert register.table.current().entity.name == "Relief"
    field.setText("tavora")
    assert len(rows(register)) == 3
    field.setText("nobody like this ")
    assert register.findChild(QLabel, "empty").text() == "No entity matches “nobody like this”."
    assert register.findChild(QLabel, "empty").isVisible()
    assert not button(register, "edit").isEnabled()


def test_an_empty_register_says_what_entities_are_for(window, qtbot, answer):
    window.menus["view.entities"].trigger()
    register = window.entities.register
    words = register.findChild(QLabel, "empty")
    assert words.isVisible()
    assert "one actor in the world" in words.text()
    answer(EntityEditor, lambda dialog: dialog.findChild(QLineEdit, "entity-name").setText("First"))
    button(register, "new").click()
    assert rows(register) == [("First", "0", "0")]
    assert not words.isVisible()
    assert register.table.current().entity.name == "First"


def test_enter_and_a_double_click_jump_to_the_annotation(register, window, entities, qtbot):
    register.table.select(entities["Ministry"])
    view = register.findChild(QWidget, "mentions")
    view.setFocus()
    view.selectRow(1)
    qtbot.keyClick(view, Qt.Key.Key_Return)
    second = window.bridge.project.articles()[1]
    assert window.bridge.article == second.id
    assert window.bridge.project.annotation(window.bridge.annotation).fragments[0].quote == "Pickers"
    qtbot.waitUntil(window.isActiveWindow)
    spot = view.visualRect(view.model().index(0, 0)).center()
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    qtbot.mouseDClick(view.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    assert window.bridge.article == window.bridge.project.articles()[0].id
    assert window.bridge.project.annotation(window.bridge.annotation).fragments[0].quote == "the minister"
    assert not window.bridge.everybody


def test_a_jump_to_another_coder_shows_every_coder(register, window, entities, qtbot):
    project = window.bridge.project
    project.sign_in(BEN)
    made = add_in(window, "the camp", entities["Pickers"])
    project.sign_in(ANA)
    register.table.select(entities["Pickers"])
    view = register.findChild(QWidget, "mentions")
    view.selectRow(0)
    qtbot.keyClick(view, Qt.Key.Key_Return)
    assert window.bridge.annotation == made
    assert window.bridge.everybody
    assert window.menus["view.everybody"].isChecked()


def test_a_new_entity_has_all_its_fields(register, answer):
    def fill(dialog):
        dialog.findChild(QLineEdit, "entity-name").setText(" Northern  Relief ")
        dialog.findChild(QPlainTextEdit, "entity-aliases").setPlainText("NRN\n\n the network\nNRN")
        dialog.findChild(QComboBox, "entity-type").setCurrentText("NGO")
        country = dialog.findChild(QComboBox, "entity-country")
        country.setCurrentIndex(country.findText("Távora"))
        dialog.findChild(QPlainTextEdit, "entity-note").setPlainText("Seat in the north.")

    answer(EntityEditor, fill)
    button(register, "new").click()
    entity = register.table.current().entity
    assert entity.model_dump(exclude={"id"}) == {
        "name": "Northern Relief",
        "aliases": ("NRN", "the network"),
        "type": "NGO",
        "country": "Távora",
        "note": "Seat in the north.",
    }


def test_nothing_without_a_name_can_be_added(register, answer, window):
    answer(EntityEditor, lambda dialog: dialog.findChild(QLineEdit, "entity-name").setText("  "))
    before = window.bridge.project.step_count()
    button(register, "new").click()
    assert window.bridge.project.step_count() == before


def test_enter_on_an_entity_edits_it_and_the_old_name_stays_as_an_alias(register, entities, answer, qtbot):
    answer(EntityEditor, lambda dialog: dialog.findChild(QLineEdit, "entity-name").setText("Interior"))
    register.table.select(entities["Ministry"])
    qtbot.keyClick(register.table, Qt.Key.Key_Return)
    line = register.table.current()
    assert (line.entity.name, line.entity.aliases) == ("Interior", ("the minister", "Ministry"))
    assert line.mentions == 2


def test_merging_asks_which_name_stays_and_is_one_step_back(register, window, entities, answer, qtbot):
    def fill(dialog):
        names = dialog.findChild(QListWidget, "merge-names")
        assert names.currentItem().text().startswith("Ministry"), "the one mentioned most is offered first"
        names.setCurrentRow(1)

    answer(MergeDialog, fill)
    assert not button(register, "merge").isEnabled()
    register.table.selectAll()
    button(register, "merge").click()
    assert rows(register) == [("Pickers", "3", "2")]
    assert set(register.table.current().entity.aliases) == {
        "Ministry",
        "the minister",
        "Relief",
        "Aid groups",
    }
    register.table.setFocus()
    qtbot.keyClick(register.table, Qt.Key.Key_Z, CONTROL)
    assert len(rows(register)) == 3


@pytest.mark.parametrize("name", ["Newcomer", "Relief"])
def test_ticked_mentions_move_to_a_new_or_a_known_entity(register, window, entities, answer, name):
    told = []

    def fill(dialog):
        dialog.findChild(QComboBox, "split-name").setEditText(name)
        told.append(dialog.findChild(QLabel, "split-told").text())

    answer(SplitDialog, fill)
    register.table.select(entities["Ministry"])
    assert not button(register, "split").isEnabled()
    tick(register, 1)
    button(register, "split").click()
    assert told == ["It is new and will be added." if name == "Newcomer" else "It is in the register."]
    counts = {row[0]: row[1] for row in rows(register)}
    assert counts == {"Ministry": "1", "Pickers": "0", "Relief": "1"} | (
        {"Newcomer": "1"} if name == "Newcomer" else {"Relief": "2"}
    )
    assert len(mentions(register)) == 1
    assert not button(register, "split").isEnabled(), "what moved is no longer ticked"
    window.bridge.undo()
    assert rows(register)[0] == ("Ministry", "2", "2")


def test_space_and_a_click_on_the_box_tick_a_mention(register, entities, qtbot):
    register.table.select(entities["Ministry"])
    view = register.findChild(QWidget, "mentions")
    view.setFocus()
    view.selectRow(0)
    qtbot.keyClick(view, Qt.Key.Key_Space)
    assert len(register.mentions.model.ticked()) == 1
    box = view.visualRect(view.model().index(1, 0))
    spot = box.center()
    spot.setX(box.left() + 10)
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    assert len(register.mentions.model.ticked()) == 2
    qtbot.keyClick(view, Qt.Key.Key_Space)
    assert [each.annotation_id for each in register.mentions.model.ticked()] == [
        register.mentions.model.mention_at(1).link.annotation_id
    ]


def test_delete_removes_what_nobody_mentions_and_says_why_not(register, entities, qtbot):
    register.table.select(entities["Pickers"])
    register.table.setFocus()
    qtbot.keyClick(register.table, Qt.Key.Key_Delete)
    assert [row[0] for row in rows(register)] == ["Ministry", "Relief"]
    register.table.select(entities["Ministry"])
    qtbot.keyClick(register.table, Qt.Key.Key_Delete)
    assert len(rows(register)) == 2
    assert "Ministry is mentioned 2 times and stays" in register.findChild(QLabel, "place").text()


def test_a_project_for_reading_only_is_looked_at_and_not_changed(window, entities, make_window, study):
    other = make_window()
    assert other.open(study)
    assert other.bridge.project.read_only
    other.menus["view.entities"].trigger()
    register = other.entities.register
    register.table.selectAll()
    register.table.select(entities["Ministry"])
    assert len(mentions(register)) == 2
    for name in ("new", "edit", "merge", "delete", "split"):
        assert not button(register, name).isEnabled()
    tickable = register.mentions.model.flags(register.mentions.model.index(0, 0))
    assert not tickable & Qt.ItemFlag.ItemIsUserCheckable
    register.edit()
    register.delete()
    assert len(rows(register)) == 3


def test_it_closes_with_its_project(register, window):
    assert window.menus["view.entities"].isEnabled()
    window.menus["project.close"].trigger()
    assert not register.isVisible()
    assert window.entities.register is None
    assert not window.menus["view.entities"].isEnabled()


def test_it_follows_the_theme(register, window, entities):
    register.table.select(entities["Ministry"])
    window.menus["view.theme_dark"].trigger()
    picture = register.findChild(QWidget, "mentions").viewport().grab().toImage()
    assert picture.pixelColor(picture.width() - 4, picture.height() - 4) == QColor(DARK.panel)


def test_every_control_of_it_can_be_reached_and_has_a_name(register, window):
    dialogs = [register, EntityEditor(None, (), register)]
    dialogs += [MergeDialog(register.table.model().lines(), register)]
    dialogs += [SplitDialog(register.table.model().lines()[0].entity, 2, (), register)]
    for dialog in dialogs:
        assert isinstance(dialog, QDialog)
        for each in dialog.findChildren(QWidget):
            inner = each.objectName().startswith("qt_") or isinstance(each.parent(), QComboBox)
            here = each.window() is dialog and bool(each.focusPolicy() & Qt.FocusPolicy.TabFocus)
            if here and not inner:
                text = each.text() if isinstance(each, QAbstractButton) else ""
                assert each.accessibleName() or text, (dialog, each)
