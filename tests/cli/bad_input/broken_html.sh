printf '<p>The word is <b>quokka<p>and <table><tr>a wombat</b></p><script>alert("dingo")' >a.html
printf '<html><body>%s' "$(yes '<div>' | head -5000 | tr -d '\n')deep quokka" >b.html
printf 'No markup but a quokka & a < sign' >c.html
pilcrow-index -d index a.html b.html c.html
echo $?
pilcrow --format=trec -d index quokka | cut -d' ' -f3 | sort
pilcrow --format=trec -d index dingo
