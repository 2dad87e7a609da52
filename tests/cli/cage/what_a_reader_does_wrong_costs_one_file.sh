# Readers that crash, end, send nonsense or cannot be confined: each costs the file that it had, which
# says why; the next file gets a new reader.
mkdir bin in
for name in a b c d e f; do
    printf '<p>Text of the page %s.</p>' "$name" >"in/$name.html"
done
cp "$(command -v pilcrow-index)" bin/
real=$(dirname "$(readlink -f "$(command -v pilcrow-index)")")/pilcrow-extract
cat >bin/pilcrow-extract <<EOF
#!/bin/bash
count=\$(cat $HOME/count)
echo \$((count + 1)) >$HOME/count
hello() { printf 'H\10\0\0\0\0\0\0\0\1\0\0\0' >&0; }
request() { dd bs=65536 count=1 status=none of=/dev/null; }
case \$count in
0) hello; request; kill -SEGV \$\$ ;;
1) hello; request; exit 0 ;;
2) hello; request; printf 'X\1\0\0\0x' >&0; sleep 60 ;;
3) hello; request; printf 'A\4\0\0\0abcd' >&0; sleep 60 ;;
4) exit 6 ;;
*) exec $real ;;
esac
EOF
chmod +x bin/pilcrow-extract
echo 0 >count
bin/pilcrow-index -j1 -d index in
code=$?
pilcrow -d index --format=trec text | cut -d' ' -f3
exit "$code"
