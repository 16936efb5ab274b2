"""PDF documents that the portal takes and refuses, all made here: a table of name, bytes and the first rule broken.

Most are written byte by byte, so that each shows what it is about; ``document`` numbers and lists the objects. BAD and
GOOD can be checked in any process; BOMBS only under limits.
"""

import functools
import io
import zlib

import attrs
import pikepdf

from skifteportal.core.pdf import PdfRule

__all__ = ["BAD", "GOOD", "PdfCase", "bombs", "document", "numbered", "packed"]

CATALOG = "<</Type/Catalog/Pages 2 0 R %s>>"
PAGES = "<</Type/Pages/Kids[3 0 R]/Count 1>>"
PAGE = "<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Resources<<>> %s>>"
SCRIPT = "<</S/JavaScript/JS(app.alert\\(1\\))>>"
URI = "<</S/URI/URI(https://example.test/)>>"
FILE = "<</Type/Filespec/F(a.xml)/EF<</F 5 0 R>>>>"
CONTENT = "<</Type/EmbeddedFile/Length 3>>stream\nabc\nendstream"


@attrs.frozen
class PdfCase:
    name: str
    data: bytes
    rule: PdfRule | None = None  # the first that is broken; None for a good document


def numbered(*objects, trailer="/Root 1 0 R", head=b"%PDF-1.7\n"):
    """A document of the objects 1, 2, 3…, each given as text or bytes."""
    out, offsets = head, []
    for number, content in enumerate(objects, 1):
        offsets.append(len(out))
        text = content if isinstance(content, bytes) else content.encode("latin-1")
        out += b"%d 0 obj\n%s\nendobj\n" % (number, text)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    out += b"trailer\n<</Size %d %s>>\n" % (len(objects) + 1, trailer.encode())
    return out + b"startxref\n%d\n%%%%EOF\n" % start


def document(*more, catalog="", page="", **options):
    """A document of one page. What is given goes into the catalog, the page, and the objects from 4 on."""
    return numbered(CATALOG % catalog, PAGES, PAGE % page, *more, **options)


def packed(content):
    """A document whose object 5 lies in a compressed object stream, as PDF 1.5 has it."""
    body = zlib.compress(b"5 0 " + content, 9)
    holder = b"<</Type/ObjStm/N 1/First 4/Filter/FlateDecode/Length %d>>" % len(body)
    objects = [text.encode() for text in (CATALOG % "", PAGES, PAGE % "")]
    objects.append(holder + b"stream\n" + body + b"\nendstream")
    out, rows = b"%PDF-1.7\n", [bytes(6)]
    for number, item in enumerate(objects, 1):
        rows.append(b"\1" + len(out).to_bytes(4, "big") + b"\0")
        out += b"%d 0 obj\n%s\nendobj\n" % (number, item)
    rows.append(b"\2" + (4).to_bytes(4, "big") + b"\0")
    rows.append(b"\1" + len(out).to_bytes(4, "big") + b"\0")
    table = b"".join(rows)
    head = b"<</Type/XRef/Size 7/W[1 4 1]/Root 1 0 R/Length %d>>" % len(table)
    start = len(out)
    out += b"6 0 obj\n%sstream\n%s\nendstream\nendobj\n" % (head, table)
    return out + b"startxref\n%d\n%%%%EOF\n" % start


def saved(data, **options):
    with pikepdf.open(io.BytesIO(data)) as opened:
        out = io.BytesIO()
        opened.save(out, **options)
    return out.getvalue()


def encrypted(data, **options):
    return saved(data, encryption=pikepdf.Encryption(**options))


def link(rect, action=URI, kind="/Link", more=""):
    return f"<</Type/Annot/Subtype{kind}/Rect[{rect}]/A {action} {more}>>"


def linked(*links, box=""):
    return document(page=f"/Annots[{''.join(links)}] {box}")


def field(more):
    return document(
        f"<</FT/Tx/T(navn)/Subtype/Widget/Rect[9 9 99 29]{more}>>",
        catalog="/AcroForm<</Fields[4 0 R]>>",
        page="/Annots[4 0 R]",
    )


PLAIN = document()
LONG_HEAD = b"%PDF-1.7\n" + b"%" + b"x" * 3000 + b"\n"

JAVASCRIPT = {
    "js on opening": document(catalog=f"/OpenAction {SCRIPT}"),
    "js on opening, an object of its own": document(SCRIPT, catalog="/OpenAction 4 0 R"),
    "js in an object stream": packed(SCRIPT.encode()),
    "js as a stream": document(
        "<</S/JavaScript/JS 5 0 R>>",
        "<</Length 12>>stream\napp.alert(1)\nendstream",
        catalog="/OpenAction 4 0 R",
    ),
    "js in the names tree": document(catalog=f"/Names<</JavaScript<</Names[(a){SCRIPT}]>>>>"),
    "js in a kid of the names tree": document(
        f"<</Limits[(a)(a)]/Names[(a){SCRIPT}]>>", catalog="/Names<</JavaScript<</Kids[4 0 R]>>>>"
    ),
    "js when the page opens": document(page=f"/AA<</O {SCRIPT}>>"),
    "js when the document closes": document(catalog=f"/AA<</WC {SCRIPT}>>"),
    "js when a field changes": field(f"/AA<</K {SCRIPT}>>"),
    "js on a link": linked(link("9 9 99 29", SCRIPT)),
    "js after a GoTo": document(catalog=f"/OpenAction<</S/GoTo/D[3 0 R/Fit]/Next {SCRIPT}>>"),
    "js in an array after a GoTo": document(
        catalog=f"/OpenAction<</S/GoTo/D[3 0 R/Fit]/Next[<</S/Named/N/NextPage>>{SCRIPT}]>>"
    ),
    "js in the outline": document(
        "<</First 5 0 R/Last 5 0 R>>",
        f"<</Title(a)/Parent 4 0 R/A {SCRIPT}>>",
        catalog="/Outlines 4 0 R",
    ),
    "js in a rendition": linked(link("9 9 99 29", "<</S/Rendition/OP 0/JS(a)>>", "/Screen")),
    "js in names written with #": document(catalog="/OpenAction<</S/Java#53cript/#4aS(a)>>"),
    "js after junk before the header": document(
        catalog=f"/OpenAction {SCRIPT}", head=b"junk\n" * 90 + b"%PDF-1.7\n"
    ),
    "js that nothing refers to": document(SCRIPT),
    "js without a kind of action": document("<</JS(app.alert\\(1\\))>>"),
    "js beside names that are not UTF-8": document(catalog=f"/#ff#fe/#80 /OpenAction {SCRIPT}"),
    "javascript: link": linked(link("9 9 99 29", "<</S/URI/URI(Java\\nScript:alert\\(1\\))>>")),
    "javascript: link in UTF-16": linked(
        link("9 9 99 29", f"<</S/URI/URI<feff{'javascript:a'.encode('utf-16-be').hex()}>>>")
    ),
    "XFA form": document(
        "<</Length 6>>stream\n<xdp/>\nendstream", catalog="/AcroForm<</Fields[]/XFA 4 0 R>>"
    ),
}
ATTACHED = {
    "attached file": document(
        FILE, CONTENT, catalog="/Names<</EmbeddedFiles<</Names[(a)4 0 R]>>>>"
    ),
    "attached file, list in kids": document(
        FILE, CONTENT, catalog="/Names<</EmbeddedFiles<</Kids[<</Names[(a)4 0 R]>>]>>>>"
    ),
    "attachment on a page": document(
        FILE, CONTENT, page="/Annots[<</Subtype/FileAttachment/Rect[0 0 9 9]/FS 4 0 R>>]"
    ),
    "associated file, as e-invoices have": document(FILE, CONTENT, catalog="/AF[4 0 R]"),
    "portfolio": document(catalog="/Collection<</Type/Collection>>"),
    "rich media": document(page="/Annots[<</Subtype/RichMedia/Rect[0 0 9 9]>>]"),
    "attached file that nothing refers to": document("null", CONTENT),
}
FORM = {
    "submit": field("/A<</S/SubmitForm/F(https://example.test/)>>"),
    "import": field("/A<</S/ImportData/F(a.fdf)>>"),
    "reset": field("/A<</S/ResetForm>>"),
    "submit on opening": document(catalog="/OpenAction<</S/SubmitForm/F(https://example.test/)>>"),
}
AUTOMATIC = {
    "URI on opening": document(catalog=f"/OpenAction {URI}"),
    "program on opening": document(catalog="/OpenAction<</S/Launch/F(a.exe)>>"),
    "other document on opening": document(catalog="/OpenAction<</S/GoToR/F(a.pdf)/D[0/Fit]>>"),
    "embedded document on opening": document(catalog="/OpenAction<</S/GoToE/T<</R/C/N(a)>>>>"),
    "URI when the page opens": document(page=f"/AA<</O {URI}>>"),
    "URI when a link shows": linked(link("9 9 99 29", more=f"/AA<</PV {URI}>>")),
    "program on a click": linked(link("9 9 99 29", "<</S/Launch/F(a.exe)>>")),
    "URI after a GoTo": document(catalog=f"/OpenAction<</S/GoTo/D[3 0 R/Fit]/Next {URI}>>"),
    "URI in a circle of actions": document(
        "<</S/GoTo/D[3 0 R/Fit]/Next 5 0 R>>",
        "<</S/URI/URI(https://example.test/)/Next 4 0 R>>",
        catalog="/OpenAction 4 0 R",
    ),
    "thread of another file": linked(link("9 9 99 29", "<</S/Thread/F(a.pdf)/D 0>>")),
    "thread of another file on opening": document(catalog="/OpenAction<</S/Thread/F(a.pdf)/D 0>>"),
    "content in another file": document(
        "<</F(a.bin)/Length 0>>stream\n\nendstream", page="/Contents 4 0 R"
    ),
}
TILES = [link(f"{x} {y} {x + 300} {y + 400}") for x in (0, 300) for y in (0, 400)]
FULL_PAGE = {
    "link over the page": linked(link("0 0 600 800", more="/Border[0 0 0]")),
    "link over the page, corners reversed": linked(link("600 800 0 0")),
    "link larger than the page": linked(link("-100 -100 9000 9000")),
    "link over 95 % of the page": linked(link("0 20 600 780")),
    "link over the CropBox": linked(link("100 100 200 200"), box="/CropBox[100 100 200 200]"),
    "link over the part of the CropBox that shows": linked(
        link("0 0 200 200"), box="/CropBox[-900 -900 200 200]"
    ),
    "four tiles": linked(*TILES),
    "tiles that lie over each other": linked(link("0 0 600 500"), link("0 300 600 800")),
    "link over a turned page with an offset": linked(
        link("50 50 650 850"), box="/MediaBox[50 50 650 850]/Rotate 90"
    ),
    "button over the page": linked(link("0 0 600 800", kind="/Widget")),
    "screen over the page": linked(link("0 0 600 800", kind="/Screen")),
    "URI action of a web capture": linked(
        f"<</Subtype/Link/Rect[0 0 600 800]/Dest[3 0 R/Fit]/PA {URI}>>"
    ),
    "GoTo over the page, then URI": linked(
        link("0 0 600 800", f"<</S/GoTo/D[3 0 R/Fit]/Next {URI}>>")
    ),
    "link over a page whose size is its parent's": numbered(
        CATALOG % "",
        "<</Type/Pages/Kids[3 0 R]/Count 1/MediaBox[0 0 300 300]>>",
        f"<</Type/Page/Parent 2 0 R/Resources<<>>/Annots[{link('0 0 300 300')}]>>",
    ),
    "link over a page without a size": numbered(
        CATALOG % "",
        PAGES,
        f"<</Type/Page/Parent 2 0 R/Resources<<>>/MediaBox[0 0(a)]/Annots[{link('0 0 612 792')}]>>",
    ),
}
PASSWORD = {
    "password": encrypted(PLAIN, owner="ejer-ord", user="bruger-ord"),
    "password, RC4": encrypted(PLAIN, owner="ejer-ord", user="bruger-ord", R=3, aes=False, metadata=False),
    "owner's password only": encrypted(PLAIN, owner="ejer-ord", user=""),
    "owner's password and js": encrypted(JAVASCRIPT["js on opening"], owner="ejer-ord", user=""),
    "encrypted by certificate": document(
        trailer="/Root 1 0 R/ID[<00><00>]/Encrypt<</Filter/Adobe.PubSec/V 4/SubFilter/adbe.pkcs7.s5>>"
    ),
}  # fmt: skip
NOT_A_PDF = {
    "empty": b"",
    "zip": b"PK\3\4" + bytes(99),
    "html": b"<!doctype html><title>a</title>",
    "text": b"Krav i boet",
    "png": b"\x89PNG\r\n\x1a\n" + bytes(99),
    "header only": b"%PDF-1.7\n",
    "header and end mark": b"%PDF-1.7\n%%EOF\n",
    "bytes without order": bytes(range(256)) * 9,
    "program before the header": b"MZ" + bytes(2000) + PLAIN,
    "cut in half": PLAIN[: len(PLAIN) // 2],
    "without its tail": PLAIN[:-7],
    "followed by something else": PLAIN + bytes(3000),
    "pages in a circle": numbered(CATALOG % "", "<</Type/Pages/Kids[2 0 R]/Count 1>>"),
    "pages that are not there": numbered(CATALOG % "", "<</Type/Pages/Kids[]/Count 7>>"),
    "no catalog": document(trailer=""),
    "catalog nested too deep": document(catalog="/X" + "[" * 600 + "]" * 600),
    "no pages": numbered("<</Type/Catalog>>"),
}
TOO_COMPLEX = {
    "nested too deep": document("[" * 600 + "]" * 600),
    "object stream that can't be unpacked": packed(b"<<>>").replace(b"/Flate", b"/Fl\x61xe"),
}
TOO_LARGE = {"11 MB": PLAIN[:-7] + bytes(11_000_000) + PLAIN[-7:]}

BAD = tuple(
    PdfCase(name, data, rule)
    for rule, files in (
        (PdfRule.JAVASCRIPT, JAVASCRIPT),
        (PdfRule.ATTACHED_FILE, ATTACHED),
        (PdfRule.FORM_ACTION, FORM),
        (PdfRule.AUTOMATIC_LINK, AUTOMATIC),
        (PdfRule.FULL_PAGE_LINK, FULL_PAGE),
        (PdfRule.PASSWORD, PASSWORD),
        (PdfRule.NOT_A_PDF, NOT_A_PDF),
        (PdfRule.TOO_COMPLEX, TOO_COMPLEX),
        (PdfRule.TOO_LARGE, TOO_LARGE),
    )
    for name, data in files.items()
)

GOOD = tuple(
    PdfCase(name, data)
    for name, data in {
        "plain": PLAIN,
        "GoTo on opening, as word processors write it": document(
            catalog="/OpenAction<</S/GoTo/D[3 0 R/Fit]>>"
        ),
        "destination on opening": document(catalog="/OpenAction[3 0 R/XYZ null null 0]"),
        "printing on opening": document(catalog="/OpenAction<</S/Named/N/Print>>"),
        "circle of GoTos": document("<</S/GoTo/D[3 0 R/Fit]/Next 4 0 R>>", catalog="/AA<</O 4 0 R>>"),
        "small link": linked(link("9 9 99 29", more="/Border[0 0 0]")),
        "links over 75 % of the page": linked(link("0 0 600 300"), link("0 300 600 600")),
        "the same link many times": linked(*[link("0 0 600 300")] * 9),
        "link beside the page": linked(link("600 0 1200 800")),
        "table of contents over the page": linked(
            link("0 0 600 800", "<</S/GoTo/D[3 0 R/Fit]>>"),
            "<</Subtype/Link/Rect[0 0 600 800]/Dest[3 0 R/Fit]>>",
        ),
        "note over the page": linked(link("0 0 600 800", kind="/Text")),
        "link without a place": linked(f"<</Subtype/Link/A {URI}>>", link("0 0 (a) 800"), "null"),
        "page without area": linked(link("0 0 9 9"), box="/CropBox[9 9 9 9]"),
        "form to fill in": field("/V(Ærø)/DA(/Helv 9 Tf)"),
        "outline": document(
            "<</First 5 0 R/Last 5 0 R>>",
            "<</Title(a)/Parent 4 0 R/Dest[3 0 R/Fit]>>",
            catalog="/Outlines 4 0 R",
        ),
        "the words in a note and in the title": document(
            "<</Title(/JavaScript /JS /OpenAction /Launch)>>",
            page="/Annots[<</Subtype/Text/Rect[0 0 9 9]/Contents(/S /JavaScript)>>]",
            trailer="/Root 1 0 R/Info 4 0 R",
        ),
        "fonts with the names of keys": document(
            page="/Resources<</Font<</JS<</Type/Font>>/AF<</Type/Font>>/EF<</Type/Font>>>>>>"
        ),
        "empty list of attached files": document(catalog="/Names<</EmbeddedFiles<</Names[]>>>>"),
        "thread of its own": linked(link("9 9 99 29", "<</S/Thread/D 0>>")),
        "object stream": packed(b"<</Producer(a)>>"),
        "comment after the header": document(head=LONG_HEAD),
        "names that are not UTF-8": document(catalog="/#ff#fe<</#80 1/S/#c3#28>>"),
        "bomb in a page's content, which nobody unpacks": document(
            b"<</Filter/FlateDecode/Length 65536>>stream\n"
            + zlib.compress(bytes(50_000_000), 9).ljust(65536)
            + b"\nendstream",
            page="/Contents 4 0 R",
        ),
        "damaged table of objects, which readers mend": PLAIN.replace(b"startxref\n", b"startxref\n9"),
        "saved by a library, all in object streams": saved(
            document(catalog="/OpenAction[3 0 R/Fit]"),
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
        ),
    }.items()
)  # fmt: skip


@functools.cache
def bombs():
    """Documents of a few kilobytes that would take gigabytes or minutes: for a guarded scan only."""
    return tuple(
        PdfCase(name, packed(content), PdfRule.TOO_COMPLEX)
        for name, content in {
            "object stream of 100 MB with js": SCRIPT.encode() + b" " * 100_000_000,
            "array of 30 million numbers": b"[" + b"1 " * 30_000_000 + b"]",
        }.items()
    )
