# Members of archives with names in other scripts and of unusual signs are read, and known by them.
. "$CORPUS/../tests/cli/helpers.sh"
python3 - <<'END'
import zipfile
with zipfile.ZipFile("names.zip", "w") as archive:
    for number, name in enumerate(["täst.txt", "Приштина/текст.txt", "../../up.txt", "/root.txt",
                                   "a:b#c.txt", "a\nb.txt"]):
        archive.writestr(name, f"The text of member {number} speaks of the otter.")
END
pilcrow-index -d index names.zip
echo "exit $?"
pilcrow -d index --sort=path --dups=show --json otter | jq -r '[.article, .text] | join("|")'
