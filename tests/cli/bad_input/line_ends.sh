# The same paragraphs whichever way lines end.
text='The first paragraph is here,\nwith a second line.\n\nThe second paragraph is a quokka.\n'
printf "$text" >lf.txt
printf "${text//\\n/\\r\\n}" >crlf.txt
printf "${text//\\n/\\r}" >cr.txt
printf "${text//\\n/\\u0085}" >nel.txt
pilcrow-index -d index *.txt
pilcrow --format=trec -d index quokka | cut -d' ' -f3 | sort
