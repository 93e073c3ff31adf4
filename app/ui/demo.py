"""The demo in a window or, where there is no display, as files to look at; and all that can be painted."""

import sys
from pathlib import Path

from app.exchange.formats import ExportOptions
from app.project.demo import first_coder
from app.project.exporting import export
from app.system.paths import Places
from app.ui.preflight import has_display, missing_libraries


def show_demo(path: Path, places: Places) -> int:
    """Show a demo project as its first coder; returns the exit code.

    Without a display, one sentence says so, and the CSV export and a picture of the window are written beside.
    """
    display = has_display()
    lacking = missing_libraries(with_display=display)
    if display and not lacking:
        from app.ui.program import run

        return run(path, places, first_coder(path, places))
    folder = path.with_name(f"{path.stem}-csv")
    export(path, "csv", folder, ExportOptions())
    if lacking:
        sys.stderr.write(f"{lacking}\n")
        sys.stderr.write(f"The demo project is {path}, its CSV export {folder}.\n")
        return 1
    picture = path.with_suffix(".png")
    from app.ui.program import has_fonts, take_picture

    drawn = take_picture(path, picture, places, first_coder(path, places))
    sys.stderr.write(
        f"There is no display to show a window on: the demo project is {path}, its CSV export {folder}"
        f"{f', a picture of the window {picture}' if drawn else ''}.\n"
    )
    if not has_fonts():
        sys.stderr.write("No font is installed, so the picture shows no text; fonts-dejavu-core would do.\n")
    return 0


def show_offscreen(path: Path, folder: Path, places: Places) -> tuple[Path, ...]:
    """Paint the window with a demo project, and every plot as every kind of file, into a folder; returns the files."""
    from app.ui.plots.files import save_plot
    from app.ui.plots.forest import ForestPlot, ForestRow
    from app.ui.plots.heat import pairwise
    from app.ui.plots.over_time import OverTime, Series, TimePoint
    from app.ui.program import take_picture

    picture = folder / "window.png"
    take_picture(path, picture, places, first_coder(path, places))
    row = ForestRow(key="a", label="Actor", value=0.8, low=0.7, high=0.9, units="12", group=0)
    points = (TimePoint(value=0.6, articles=3), TimePoint(value=0.7, articles=3))
    plots = {
        "forest": ForestPlot(title="Agreement by code", rows=(row,)),
        "pairs": pairwise("Agreement of pairs", ("Ana", "Ben"), ((None, 0.8), (0.8, None))),
        "time": OverTime(title="Over time", labels=("1", "2"), series=(Series(name="Actor", points=points),)),
    }
    written = [picture]
    for name, plot in plots.items():
        for ending in (".pdf", ".svg", ".png"):
            save_plot(plot, folder / f"{name}{ending}", 160.0)
            written.append(folder / f"{name}{ending}")
    return tuple(written)
