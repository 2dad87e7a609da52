# Others read what is written: each JSON line by the published schema of its kind, csv by a reader that
# forgives nothing.
pilcrow-index -q -d index "$CORPUS/articles"
printf '7\tKosovo dialogue\n8\t"open door"\n' >topics
/usr/bin/python3 - "$CORPUS/../docs/schema" <<'END'
import csv, io, json, subprocess, sys
import jsonschema

def run(*arguments):
    return subprocess.run(["pilcrow", "-d", "index", *arguments], stdout=subprocess.PIPE,
                          stderr=subprocess.DEVNULL).stdout.decode("utf-8")

def schema(name):
    with open(f"{sys.argv[1]}/{name}.v1.schema.json") as file:
        found = json.load(file)
    jsonschema.validators.validator_for(found).check_schema(found)
    return jsonschema.validators.validator_for(found)(found)

def validate(validator, line, what):
    for error in validator.iter_errors(json.loads(line)):
        print(f"{what}: {error.json_path}: {error.message[:200]}")

hit, facets = schema("hit"), schema("facets")
queries = [["-n50", "Kosovo dialogue"], ["-n50", "-C2", "NATO"], ["--explain", "defen* peace"],
           ["-g", "article", "--per-article=2", "security"], ["--dups=collapse", "Serbia"],
           ["--sentences=1", "agreement"], ["--all", "Kosovo zebra"], ["--section", "border"],
           ["--topics", "topics"], ["/[A-Z]{5}/"]]
n = 0
for query in queries:
    lines = run("--json", *query).splitlines()
    n += len(lines)
    if not lines:
        print(f"{query}: nothing")
    for line in lines:
        validate(hit, line, query)
print(f"{n} hits are valid")
*hits, last = run("--json", "--facet=source,year,author,lang", "Kosovo").splitlines()
for line in hits:
    validate(hit, line, "hits before facets")
validate(facets, last, "facets")
validate(schema("expansion"), run("--json", "--expand", "defence"), "expansion")
for line in run("--json", "--acronyms").splitlines():
    validate(schema("acronym"), line, "acronym")
for line in run("--json", "--related", "Kosovo").splitlines():
    validate(schema("related"), line, "related")
judged = [f"--topics={sys.argv[1]}/../../corpus/topics.tsv", "--no-variants",
          f"--eval={sys.argv[1]}/../../corpus/qrels.txt"]
for line in run("--json", *judged).splitlines():
    validate(schema("evaluation"), line, "evaluation")
for line in run("--json", *judged, "--compare", "--all", "").splitlines():
    validate(schema("comparison"), line, "comparison")
# What is wrong is found: a hit without its text.
wrong = json.loads(hits[0])
del wrong["text"]
print("a hit without text:", "refused" if list(hit.iter_errors(wrong)) else "taken")

for form, delimiter in [("csv", ","), ("tsv", "\t")]:
    text = run(f"--format={form}", "-n200", "Kosovo OR NATO OR the")
    rows = list(csv.reader(io.StringIO(text, newline=""), strict=True, delimiter=delimiter,
                           quoting=csv.QUOTE_MINIMAL if form == "csv" else csv.QUOTE_NONE))
    widths = {len(row) for row in rows}
    print(form, len(rows), "rows of", widths, "fields")
END
