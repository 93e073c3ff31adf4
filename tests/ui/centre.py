"""What tests of the import centre do with it."""

from PySide6.QtWidgets import QPushButton, QTabWidget

WIRE = " ".join(f"word{number}" for number in range(120))


def settled(centre):
    return not centre.intake._tasks.busy and not centre.intake.comparing


def child(centre, kind, name):
    return centre.findChild(kind, name)


def press(centre, name):
    child(centre, QPushButton, name).click()


def import_all(qtbot, centre):
    with qtbot.waitSignal(centre.intake.entered):
        press(centre, "import-go")


def tabs(centre):
    widget = centre.findChild(QTabWidget)
    return [widget.tabText(at).replace("&", "") for at in range(widget.count())]
