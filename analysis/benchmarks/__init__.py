"""Every number that is quoted, measured: `python -m benchmarks SHARED`."""
