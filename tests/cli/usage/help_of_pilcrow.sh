pilcrow --help
