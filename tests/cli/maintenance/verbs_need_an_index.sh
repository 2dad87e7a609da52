for verb in status verify merge 'remove a.txt'; do
    pilcrow-index -d index $verb
    echo $?
done
ls
