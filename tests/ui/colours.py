"""What the reader colours, and waiting until it knows what to colour."""

from app.project.commands import SetWords

LONG = "\n".join(f"Aid for camp {number} came late, said the minister. " * 8 for number in range(800))


def set_words(window, qtbot, *terms):
    """Make a word list the project's and wait until the reader knows of it."""
    window.bridge.apply(SetWords(terms=terms))
    wait_for_matcher(window, qtbot, any(each.on for each in terms))


def wait_for_matcher(window, qtbot, there=True):
    words = window.reading._words
    qtbot.waitUntil(
        lambda: (
            words._worker is None and words._terms == words._wanted and (words.matcher is not None) == there
        )
    )


def coloured(window):
    """Every coloured range of the open article with its ink, as the reader would paint it."""
    reader, page = window.reading.reader, window.reading.reader.page
    found = []
    for index in range(len(page.blocks)):
        for word in reader._highlights(index).words:
            start, end = (page.blocks.to_offset(index, at) for at in (word.start, word.end))
            found.append((page.text[start:end], word.ink.name()))
    return found


def shown(dialog, row, column):
    return dialog._model.index(row, column).data()
