"""Plan, fold, local workers: data becomes evidence here, and nowhere else."""
