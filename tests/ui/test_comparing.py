"""The comparison of coders: lanes side by side, places that differ, and nobody's name where none is wanted."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QLabel, QWidget

from app.domain.codebook import Code
from app.domain.coders import Coder
from app.domain.ids import CodeId, CoderId, new_id
from app.project.commands import MarkDone, RemoveAnnotations, SaveCoder
from app.project.commands_articles import RemoveArticles
from app.project.commands_codebook import SaveCode
from app.ui.comparing.places import Wanted
from app.ui.reader.spoken import named
from tests.builders import ACTOR, ANA, BEN, CLAIM, CONCERN, GATES, STANCE, add
from tests.ui.test_access import nameless

KEY, SHIFT, ALT, CONTROL = (
    Qt.Key,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ControlModifier,
)
CLEO = Coder(id=CoderId(new_id()), name="Cleo")
GATE = "We will open the gate"


def done(project, coder, *marks, article=0, finished=True):
    before = project.coder
    project.sign_in(coder)
    made = [add(project, code, quote, article=article, **values) for code, quote, values in marks]
    project.apply(SaveCoder(coder=coder))
    if finished:
        project.apply(MarkDone(article_id=project.articles()[article].id, reason="seen"))
    project.sign_in(before)
    return made


@pytest.fixture
def project(window):
    """Ana and Ben have done the first article: one place agrees but for an answer, two differ."""
    made = window.bridge.project
    done(
        made,
        ANA,
        (CLAIM, GATE, {"answers": {STANCE: "for"}}),
        (ACTOR, "the minister", {}),
        (CONCERN, "unfit", {}),
    )
    done(made, BEN, (CLAIM, GATE, {"answers": {STANCE: "against"}}), (ACTOR, "minister said", {}))
    return made


def ready(page, qtbot):
    qtbot.waitUntil(lambda: not page._search.busy)


def opened(window, qtbot):
    window.menus["view.compare"].trigger()
    page = window.comparing.page
    qtbot.waitExposed(page)
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    ready(page, qtbot)
    return page


@pytest.fixture
def page(window, project, qtbot):
    return opened(window, qtbot)


def listed(page):
    model = page.places.model
    return [GATES[site.start : site.end] for site in model.sites]


def current(page):
    site = page._site
    return GATES[site.start : site.end] if site else None


def explained(page):
    return page.places.findChild(QLabel, "empty").text()


def said(page):
    """Everything that the window shows or a screen reader could say."""
    words = [page.windowTitle(), page.places.answers.toPlainText()]
    for widget in (page, *page.findChildren(QWidget)):
        spoken = QAccessible.queryAccessibleInterface(widget)
        words += [widget.toolTip(), widget.accessibleName(), widget.accessibleDescription()]
        words += [spoken.text(kind) for kind in (QAccessible.Text.Name, QAccessible.Text.Description)]
    for model in (page.places.list.model(), page.coders.list.model()):
        for row in range(model.rowCount()):
            index = model.index(row, 0)
            roles = (
                Qt.ItemDataRole.DisplayRole,
                Qt.ItemDataRole.ToolTipRole,
                Qt.ItemDataRole.AccessibleTextRole,
            )
            words += [str(index.data(role) or "") for role in roles]
    words += [str(page.reading.reader.describe([each])) for each in page._outcome.spans]
    return "\n".join(words)


def test_places_are_counted_listed_and_stepped_through_by_key(page, qtbot):
    assert page.head.summary.text() == "1 place agrees (1 with different answers), 2 differ"
    assert listed(page) == [GATE, "the minister said", "unfit"]
    reader = page.reading.reader
    qtbot.waitUntil(reader.hasFocus)
    for step, place in ((KEY.Key_N, GATE), (KEY.Key_N, "the minister said"), (KEY.Key_P, GATE)):
        qtbot.keyClick(reader, step)
        assert current(page) == place
    qtbot.keyClick(page, KEY.Key_F8)
    qtbot.keyClick(page, KEY.Key_F8)
    assert current(page) == "unfit"
    assert reader.offset == GATES.index("unfit")
    qtbot.keyClick(page, KEY.Key_F8)
    assert current(page) == "unfit", "after the last place is none"
    qtbot.keyClick(page, KEY.Key_F8, SHIFT)
    assert current(page) == "the minister said"


def test_who_has_what_is_told_in_one_line(page):
    words = [page.places.model._tell(site) for site in page.places.model.sites]
    assert [each.said for each in words] == [
        "A, B: Claim",
        "A: Actor  ·  B: Actor, starts 4 later, ends 5 later",
        "A: Concern  ·  B: nothing",
    ]
    assert words[2].spoken == "Different. “unfit”. Ana: Concern; Ben: nothing"


def test_of_many_coders_those_who_differ_from_most_are_named(window, project, qtbot):
    for number in range(3):
        coder = Coder(id=CoderId(new_id()), name=f"{number} more")
        done(project, coder, (CONCERN, "unfit", {}), (CLAIM, GATE, {}))
    page = opened(window, qtbot)
    words = [page.places.model._tell(site).said for site in page.places.model.sites]
    assert words[-1] == "B: nothing  ·  the other 4: Concern"
    assert words[0].endswith(": Claim"), "nobody differs in what was marked"


def test_the_answers_of_the_chosen_place_stand_side_by_side(page, qtbot):
    page.next_place()
    words = page.places.answers.toPlainText().split()
    assert words[words.index("≠") :] == ["≠", "stance", "for", "A", "against", "B"]


def test_the_card_and_the_voice_tell_of_a_place_with_all_of_its_coders(page):
    reader = page.reading.reader
    claims = [each.annotation_id for each in reader.page.passages_at(GATES.index("gate"))]
    assert len(claims) == 2
    (card,) = reader.describe(claims)
    assert (card.path, card.coder, card.quote) == ("Claim", "Ana, Ben", GATE)
    assert ("≠ stance", "A: for  ·  B: against") in card.answers
    assert named(reader, claims) == "Claim by Ana, Ben"
    unfit = [each.annotation_id for each in reader.page.passages_at(GATES.index("unfit"))]
    assert named(reader, unfit) == "≠ Concern by Ana"


def test_what_differs_is_marked_in_the_text_and_what_agrees_is_not(page, project):
    reader = page.reading.reader
    quotes = {project.annotation(each).fragments[0].quote for each in page._outcome.apart}
    assert quotes == {"the minister", "minister said", "unfit"}
    marked = reader.viewport().grab().toImage()
    reader.show_apart(frozenset())
    assert reader.viewport().grab().toImage() != marked


def test_the_list_is_narrowed_by_kind_and_by_code(page, qtbot):
    wanted, code = page.places.wanted, page.places.code
    for kind, expected in (
        (Wanted.APART, ["the minister said", "unfit"]),
        (Wanted.ANSWERED, [GATE]),
        (Wanted.ALL, [GATE, "the minister said", "unfit"]),
    ):
        wanted.setCurrentIndex(wanted.findData(kind))
        wanted.activated.emit(wanted.currentIndex())
        assert listed(page) == expected
    code.setCurrentIndex(code.findData(CONCERN))
    code.activated.emit(code.currentIndex())
    assert listed(page) == ["unfit"]


def test_a_click_in_the_list_or_on_an_annotation_makes_a_place_the_current_one(page, qtbot):
    row = page.places.list.model().index(2, 0)
    qtbot.mouseClick(
        page.places.list.viewport(), Qt.MouseButton.LeftButton, pos=page.places.list.visualRect(row).center()
    )
    assert current(page) == "unfit"
    reader = page.reading.reader
    middle = reader.box_of(GATES.index("gate")).center().toPoint()
    qtbot.mouseClick(reader.viewport(), Qt.MouseButton.LeftButton, pos=middle)
    assert current(page) == GATE
    assert page.places.list.currentIndex().row() == 0


def test_coders_stand_in_one_order_on_every_line_and_take_no_room_where_they_have_nothing(page):
    page_ = page.reading.reader.page
    groups = [
        [group.coder_id for group in row.laned.groups]
        for index in range(len(page_.blocks))
        for row in page_.laid(index).rows
        if row.laned.groups
    ]
    assert [ANA.id, BEN.id] in groups
    assert [ANA.id] in groups
    assert set(map(tuple, groups)) <= {(ANA.id, BEN.id), (ANA.id,), (BEN.id,)}


def test_a_coder_is_hidden_and_shown_by_key(page, qtbot):
    coders = page.coders.list
    coders.setFocus()
    coders.setCurrentRow(1)
    qtbot.keyClick(coders, KEY.Key_Space)
    ready(page, qtbot)
    assert page._outcome.shown == (ANA.id,)
    assert explained(page) == "Tick two coders or more to compare them."
    assert page.head.summary.text() == ""
    qtbot.keyClick(coders, KEY.Key_Space)
    ready(page, qtbot)
    assert page._outcome.shown == (ANA.id, BEN.id)


def test_tolerance_makes_near_edges_agree(page, qtbot):
    page.coders._tolerance.setValue(5)
    ready(page, qtbot)
    assert page.head.summary.text() == "2 places agree (1 with different answers), 1 differs"


def test_nobody_is_named_while_coders_are_anonymous(page, qtbot):
    assert "Ana" in said(page)
    page.coders.anonymous.setChecked(True)
    ready(page, qtbot)
    page.next_place()
    everything = said(page)
    assert "Ana" not in everything
    assert "Ben" not in everything
    assert sorted(page.coders.marks.values()) == ["A", "B"]
    assert list(page.coders.marks.values()) == ["A", "B"], "lanes are in the order of letters"


def test_who_has_not_marked_the_article_done_is_listed_and_not_compared(window, project, qtbot):
    done(project, CLEO, (CLAIM, "winter", {}), finished=False)
    page = opened(window, qtbot)
    words = [page.coders.list.item(row).text() for row in range(3)]
    assert words[2].endswith("Cleo  ·  not done (1 annotation)")
    assert page._outcome.shown == (ANA.id, BEN.id)


def test_it_is_said_why_there_is_nothing_to_compare(window, qtbot):
    project = window.bridge.project
    page = opened(window, qtbot)
    assert explained(page).startswith("Nobody has marked this article done yet.")
    for coder, words in (
        (ANA, "Only Ana has marked this article done."),
        (BEN, "2 coders have done this article, and nobody marked anything in it."),
    ):
        project.sign_in(coder)
        window.bridge.apply(SaveCoder(coder=coder))
        window.bridge.apply(MarkDone(article_id=window.bridge.article))
        ready(page, qtbot)
        assert explained(page).startswith(words)


def test_it_follows_the_project(window, page, project, qtbot):
    gone = next(each for each, owner in page._outcome.owners.items() if owner == BEN.id)
    project.sign_in(BEN)
    page.next_place()
    window.bridge.apply(RemoveAnnotations(ids=(gone,)))
    ready(page, qtbot)
    assert page.head.summary.text() == "0 places agree, 3 differ"
    assert current(page) == GATE
    window.bridge.close_project()
    assert window.comparing.page is None


def test_an_article_that_is_removed_is_shown_no_longer(window, page, project, qtbot):
    project.sign_in(ANA)
    window.bridge.apply(RemoveArticles(ids=(project.articles()[0].id,), even_if_coded=True))
    assert page.reading.reader.page.text == ""
    assert page.coders.list.count() == 0
    assert page._told.text().startswith("This article")


def test_articles_are_gone_through_with_the_keys_of_the_main_window(window, page, project, qtbot):
    titles = [each.title for each in project.articles()]
    done(project, ANA, article=2)
    done(project, BEN, article=2)
    qtbot.keyClick(page, KEY.Key_PageDown, ALT)
    ready(page, qtbot)
    assert page.reading.reader.title == titles[1]
    qtbot.keyClick(page, KEY.Key_PageUp, ALT)
    qtbot.keyClick(page, KEY.Key_PageDown, CONTROL)
    ready(page, qtbot)
    assert page.reading.reader.title == titles[2]
    assert window.bridge.article == project.articles()[0].id, "the main window stays where it is"
    qtbot.keyClick(page, KEY.Key_PageDown, ALT)
    assert page._told.text() == "There is no article after this one."


def test_a_place_is_shown_through_the_bridge_with_some_coders_only(window, project, qtbot):
    done(project, CLEO)
    start = GATES.index("minister said")
    window.bridge.show_place(project.articles()[0].id, start, start + 5, (ANA.id, CLEO.id))
    page = window.comparing.page
    ready(page, qtbot)
    assert page._outcome.shown == (ANA.id, CLEO.id)
    assert current(page) == "the minister"
    camp = GATES.index("Hořice")
    window.bridge.show_place(project.articles()[0].id, camp, camp + 6)
    ready(page, qtbot)
    assert page._outcome.shown == (ANA.id, BEN.id, CLEO.id)
    assert page._site is None
    assert page.reading.reader.offset == camp


def test_nothing_is_coded_by_accident(window, page, project, qtbot):
    before = project.step_count()
    reader = page.reading.reader
    reader.select_range(0, 20)
    for key in (KEY.Key_C, KEY.Key_A, KEY.Key_Delete, KEY.Key_Period, KEY.Key_Return):
        qtbot.keyClick(reader, key)
    qtbot.keyClick(reader, KEY.Key_C, SHIFT)
    qtbot.keyClick(page, KEY.Key_Z, CONTROL)
    assert project.step_count() == before


@pytest.mark.parametrize(("key", "held"), [("Escape", None), ("W", CONTROL), ("C", CONTROL | SHIFT)])
def test_it_closes_with_three_keys(window, page, qtbot, key, held):
    qtbot.keyClick(page.reading.reader, getattr(KEY, f"Key_{key}"), held or Qt.KeyboardModifier.NoModifier)
    assert not page.isVisible()
    assert window.bridge.project is not None


def test_place_and_size_are_remembered(make_window, study, window, page):
    page.resize(901, 603)
    page.close()
    store = window.store
    store.sync()
    assert store.value("comparing/geometry") == page.saveGeometry()


def test_every_control_has_a_name(page):
    assert nameless(page) == []


@pytest.mark.parametrize("theme", ["light", "dark", "contrast"])
def test_it_is_painted_in_every_theme(window, page, theme):
    window.menus[f"view.theme_{theme}"].trigger()
    paper = page.reading.reader.look.theme.paper
    picture = page.reading.reader.viewport().grab().toImage()
    assert picture.pixelColor(2, 2) == paper


def test_a_code_may_go_while_its_places_are_shown(window, page, project, qtbot):
    code = Code(id=CodeId(new_id()), name="Rumour", colour="#0072B2")
    window.bridge.apply(SaveCode(code=code))
    add(project, code.id, "Aid groups")
    window.bridge.undo()
    window.bridge.redo()
    ready(page, qtbot)
    page.places.list_all()
    page.grab()
    window.bridge.undo()
    window.bridge.undo()
    page.grab()
    ready(page, qtbot)
    assert "Rumour" not in [page.places.code.itemText(at) for at in range(page.places.code.count())]
