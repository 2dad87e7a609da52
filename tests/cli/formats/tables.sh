# CSV and TSV: each row is an article; which column holds the text; quotes, line ends in them.
mkdir in
printf 'id,title,text,other\n1,"One, with a comma","The text has\na line end, and ""quotes"" in it.",x\n' >in/a.csv
printf '2,Two,The second text of the table.\n,,The third text has no id.\n' >>in/a.csv
printf 'author\tBody\tdate\nAna Petrova\tThe text of a row with tabs.\t2020-01-02\n' >in/b.tsv
printf 'id;Rede\n7;"The speech; it goes on."\n' >in/c.csv
printf 'x,y\n1,2\n' >in/d.csv
pilcrow-index -q -d index in
pilcrow-index -q -d index --text-column rede in/c.csv
pilcrow -d index --sort=path --json 'text OR speech' |
    jq -c '[.path, .line, .article, .title, .author, .date, .text]'
