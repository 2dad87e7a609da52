pilcrow-index verify --dry-run -d index
echo $?
pilcrow-index --skipped -d index .
echo $?
pilcrow-index status here
echo $?
pilcrow-index remove
echo $?
