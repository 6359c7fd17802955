# Only make and Python >= 3.11 are taken for granted: everything else is installed, locked, into .venv and
# frontend/node_modules. Works with GNU make 3.81 (macOS) and newer.
.POSIX:
.SUFFIXES:
.NOTPARALLEL:
.PHONY: help run test check soak test-python test-frontend test-browser test-needs fmt schema keys bench screenshots build lock clean

SHELL  = /bin/sh
VENV   = .venv
BIN    = $(VENV)/bin
PY     = $(BIN)/python
STATIC = backend/inkwire/web/static
NODE   = $(PY) tools/node.py
NPM    = cd frontend && ../$(PY) ../tools/node.py npm
PIP    = $(PY) -m pip install --quiet --disable-pip-version-check

# Every stamp lies inside what it vouches for, so that deleting that deletes the stamp.
HAS_RUN      = $(VENV)/.has-run
HAS_DEV      = $(VENV)/.has-dev
HAS_INKWIRE  = $(VENV)/.has-inkwire
HAS_MODULES  = frontend/node_modules/.has-modules
HAS_FRONTEND = $(STATIC)/index.html

# Folders too: their time changes when a file in them goes.
FRONTEND_FILES := $(shell find frontend/src frontend/public frontend/index.html frontend/bundling frontend/vite.config.ts \
	frontend/tsconfig.json ! -name '*.test.ts' ! -name '*.test.tsx' 2>/dev/null)

help: ## this list
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1|\2/p' Makefile | \
		while IFS='|' read -r name words; do printf '%-20s %s\n' "$$name" "$$words"; done

run: $(HAS_INKWIRE) $(HAS_FRONTEND) ## build what is stale and serve (INKWIRE_HOST, _PORT, _WORKERS, _DATA_DIR, _REDIS_URL)
	@exec $(PY) tools/run.py $(BIN)/inkwire serve

test: test-needs check test-python test-frontend test-browser ## everything: checks, Python, front end, browsers

check: $(HAS_DEV) $(HAS_INKWIRE) $(HAS_FRONTEND) ## the static part: lint, types, layers, size, schema, locks
	@$(PY) tools/check.py

test-python: $(HAS_DEV) $(HAS_INKWIRE) $(HAS_FRONTEND) ## Python tests on a real store (ARGS="tests/store -k name")
	$(BIN)/pytest $(or $(ARGS),tests)

test-frontend: $(HAS_DEV) $(HAS_MODULES) ## front-end tests
	$(NPM) run --silent test

test-browser: $(HAS_DEV) $(HAS_INKWIRE) $(HAS_FRONTEND) ## browser tests (ARGS="e2e/test_x.py -k name")
	$(BIN)/pytest $(or $(ARGS),e2e)

soak: $(HAS_DEV) $(HAS_INKWIRE) $(HAS_FRONTEND) test-needs ## the reliability tests at full size, with a report (ARGS="tests/reliability -k name")
	@$(PY) tools/soak.py $(ARGS)

test-needs: $(HAS_DEV) ## install what tests need and is missing: a browser, redis-server, caddy, nginx
	@$(PY) tools/test_needs.py

fmt: $(HAS_DEV) $(HAS_MODULES) ## format everything
	$(BIN)/ruff check --quiet --fix-only .
	$(BIN)/ruff format --quiet .
	$(NPM) run --silent format

schema: $(HAS_INKWIRE) ## TypeScript types and limits out of the Python structs
	$(PY) -m inkwire.protocol.export_schema

keys: $(HAS_FRONTEND) $(HAS_INKWIRE) ## docs/keys.md and docs/cli.md out of the commands
	$(NPM) run --silent keys
	$(PY) tools/cli_docs.py

bench: $(HAS_DEV) $(HAS_INKWIRE) $(HAS_FRONTEND) ## measure (BENCH=room ARGS="--people 100")
	$(PY) -m bench.$(or $(BENCH),room) $(ARGS)

screenshots: $(HAS_DEV) $(HAS_INKWIRE) $(HAS_FRONTEND) test-needs ## docs/images and build/screenshots, from the running product
	$(PY) tools/screenshots.py

build: $(HAS_INKWIRE) $(HAS_FRONTEND) ## dist/*.whl with the built front end inside
	rm -rf dist
	$(BIN)/hatchling build -t wheel

lock: $(HAS_DEV) ## requirements/*.txt and package-lock.json again (UPGRADE=1 for the newest versions)
	$(PY) tools/lock.py $(if $(UPGRADE),--upgrade)

clean: ## remove what make made
	rm -rf $(VENV) dist $(STATIC) frontend/node_modules bench/peers/node_modules bench/canvas/peer/node_modules .mypy_cache .ruff_cache .pytest_cache .import_linter_cache

$(PY):
	@sh tools/venv.sh $(VENV)

$(HAS_RUN): $(PY) requirements/run.txt requirements/build.txt
	@echo "Installing what Inkwire runs on (locked) ..."
	@$(PIP) --require-hashes -r requirements/run.txt -r requirements/build.txt
	@touch $@

$(HAS_DEV): $(HAS_RUN) requirements/dev.txt
	@echo "Installing what its tests need (locked) ..."
	@$(PIP) --require-hashes -r requirements/dev.txt
	@touch $@

$(HAS_INKWIRE): $(HAS_RUN) pyproject.toml
	@$(PIP) --no-deps --no-build-isolation --editable .
	@touch $@

$(HAS_MODULES): $(HAS_RUN) frontend/package.json frontend/package-lock.json frontend/.npmrc
	@echo "Installing the front end's packages (locked) ..."
	@$(NPM) ci --ignore-scripts --no-audit --no-fund --loglevel=error
	@touch $@

$(HAS_FRONTEND): $(HAS_MODULES) $(FRONTEND_FILES)
	@echo "Building the front end ..."
	@$(NPM) run --silent build -- --logLevel warn
	@touch $@
