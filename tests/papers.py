"""Files as people have them, made for tests: PDFs by hand, pages with menus, downloads from databases."""

import zipfile

PARAGRAPH = (
    "The mayor said on Thursday that the gate on the northern road will be opened before the winter, "
    "and that the council had found the money for the repair of the bridge after months of talks."
)


def pdf(pages, *, extra=b""):
    """A PDF; each page is a list of lines, or of (x, y, size, line); an empty page holds a drawing."""
    objects: list[bytes] = []

    def add(content: bytes) -> int:
        objects.append(content)
        return len(objects)

    font = add(b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>")
    parent = 2 * len(pages) + 2
    kids = []
    for lines in pages:
        placed = [
            (72, 770 - 14 * at, 11, line) if isinstance(line, str) else line for at, line in enumerate(lines)
        ]
        shown = b"\n".join(
            b"BT /F1 %d Tf %d %d Td (%s) Tj ET" % (size, x, y, _escaped(line)) for x, y, size, line in placed
        )
        shown = shown or b"100 100 300 500 re f"
        content = add(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(shown), shown))
        kids.append(
            add(
                b"<< /Type /Page /Parent %d 0 R /MediaBox [0 0 595 842] /Contents %d 0 R "
                b"/Resources << /Font << /F1 %d 0 R >> >> >>" % (parent, content, font)
            )
        )
    listed = b" ".join(b"%d 0 R" % kid for kid in kids)
    assert add(b"<< /Type /Pages /Count %d /Kids [%s] >>" % (len(kids), listed)) == parent
    root = add(b"<< /Type /Catalog /Pages %d 0 R >>" % parent)
    out = b"%PDF-1.4\n"
    places = []
    for number, content in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    table += b"".join(b"%010d 00000 n \n" % place for place in places)
    trailer = b"trailer << /Size %d /Root %d 0 R %s >>" % (len(objects) + 1, root, extra)
    return out + table + trailer + b"\nstartxref\n%d\n%%%%EOF" % len(out)


def _escaped(line: str) -> bytes:
    return line.encode("cp1252").replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")


def page(body="", *, charset="utf-8", head=""):
    """A saved news page with everything around the article that a newspaper puts there."""
    return f"""<!DOCTYPE html><html lang="en"><head><meta charset="{charset}">
<title>Gate opens before winter - The Daily Harbour</title>
<meta property="og:site_name" content="The Daily Harbour"><meta name="author" content="Jana Dvořák">
<meta property="article:published_time" content="2025-03-01T10:00:00Z">
<link rel="canonical" href="https://harbour.example/world/gate">{head}
<script>var tracker = "we follow you";</script><style>p {{ color: red }}</style></head><body>
<div id="cookie-banner" class="cookie-consent"><p>We use cookies to improve your visit. Accept all cookies.</p></div>
<nav><ul><li><a href="/">Home</a></li><li><a href="/world">World</a></li><li><a href="/sport">Sport</a></li></ul></nav>
<article><h1>Gate opens before winter</h1>{body or f"<p>{PARAGRAPH}</p>"}
<p>“We have waited long enough,” said the head of the parents’ council, who had written forty letters.</p>
<p>The hospital of Hořice sent two lorries with blankets &amp; medicine, which reached the camp at noon.</p>
<p>Aid groups called the announcement a first step and asked for a date that everybody can rely on.</p>
</article><section id="comments" class="comments"><h3>Comments</h3><p>I do not believe a word of it, as ever.</p>
</section><footer><p>Copyright Daily Harbour. All rights reserved. Subscribe to our newsletter.</p></footer>
</body></html>"""


def changed(path, name, change):
    """Write an archive anew with one of its parts changed."""
    with zipfile.ZipFile(path) as archive:
        parts = {entry: archive.read(entry) for entry in archive.namelist()}
    parts[name] = change(parts.get(name, b""))
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for entry, data in parts.items():
            archive.writestr(entry, data)
    return path


def nexis(number: int, *, dated=True) -> str:
    date = "March 3, 2025 Monday\n" if dated else ""
    return (
        f"Gate number {number} opens\nThe Daily Harbour (Tavora)\n{date}\n"
        f"Copyright 2025 Harbour Press All Rights Reserved\n\nSection: WORLD; Pg. {number}\nLength: 640 words\n"
        "Byline: By Jana Dvořák\nHighlight: A short summary.\n\nBody\n\n"
        f"First paragraph of story {number}.\n\nSecond paragraph, with Body in it.\n\nGraphic\n \nA gate.\n\n"
        "Load-Date: March 4, 2025\n\n\nEnd of Document\n"
    )


def lexis(number: int, total: int) -> str:
    return (
        f"                    {number} of {total} DOCUMENTS\n\n                    The Harbour Times\n\n"
        f"                    March {number}, 2014 Monday\n                    Late Edition - Final\n\n"
        f"Bridge {number} closed\n\nBYLINE: By JOHN DOE and\nMARY ROE\n\nSECTION: Section A; Pg. {number}\n\n"
        f"LENGTH: 21 words\n\nDATELINE: TAVORA\n\nBODY:\n   The bridge {number} is closed.\n   It will stay so.\n\n"
        f"LOAD-DATE: March {number}, 2014\n\nLANGUAGE: ENGLISH\n\n                    Copyright 2014 Harbour Times\n"
    )


def academic(number: int, total: int) -> str:
    """LexisNexis Academic as it prints most papers: nothing says where the text begins."""
    return (
        f"\f                    {number} of {total} DOCUMENTS\n\n\n                    The Harbour Times\n\n"
        f"                    March {number}, 2014 Monday\n                    Late Edition - Final\n\n"
        f"Bridge {number} closed after the long\nwinter of March 1, 2013\n\nBYLINE: By JOHN DOE and\nMARY ROE\n\n"
        f"SECTION: Section A; Pg. {number}\n\nLENGTH: 21 words\n\n\nTAVORA: The bridge {number} is closed.\n\n"
        "It will stay so.\n\n"
        f"LOAD-DATE: March {number}, 2014\n\nLANGUAGE: ENGLISH\n\n                    Copyright 2014 Harbour Times\n\n"
    )


def factiva(number: int) -> str:
    return (
        f"World News\nAid reaches camp {number}\nBy Jana Dvořák\n1,234 words\n3 March 2025\n12:05\nHarbour Newswire\n"
        f"HARB\nEnglish\n(c) 2025 Harbour Newswire\n\nTAVORA - Aid reached camp {number} on Monday.\n\n"
        "IN the end all was well.\n\n"
        f"Document HARB000020250303el33000{number:02}\n\n"
    )


def factiva_coded(number: int) -> str:
    return (
        f"SE\tWorld\nHD\tAid reaches camp {number}\nBY\tBy Jana Dvořák\nWC\t12 words\nPD\t3 March 2025\nET\t12:05\n"
        f"SN\tHarbour Newswire\nSC\tHARB\nLA\tEnglish\nCY\t(c) 2025\nLP\tTAVORA - Aid came.\nSecond line of the lead.\n"
        f"TD\tThe rest {number}.\nRE reading this helps.\nIN the end it was well.\nCO\tharb : Harbour\nRE\tTavora\n"
        f"AN\tDocument HARB000020250303el33000{number:02}\n\n"
    )
