mkdir empty
pilcrow -d empty NATO
echo $?
pilcrow -d nowhere/at/all NATO
echo $?
: >file
pilcrow -d file NATO
echo $?
