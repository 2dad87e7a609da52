#!/usr/bin/python3
"""check_pdfs.py BUILD PDF-DIRECTORY: indexes the PDFs of a directory, takes a sample of ten paragraphs of
each, and looks for their words in what pdftotext -layout (package poppler-utils) gives of their page and
the two behind it. Prints how many of the paragraphs lack more than a tenth of their words there, and those
that lack most; and how many of all paragraphs begin with a lower-case letter, as those do that were cut
out of another."""
import collections
import json
import os
import random
import re
import subprocess
import sys
import tempfile

COMMON = ["the", "of", "and", "die", "to", "page", "function", "la", "a", "is", "in"]
SAMPLE, MISSING_SHARE = 10, 0.1
LIGATURES = dict(zip("\ufb00\ufb01\ufb02\ufb03\ufb04\ufb05\ufb06", ("ff", "fi", "fl", "ffi", "ffl", "st", "st")))


def run(*command):
    return subprocess.run(command, capture_output=True, encoding="utf-8", errors="replace", check=False).stdout


def paragraphs_of(build, directory):
    """All paragraphs that have one of the common words, by file."""
    found = collections.defaultdict(dict)
    with tempfile.TemporaryDirectory() as index:
        run(os.path.join(build, "indexer/pilcrow-index"), "-q", "-d", index + "/index", directory)
        for word in COMMON:
            for line in run(os.path.join(build, "query/pilcrow"), "-d", index + "/index", "--json",
                            "-n100000", word).splitlines():
                hit = json.loads(line)
                found[hit["path"]][hit["paragraph"]] = hit
    return found


def written_out(text):
    return "".join(LIGATURES.get(c, c) for c in text)


def missing_words(hit):
    """The words of three letters and more that are not on the pages, also not across line ends."""
    page = hit["page"]
    printed = written_out(run("pdftotext", "-layout", "-f", str(page), "-l", str(page + 2), hit["path"], "-"))
    joined = re.sub(r"\W+", "", printed)
    words = re.findall(r"\w{3,}", hit["text"])
    missing = [word for word in words if re.sub(r"\W+", "", word) not in joined]
    return missing, len(words)


def main():
    build, directory = sys.argv[1:]
    random.seed(1)
    found = paragraphs_of(build, os.path.abspath(directory))
    n_sampled, bad = 0, []
    for path in sorted(found):
        hits = list(found[path].values())
        for hit in random.sample(hits, min(SAMPLE, len(hits))):
            missing, n_words = missing_words(hit)
            n_sampled += 1
            if len(missing) > MISSING_SHARE * n_words:
                bad.append((len(missing) / n_words, os.path.basename(path), hit["page"], missing[:5]))
    everything = [hit for hits in found.values() for hit in hits.values()]
    n_lower = sum(hit["text"][0].islower() for hit in everything)
    print(f"{len(found)} files, {n_sampled} paragraphs sampled, {len(bad)} lack more than a tenth of their words")
    print(f"{len(everything)} paragraphs, {n_lower} begin with a lower-case letter")
    for item in sorted(bad, reverse=True)[:10]:
        print(*item)


if __name__ == "__main__":
    main()
