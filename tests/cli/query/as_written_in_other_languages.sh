# What words as written keep apart: letters that folding merges, scripts, case.
. "$CORPUS/../tests/cli/helpers.sh"
echo '{"id": "de", "language": "de", "text": "Äpfel, Bär, schön, Maße"}
{"id": "de-plain", "language": "de", "text": "Apfel, Bar, schon, Masse"}
{"id": "no", "language": "no", "text": "før, får, Ås"}
{"id": "no-plain", "language": "no", "text": "for, far, As"}
{"id": "sr", "language": "sr", "text": "Приштина, Ђинђић"}
{"id": "sr-latin", "language": "sr", "text": "Priština, Đinđić"}
{"id": "sr-plain", "language": "sr", "text": "Pristina, Djindjic"}
{"id": "tr", "language": "tr", "text": "Işık, İzmir"}
{"id": "tr-plain", "language": "tr", "text": "Isik, Izmir"}
{"id": "ja", "language": "ja", "text": "ガラス"}
{"id": "ja-half", "language": "ja", "text": "ｶﾞﾗｽ"}' >a.jsonl
pilcrow-index -q -d index a.jsonl
for word in Bär schön Maße Ås før Приштина Priština Ђинђић Djindjic Işık İzmir ガラス; do
    for query in "$word" "=$word"; do
        echo "$query:" $(hits -d index -- "$query" 2>/dev/null | sed 's/.*#//; s/:1$//' | sort)
    done
done
