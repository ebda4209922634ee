# make setup · demo · test · lint · bench · chaos: nothing else to remember.
.DEFAULT_GOAL := help
SHELL := /bin/bash
PY := .venv/bin/python
SET_UP := .venv/.ready
QUICK := tests/architecture tests/storage tests/test_cli.py $(addprefix tests/handlers/,tasks people guide calendar)
SET_UP_DEV := .venv/.ready-dev
BESIDE := -n auto --dist loadfile --no-loadscope-reorder
test quick: export PYTHONDONTWRITEBYTECODE := # empty: what was compiled once serves every worker and child program

.PHONY: help setup demo test quick lint bench chaos lock packages audit

help:            ## what there is
	@grep -E '^[a-z]+: .*##' $(MAKEFILE_LIST) | sed -E 's/:.*## / — /' 

setup: $(SET_UP) ## virtual environment with the locked dependencies
demo: setup      ## the sandbox on http://127.0.0.1:8080
	$(PY) -m bot demo
test: $(SET_UP_DEV) packages ## every test, and those with a database on PostgreSQL too
	$(PY) -m pytest $(BESIDE)
	TEST_DATABASE=postgresql $(PY) -m pytest $(BESIDE) -m "not browser" --ignore tests/replicas
quick: $(SET_UP_DEV) ## rules, storage, tasks, people and the house itself: half a minute
	$(PY) -m pytest $(BESIDE) -m "not slow and not browser and not programs" $(QUICK)
lint: $(SET_UP_DEV) ## ruff, mypy --strict, import-linter, known holes in dependencies, SBOM
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	$(PY) -m mypy
	.venv/bin/lint-imports
	@$(MAKE) --no-print-directory audit
audit: $(SET_UP_DEV) # known holes in the locked dependencies, and what the program consists of (sbom.json)
	@$(PY) -m tests.audit
bench: $(SET_UP_DEV) ## ratios within one run, as JSON and a table
	$(PY) -m tests.bench --page
chaos: $(SET_UP_DEV) packages ## an hour of faults: kill -9, outages, bad weather; report in docs/chaos.md
	$(PY) -m tests.chaos
lock: $(SET_UP_DEV) ## write the lock files anew
	.venv/bin/uv pip compile pyproject.toml --generate-hashes -p 3.11 -q -o requirements.lock
	.venv/bin/uv pip compile pyproject.toml --extra dev --extra otel --generate-hashes -p 3.11 -q -c requirements.lock -o requirements-dev.lock
packages:        # Debian packages of the tests: installed as root, named otherwise
	@bash tests/packages.sh

.venv/bin/python:
	@python3 -c 'import ensurepip' 2>/dev/null || { \
	  if [ "$$(id -u)" = 0 ]; then apt-get update -q && apt-get install -y -q --no-install-recommends python3-venv; \
	  else echo "python3-venv is missing; run: sudo apt-get install -y python3-venv"; exit 1; fi; }
	python3 -m venv .venv
$(SET_UP): .venv/bin/python requirements.lock pyproject.toml
	$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(PY) -m pip install --quiet --disable-pip-version-check --no-deps --editable .
	@touch $@
$(SET_UP_DEV): $(SET_UP) requirements-dev.lock
	$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@touch $@
