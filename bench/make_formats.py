#!/usr/bin/python3
"""make_formats.py ARTICLES DIRECTORY: the texts of a directory of .txt articles, a few megabytes of
them, as one file of each format; and in small/ a thousand files of a paragraph each, for some."""
import gzip
import json
import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../tests/support"))
import make_documents as documents  # noqa: E402
from html import escape  # noqa: E402

MEGABYTES = 4
SMALL_FILES = 1000


def paragraphs_of(directory):
    found = []
    for name in sorted(os.listdir(directory)):
        if name.endswith(".txt"):
            with open(os.path.join(directory, name), encoding="utf-8", errors="replace") as file:
                found += [" ".join(p.split()) for p in file.read().split("\n\n") if p.strip()]
    size = sum(len(p.encode()) for p in found)
    return found * max(1, (MEGABYTES << 20) // size)


def pdf(paragraphs):
    pages, page, y = [], [], 80
    for text in paragraphs[:len(paragraphs) // 4]:
        words, line = text.encode("cp1252", "replace").split(), b""
        for word in words + [None]:
            if word is None or len(line) + len(word) > 90:
                page.append((60, y, 10, line))
                line, y = b"", y + 12
                if y > 780:
                    pages.append(page)
                    page, y = [], 80
            line = line + (b" " if line else b"") + (word or b"")
        y += 8
    return documents.pdf_of_pages(pages + [page])


def write_small(paragraphs, directory):
    makers = {
        "html": lambda text: ("<html><body><p>%s</p></body></html>" % escape(text)).encode(),
        "docx": lambda text: documents.docx(documents.paragraph(escape(text).encode())),
        "pdf": lambda text: documents.pdf_of_pages([[(60, 80, 10, text.encode("cp1252", "replace"))]]),
    }
    for ending, make in makers.items():
        os.makedirs(os.path.join(directory, "small", ending))
        for i in range(SMALL_FILES):
            with open(os.path.join(directory, "small", ending, "%d.%s" % (i, ending)), "wb") as file:
                file.write(make("%d. %s" % (i, paragraphs[i % len(paragraphs)][:300])))


def main():
    paragraphs = paragraphs_of(sys.argv[1])
    text = "\n\n".join(paragraphs)
    html = "<html><body>" + "".join("<p>%s</p>\n" % escape(p) for p in paragraphs) + "</body></html>"
    records = ["\n\n".join(paragraphs[i:i + 20]) for i in range(0, len(paragraphs), 20)]
    mails = [("From a@example.org Tue Mar  5 14:30:00 2019\nFrom: A <a@example.org>\nSubject: S\n"
              "Message-ID: <%d@a>\nContent-Type: text/plain; charset=utf-8\n\n%s\n\n" % (i, r.replace("\nFrom ", "\n>From ")))
             for i, r in enumerate(records)]
    xml = [escape(p).encode() for p in paragraphs]
    odt = (b"<office:document-content %s><office:body><office:text>" % documents.ODF +
           b"".join(b"<text:p>%s</text:p>" % p for p in xml) +
           b"</office:text></office:body></office:document-content>")
    files = {
        "a.txt": text.encode(), "a.md": text.encode(), "a.html": html.encode(),
        "a.jsonl": "".join(json.dumps({"id": i, "text": r}) + "\n" for i, r in enumerate(records)).encode(),
        "a.csv": ("id,text\n" + "".join('%d,"%s"\n' % (i, r.replace('"', '""'))
                                        for i, r in enumerate(records))).encode(),
        "a.docx": documents.docx(b"".join(documents.paragraph(p) for p in xml)),
        "a.odt": documents.make_zip([("content.xml", odt)]),
        "a.epub": documents.make_zip([
            ("META-INF/container.xml", b"<container><rootfile full-path='p.opf'/></container>"),
            ("p.opf", b"<package><manifest><item id='a' href='a.html'/></manifest><spine>"
                      b"<itemref idref='a'/></spine></package>"), ("a.html", html.encode())]),
        "a.mbox": "".join(mails).encode(), "a.txt.gz": gzip.compress(text.encode()),
        "a.zip": documents.make_zip([("%d.txt" % i, r.encode()) for i, r in enumerate(records[:9000])]),
        "a.warc": b"".join(documents.warc_record(
            b"response", b"http://a/%d" % i, b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>" +
            escape(r).replace("\n\n", "<p>").encode()) for i, r in enumerate(records)),
        "a.pdf": pdf(paragraphs),
    }
    for name, data in files.items():
        with open(os.path.join(sys.argv[2], name), "wb") as out:
            out.write(data)
    write_small(paragraphs, sys.argv[2])


if __name__ == "__main__":
    main()
