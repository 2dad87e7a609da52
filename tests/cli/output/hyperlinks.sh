cp "$CORPUS/articles/nato-skopje-2023.txt" 'a name; with spaces.txt'
pilcrow-index -q -d index *.txt
search() {
    pilcrow -d index '"attack on all"' "$@" | head -1 | sed "s/$(uname -n)/HOST/g" | cat -v
}
for format in none file kitty page textmate vscode vscodium 'x-y:{path}?{line},{page},{column}@{host}'; do
    search --color=always --hyperlink-format="$format"
done
search --color=always --kwic=10 --hyperlink-format=file
# Without colors there are no escapes at all.
search --hyperlink-format=file
search --color=never --hyperlink-format=file
for format in '' vim 'x:{line}' '{path}' 'x:{path}{title}' $'x:{path}\e\\' 'x:{path} '; do
    pilcrow -d index --hyperlink-format="$format" Kosovo
    echo $?
done
