# <(command) is one. It is never waited for; standard input is the way.
timeout 10 pilcrow-index -d index <(echo 'The word is quokka.')
