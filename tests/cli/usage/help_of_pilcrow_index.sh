pilcrow-index --help
