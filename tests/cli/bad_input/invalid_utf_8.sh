printf 'A caf\351, an overlong \300\200, a surrogate \355\240\200 and a quokka \303' >a.txt
pilcrow-index -d index a.txt
echo $?
pilcrow -d index quokka
