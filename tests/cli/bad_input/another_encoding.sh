# Most of it is not UTF-8.
printf 'Договор о коллективной безопасности. Встреча министров иностранных дел. Мирный договор.' |
    iconv -f UTF-8 -t WINDOWS-1251 >a.txt
pilcrow-index -d index a.txt
