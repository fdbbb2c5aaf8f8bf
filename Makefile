# Two to start with: `make run` starts the simulator, `make test` proves that all is well. The rest is `make help`.

PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
RUN    := bistand play
CODE   := bot adapters storage
PIP    := $(BIN)/python -m pip --quiet --disable-pip-version-check

.DEFAULT_GOAL := help
.PHONY: help install run test check format soak bench pictures mutate lock clean

help:           ## these lines
	@sed -n 's/^\([a-z]*\): .*## /  make \1\t/p' $(MAKEFILE_LIST)

install: $(VENV)/installed      ## install into .venv, where `bistand` is then

run: $(VENV)/installed          ## install, then live through a report in the browser
	@$(BIN)/$(RUN)

test: check                     ## linters, types, layers, flows, and all tests (up to five minutes)
	$(BIN)/bistand flows check flows
	$(BIN)/python -m pytest -n auto --dist worksteal --cov --cov-report=term

check: $(VENV)/installed-dev    ## the linters only
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy --strict $(CODE) benchmarks
	$(BIN)/lint-imports --no-logo

format: $(VENV)/installed-dev   ## put the code into the common form
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

soak: $(VENV)/installed-dev     ## the long versions: all kills, all talks; writes its figures to var/soak
	@mkdir -p var/soak
	BISTAND_SOAK=1 $(BIN)/python -m pytest -n auto -m soak

bench: $(VENV)/installed-dev    ## how long a turn takes
	$(BIN)/python -m benchmarks

pictures: $(VENV)/installed-dev ## take the README's pictures anew; look at them before you commit
	$(BIN)/python -m tests.browser.pictures

mutate: $(VENV)/installed-dev   ## do the tests notice a changed rule?
	$(PIP) install mutmut==3.8.1
	$(BIN)/mutmut run
	$(BIN)/mutmut results

# The dev lock is compiled within the runtime lock, so that both agree on every version.
LOCK = $(BIN)/pip-compile --quiet --upgrade --strip-extras --generate-hashes --allow-unsafe --build-deps-for editable \
	--no-header --no-emit-options --no-emit-index-url --no-emit-trusted-host --no-emit-find-links

lock: $(VENV)/made              ## newest versions that fit, with hashes
	$(PIP) install pip-tools==7.6.2
	rm -f requirements.lock requirements-dev.lock
	$(LOCK) --output-file requirements.lock pyproject.toml
	$(LOCK) --output-file requirements-dev.lock --constraint requirements.lock --extra dev pyproject.toml

clean:          ## remove what was made, but never var/, where the cases are
	rm -rf $(VENV) build dist *.egg-info mutants .coverage .coverage.* htmlcov
	rm -rf .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
	find $(CODE) tests -name __pycache__ -type d -prune -exec rm -rf {} +

$(VENV)/made:
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Bistand needs Python 3.11 or later: make PYTHON=python3.11")'
	$(PYTHON) -m venv $(VENV)
	@touch $@

$(VENV)/installed: requirements.lock pyproject.toml | $(VENV)/made
	@echo "Installing. This takes a minute, once."
	$(PIP) install --require-hashes -r requirements.lock
	$(PIP) install --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/installed-dev: requirements-dev.lock $(VENV)/installed
	$(PIP) install --require-hashes -r requirements-dev.lock
	@touch $@
