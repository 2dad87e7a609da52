# A saved query may be one with --fix; that nothing is new is no reason to look for fewer words.
mkdir texts
export XDG_CONFIG_HOME=$PWD/config XDG_STATE_HOME=$PWD/state
echo 'Here is a quokka.' >texts/a.txt
pilcrow-index -q -d index texts
pilcrow --save near --fix quoka
pilcrow --save both --all quokka here
for name in near both; do
    for round in 1 2; do
        pilcrow -d index --template='{path}' "@$name" --new
        echo "exit status $?"
    done
done
