# What can be done here: `make help`. Nothing in this file needs root, and nothing but the first
# installation asks the network.

PY := .venv/bin/python
ENV := sh .ci/environment
# `make test ARGS="tests/unit -k dates"`: at once and in one process, which a debugger can stop.
# `make test ARGS="tests/browser -n auto"`: a process a core, as for all the tests.
ARGS ?=
FUZZ_EXAMPLES ?= 100000
# The demo's own keys (docs/demo/keys.py); no other site's are ever there.
DEMO := .cache/demo

.DEFAULT_GOAL := help
.PHONY: help site test check lint format fuzz bench demo-files screenshots docs lock env env-dev clean

help: ## cette liste · this list
	@awk 'BEGIN { FS = ":.*## " } /^[a-z-]+:.*## / { printf "  make %-11s %s\n", $$1, $$2 }' Makefile

site: env ## installe cq, vérifie content/ et construit build/site/ · install, validate, build
	@$(PY) -m cq validate
	@$(PY) docs/demo/keys.py
	@$(PY) docs/demo/jury.py
	@CQ_KEYRING=$(DEMO)/trousseau.cqk CQ_ACCES=$(DEMO)/acces.json \
	  CQ_PHRASE="$$(cat $(DEMO)/phrase.txt)" $(PY) -m cq build
	@printf '%s\n' "" \
	  "Les phrases de passe des espaces privés (personnes fictives ; dans $(DEMO)/phrases.txt) :" ""
	@cat $(DEMO)/phrases.txt
	@printf '%s\n' "" \
	  "Le site est dans $$PWD/build/site/" \
	  "Pour le regarder, ouvrez $$PWD/build/site/index.html dans un navigateur." \
	  "Les espaces privés ne s’ouvrent que servis : tapez ces deux lignes, ouvrez l’adresse qui" \
	  "s’affiche, puis « Espace des conseillers » en bas de la page :" \
	  "    CQ_KEYRING=$(DEMO)/trousseau.cqk CQ_ACCES=$(DEMO)/acces.json \\" \
	  "      CQ_PHRASE=\"\$$(cat $(DEMO)/phrase.txt)\" .venv/bin/cq serve"

test: env-dev node_modules/.stamp ## tous les essais ; ARGS="tests/unit -k mot" en choisit · all tests
	@$(PY) -m pytest -rs $(or $(ARGS),-n auto)

check: ## ce que fait l’intégration continue : rien n’est sauté · what CI runs: nothing is skipped
	@CI=true $(MAKE) --no-print-directory test

lint: env-dev ## règles, types et étages · ruff, mypy and import-linter
	@$(PY) -m ruff check .
	@$(PY) -m ruff format --check .
	@$(PY) -m mypy
	@$(PY) -m pytest tests/house $(ARGS)

format: env-dev ## met le code en forme · format the code
	@$(PY) -m ruff check --fix-only --quiet .
	@$(PY) -m ruff format .

fuzz: env-dev ## 100 000 exemples pour la lecture du contenu · the long fuzz of the loader
	@$(PY) -m pytest tests/property -m fuzz --fuzz-examples $(FUZZ_EXAMPLES) $(ARGS)

bench: env-dev ## mesures, à côté de Hugo et de Pelican · benchmarks beside Hugo and Pelican
	@$(PY) benchmarks/bench.py --setup $(ARGS)

demo-files: env-dev ## refait les PDF et les images de la démonstration · the demo's PDFs and images
	@$(PY) docs/demo/make_files.py
	@$(PY) docs/demo/jury.py --public

screenshots: env-dev ## refait les images des guides (docs/pictures/) · the guides' pictures
	@$(PY) docs/demo/screenshots.py

docs: env-dev ## refait docs/formats/content.md · rewrite the reference from the models
	@$(PY) -m cq schema --markdown > docs/formats/content.new
	@mv docs/formats/content.new docs/formats/content.md

lock: ## refait les verrous ; ARGS=--upgrade prend les nouveautés · rewrite the locks
	@sh .ci/lock $(ARGS)

clean: ## enlève build/ et les caches, garde .venv · remove outputs and caches, keep .venv
	@rm -rf build dist .cache .hypothesis .pytest_cache .mypy_cache .ruff_cache .import_linter_cache
	@find cq tests benchmarks docs -name __pycache__ -type d -prune -exec rm -rf {} +

env:
	@$(ENV) requirements.lock

env-dev:
	@$(ENV) requirements-dev.lock

# Two of the gates are npm packages. A stamp, since npm takes a second to see that it has no work.
node_modules/.stamp: package-lock.json .npmrc
	@if command -v npm >/dev/null 2>&1; then \
	  echo "Installation de ce que nomme package-lock.json…"; \
	  npm ci --ignore-scripts --silent && touch $@; \
	elif [ "$$CI" = true ]; then \
	  echo "npm manque : sudo apt install nodejs npm" >&2; exit 1; \
	else \
	  echo "npm manque (sudo apt install nodejs npm) : les essais qui en ont besoin seront sautés."; \
	fi
