"""A PDF of one page: a file that news sites link to and that is no article."""

from __future__ import annotations


def one_page_pdf(line: str) -> bytes:
    """Return a small valid PDF (1.4) that shows *line*, which must be ASCII."""
    content = f"BT /F1 18 Tf 72 770 Td ({line}) Tj ET".encode("ascii")
    font = b"<</Font<</F1<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>"
    objects = (
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources " + font + b">>",
        b"<</Length %d>>\nstream\n%b\nendstream" % (len(content), content),
    )
    return _assemble(objects)


def _assemble(objects: tuple[bytes, ...]) -> bytes:
    file, offsets = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        offsets.append(len(file))
        file += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    entries = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    size = len(objects) + 1
    table = b"xref\n0 %d\n0000000000 65535 f \n%b" % (size, entries)
    trailer = b"trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (size, len(file))
    return file + table + trailer
