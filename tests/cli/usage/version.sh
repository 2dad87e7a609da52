pilcrow --version
pilcrow -V | cmp - <(pilcrow --version)
pilcrow-index --version
