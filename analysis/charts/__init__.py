"""One chart a module, one house style."""
