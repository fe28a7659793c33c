# Every target sets up what it needs in .venv, from a locked and hashed list. Needs Python 3.11 or newer, make and git.
PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check install --quiet --require-hashes --no-deps
N ?= 500
HOURS ?= 100

.PHONY: help setup demo run test lint bench kill-test soak lock clean

help:            ## say what there is
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## */\t/' | expand -t 14

demo: .venv/run  ## a seeded example province, to chat with in the browser (PIKET_DEMO_PORT sets the port)
	@$(BIN)/piket demo

setup: .venv/run ## only .venv, with the command .venv/bin/piket
	@echo "Ready: .venv/bin/piket --help"

run: .venv/run   ## the real bot, from PIKET_… settings (see README.md)
	@$(BIN)/piket run

test: .venv/dev  ## every test; samples of the long ones
	@$(BIN)/python -m tests.prepare
	@$(BIN)/python -m pytest -n 3 --dist worksteal $(ARGS)

lint: .venv/dev  ## style, types and the direction of imports
	$(BIN)/ruff check . && $(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo

bench: .venv/dev ## figures, as ratios against what one would use instead (ONLY=name for one)
	@$(BIN)/python -m benchmarks $(ONLY)

kill-test: .venv/dev ## N kills (default 500) in a rush and HOURS (100) while time drives it, on each engine
	@$(BIN)/python -m tests.kill --kills $(N) --engine sqlite
	@$(BIN)/python -m tests.kill --kills $(N) --engine postgresql
	@$(BIN)/python -m tests.kill --hours --kills $(HOURS) --engine sqlite
	@$(BIN)/python -m tests.kill --hours --kills $(HOURS) --engine postgresql

soak: .venv/dev  ## the full totals of the sampled tests; goes on where it stopped
	@$(BIN)/python -m tests.soak

lock:            ## write requirements/*.txt anew from pyproject.toml (needs uv)
	uv pip compile pyproject.toml --extra build --universal --python-version 3.11 --generate-hashes \
		--no-emit-index-url --no-emit-find-links --no-header --no-annotate --quiet -o requirements/run.txt
	uv pip compile pyproject.toml --extra build --extra dev --universal --python-version 3.11 --generate-hashes \
		--no-emit-index-url --no-emit-find-links --no-header --no-annotate --quiet -o requirements/dev.txt

clean:           ## remove what the targets made
	rm -rf .venv .demo

.venv/made:
	@test -n "$(PYTHON)" || { echo "Piket needs Python 3.11 or newer, and found none. Install it, or name it: make PYTHON=/path/to/python3.12"; exit 1; }
	@$(PYTHON) -c 'import ensurepip' 2>/dev/null || { echo "$(PYTHON) has no venv module. On Debian or Ubuntu: apt install python3-venv"; exit 1; }
	@echo "Setting up .venv (once) ..."
	@$(PYTHON) -m venv .venv && touch $@

.venv/run: .venv/made requirements/run.txt pyproject.toml
	@$(PIP) -r requirements/run.txt
	@$(BIN)/python -m pip --disable-pip-version-check install --quiet --no-deps --no-build-isolation --no-index -e .
	@touch $@

.venv/dev: .venv/run requirements/dev.txt
	@$(PIP) -r requirements/dev.txt
	@touch $@
