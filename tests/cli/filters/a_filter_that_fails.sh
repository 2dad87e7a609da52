# What a filter does wrong costs its file, which says why; what was indexed of it stays. It is not
# run again until the file, the filter or --retry asks for it, but for one that is not installed.
mkdir in
printf 'The word is quokka.\n' >in/a.xyz
printf 'Plain quokka.\n' >in/b.txt
pilcrow-index -d index --filter 'xyz:cat %f' in
touch in/a.xyz
failing="xyz:sh -c 'echo run >>\"$HOME/runs\"; echo begin >&2; echo \"it is broken\" >&2; exit 7' sh %f"
pilcrow-index -d index --filter "$failing" in
echo "exit $?"
pilcrow-index -d index --filter "$failing" in
grep -c run runs
pilcrow-index -q -d index --retry --filter "$failing" in
grep -c run runs
pilcrow-index status --skipped -d index
pilcrow --files -d index quokka
echo '--- killed; binary; nothing'
pilcrow-index -d index --filter "xyz:sh -c 'kill -9 \$\$' sh %f" in
pilcrow-index -d index --filter "xyz:sh -c 'printf \\\\000' sh %f" in
pilcrow-index -d index --filter "xyz:true %f" in
echo '--- not installed'
pilcrow-index -d index --filter 'xyz:no-such-program %f' in
pilcrow-index -d index --filter 'xyz:no-such-program %f' in
pilcrow-index -d index --filter 'xyz:cat %f' in
echo '--- not filters'
for filter in xyz 'xyz:cat' 'xyz:cat %g' 'xyz:./cat %f' 'xyz=nonsense:cat %f' "xyz:cat '%f"; do
    pilcrow-index -d index --filter "$filter" in
    echo "exit $?"
done
