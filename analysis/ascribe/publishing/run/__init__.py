"""Notebooks run: parameters checked, cells executed in processes of their own, outputs made the same everywhere."""
