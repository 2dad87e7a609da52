. "$CORPUS/../completions/bash/pilcrow"
pilcrow --save kosovo Kosovo
pilcrow --save kosmos stars
pilcrow --save map '"Action Plan"'
offers() {
    COMP_WORDS=("$@")
    COMP_CWORD=$(($# - 1))
    _pilcrow
    echo "$*: ${COMPREPLY[*]}"
}
# Readline sets the at-sign off.
offers pilcrow @
offers pilcrow @ ko
offers pilcrow @ko
offers pilcrow --forget m
offers pilcrow --forget = m
offers pilcrow Kosovo t
offers pilcrow Kosovo da
offers pilcrow Kosovo title : K
