# fish completion for pilcrow

# The saved queries, each with a tab and its words as its description.
function __pilcrow_saved
    pilcrow --saved 2>/dev/null
end

complete -c pilcrow -f
complete -c pilcrow -n 'string match -q "@*" -- (commandline -ct)' -a '@(__pilcrow_saved)'
complete -c pilcrow -n 'not string match -q "@*" -- (commandline -ct)' -a 'title: author: source: heading: path: lang: date: year: after: before: exact:' -d Field
complete -c pilcrow -s a -l all -d 'Only paragraphs that have every word'
complete -c pilcrow -l no-variants -d 'Only the spelling that is typed'
complete -c pilcrow -r -l synonyms -d 'Also find the synonyms of this file'
complete -c pilcrow -l expand -d 'Print only what the words match'
complete -c pilcrow -x -s L -l language -d 'Stem the words as in this language'
complete -c pilcrow -l get -d 'Print the paragraphs with these ids'
complete -c pilcrow -r -F -l topics -d 'Run the queries of a file'
complete -c pilcrow -x -s d -l index -a '(__fish_complete_directories)' -d 'The index'
complete -c pilcrow -x -l save -a '(__pilcrow_saved)' -d 'Save the query under a name'
complete -c pilcrow -l saved -d 'List the saved queries'
complete -c pilcrow -x -l forget -a '(__pilcrow_saved)' -d 'Remove a saved query'
complete -c pilcrow -l new -d 'Only what a saved query did not find before'
complete -c pilcrow -x -s n -l limit -d 'Show at most so many paragraphs'
complete -c pilcrow -x -l offset -d 'Leave out the first ones'
complete -c pilcrow -x -s C -l context -d 'Show neighbouring paragraphs'
complete -c pilcrow -l section -d 'Show the whole section of each'
complete -c pilcrow -x -l sentences -d 'Show only the best sentences of each'
complete -c pilcrow -r -F -l why-not -d 'Say why a paragraph is not among the hits'
complete -c pilcrow -l explain -d 'Show what each score is made of'
complete -c pilcrow -x -s g -l group -a article -d 'Show only the best paragraph of each'
complete -c pilcrow -x -l per-article -d 'Show so many paragraphs of each article'
complete -c pilcrow -f -l dups -a 'show collapse' -d 'What to do with paragraphs that are nearly the same'
complete -c pilcrow -x -l sort -a 'score date -date path' -d 'The order of what is shown'
complete -c pilcrow -s j -l json -d 'One JSON object a line'
complete -c pilcrow -x -s f -l format -a 'text json csv tsv md vimgrep trec' -d 'How hits are written'
complete -c pilcrow -x -l cite -a 'plain md bibtex csl-json' -d 'Write a citation for each'
complete -c pilcrow -x -l kwic -d 'Write a line for each match, with so many columns around it'
complete -c pilcrow -x -s t -l template -d 'Write each hit as this text'
complete -c pilcrow -s l -l files -d 'Print only the files'
complete -c pilcrow -s 0 -l null -d 'Write a NUL after each'
complete -c pilcrow -s c -l count -d 'Print only how many paragraphs match'
complete -c pilcrow -x -l facet -a 'source year author lang' -d 'Count all paragraphs that match by'
complete -c pilcrow -l timeline -d 'Print only how many paragraphs match of each year'
complete -c pilcrow -x -l topic -d 'The id of the topic in the trec format'
complete -c pilcrow -x -l run -d 'The name of the run in the trec format'
complete -c pilcrow -x -l color -a 'auto always never' -d 'When to use colour'
complete -c pilcrow -x -l hyperlink-format -a 'none file kitty page textmate vscode vscodium' -d 'Make links of the places'
complete -c pilcrow -s h -l help -d 'Print help and exit'
complete -c pilcrow -s V -l version -d 'Print the version and exit'
