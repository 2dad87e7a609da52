pilcrow -d nowhere NATO
echo $?
pilcrow-index status -d nowhere
echo $?
pilcrow NATO
