"""Help > Licences: every part that the program is made of, with its text."""

import json

import pytest
from PySide6.QtWidgets import QListWidget, QPlainTextEdit

from app.system import licences
from app.system.licences import Component, components
from app.ui.licences.dialog import LicencesDialog


def test_every_part_that_is_needed_is_listed_with_its_text():
    found = {each.name: each for each in components()}
    assert {"Qt", "PySide6_Essentials", "Python", "SQLite", "ICU", "pydantic", "lxml", "PyYAML"} <= set(found)
    assert "pip" not in found and "rubricator" not in found
    for name in ("Qt", "PySide6_Essentials", "shiboken6"):
        assert "GNU LESSER GENERAL PUBLIC LICENSE" in found[name].text
        assert "GNU GENERAL PUBLIC LICENSE" in found[name].text
        assert found[name].version
    assert all(each.licence or each.text for each in found.values())
    assert [each for each in found.values() if not each.text] == []


def test_a_bundle_shows_what_was_noted_when_it_was_made(tmp_path, monkeypatch):
    noted = tmp_path / "packages.json"
    noted.write_text(json.dumps([Component("Ink", "1.0", "MIT", "Use it.")._asdict()]), encoding="utf-8")
    monkeypatch.setattr(licences, "resource", lambda *_parts: noted)
    assert components() == (Component("Ink", "1.0", "MIT", "Use it."),)


@pytest.mark.parametrize("text", ["Use it.", ""])
def test_the_chosen_part_is_shown_beside(qtbot, text):
    dialog = LicencesDialog((Component("Ink", "1.0", "MIT", "Red."), Component("Pen", "", "BSD", text)))
    qtbot.addWidget(dialog)
    shown = dialog.findChild(QPlainTextEdit)
    assert shown.toPlainText() == "MIT\n\nRed."
    dialog.findChild(QListWidget).setCurrentRow(1)
    assert shown.toPlainText().startswith("BSD\n\n" + (text or "Its makers"))
