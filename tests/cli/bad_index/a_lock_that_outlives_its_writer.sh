# What a writer that was killed had just started may hold its lock for a moment: that is waited for.
echo 'Here is a quokka.' >a.txt
mkdir index
bash -c 'exec 9>index/lock && flock 9 && echo $$ >&9 && sleep 0.5 &'
until [ -s index/lock ]; do sleep 0.01; done
pilcrow-index -d index a.txt
echo "exit status $?"
