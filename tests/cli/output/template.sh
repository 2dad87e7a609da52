cp "$CORPUS/articles/briefings.jsonl" .
pilcrow-index -q -d index briefings.jsonl
pilcrow -d index -n2 --template='{rank}\t{path}:{line}\t{title}' advisory opinion
pilcrow -d index -n2 -0 -t '{path}:{line}' advisory opinion | tr '\0' '|'
echo
pilcrow -d index -t '{rank} {file}' advisory
pilcrow -d index -t '{rank' advisory
