# --filter: what the program prints is read, as text or as what it is said to be; the path is one
# argument whatever is in it. A filter that changes reads again, one that stays does not.
mkdir in
printf 'The first word is quokka.\n' >'in/a b.xyz'
printf 'The second word is quokka.\n' >in/-c.XYZ
printf 'The third word is quokka.\n' >in/$'new\nline.xyz'
printf 'No filter reads this quokka.\n' >in/d.zyx
pilcrow-index -v -d index --filter 'xyz:cat %f' in
pilcrow --format=trec -d index quokka | cut -d' ' -f3
pilcrow-index -v -d index --filter 'xyz:cat %f' in
echo '--- another command'
pilcrow-index -d index --filter "xyz=html:sh -c 'printf \"<title>T</title><p>Not <b>&amp;</b> wombat\"' sh %f" in
pilcrow --files -d index wombat
pilcrow --json -n1 -d index wombat | jq -r .title,.text
echo '--- moved'
mv in/-c.XYZ in/moved.xyz
pilcrow-index -d index --filter "xyz=html:sh -c 'printf \"<title>T</title><p>Not <b>&amp;</b> wombat\"' sh %f" in
echo '--- by name, dry, and as a format for all'
pilcrow-index -n -v -d index --filter 'zyx:cat %f' in/d.zyx
pilcrow-index -d other --format=text --filter 'xyz:no-such-program %f' 'in/a b.xyz'
echo '--- before the reader of its own'
printf '<p>Text of a page.' >in/e.html
pilcrow-index -d third --filter "html:tr '<>' '()' %f" in/e.html
pilcrow-index -d third --filter "html:sh -c 'tr \"<>\" \"()\" <\"\$1\"' sh %f" in/e.html
pilcrow -d third page
