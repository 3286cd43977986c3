"""Linli 邻里: the workbench of a district, its sub-districts and communities."""
