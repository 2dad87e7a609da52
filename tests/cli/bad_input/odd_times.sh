for date in 1970-01-01 1969-12-31 2106-02-07 2262-04-12; do
    echo "The word is quokka, $date." >$date.txt
    touch -d "$date" $date.txt
done
pilcrow-index -d index *.txt
pilcrow-index -d index *.txt
