#!/bin/bash
# What is unfinished is an issue, not a mark in the code.
. "$(dirname "$0")/sources.sh"
marks='TO''DO|FIX''ME|XX''X'
refuse 'unfinished' < <(sources '*' | grep -v "^$root/corpus/" | of_all grep -nHIwE "$marks")
verdict
