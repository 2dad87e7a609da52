# Each paragraph is stemmed in its own language, which nobody has to say: chevaux is cheval, horses
# is horse, коней is конь. What is declared yields to what is clearly another language.
. "$CORPUS/../tests/cli/helpers.sh"
cat >a.md <<'END'
---
lang: en
---
The horses of the village were led to the meadow behind the old church every morning.

Tous les chevaux du village étaient conduits chaque matin dans la prairie derrière la vieille église.

Каждое утро деревенских коней выводили на луг за старой церковью, и там они оставались до вечера.
END
pilcrow-index -q -d index a.md
for query in horse cheval конь; do
    pilcrow -d index --template='{paragraph} {language}' "$query"
done
pilcrow -d index --template='{paragraph}' lang:fr matin
