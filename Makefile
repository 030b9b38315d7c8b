# Lắng Nghe. Linux and macOS, with Python 3.11 or later and make: nothing else has to be there.
#
#   make report     set up, and make the report of the example study into out/
#   make test       set up, and check everything: style, types, walls between rooms, tests
#
# Another Python: make test PYTHON=python3.12

PYTHON ?= python3
UV ?= uv
VENV := .venv
BIN := $(VENV)/bin
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-input
LOCKED := $(INSTALL) --require-hashes --only-binary :all:
EDITABLE := $(INSTALL) --no-build-isolation --no-deps --editable .
STEP = $(BIN)/python tools/step.py
COMPILE := $(UV) pip compile --quiet --no-config --universal --generate-hashes --python-version 3.11 \
	--no-strip-extras --no-emit-index-url --no-emit-find-links --custom-compile-command 'make lock'
RUN := -c requirements/run.txt -c requirements/build.txt

.NOTPARALLEL:
.PHONY: help report test lint types imports coverage format docs learnt evals bench wheel lock clean

help:
	@sed -n '3,4p;6p' Makefile | sed 's/^#//'
	@echo '   also: lint types imports coverage format docs learnt evals bench wheel lock clean'

# ---- what people use -----------------------------------------------------------------------------------------------

report: $(VENV)/run
	@mkdir -p out
	@$(STEP) 'báo cáo / report' $(BIN)/langnghe report examples/quy-3/comments.csv --study out/quy-3
	@echo 'Báo cáo của nghiên cứu mẫu / the report of the example study:'
	@ls -d out/quy-3/report/* | sed 's/^/  /'

test: lint types imports
	@$(BIN)/python -m pytest --numprocesses=auto --dist=loadscope --no-loadscope-reorder

lint: $(VENV)/dev
	@$(STEP) 'lint' $(BIN)/ruff check --quiet .
	@$(STEP) 'format' $(BIN)/ruff format --quiet --check .

types: $(VENV)/dev
	@$(STEP) 'types' $(BIN)/mypy --no-error-summary

imports: $(VENV)/dev
	@$(STEP) 'imports' $(BIN)/lint-imports --no-logo

coverage: $(VENV)/dev
	@$(BIN)/python -m pytest --cov --cov-report=term

format: $(VENV)/dev
	@$(BIN)/ruff check --quiet --fix .
	@$(BIN)/ruff format --quiet .

docs: $(VENV)/dev
	@$(BIN)/python tools/commands.py

learnt: $(VENV)/run
	@$(BIN)/python tools/learnt.py

evals: $(VENV)/evals
	@$(BIN)/python -m evals

bench: $(VENV)/evals
	@$(BIN)/python -m bench

wheel: $(VENV)/run
	@$(BIN)/hatchling build --directory dist

clean:
	@rm -rf $(VENV) build dist out .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache .coverage

# ---- setting up: again only when a lock file or pyproject.toml has changed -----------------------------------------

$(VENV)/made:
	@command -v $(PYTHON) >/dev/null 2>&1 || { \
	  echo "Không tìm thấy $(PYTHON). Hãy cài Python 3.11 trở lên, hoặc: make PYTHON=/đường/dẫn/python3.12 …"; \
	  echo "$(PYTHON) was not found. Install Python 3.11 or later, or: make PYTHON=/path/to/python3.12 …"; exit 1; } >&2
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "$(PYTHON) cũ quá: cần Python 3.11 trở lên. Nếu đã có bản mới hơn: make PYTHON=python3.12 …"; \
	  echo "$(PYTHON) is too old: Python 3.11 or later is needed. If there is a newer one: make PYTHON=python3.12 …"; \
	  exit 1; } >&2
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
	  echo "$(PYTHON) thiếu mô-đun venv. Trên Debian, Ubuntu: apt-get install python3-venv"; \
	  echo "$(PYTHON) lacks the module venv. On Debian and Ubuntu: apt-get install python3-venv"; exit 1; } >&2
	@$(PYTHON) -m venv --clear $(VENV)
	@touch $@

$(VENV)/run: requirements/run.txt requirements/build.txt pyproject.toml $(VENV)/made
	@$(STEP) 'set up' $(LOCKED) -r requirements/run.txt -r requirements/build.txt
	@$(EDITABLE)
	@touch $@

$(VENV)/dev: requirements/dev.txt pyproject.toml $(VENV)/made
	@$(STEP) 'set up' $(LOCKED) -r requirements/dev.txt
	@$(EDITABLE)
	@touch $@

$(VENV)/evals: requirements/evals.txt pyproject.toml $(VENV)/made
	@$(STEP) 'set up' $(LOCKED) -r requirements/evals.txt
	@$(EDITABLE)
	@touch $@

# ---- the lock files: versions and hashes for every system; no address of a registry is written into them -----------

lock:
	@command -v $(UV) >/dev/null 2>&1 || { echo "uv was not found: python3 -m pip install uv, or: make lock UV=/path/to/uv" >&2; exit 1; }
	@$(COMPILE) pyproject.toml -o requirements/run.txt
	@$(COMPILE) requirements/build.in -o requirements/build.txt
	@$(COMPILE) pyproject.toml --extra hub $(RUN) -o requirements/hub.txt
	@$(COMPILE) pyproject.toml --extra hub requirements/build.in requirements/dev.in $(RUN) -o requirements/dev.txt
	@$(COMPILE) pyproject.toml requirements/build.in requirements/evals.in $(RUN) -o requirements/evals.txt
	@! grep -nE '://|^-|--(index|extra-index|find-links)' requirements/*.txt
