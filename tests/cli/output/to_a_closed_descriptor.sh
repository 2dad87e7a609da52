# What is printed must not land in a file that got the number of a closed descriptor.
pilcrow-index -d index "$CORPUS/articles" >&-
echo $?
grep -rl articles: index
pilcrow -d index -n1 NATO >&-
echo $?
pilcrow-index -d index "$CORPUS/articles" nowhere 2>&-
echo $?
pilcrow-index -d index - <&-
echo $?
pilcrow-index verify -d index
