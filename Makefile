# Each target makes its own environment in .venv and needs only Python 3.11+ and make.
# A stamp file says that a step is done, so the second run starts at once.
#
#   make demo    build the graph of corpus/, check it, print what was found, draw the network
#   make test    everything that CI runs
#   make check   the same, as one command for a developer
#   make docs    the documentation as a site, docs/_build/index.html
#   make lock    pin the requirements again, after a change of pyproject.toml

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check install --quiet

.DEFAULT_GOAL := help
.PHONY: help demo docs test chromium check lint types imports lock clean
.DELETE_ON_ERROR:

help:
	@sed -n 's/^#   //p' Makefile

# --- environment ---------------------------------------------------------------------------------------------

$(VENV)/.made:
	@command -v $(PYTHON) >/dev/null 2>&1 || { \
	  echo "$(PYTHON) is not installed: lgkg needs Python 3.11 or newer." >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "lgkg needs Python 3.11 or newer and $(PYTHON) is `$(PYTHON) --version 2>&1`:" \
	    "name another one, as in: make demo PYTHON=python3.12" >&2; exit 1; }
	@echo "making $(VENV)"
	@$(PYTHON) -m venv --clear $(VENV) || { \
	  echo "cannot make $(VENV); on Debian and Ubuntu this needs: apt-get install python3-venv" >&2; exit 1; }
	@touch $@

# Every file is checked against its hash; the package itself is installed in place.
$(VENV)/.runtime: requirements/runtime.txt requirements/build.txt pyproject.toml $(VENV)/.made
	@echo "installing what lgkg needs (a few minutes the first time)"
	@$(PIP) --require-hashes -r requirements/build.txt -r requirements/runtime.txt
	@$(PIP) --no-deps --no-build-isolation --editable .
	@touch $@

# The front end of the explorer, built again when its sources change.
WEB := $(shell find kg/explore/web -name node_modules -prune -o -type f -print)
$(VENV)/.web: hatch_build.py $(WEB) $(VENV)/.runtime
	@$(BIN)/python hatch_build.py
	@touch $@

$(VENV)/.dev: requirements/dev.txt $(VENV)/.runtime
	@echo "installing what the tests and checks need"
	@$(PIP) --require-hashes -r requirements/dev.txt
	@touch $@

# --- what people ask for --------------------------------------------------------------------------------------

demo: $(VENV)/.runtime $(VENV)/.web
	@$(BIN)/python scripts/demo.py

docs: $(VENV)/.dev
	@$(BIN)/python -m sphinx -W --keep-going -q docs docs/_build
	@echo "open docs/_build/index.html"

check: lint types imports $(VENV)/.web
	@$(BIN)/python -m pytest

test: chromium check

chromium:
	@tests/browser/install_chromium.sh

lint: $(VENV)/.dev
	@$(BIN)/ruff format --check --quiet || { echo "run: $(BIN)/ruff format" >&2; exit 1; }
	@$(BIN)/ruff check --quiet

types: $(VENV)/.dev
	@$(BIN)/mypy

imports: $(VENV)/.dev
	@$(BIN)/lint-imports

# Universal: the same file holds for every Python from 3.11 and every system, with the hash of every published file.
LOCK = $(BIN)/uv pip compile --universal --python-version 3.11 --fork-strategy fewest --generate-hashes \
	--no-emit-index-url --no-emit-find-links --no-header --quiet
lock: $(VENV)/.dev
	$(LOCK) requirements/build.in --output-file requirements/build.txt
	$(LOCK) pyproject.toml --output-file requirements/runtime.txt
	$(LOCK) pyproject.toml --extra dev --constraint requirements/runtime.txt --constraint requirements/build.txt \
	  --output-file requirements/dev.txt

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache dist build demo docs/_build kg/explore/built kg/explore/web/node_modules
