# Everything a contributor runs. Each target sets up what it needs in .venv; the only requirements are make and
# Python 3.11 or later. Another interpreter: make test PYTHON=/path/to/python3.12

PYTHON ?= $(shell for p in python3.11 python3.12 python3.13 python3.14 python3; do \
	"$$p" -c 'import ensurepip, sqlite3, sys, venv; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 \
	&& { command -v "$$p"; break; }; done)
VENV := .venv
RUN := $(VENV)/bin/python
PIP := $(RUN) -m pip install -qq --disable-pip-version-check

# Limits that a hurried contributor may change: make mutants MUTATE="overdue_visit.money.*"
MUTATE ?=
WORKERS ?= auto
PYTEST_ARGS ?=

.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help demo test setup format lint docs coverage soak mutants bench gate clean

help: ## say what can be made
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-9s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

demo: $(VENV)/.demo ## set up and run the main job: a loan book, lived through day by day
	$(RUN) examples/replay_loan_book.py

test: $(VENV)/.test ## set up and run the tests
	$(RUN) -m pytest -n $(WORKERS) $(PYTEST_ARGS)

setup: $(VENV)/.demo $(VENV)/.test $(VENV)/.lint $(VENV)/.docs ## install everything a contributor needs

format: $(VENV)/.lint ## put the code in its form
	$(VENV)/bin/ruff format
	$(VENV)/bin/ruff check --fix

lint: $(VENV)/.lint ## check form, types and floors
	$(VENV)/bin/ruff check
	$(VENV)/bin/ruff format --check
	$(VENV)/bin/mypy
	PATH="$(CURDIR)/$(VENV)/bin:$$PATH" basedpyright --verifytypes overdue_visit --ignoreexternal
	$(VENV)/bin/lint-imports

docs: $(VENV)/.docs ## build the documentation into build/docs
	$(VENV)/bin/sphinx-build -W --keep-going -q -b html docs build/docs
	@echo "open build/docs/index.html"

coverage: $(VENV)/.test ## run the tests and say which lines they never reach
	$(RUN) -m pytest -n $(WORKERS) --cov --cov-report=term $(PYTEST_ARGS)

soak: $(VENV)/.test ## run what takes an hour: many kills, much fuzzing
	$(RUN) -m pytest -n $(WORKERS) -m soak --timeout=0 --hypothesis-profile=soak $(PYTEST_ARGS)

mutants: $(VENV)/.mutants ## break the code on purpose and see whether a test notices
	$(VENV)/bin/mutmut run $(if $(filter auto,$(WORKERS)),,--max-children $(WORKERS)) $(MUTATE)
	$(VENV)/bin/mutmut results | grep -v ': not checked$$' || true
	$(VENV)/bin/mutmut export-cicd-stats && cat mutants/mutmut-cicd-stats.json

bench: $(VENV)/.bench ## print the figures, each with its limit measured in the same run
	$(RUN) -m benchmarks

gate: ## all that a change must pass
	bash .ci/run

clean: ## remove what was built, and .venv
	rm -rf $(VENV) build dist mutants .coverage .coverage.*

$(VENV)/bin/python:
	@test -n "$(PYTHON)" || { echo "No Python 3.11 or later (with venv and sqlite3) was found." \
		"Install one, or name it: make test PYTHON=/path/to/python3" >&2; exit 1; }
	@echo "setting up $(VENV) with $(PYTHON)"
	@"$(PYTHON)" -m venv $(VENV)

$(VENV)/.demo: EXTRAS := progress
$(VENV)/.test: EXTRAS := progress,test
$(VENV)/.lint: EXTRAS := progress,test,lint
$(VENV)/.docs: EXTRAS := progress,test,docs
$(VENV)/.mutants: EXTRAS := progress,test,mutants
$(VENV)/.bench: EXTRAS := progress,batch,bench
$(VENV)/.demo $(VENV)/.test $(VENV)/.lint $(VENV)/.docs $(VENV)/.mutants $(VENV)/.bench: pyproject.toml | $(VENV)/bin/python
	@echo "installing overdue_visit[$(EXTRAS)] into $(VENV)"
	@$(PIP) --editable ".[$(EXTRAS)]"
	@touch $@
