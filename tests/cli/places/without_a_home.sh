unset HOME
pilcrow quokka
echo $?
pilcrow-index .
