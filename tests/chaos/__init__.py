"""What the program survives, by chance with a written seed: short in `make test`, long in `make chaos`."""
