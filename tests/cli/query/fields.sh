. "$CORPUS/../tests/cli/helpers.sh"
cp -r "$CORPUS/articles" .
mkdir .pilcrow
pilcrow-index -q articles
# Only what passes: the fields of each hit say so.
show() {
    echo "== $*"
    pilcrow -n3 -t '{path} {date} {language} {author} | {title}' -- "$@"
}
show dialogue title:Kosovo
show dialogue 'title:"dialogue kosovo"'
show agreement path:*.md
show agreement 'path:articles/p*'
show agreement -path:*.md -path:*.html -path:*.txt
show dialogue date:2024
show dialogue date:2024-10..2024-11
show dialogue after:2024-11
show NATO before:2024
show NATO after:2023-11 before:2023-12
show Kosovo lang:sr lang:de
show NATO heading:Systems
# Nothing passes, and there is no date.
show NATO author:nobody || echo "exit status $?"
# What cannot be understood.
show NATO date:20x3 || echo "exit status $?"
show NATO after:2020..2021 || echo "exit status $?"
show NATO lang:klingonese || echo "exit status $?"
show date:2023 || echo "exit status $?"
# These are words.
pilcrow --count -- 'title: NATO'
pilcrow --count -- NATO
