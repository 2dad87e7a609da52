# Each paragraph is new once: not when another paragraph of its article changes, nor when the index
# is made anew.
mkdir -p news .pilcrow
cp "$CORPUS/articles/kfor.txt" news
index() {
    pilcrow-index -q news
}
ask() {
    pilcrow @kfor --new "$@" --template='{path}:{line} {text}' | cut -c1-60
    echo "exit status ${PIPESTATUS[0]}"
}
index
pilcrow --save kfor +KFOR soldiers
echo "--- the first time"
ask
ask
echo "--- an article more"
printf 'Patrols of KFOR along the Ibar.\n' >news/patrols.txt
index
echo "--- counting remembers nothing"
pilcrow @kfor --new --count
pilcrow @kfor --new --count
ask
ask
echo "--- one paragraph of an old article changes, and lines move"
sed -i -e '1i A line more.\n' -e 's/The first tasks were/KFOR had as its first tasks/' news/kfor.txt
index
ask
ask
echo "--- an article that goes and comes back"
mv news/patrols.txt .
index
ask
mv patrols.txt news
index
ask
echo "--- the index made anew, and merged"
rm -rf .pilcrow
mkdir .pilcrow
index
ask
pilcrow-index -q merge
ask
echo "--- another index"
pilcrow-index -q -d other news
ask -d other -n1
ask -d other
echo "--- the same query saved again, and another"
pilcrow --save kfor +KFOR soldiers
ask
pilcrow --save kfor KFOR
pilcrow @kfor --new --json | wc -l
echo "--- further words"
ask Ibar
echo "--- what is not written is not remembered"
pilcrow --save kfor '"along the Ibar"'
pilcrow @kfor --new >/dev/full
pilcrow @kfor --new --files
pilcrow @kfor --new --files
echo "--- what is forgotten"
ls -A .local/state/pilcrow/seen
pilcrow --forget kfor
ls -A .local/state/pilcrow/seen
