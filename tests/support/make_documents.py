#!/usr/bin/python3
"""make_documents.py KIND FILE: writes a small document of our own of that kind, for the tests.

Run without arguments it lists the kinds. Every call makes the same bytes.
"""
import collections
import gzip
import io
import subprocess
import sys
import tarfile
import zipfile
import zlib

# ---- PDF ----


def pdf_of_objects(objects):
    """A PDF of objects, the first being number 1 and the catalogue, the fifth the information."""
    out = b"%PDF-1.4\n"
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer\n<< /Size %d /Root 1 0 R /Info 5 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (
        len(objects) + 1, start)
    return out


# Bytes in shades of grey, and where they are on the page: x, y from the bottom, width, height.
Picture = collections.namedtuple("Picture", "width height pixels place")


def pdf_of_pages(pages, info=b"", extra=b""):
    """A PDF of Helvetica on A4: pages are lists of Pictures and of (x, y from the top, size, text), or
    of these with True behind for bold letters. text is bytes in WinAnsi."""
    objects = [b"<< /Type /Catalog /Pages 2 0 R " + extra + b">>", None,
               b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
               b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica-Bold"
               b" /Encoding /WinAnsiEncoding >>",
               b"<< " + info + b" >>"]
    kids = []
    for page in pages:
        stream, pictures = b"", b""
        for number, picture in enumerate(item for item in page if isinstance(item, Picture)):
            x, y, width, height = picture.place
            pixels = zlib.compress(picture.pixels)
            objects.append(b"<< /Type /XObject /Subtype /Image /Width %d /Height %d"
                           b" /BitsPerComponent 8 /ColorSpace /DeviceGray /Filter /FlateDecode"
                           b" /Length %d >>\nstream\n%s\nendstream"
                           % (picture.width, picture.height, len(pixels), pixels))
            pictures += b" /I%d %d 0 R" % (number, len(objects))
            stream += b"q %d 0 0 %d %d %d cm /I%d Do Q\n" % (width, height, x, y, number)
        for x, y, size, text, *bold in (item for item in page if not isinstance(item, Picture)):
            escaped = text.replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")
            stream += b"BT /F%d %d Tf %.1f %.1f Td (%s) Tj ET\n" % (
                2 if bold and bold[0] else 1, size, x, 842 - y, escaped)
        objects.append(b"<< /Length %d >>\nstream\n%sendstream" % (len(stream), stream))
        objects.append(b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R"
                       b" /Resources << /Font << /F1 3 0 R /F2 4 0 R >> /XObject <<%s >> >> >>"
                       % (len(objects), pictures))
        kids.append(b"%d 0 R" % len(objects))
    objects[1] = b"<< /Type /Pages /Count %d /Kids [%s] >>" % (len(kids), b" ".join(kids))
    return pdf_of_objects(objects)


def column(x, y, lines, size=10, step=12):
    return [(x, y + step * i, size, line) for i, line in enumerate(lines)]


def pdf():
    """Three pages: heads, page numbers, a heading, a paragraph over two pages, a note, cut words."""
    pages = []
    for number in (1, 2, 3):
        pages.append([(72, 40, 9, b"Annual report %d" % (2020 + number)), (290, 810, 9, b"%d" % number)])
    pages[0] += [(72, 100, 20, b"Dialogue in the region", True)]
    pages[0] += column(72, 140, [
        b"The first paragraph says that the parties met in the spring and that they ex-",
        b"changed views on the normalisation of their relations, which had stalled after a",
        b"series of incidents on the bridge."])
    pages[0] += column(72, 190, [
        b"The second paragraph begins here and goes on over the end of the page, because a",
        b"printer does not care where a thought ends, and because what stands at its foot is"])
    pages[0] += column(72, 700, [b"1 A note in small print that belongs to the first page alone and says so."], 7)
    pages[1] += column(72, 100, [
        b"only a note; the well-known example of that is the treaty itself, with its many",
        b"annexes and its protocols on energy and on licence plates."])
    pages[1] += [(72, 150, 14, b"Energy", True)]
    pages[1] += column(72, 180, [
        b"Energy was the subject of the third paragraph, in which the well-",
        b"known facts about the grid and about the lake are told again and at some length."])
    pages[2] += column(72, 100, [
        b"The last page has the last paragraph, which ends the document as it began: with a",
        b"sentence about dialogue that nobody has to read twice."])
    return pdf_of_pages(pages, b"/Title (A report on dialogue) /Author (Ana Petrova)"
                               b" /CreationDate (D:20230405120000Z)")


def pdf_columns():
    """Two columns on a page: the first is read to its end, and its last sentence goes on."""
    left = [b"The left column comes first", b"and is read from its top to",
            b"its bottom, line by line, as", b"a newspaper is, before the", b"reader goes on to what the"]
    right = [b"right column has to say of", b"the same thing, which is", b"not much. Then it ends.",
             b"", b"Another paragraph follows", b"in the right column, and it", b"is the end of the page."]
    page = column(60, 100, left) + [line for line in column(320, 100, right) if line[3]]
    return pdf_of_pages([page])


def pdf_empty():
    return pdf_of_pages([[], []])


def pictures_of(document):
    """The pages of a PDF as pictures that fill a page, by pdftoppm."""
    pictures = subprocess.run(["pdftoppm", "-gray", "-r", "200", "-"], input=document, check=True,
                              stdout=subprocess.PIPE).stdout
    while pictures:
        _, size, _, rest = pictures.split(b"\n", 3)
        width, height = map(int, size.split())
        yield Picture(width, height, rest[:width * height], (0, 0, 595, 842))
        pictures = rest[width * height:]


def picture_of(page):
    return next(pictures_of(pdf_of_pages([page])))


def pdf_scanned():
    """The pages of pdf() as pictures."""
    return pdf_of_pages([[picture] for picture in pictures_of(pdf())])


def pdf_mixed():
    """Two typed pages, and between them a scanned one and one that is blank; on the last there is a
    small picture, too."""
    return pdf_of_pages([
        [(72, 100, 10, b"The first page was typed, and says so in a sentence.")],
        [picture_of([(72, 100, 14, b"The harbour master wrote these words by hand."),
                     (72, 120, 14, b"They were scanned by a clerk in the archive.")])],
        [],
        [(72, 100, 10, b"The last page was typed again, by another clerk."),
         Picture(2, 2, b"\x40\x80\x80\x40", (72, 600, 100, 100))]])


def pdf_numbered_scans():
    """Two scanned pages on which a program has printed page numbers."""
    return pdf_of_pages([
        [picture_of([(72, 300, 14, b"The harbour master wrote these words by hand.")]),
         (290, 820, 9, b"1")],
        [picture_of([(72, 300, 14, b"He wrote of the ferry on another sheet.")]),
         (290, 820, 9, b"2")]])


def pdf_figures():
    """Typed pages between others that a figure fills."""
    figure = Picture(2, 2, b"\x40\x80\x80\x40", (0, 0, 595, 842))
    text = [(72, 100, 10, b"A typed page stands between figures.")]
    return pdf_of_pages([[figure], text, text, [figure], [figure], text, [figure]])


# ---- zips ----


def make_zip(members):
    """A zip of (name, bytes), with the same dates each time."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members:
            archive.writestr(zipfile.ZipInfo(name, (2020, 1, 1, 0, 0, 0)), data,
                             zipfile.ZIP_DEFLATED)
    return out.getvalue()


W = b'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
CORE = b"""<?xml version="1.0"?><cp:coreProperties xmlns:cp="urn:core" xmlns:dc="urn:dc"
xmlns:dcterms="urn:terms"><dc:title>Minutes of a meeting</dc:title><dc:creator>Jovan Doe</dc:creator>
<dcterms:created>2021-02-03T10:00:00Z</dcterms:created><dc:language>en-GB</dc:language>
</cp:coreProperties>"""
STYLES = b"""<w:styles %s><w:style w:type="paragraph" w:styleId="berschrift1"><w:name w:val="heading 1"/>
</w:style><w:style w:type="paragraph" w:styleId="Eigene"><w:name w:val="Eigene"/>
<w:basedOn w:val="berschrift1"/></w:style></w:styles>""" % W


def paragraph(text, properties=b""):
    return b"<w:p><w:pPr>%s</w:pPr><w:r><w:t xml:space='preserve'>%s</w:t></w:r></w:p>" % (properties, text)


def docx(body=None):
    """Headings by style in another language, a list, a table, what was deleted, a note."""
    if body is None:
        body = (paragraph(b"Opening", b"<w:pStyle w:val='berschrift1'/>") +
                b"<w:p><w:r><w:t xml:space='preserve'>The meeting was opened by the </w:t></w:r>"
                b"<w:del><w:r><w:delText>secretary</w:delText></w:r></w:del>"
                b"<w:r><w:t>chair</w:t></w:r><w:r><w:tab/><w:t>at nine o&#8217;clock, and nobody "
                b"was late for it in the least.</w:t></w:r></w:p>" +
                paragraph(b"Decisions", b"<w:pStyle w:val='Eigene'/>") +
                paragraph(b"The bridge is to be opened.", b"<w:numPr/>") +
                paragraph(b"The fund is to be closed.", b"<w:numPr/>") +
                b"<w:tbl><w:tr><w:tc>" + paragraph(b"Item") + b"</w:tc><w:tc>" + paragraph(b"Cost") +
                b"</w:tc></w:tr><w:tr><w:tc>" + paragraph(b"Bridge") + b"</w:tc><w:tc>" +
                paragraph(b"Two") + paragraph(b"millions") + b"</w:tc></w:tr></w:tbl>")
    document = b'<?xml version="1.0"?><w:document %s><w:body>%s</w:body></w:document>' % (W, body)
    notes = b"<w:footnotes %s><w:footnote>%s</w:footnote></w:footnotes>" % (
        W, paragraph(b"A footnote about the costs of the bridge, which are an estimate of the builder."))
    return make_zip([("word/document.xml", document), ("word/styles.xml", STYLES),
                     ("word/footnotes.xml", notes), ("docProps/core.xml", CORE)])


ODF = (b'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
       b' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
       b' xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"')


def odt():
    content = b"""<?xml version="1.0"?><office:document-content %s><office:body><office:text>
<text:tracked-changes><text:p>What was deleted.</text:p></text:tracked-changes>
<text:h text:outline-level="1">Customs</text:h>
<text:p>Goods pass the border<text:s text:c="2"/>without<text:note><text:note-citation>1</text:note-citation>
<text:note-body><text:p>With the exception of arms, of course, and of what looks like them.</text:p></text:note-body>
</text:note> customs duties since the agreement of the spring.</text:p>
<text:list><text:list-item><text:p>Milk and cheese of all kinds</text:p></text:list-item>
<text:list-item><text:p>Timber</text:p></text:list-item></text:list>
<table:table><table:table-row><table:table-cell><text:p>Year</text:p></table:table-cell>
<table:table-cell><text:p>Lorries</text:p></table:table-cell></table:table-row></table:table>
</office:text></office:body></office:document-content>""" % ODF
    meta = (b'<?xml version="1.0"?><office:document-meta %s xmlns:dc="urn:dc" xmlns:meta="urn:meta">'
            b"<office:meta><dc:title>Border report</dc:title><meta:initial-creator>Mira Novak"
            b"</meta:initial-creator><meta:creation-date>2019-07-01T08:00:00</meta:creation-date>"
            b"</office:meta></office:document-meta>" % ODF)
    return make_zip([("mimetype", b"application/vnd.oasis.opendocument.text"),
                     ("content.xml", content), ("meta.xml", meta)])


def epub():
    container = (b'<?xml version="1.0"?><container><rootfiles><rootfile full-path="OEBPS/book.opf"/>'
                 b"</rootfiles></container>")
    package = b"""<?xml version="1.0"?><package xmlns:dc="urn:dc"><metadata><dc:title>A short book</dc:title>
<dc:creator>Ana Petrova</dc:creator><dc:creator>Jovan Doe</dc:creator><dc:date>2018</dc:date>
<dc:language>en</dc:language><dc:publisher>Own Press</dc:publisher></metadata><manifest>
<item id="two" href="text/chapter%202.xhtml"/><item id="one" href="./text/../one.xhtml"/></manifest>
<spine><itemref idref="one"/><itemref idref="two"/><itemref idref="none"/></spine></package>"""
    page = (b'<?xml version="1.0"?><!DOCTYPE html><html xmlns="http://www.w3.org/1999/xhtml"><head>'
            b"<title>File %s</title></head><body><h1>%s</h1><p>%s</p></body></html>")
    return make_zip([
        ("mimetype", b"application/epub+zip"), ("META-INF/container.xml", container),
        ("OEBPS/text/chapter 2.xhtml",
         page % (b"2", b"The second chapter", b"It tells how the lake was shared between the two villages.")),
        ("OEBPS/one.xhtml",
         page % (b"1", b"The first chapter", b"It tells how the lake came to be below the hill.")),
        ("OEBPS/book.opf", package)])


# ---- RTF ----


def rtf():
    """A heading, letters of a code page and of Unicode, a table, groups that are no text."""
    return rb"""{\rtf1\ansi\ansicpg1250\uc1{\fonttbl{\f0 Times;}}{\stylesheet{\s1 heading 1;}}
{\info{\title The lake}{\author Mira Nov\'e1k}}{\*\generator Own;}
{\header The running head}\pard\outlinelevel0 Water\par
\pard The lake of Kova\'e8evi\'e6 is called \ldblquote deep\rdblquote , and so it is: 
\u8220?deep\u8221? to its {\b bottom}, and \u-10179?\u-8704? cold.\par
{\pict\pngblip 89504e47}{\field{\*\fldinst HYPERLINK "http://a"}{\fldrslt The link\'92s text} has \{braces\}.}\par
\trowd\pard\intbl Depth\cell Metres\cell\row\trowd\intbl Max\cell 97\cell\row
\pard{\*\unknown hidden}The end of the text, which is long enough to be a paragraph by itself, at last.\par}"""


# ---- mail ----

EML = b"""From: =?UTF-8?Q?Ana_Petrov=C3=A1?= <ana@example.org>, Jovan Doe <jovan@example.org>\r
To: talk@example.org\r
Subject: =?UTF-8?B?QnJpZGdlIHRhbGtz?=\r
Date: Tue, 05 Mar 2019 14:30:00 +0100\r
Message-ID: <%s@example.org>\r
List-Id: "Talk on bridges" <talk.example.org>\r
MIME-Version: 1.0\r
Content-Type: multipart/mixed; boundary="outer"\r
\r
--outer\r
Content-Type: multipart/alternative; boundary="inner"\r
\r
--inner\r
Content-Type: text/plain; charset=iso-8859-2\r
Content-Transfer-Encoding: quoted-printable\r
\r
The bridge in Kosovska Mitrovica was discussed at length, said Kova=E8evski.\r
\r
On Monday the secretary of the committee for bridges, Mira Novak of the ministry,\r
wrote:\r
> The quoted words of somebody else are in his own message.\r
> And so is this.\r
\r
I agree with what is quoted above, and add that the river is deep.\r
\r
-- \r
Ana, signature of the house\r
--inner\r
Content-Type: text/html; charset=utf-8\r
\r
<p>The same in HTML, which must not be there twice.</p>\r
--inner--\r
--outer\r
Content-Type: text/plain; name="annex.txt"\r
Content-Disposition: attachment; filename="annex.txt"\r
Content-Transfer-Encoding: base64\r
\r
VGhlIGFubmV4IGxpc3RzIHRoZSBwaWVycyBvZiB0aGUgYnJpZGdlLg==\r
--outer--\r
"""


def eml():
    return EML % b"one"


def mbox():
    """Two messages, one with a line that a mailbox has to quote, and one that is HTML only."""
    second = b"""From: mira@example.org\nSubject: Re: Bridge talks\nDate: Wed, 6 Mar 2019 08:00:00 +0000
Message-ID: <two@example.org>\nContent-Type: text/html; charset=utf-8\n
<html><body><p>The reply is in HTML and speaks of the ferry.</p></body></html>\n"""
    first = (EML % b"one").replace(b"\r\n", b"\n").replace(
        b"I agree", b">From here on the text is mine.\n\nI agree")
    return (b"From ana@example.org Tue Mar  5 14:30:00 2019\n" + first +
            b"\nFrom mira@example.org Wed Mar  6 08:00:00 2019\n" + second)


def mhtml():
    return b"""From: <Saved by a browser>\r
Snapshot-Content-Location: https://example.org/news/1\r
Subject: Some title\r
Date: Thu, 7 Mar 2019 08:00:00 -0000\r
MIME-Version: 1.0\r
Content-Type: multipart/related; type="text/html"; boundary="b"\r
\r
--b\r
Content-Type: text/html\r
Content-Transfer-Encoding: quoted-printable\r
Content-Location: https://example.org/news/1\r
\r
<html lang=3D"en"><head><title>News of the ferry</title><meta charset=3D"utf-8">\r
<meta property=3D"og:site_name" content=3D"The Daily Ferry"></head>\r
<body><nav>Menu</nav><p>The ferry was saved as a page of the web.</p></body></html>\r
--b\r
Content-Type: image/png\r
Content-Transfer-Encoding: base64\r
\r
aGVsbG8=\r
--b--\r
"""


# ---- archives ----


def warc_record(kind, url, block, extra=b""):
    return (b"WARC/1.0\r\nWARC-Type: %s\r\nWARC-Target-URI: %s\r\nWARC-Date: 2020-01-01T00:00:00Z\r\n"
            b"WARC-Record-ID: <urn:uuid:0>\r\n%sContent-Length: %d\r\n\r\n%s\r\n\r\n" %
            (kind, url, extra, len(block), block))


def warc():
    """Pages that are plain, in chunks, compressed and not found, and a resource of plain text."""
    page = b"<html><head><title>%s</title></head><body><p>%s</p></body></html>"
    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n"
    chunked = page % (b"Chunks", b"The second page of the web archive came in chunks.")
    packed = gzip.compress(page % (b"Packed", b"The third page of the web archive was compressed."), mtime=0)
    return b"".join([
        warc_record(b"warcinfo", b"", b"software: none\r\n"),
        warc_record(b"response", b"http://example.org/1",
                    head + b"\r\n" + page % (b"Plain", b"The first page of the web archive is plain.")),
        warc_record(b"request", b"http://example.org/1", b"GET / HTTP/1.1\r\n\r\n"),
        warc_record(b"response", b"http://example.org/2", head + b"Transfer-Encoding: chunked\r\n\r\n" +
                    b"%x\r\n%s\r\n%x\r\n%s\r\n0\r\n\r\n" % (20, chunked[:20], len(chunked) - 20, chunked[20:])),
        warc_record(b"response", b"http://example.org/3",
                    head + b"Content-Encoding: gzip\r\n\r\n" + packed),
        warc_record(b"response", b"http://example.org/4",
                    b"HTTP/1.1 404 Not Found\r\nContent-Type: text/html\r\n\r\n<p>Not there, says the archive.</p>"),
        warc_record(b"response", b"http://example.org/5.png",
                    b"HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\nxyz"),
        warc_record(b"resource", b"http://example.org/6", b"A resource of the archive in plain text.",
                    b"Content-Type: text/plain\r\n"),
    ])


def warc_gz():
    """Each record compressed by itself, as crawlers do it."""
    records = warc().split(b"\r\n\r\nWARC/1.0")
    return b"".join(gzip.compress((b"WARC/1.0" if i else b"") + record + b"\r\n\r\n", mtime=0)
                    for i, record in enumerate(records))


def zip():
    """Members of several formats, hidden ones, links, one that leads out, and a zip in the zip."""
    inner = make_zip([("deep.txt", b"The text in the inner archive is deep.")])
    return make_zip([("notes/a.txt", b"The text of the archive's first member."),
                     ("b.docx", docx()), ("c.jsonl", b'{"id":7,"text":"A record in the archive."}\n'
                                                     b'{"text":"A record without an id."}\n'),
                     (".hidden.txt", b"Hidden."), ("__MACOSX/d.txt", b"Rubbish."), ("e.exe", b"MZ"),
                     ("../../outside.txt", b"The member that leads out is text like others."),
                     ("/absolute.txt", b"The member with an absolute path too."),
                     ("inner.zip", inner), ("broken.pdf", b"%PDF-1.4 broken")])


def tar_gz():
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w:gz", format=tarfile.PAX_FORMAT) as archive:
        for name, data in (("a/one.txt", b"The first text of the tarball."),
                           ("a/two.md", b"# Two\n\nThe second text of the tarball.")):
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
        link = tarfile.TarInfo("a/link.txt")
        link.type = tarfile.SYMTYPE
        link.linkname = "/etc/passwd"
        archive.addfile(link)
        hard = tarfile.TarInfo("a/hard.txt")
        hard.type = tarfile.LNKTYPE
        hard.linkname = "a/one.txt"
        archive.addfile(hard)
    return out.getvalue()


KINDS = {function.__name__: function
         for function in (pdf, pdf_columns, pdf_empty, pdf_scanned, pdf_mixed,
                          pdf_numbered_scans, pdf_figures, docx, odt, epub, rtf, eml, mbox, mhtml, warc, warc_gz, zip,
                          tar_gz)}


def main():
    if len(sys.argv) != 3:
        print("\n".join(KINDS))
        return
    with open(sys.argv[2], "wb") as out:
        out.write(KINDS[sys.argv[1]]())


if __name__ == "__main__":
    main()
