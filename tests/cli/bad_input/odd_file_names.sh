mkdir texts
for name in $'line\nfeed' $'es\e[31mcape' -dash '$(touch run)' '; touch run;' $'inva\xfflid' 'two  spaces' "quo'te" $'rtl\u202etxt'; do
    echo 'The word is quokka.' >"texts/$name.txt"
done
pilcrow-index -d index -v texts
pilcrow -d index --dups quokka | grep ¶
pilcrow -d index --format=trec quokka | cut -d' ' -f3
pilcrow -d index --json quokka | grep -o '"path[^,]*'
ls
cd texts
pilcrow-index -d ../other ./-dash.txt -- -dash.txt
pilcrow -d ../other quokka
