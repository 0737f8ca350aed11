"""The environment that notebooks run in: the same everywhere."""

# What would make the same notebook give other bytes elsewhere: the hash seed (order of sets), the time zone, the
# locale, the number of threads (order of sums), the date that matplotlib writes.
ENVIRONMENT = {
    "PYTHONHASHSEED": "0",
    "TZ": "UTC",
    "LC_ALL": "C.UTF-8",
    "LANG": "C.UTF-8",
    "SOURCE_DATE_EPOCH": "0",
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "MPLBACKEND": "module://matplotlib_inline.backend_inline",
    "PYTHONUTF8": "1",
    "PYDEVD_DISABLE_FILE_VALIDATION": "1",
    "COLUMNS": "100",
    "LINES": "40",
    "TQDM_DISABLE": "1",
}
