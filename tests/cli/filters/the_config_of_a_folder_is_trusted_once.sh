# A config that came with a folder runs nothing before pilcrow-index trust; and nothing again when
# it has changed, or stands elsewhere. What was indexed stays.
export XDG_STATE_HOME=$HOME/state
mkdir -p folder/.pilcrow
cd folder
printf 'The word is quokka.\n' >a.xyz
printf 'Plain quokka.\n' >b.txt
echo "filter xyz:sh -c 'echo run >>\"$HOME/runs\"; cat \"\$1\"' sh %f" >.pilcrow/config
pilcrow-index .
echo "exit $?"
pilcrow-index formats | sed -n '/^Filters/,$p'
pilcrow-index trust --dry-run
pilcrow-index -q .
ls ../runs ../state
echo '--- trusted'
pilcrow-index trust
pilcrow-index .
pilcrow --files quokka
cat ../runs
find ../state -type f -printf '%m\n'
echo '--- changed'
printf 'The word is quokka still.\n' >a.xyz
echo '# or so' >>.pilcrow/config
pilcrow-index .
pilcrow-index status --skipped | tail -n 1
pilcrow --files quokka
cat ../runs
pilcrow-index -q trust
pilcrow-index .
wc -l <../runs
echo '--- elsewhere'
cp -r ../folder ../copy
touch ../copy/a.xyz
(cd ../copy && pilcrow-index -q .)
mv ../folder ../moved
cd ../moved
touch a.xyz
pilcrow-index -q .
wc -l <../runs
echo '--- an option, or the same in the state by hand'
pilcrow-index --filter 'xyz:cat %f' .
for file in ../state/pilcrow/trusted/*; do echo >>"$file"; done
rm a.xyz
printf 'Another quokka.\n' >b.xyz
pilcrow-index -q .
echo '--- nothing reaches the terminal as it is'
printf 'filter x\033[1m:cat %%f \033[2m\n' >.pilcrow/config
pilcrow-index formats | tail -n 1
pilcrow-index trust --dry-run
echo '--- nothing to trust, and no place'
rm .pilcrow/config
pilcrow-index trust
echo "exit $?"
ln -s /etc/passwd .pilcrow/config
pilcrow-index trust
echo "exit $?"
rm .pilcrow/config
mkfifo .pilcrow/config
pilcrow-index -q .
echo "exit $?"
rm .pilcrow/config
echo 'filter xyz:cat %f' >.pilcrow/config
env -u XDG_STATE_HOME -u HOME "$(command -v pilcrow-index)" trust
echo "exit $?"
