pilcrow --no-such-option NATO
echo $?
pilcrow-index --no-such-option .
echo $?
pilcrow -n NATO
echo $?
pilcrow -n0 NATO
echo $?
pilcrow --color=sometimes NATO
