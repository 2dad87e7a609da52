pilcrow
