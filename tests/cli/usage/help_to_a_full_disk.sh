pilcrow --help >/dev/full
echo $?
pilcrow-index --help >/dev/full
