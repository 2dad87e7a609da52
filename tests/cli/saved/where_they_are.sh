. "$CORPUS/../tests/cli/helpers.sh"
XDG_STATE_HOME=$PWD/state pilcrow --save map Plan
XDG_STATE_HOME=relative pilcrow --save map Plan
find . -type f | sort
chmod 500 state/pilcrow/queries
XDG_STATE_HOME=$PWD/state powerless pilcrow --save other Plan
echo "exit status $?"
