"""Comparisons and checks over the tables, as DataFrames."""
