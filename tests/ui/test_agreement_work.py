"""The page of agreement at work: waiting, cancelling, closing, and what can be taken away from it."""

import weakref

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QLineEdit, QListWidget, QMessageBox, QPushButton

from app.domain.codebook import Attribute, AttributeKind, Codebook
from app.domain.comparing import Corpus, Unit
from app.domain.errors import UserError
from app.project.agreement_check import check_agreement
from app.project.commands import SetVariable
from app.project.variables import variables_of
from app.ui.agreement.articles import ArticlesDialog
from app.ui.agreement.saving import LayoutsDialog
from app.ui.agreement.strip import nothing_in_words
from tests.builders import ANA, BEN, RELEVANT
from tests.ui.pages import settle

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.mark.parametrize("ending", [".docx", ".html", ".md"])
def test_a_report_is_saved_with_a_button(page, qtbot, tmp_path, monkeypatch, ending):
    target = tmp_path / f"report{ending}"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: (str(target), ""))
    with qtbot.waitSignal(page.saving.told, timeout=20_000) as told:
        page.findChild(QPushButton, "agreement-report").click()
    assert told.args == [f"Saved as {target}"]
    assert target.stat().st_size > 1000


def test_a_report_that_is_there_is_asked_about_when_its_ending_was_left_out(page, tmp_path, monkeypatch):
    older = tmp_path / "report.md"
    older.write_text("mine", encoding="utf-8")
    asked = []
    monkeypatch.setattr(
        QFileDialog, "getSaveFileName", lambda *_args: (str(tmp_path / "report"), "Markdown (*.md)")
    )
    monkeypatch.setattr(
        QMessageBox, "question", lambda *words: asked.append(words[-1]) or QMessageBox.StandardButton.No
    )
    page.findChild(QPushButton, "agreement-report").click()
    assert asked == ["report.md is there already. Replace it?"]
    assert older.read_text(encoding="utf-8") == "mine"


def test_tables_are_exported_as_ticked_and_give_the_figures_again(page, qtbot, tmp_path, monkeypatch):
    target = tmp_path / "tables"

    def choose_two(dialog):
        layouts = dialog.findChild(QListWidget, "layouts")
        for at in range(layouts.count()):
            item = layouts.item(at)
            if item.data(Qt.ItemDataRole.UserRole) not in ("spans", "results"):
                item.setCheckState(Qt.CheckState.Unchecked)
        dialog.findChild(QLineEdit, "export-target").setText(str(target))
        dialog.accept()
        return dialog.result()

    monkeypatch.setattr(LayoutsDialog, "exec", choose_two)
    with qtbot.waitSignal(page.saving.told, timeout=20_000):
        page.findChild(QPushButton, "agreement-export").click()
    names = {each.name for each in target.iterdir()}
    assert {"spans.csv", "results.csv", "manifest.json"} <= names
    assert "tidy" not in names
    assert all(each.same for each in check_agreement(target))


def test_nothing_is_saved_before_all_is_worked_out(page, qtbot):
    page.work_out()
    with qtbot.waitSignal(page.saving.told) as told:
        page.findChild(QPushButton, "agreement-report").click()
    assert "Not everything is worked out yet" in told.args[0]


def test_what_changes_while_it_is_worked_out_is_said_at_the_end(page, qtbot):
    page.work_out()
    page.main.bridge.apply(
        SetVariable(article_id=page.main.bridge.article, attribute_id=RELEVANT, value=False)
    )
    settle(qtbot, page)
    assert page.strip.words.text() == "The project has changed since these numbers were worked out."
    page.findChild(QPushButton, "agreement-again").click()
    settle(qtbot, page)
    assert page.findChild(QPushButton, "agreement-again").isHidden()
    assert "two coders or more" in page.strip.words.text()


def test_a_tab_that_cannot_be_worked_out_says_why(page, qtbot, monkeypatch):
    def refuse(_progress):
        raise UserError("The disk is gone.")

    monkeypatch.setattr(page.details.pairs, "reckon", lambda _subject: refuse)
    page.details.tabs.setCurrentWidget(page.details.pairs)
    qtbot.waitUntil(lambda: page.details.pairs.words.text() == "The disk is gone.")
    assert not page.details._late.isActive()


def test_cancel_ends_it_and_says_so(page, qtbot):
    page.work_out()
    page.findChild(QPushButton, "agreement-cancel").click()
    assert not page.working.busy
    assert page.strip.words.text().startswith("Cancelled")
    page.findChild(QPushButton, "agreement-again").click()
    settle(qtbot, page)
    assert "two coders or more" in page.strip.words.text()


def test_the_page_and_all_it_held_go_with_the_project(make_window, coded_by_two, qtbot):
    window = make_window()
    assert window.open(coded_by_two, ANA)
    window.menus["project.agreement"].trigger()
    settle(qtbot, window.agreement.page)
    held = [
        weakref.ref(window.agreement.page),
        weakref.ref(window.agreement.page.details.measures.view.sheets),
    ]
    window.files.close()
    qtbot.waitUntil(lambda: not any(each() for each in held))


def test_widths_that_somebody_spoilt_count_for_nothing(make_window, coded_by_two, qtbot):
    window = make_window()
    window.store.setValue("agreement/variables", '{"Variable": "wide", "Measure": 91, "Value": -3}')
    window.store.setValue("agreement/differences", '{"How": null}')
    assert window.open(coded_by_two, ANA)
    window.menus["project.agreement"].trigger()
    shown = window.agreement.page
    settle(qtbot, shown)
    assert [shown.variables.columnWidth(at) for at in range(3)] == [184, 91, 56]
    assert shown.details.differences.view.columnWidth(1) == 144


def test_where_there_is_no_article_nothing_is_listed_as_a_reason():
    attribute = Attribute(id=RELEVANT, name="relevant", kind=AttributeKind.YES_NO)
    corpus = Corpus(
        coders={each.id: each.name for each in (ANA, BEN)},
        articles=(),
        variables=variables_of(Codebook(variables=(attribute,))),
        left_out=(),
        unit=Unit.CHARACTERS,
        tolerance=0,
        batches={},
    )
    assert nothing_in_words(corpus).endswith("So far there are no articles.")


def test_some_articles_can_be_ticked(page, qtbot, monkeypatch):
    box = page.asking.articles
    assert len(page.found().corpus.articles) == 2

    def untick(dialog):
        listed = dialog.findChild(QListWidget, "articles-ticked")
        assert [listed.item(at).checkState() for at in range(2)] == [Qt.CheckState.Checked] * 2
        dialog.findChild(QLineEdit, "articles-filter").setText(listed.item(0).text())
        dialog.findChild(QPushButton, "tick-shown").click()
        return True

    monkeypatch.setattr(ArticlesDialog, "exec", untick)
    box.setCurrentIndex(box.count() - 1)
    box.activated.emit(box.count() - 1)
    assert box.currentText() == "1 article…"
    qtbot.waitUntil(lambda: len(page.found().corpus.articles) == 1, timeout=20_000)
    settle(qtbot, page)

    monkeypatch.setattr(ArticlesDialog, "exec", lambda _dialog: False)
    box.setCurrentIndex(0)
    box.activated.emit(0)
    qtbot.waitUntil(lambda: len(page.found().corpus.articles) == 2, timeout=20_000)
    settle(qtbot, page)
    box.setCurrentIndex(box.count() - 1)
    box.activated.emit(box.count() - 1)
    assert box.currentIndex() == 0, "nothing was chosen, so it stays as it was"
