# Ascribe. `make report` renders the sample reports, `make test` runs the tests; both set themselves up on first use.
# Needs Python 3.11 or later; uses uv where it is on the PATH, else venv and pip. After set-up nothing needs the network.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
UV := $(shell command -v uv 2>/dev/null)
SHARED ?= ../shared
INPUTS ?= 1000000
MINUTES ?= inf
SEED ?= 1

export PYTHONHASHSEED := 0
export JUPYTER_PLATFORM_DIRS := 1

ifdef UV
install = uv pip install --quiet --python $(BIN)/python --compile-bytecode --require-hashes -r $(1) && \
	uv pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation --editable .
else
install = $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $(1) && \
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
endif

.DEFAULT_GOAL := help
.PHONY: help setup report test lab docs bench fuzz train network lock clean

help: ## what can be made
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "make %-8s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: $(VENV)/.render $(VENV)/.test ## install everything that rendering, exploring and testing need

report: $(VENV)/.render ## render the sample reports into reports/
	@$(BIN)/ascribe build
	@echo "To open:"; find reports -name '*.html' -not -path '*/.*' | sort | sed 's/^/  /'

test: $(VENV)/.test ## run every test
	@echo "$(if $(TESTS),$(TESTS):,All tests: some twenty minutes on two processors; TESTS=tests/charts runs some.)"
	@$(BIN)/python -m pytest -n 2 --dist loadgroup $(TESTS)

lab: $(VENV)/.explore ## open JupyterLab on the notebooks
	@$(BIN)/jupyter lab --notebook-dir=. notebooks/explore.ipynb

docs: $(VENV)/.docs ## build the docs site into build/site, strictly: a link that leads nowhere fails
	@NO_MKDOCS_2_WARNING=1 $(BIN)/python -m mkdocs build --strict --quiet

bench: $(VENV)/.test ## measure quality, speed and memory (needs the corpora: SHARED=path)
	@OPENBLAS_NUM_THREADS=1 OMP_NUM_THREADS=1 $(BIN)/python -m benchmarks $(SHARED)

fuzz: $(VENV)/.test ## the long campaign of damaged and hostile inputs (INPUTS=1000000 MINUTES=20 SEED=1)
	@OPENBLAS_NUM_THREADS=1 OMP_NUM_THREADS=1 $(BIN)/python -m benchmarks.campaign --inputs $(INPUTS) --minutes $(MINUTES) --seed $(SEED)

train: $(VENV)/.train ## train the English pipeline anew (TREEBANKS=path; on Linux downloads 3 GB once)
	@OPENBLAS_NUM_THREADS=1 OMP_NUM_THREADS=1 $(BIN)/python -m training.parser $(TREEBANKS) --out build/pipeline

# Memory that is kept rather than given back and asked for anew more than halves the time that attention takes; it takes some 9 GB.
network: $(VENV)/.train ## train the extractor's network anew from the open corpus (130 minutes of a processor with bfloat16)
	@MALLOC_MMAP_THRESHOLD_=8589934592 MALLOC_TRIM_THRESHOLD_=8589934592 MALLOC_TOP_PAD_=268435456 MALLOC_ARENA_MAX=1 OPENBLAS_NUM_THREADS=1 OMP_NUM_THREADS=1 $(BIN)/python -m training.extractor --out build/network

lock: ## resolve the dependencies anew into requirements/ (needs uv and the network)
	@for set in render:build explore:build,lab test:build,lab,dev docs:build,lab,dev,docs train:build,train; do \
		uv pip compile --quiet pyproject.toml $$(echo ",$${set#*:}" | sed 's/,/ --extra /g') --universal \
			--python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --no-header --no-annotate \
			--upgrade --output-file requirements/$${set%%:*}.txt; \
	done

clean: ## remove the environment and everything made
	@rm -rf $(VENV) build dist .pytest_cache .ruff_cache .hypothesis
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(VENV)/.venv:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Ascribe needs Python 3.11 or later; $(PYTHON) is $$($(PYTHON) --version). Say which: make PYTHON=python3.12"; exit 1; }
	@echo "Setting up $(VENV), once: a download of 275 MB (to report) to 363 MB (to test), then a minute or two ..."
ifdef UV
	@uv venv --quiet --clear --python $(PYTHON) $(VENV)
else
	@$(PYTHON) -m venv --clear $(VENV)
endif
	@touch $@

$(VENV)/.render: requirements/render.txt pyproject.toml | $(VENV)/.venv
	@$(call install,requirements/render.txt)
	@touch $@

$(VENV)/.explore: requirements/explore.txt pyproject.toml | $(VENV)/.venv
	@$(call install,requirements/explore.txt)
	@touch $@ $(VENV)/.render

$(VENV)/.test: requirements/test.txt pyproject.toml | $(VENV)/.venv
	@$(call install,requirements/test.txt)
	@touch $@ $(VENV)/.render $(VENV)/.explore

$(VENV)/.train: requirements/train.txt pyproject.toml | $(VENV)/.test
	@$(call install,requirements/train.txt)
	@touch $@

$(VENV)/.docs: requirements/docs.txt pyproject.toml | $(VENV)/.test
	@$(call install,requirements/docs.txt)
	@touch $@
