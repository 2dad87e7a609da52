#!/usr/bin/python3
"""make_hostile_corpus.py DIRECTORY: writes files that try to break who reads them, all made from our
own documents: cut, with flipped bits, bombs, loops, entities, members that lead out. Every call makes
the same files."""
import gzip
import io
import lzma
import os
import random
import struct
import sys
import tarfile
import zipfile

import make_documents as documents

EXTENSIONS = {"pdf": "pdf", "pdf_columns": "pdf", "docx": "docx", "odt": "odt", "epub": "epub", "rtf": "rtf",
              "eml": "eml", "mbox": "mbox", "mhtml": "mhtml", "warc": "warc", "warc_gz": "warc.gz",
              "zip": "zip", "tar_gz": "tar.gz"}

HTML = b"""<!DOCTYPE html><html lang="en"><head><title>A page</title><meta name="author" content="A">
</head><body><h1>Head</h1><p>Text of the page.</p><ul><li>One<li>Two</ul><table><tr><td>1<td>2</table>
</body></html>"""
MARKDOWN = b"---\ntitle: T\n---\n# Head\n\nText *of* the note[^1].\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n[^1]: Foot\n"


def damaged(seeds):
    """Each document cut at several places, and with bits flipped at two rates."""
    for name, (data, extension) in sorted(seeds.items()):
        for i in range(1, 7):
            yield "cut-%s-%d.%s" % (name, i, extension), data[:len(data) * i // 7]
        for rate in (0.0001, 0.004):
            for seed in range(10):
                flipper = random.Random("%s %s %d" % (name, rate, seed))
                flipped = bytearray(data)
                for _ in range(max(1, int(len(data) * 8 * rate))):
                    at = flipper.randrange(len(data) * 8)
                    flipped[at // 8] ^= 1 << at % 8
                yield "flip-%s-%s-%d.%s" % (name, rate, seed, extension), bytes(flipped)


def zip_of(members):
    return documents.make_zip(members)


def bombs():
    zeros = b"\0" * (300 << 20)
    words = b"bomb " * (60 << 20)
    yield "bomb-text.txt.gz", gzip.compress(words, 9, mtime=0)
    yield "bomb-nul.txt.xz", lzma.compress(zeros, preset=0)
    yield "bomb-member.zip", zip_of([("a.txt", words)])
    yield "bomb-docx.docx", zip_of([("word/document.xml", words)])
    yield "bomb-odt.odt", zip_of([("content.xml", words)])
    yield "bomb-epub.epub", zip_of([("META-INF/container.xml", words)])
    yield "bomb-warc.warc.gz", gzip.compress(documents.warc_record(
        b"response", b"http://a/", b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip"
        b"\r\n\r\n" + gzip.compress(words[:100 << 20], 9, mtime=0)), mtime=0)
    yield "bomb-twice.txt.gz", gzip.compress(gzip.compress(words, mtime=0), mtime=0)
    # The same data claimed by many members.
    one = zip_of([("a.txt", words[:20 << 20])])
    end = one.rindex(b"PK\5\6")
    entry = one[one.index(b"PK\1\2"):end]
    body = one[:one.index(b"PK\1\2")]
    central = b"".join(entry.replace(b"a.txt", b"%05d" % i).replace(b"a.txt", b"%05d" % i)[:-5] + b"%c.txt" % (97 + i % 26)
                       for i in range(500))
    yield "bomb-overlapped.zip", (body + central + b"PK\5\6\0\0\0\0" + struct.pack(
        "<HHIIH", 500, 500, len(central), len(body), 0))
    yield "bomb-members.zip", zip_of([("%d.txt" % i, b"x") for i in range(10500)])


def loops():
    inner = zip_of([("text.txt", b"The innermost text.")])
    for i in range(12):
        inner = zip_of([("level%d.zip" % i, inner)])
    yield "loop-nested.zip", inner
    deep = b"<w:document %s><w:body>" % documents.W + b"<w:tbl>" * 100000
    yield "loop-deep.docx", zip_of([("word/document.xml", deep)])
    styles = b"<w:styles %s><w:style w:styleId='a'><w:basedOn w:val='b'/></w:style><w:style w:styleId='b'>" \
             b"<w:basedOn w:val='a'/></w:style></w:styles>" % documents.W
    yield "loop-styles.docx", zip_of([
        ("word/document.xml", b"<w:document %s><w:body>%s</w:body></w:document>" % (
            documents.W, documents.paragraph(b"Text in a style that is based on itself.", b"<w:pStyle w:val='a'/>"))),
        ("word/styles.xml", styles)])
    yield "loop-deep.html", b"<div>" * 200000 + b"text"
    yield "loop-deep.md", b"> " * 100000 + b"text"
    nested = b"From: a@b\r\n" + b"".join(
        b'Content-Type: multipart/mixed; boundary="b%d"\r\n\r\n--b%d\r\n' % (i, i) for i in range(20000))
    yield "loop-multipart.eml", nested
    yield "loop-rfc822.eml", b"Content-Type: message/rfc822\r\n\r\n" * 50000 + b"text"
    yield "loop-groups.rtf", b"{\\rtf1 " + b"{" * 500000 + b"text"
    yield "loop-binary.rtf", b"{\\rtf1 \\bin2147483647 text \\u99999999999 \\uc9999 \\'"
    pages = (b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[2 0 R 2 0 R]"
             b"/Count 100000000>>endobj\ntrailer<</Root 1 0 R>>")
    yield "loop-pages.pdf", pages
    yield "loop-xref.pdf", documents.pdf().replace(b"/Root 1 0 R", b"/Root 1 0 R /Prev 100", 1).replace(
        b"startxref\n", b"startxref\n1")
    yield "loop-object.pdf", (b"%PDF-1.4\n1 0 obj 1 0 R endobj\ntrailer<</Root 1 0 R>>")
    yield "loop-arrays.pdf", b"%PDF-1.4\n1 0 obj" + b"[" * 200000 + b"endobj trailer<</Root 1 0 R>>"
    form = (b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>"
            b"endobj\n3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R/Resources<</XObject<<"
            b"/X 5 0 R>>>>>>endobj\n4 0 obj<</Length 5>>stream\n/X Do\nendstream endobj\n5 0 obj<</Type/XObject"
            b"/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X 5 0 R>>>>/Length 15>>stream\n/X Do /X Do /X "
            b"Do\nendstream endobj\ntrailer<</Root 1 0 R>>")
    yield "loop-form.pdf", form


def entities():
    laughs = b"<!DOCTYPE d [<!ENTITY a0 'ha'>" + b"".join(
        b"<!ENTITY a%d '%s'>" % (i, b"&a%d;" % (i - 1) * 10) for i in range(1, 12)) + b"]>"
    outside = b"<!DOCTYPE d [<!ENTITY a11 SYSTEM 'file:///etc/passwd'>]>"
    network = b"<!DOCTYPE d SYSTEM 'http://127.0.0.1:9/x.dtd' [<!ENTITY a11 SYSTEM 'http://127.0.0.1:9/'>]>"
    for name, doctype in (("laughs", laughs), ("file", outside), ("http", network)):
        body = b"<w:document %s><w:body>%s</w:body></w:document>" % (
            documents.W, documents.paragraph(b"&a11;"))
        yield "entities-%s.docx" % name, zip_of([("word/document.xml", doctype + body)])
        yield "entities-%s.odt" % name, zip_of([
            ("content.xml", doctype + b"<office:document-content %s><office:body><office:text><text:p>&a11;"
             b"</text:p></office:text></office:body></office:document-content>" % documents.ODF)])
        yield "entities-%s.epub" % name, zip_of([("META-INF/container.xml", doctype + b"<container>&a11;</container>")])
        yield "entities-%s.html" % name, doctype + b"<html><body><p>&a11; text</p></body></html>"


def members():
    yield "members-empty.zip", zip_of([])
    yield "members-long.zip", zip_of([("a" * 60000 + ".txt", b"A member with a long name.")])
    yield "members-bytes.zip", zip_of([("a\u202e\u0007\n.txt", b"A member with an odd name.")])
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        for name, kind, target in (("link", tarfile.SYMTYPE, "/"), ("link/outside.txt", tarfile.REGTYPE, ""),
                                   ("dev.txt", tarfile.CHRTYPE, ""), ("fifo.txt", tarfile.FIFOTYPE, ""),
                                   ("loop.txt", tarfile.SYMTYPE, "loop.txt"),
                                   ("hard.txt", tarfile.LNKTYPE, "/etc/passwd"),
                                   ("/outside.txt", tarfile.REGTYPE, ""),
                                   ("../../../outside.txt", tarfile.REGTYPE, "")):
            info = tarfile.TarInfo(name)
            info.type = kind
            info.linkname = target
            data = b"A member that leads out." if kind == tarfile.REGTYPE else b""
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    yield "members-links.tar", out.getvalue()
    encrypted = bytearray(zip_of([("a.txt", b"secret text")]))
    encrypted[6] |= 1
    encrypted[encrypted.index(b"PK\1\2") + 8] |= 1
    yield "members-encrypted.zip", bytes(encrypted)
    yield "members-sparse.tar", b"a.txt".ljust(100, b"\0") + b"0000644\0" * 3 + b"77777777777\0" + \
        b"0" * 12 + b"0010000\0 0" + b"\0" * 355
    yield "members-none.docx", zip_of([("a.txt", b"no document")])
    yield "members-ole.docx", b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1" + b"\0" * 1000


def others():
    for extension in sorted(set(EXTENSIONS.values())) + ["txt.gz", "html", "md"]:
        yield "other-empty." + extension, b""
        yield "other-noise." + extension, random.Random(extension).randbytes(20000)
        yield "other-text." + extension, b"This is only text, whatever its name says.\n"
    yield "other-header.eml", b"Subject: " + b"a" * 5000000 + b"\r\n\r\ntext"
    yield "other-folded.eml", b"Subject: x\r\n" + b" y\r\n" * 500000 + b"\r\ntext"
    yield "other-charset.eml", b"Content-Type: text/plain; charset=\"../../../etc/passwd\"\r\n\r\ntext \xff"
    yield "other-length.warc", b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://a/\r\nContent-Length: " \
        b"99999999999999999999\r\n\r\nHTTP/1.1 200 OK\r\n\r\n"
    yield "other-chunks.warc", documents.warc_record(
        b"response", b"http://a/", b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked"
        b"\r\n\r\nffffffff\r\nabc\r\n-1\r\n")
    yield "other-stream.pdf", documents.pdf().replace(b"/Length ", b"/Length 9999999999", 3)
    yield "other-attributes.html", b"<p " + b" ".join(b"a%d=1" % i for i in range(50000)) + b">text"


def main():
    directory = sys.argv[1]
    seeds = {name: (documents.KINDS[name](), extension) for name, extension in EXTENSIONS.items()}
    seeds["html"] = (HTML, "html")
    seeds["markdown"] = (MARKDOWN, "md")
    for make in (lambda: damaged(seeds), bombs, loops, entities, members, others):
        for name, data in make():
            with open(os.path.join(directory, name), "wb") as out:
                out.write(data)


if __name__ == "__main__":
    main()
