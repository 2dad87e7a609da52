# What is wrong is marked, and corrected when it is clear what was meant.
pilcrow 'Kosovo date:17.5.2023 dialogue'
echo $?
pilcrow 'after:2023/5'
pilcrow 'ärger date:2024..2022 (x'
pilcrow 'lang:klingonese Kosovo'
pilcrow '/[z-a]/ x'
pilcrow "$(printf 'word%.0s ' $(seq 60))date:never$(printf ' word%.0s' $(seq 60))"
pilcrow "$(printf 'a\033[2J date:x\033[2J b')"
