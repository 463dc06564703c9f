# Every workflow has one verb.  Whatever is up to date is not done again: `make run` a second time only starts.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory

SETTINGS ?= settings.yaml
BENCH ?= direct floor gateway gateway-rest gateway-graphql litellm portkey
ROUNDS ?= 3
N ?= 1000
SEEDED ?= .seeded
DATABASE ?= sqlite:///record.db
SIZES ?= 1000 100000 1000000

PYTHON ?= $(firstword $(foreach name,python3 python3.14 python3.13 python3.12 python3.11,$(shell \
	$(name) -c 'import sys; sys.version_info < (3, 11) or print("$(name)")' 2>/dev/null)))
BIN := .venv/bin
# Many a test waits for a deadline to pass: twice as many at once as there are cores.
TEST_WORKERS ?= $(shell $(BIN)/python -c 'import os; print(2 * (os.cpu_count() or 1))')
BACKEND := $(BIN)/python -m backend
LOCK := uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --quiet
# A lock names everything, so nothing is resolved: pip's resolver would look at newer versions, and may refuse over one.
PIP_INSTALL := -m pip install --quiet --disable-pip-version-check --no-deps
INSTALL := $(BIN)/python $(PIP_INSTALL)
APP := backend/static/index.html
APP_SOURCES := $(shell find frontend -type f -not -name '*.test.ts' -not -name '*.test.tsx' 2>/dev/null)

.PHONY: help setup run dev test check format schema screenshots seed growth bench peers lock clean

help:  ## list the verbs
	@grep -E '^[a-z-]+:.*## ' Makefile | sed -E 's/^([a-z-]+):.*## /  make \1\t/' | expand -t 16

setup: .venv/.run $(APP)  ## install what is locked and build the app

run: setup  ## serve with settings.yaml (SETTINGS=FILE for another)
	@exec $(BACKEND) serve --settings $(SETTINGS)

dev: .venv/.dev $(APP)  ## serve, reload when the backend changes, and Vite for the app
	@$(BIN)/watchfiles --filter python '$(BACKEND) serve --settings $(SETTINGS)' backend & server=$$!; \
	trap 'kill $$server 2>/dev/null || true' EXIT; npm run dev

test: .venv/.dev $(APP)  ## every test: backend, laws, app, browser
	$(BIN)/python -m pytest --numprocesses $(TEST_WORKERS) --dist worksteal
	npm test
	npm run e2e

check:  ## lint and types, Python and TypeScript
	@$(MAKE) --jobs=2 --output-sync=target --keep-going check-python check-app

.PHONY: check-python check-app
check-python: .venv/.dev
	$(BIN)/ruff format --check
	$(BIN)/ruff check
	$(BIN)/mypy

check-app: node_modules/.installed
	npm run check

format: .venv/.dev  ## bring Python into shape
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

schema: .venv/.run node_modules/.installed  ## write schema.graphql and the TypeScript that follows from it
	$(BACKEND) schema > schema.graphql.new
	mv schema.graphql.new schema.graphql
	npm run codegen

screenshots: .venv/.run $(APP)  ## take docs/screenshots anew: every page and its states, both themes, desk and phone (ONLY=NAMES SCREENSHOTS=FOLDER)
	@test -n "$(ONLY)$(SCREENSHOTS)" || rm -f docs/screenshots/*.png
	npm run screenshots

seed: .venv/.run  ## fill a new record with N rehearsed conversations (SEEDED=FOLDER DATABASE=URL)
	$(BIN)/python -m bench.growth.seed $(SEEDED) --conversations $(N) --database $(DATABASE)

growth: .venv/.run  ## fill records of 10^3, 10^5 and 10^6 conversations and measure them (SIZES="N ..." DATABASE=URL with {n})
	@for n in $(SIZES); do test -f $(SEEDED)/$$n/settings.yaml || $(BIN)/python -m bench.growth.seed $(SEEDED)/$$n \
		--conversations $$n --database "$(subst {n},$$n,$(DATABASE))"; done
	$(BIN)/python -m bench.growth.measure $(SIZES:%=$(SEEDED)/%)

bench: setup  ## measure the product beside its peers that are installed (BENCH="TARGET ..." ROUNDS=N)
	$(BIN)/python bench/run.py bench $(BENCH) --rounds $(ROUNDS)

peers: .litellm/.installed .portkey/.installed  ## install LiteLLM and Portkey, each in a folder of its own, for make bench

lock: .venv/.dev  ## lock the newest versions that pyproject.toml allows
	$(BIN)/$(LOCK) --upgrade --extra postgresql --group build pyproject.toml -o requirements/run.txt
	$(BIN)/$(LOCK) --upgrade --group dev -c requirements/run.txt pyproject.toml -o requirements/dev.txt
	$(BIN)/$(LOCK) --upgrade requirements/litellm.in -o requirements/litellm.txt
	$(BIN)/$(LOCK) --upgrade requirements/clients.in -o requirements/clients.txt
	npm update --package-lock-only

clean:  ## remove what make made; the record stays
	rm -rf .venv .clients .litellm .portkey node_modules backend/static .mypy_cache .pytest_cache .ruff_cache .hypothesis

# ---- what the verbs need ----------------------------------------------------------------------------------------

.venv/bin/python:
	@test -n "$(PYTHON)" || { echo 'This needs Python 3.11 or newer: install it, or name one with make PYTHON=...' >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
		|| { echo 'This needs Python 3.11 or newer, and $(PYTHON) is not.' >&2; exit 1; }
	@$(PYTHON) -m venv .venv \
		|| { rm -rf .venv; echo 'Python cannot make environments here: apt-get install -y python3-venv' >&2; exit 1; }

.venv/.run: requirements/run.txt pyproject.toml | .venv/bin/python
	@echo 'Installing what the server needs ...'
	@$(INSTALL) --require-hashes -r requirements/run.txt
	@$(INSTALL) --no-build-isolation -e .
	@touch $@

.venv/.dev: requirements/dev.txt .venv/.run
	@echo 'Installing what the tests need ...'
	@$(INSTALL) --require-hashes -r requirements/dev.txt
	@touch $@

.clients/.installed: requirements/clients.txt | .venv/bin/python
	@echo 'Installing clients that others wrote ...'
	@$(BIN)/python -m venv .clients
	@.clients/bin/python $(PIP_INSTALL) --no-compile --require-hashes -r requirements/clients.txt
	@touch $@

.litellm/.installed: requirements/litellm.txt | .venv/bin/python
	@echo 'Installing LiteLLM ...'
	@$(BIN)/python -m venv .litellm
	@.litellm/bin/python $(PIP_INSTALL) --no-compile --require-hashes -r requirements/litellm.txt
	@touch $@

.portkey/.installed: bench/portkey.json
	@echo 'Installing Portkey ...'
	@mkdir -p .portkey
	@cp bench/portkey.json .portkey/package.json
	@cd .portkey && npm install --no-package-lock --no-audit --no-fund --loglevel=error
	@touch $@

node_modules/.installed: package.json package-lock.json
	@node -e 'const [a, b] = process.versions.node.split("."); process.exit(a > 20 || (a == 20 && b >= 19) ? 0 : 1)' 2>/dev/null \
		|| { echo 'This needs Node 20.19 or newer to build the app: install it from https://nodejs.org' >&2; exit 1; }
	@echo 'Installing what the app needs ...'
	@npm ci --no-audit --no-fund --loglevel=error
	@touch $@

$(APP): node_modules/.installed $(APP_SOURCES)
	@echo 'Building the app ...'
	@npm run --silent build
	@touch $@
