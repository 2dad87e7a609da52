timeout 10 pilcrow-index -d index /dev/zero
echo $?
timeout 10 pilcrow-index -d index /dev/null
echo $?
