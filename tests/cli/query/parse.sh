# How a query is understood, without an index.
pilcrow --parse 'collective defense'
pilcrow --parse '+Kosovo AND (dialogue OR "peace talks"~5) defen* date:2022..2023-06 -war -path:drafts/*'
pilcrow --parse 'a b~2 /c d/i "e f"~s =G exact:"h i" NOT (k l) (title:m title:n o) war war'
pilcrow --parse --all 'a (b OR c) (d e)'
pilcrow --parse 'a OR b AND NOT c'
pilcrow --parse '(a OR'
echo $?
pilcrow --parse "$(printf '(%.0s' $(seq 40))deep"
echo $?
