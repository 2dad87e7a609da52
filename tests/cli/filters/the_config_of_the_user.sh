# $XDG_CONFIG_HOME/pilcrow/config names filters that are run without asking; an option comes before.
mkdir -p in .config/pilcrow elsewhere/pilcrow
printf 'The word is quokka.\n' >in/a.xyz
printf '# filters\n\nfilter xyz:cat %%f\t\r\nfilter zyx=html:no-such %%f\n' >.config/pilcrow/config
pilcrow-index -d index in
pilcrow-index formats | sed -n '/^Filters/,$p'
pilcrow-index formats --json | jq -c .filters
pilcrow-index -d index --filter "xyz:sh -c 'echo wombat' sh %f" in
pilcrow -d index --count wombat
echo '--- elsewhere'
printf 'filter xyz:cat %%f' >elsewhere/pilcrow/config
export XDG_CONFIG_HOME=$HOME/elsewhere
pilcrow-index -d index in
echo '--- broken'
printf 'filter xyz:cat %%f\n\nfilters xyz\n' >elsewhere/pilcrow/config
pilcrow-index -d index in
echo "exit $?"
printf 'filter xyz:cat\n' >elsewhere/pilcrow/config
pilcrow-index formats
echo "exit $?"
printf 'filter xyz:cat %%f\0\n' >elsewhere/pilcrow/config
pilcrow-index -d index in
head -c 70000 /dev/zero | tr '\0' '#' >elsewhere/pilcrow/config
pilcrow-index -d index in
rm elsewhere/pilcrow/config
mkdir elsewhere/pilcrow/config
pilcrow-index -d index in
echo "exit $?"
