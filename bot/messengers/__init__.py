"""One folder a messenger: translate in, translate out, classify errors, nothing else."""
