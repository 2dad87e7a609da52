# An XML parser reads it, and finds no markup in what came from outside.
pilcrow-index -q -d index "$CORPUS/articles"
sed 's/^t06/<t06>\&amp;/' "$CORPUS/topics.tsv" >topics
sed 's/^t06/<t06>\&amp;/' "$CORPUS/qrels.txt" >qrels
echo 'EU, European Union' >'<syn> & "onyms"'
pilcrow -d index --topics=topics --eval=qrels --format=svg \
    --compare '--no-variants' "--synonyms='<syn> & \"onyms\"'" >picture.svg
/usr/bin/python3 - <<'END'
import xml.etree.ElementTree as tree

svg = "{http://www.w3.org/2000/svg}"
root = tree.parse("picture.svg").getroot()
print(root.tag, root.attrib["role"], root.attrib["aria-labelledby"])
print(root.find(svg + "title").text)
print(root.find(svg + "desc").text)
for bar in root.iter(svg + "rect"):
    for title in bar.iter(svg + "title"):
        print(bar.attrib["class"], title.text)
print(sorted({element.tag.removeprefix(svg) for element in root.iter()}))
text = open("picture.svg").read()
print("refers to nothing else:", "href" not in text and "url(" not in text)
print("for a dark ground:", "prefers-color-scheme: dark" in text)
END
