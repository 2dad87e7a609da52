. "$CORPUS/../tests/cli/helpers.sh"
command -v perl >/dev/null || skip 'perl is not installed'
mkdir texts
perl -MIO::Socket::UNIX -e 'IO::Socket::UNIX->new(Local => "texts/socket.txt", Listen => 1) or die'
echo 'The word is quokka.' >texts/a.txt
pilcrow-index -d index texts
