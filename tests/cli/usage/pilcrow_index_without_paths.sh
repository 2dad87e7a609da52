pilcrow-index
