# What several cases need: . "$CORPUS/../tests/cli/helpers.sh"

# skip REASON: this case cannot be run here.
skip() {
    echo "$1" >&2
    exit 77
}

# hits ARGUMENT...: the paragraphs that a query finds, best first, as path:paragraph.
hits() {
    pilcrow --format=trec "$@" | cut -d' ' -f3
}

# articles ARGUMENT...: the files that have a hit, each once, by name.
articles() {
    hits -n1000 "$@" | sed 's/:[0-9]*$//' | sort -u
}

# generation DIRECTORY: which state of the index is the current one.
generation() {
    pilcrow-index status --json -d "$1" | sed -n 's/.*"generation":\([0-9]*\).*/\1/p'
}

# fingerprint DIRECTORY: of the names and bytes of all that is in it.
fingerprint() {
    (cd "$1" && find . -type f -print0 | sort -z | xargs -0 sha256sum) | sha256sum
}

# powerless COMMAND...: runs it as somebody who may not read what its mode forbids. Root has to
# give up capabilities for that.
powerless() {
    if [ "$(id -u)" -eq 0 ]; then
        setpriv --inh-caps=-all --bounding-set=-all -- "$@"
    else
        "$@"
    fi
}

# make_document KIND FILE: a document of ours of that kind, in the working directory.
make_document() {
    python3 "$CORPUS/../tests/support/make_documents.py" "$1" "$2"
}
