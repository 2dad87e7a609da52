# What bash offers for the last of the words.
. "$CORPUS/../completions/bash/pilcrow"
. "$CORPUS/../completions/bash/pilcrow-index"
offers() {
    COMP_WORDS=("$@")
    COMP_CWORD=$(($# - 1))
    case $1 in
    pilcrow) _pilcrow ;;
    pilcrow-index) _pilcrow_index ;;
    esac
    echo "$*: ${COMPREPLY[*]}"
}
mkdir directory
touch status-quo
offers pilcrow --co
offers pilcrow --color = a
offers pilcrow --format ''
offers pilcrow -d d
offers pilcrow NA
offers pilcrow-index s
offers pilcrow-index status --s
offers pilcrow-index status s
offers pilcrow-index --format m
