# `make run` and `make test` are all that most people need.

# Looked up when it is used: `dependencies` may have installed it a moment ago.
SWIFT = $(shell command -v swift || echo $$HOME/.local/share/swiftly/bin/swift)
BUILD := .build
SOURCES := Package.swift Sources Tests Benchmarks

.PHONY: run test check sim mutants bench ordeal fmt dependencies release debug help

ORDEAL = full

help: ## Say what there is.
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-14s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: release ## Install what is missing, build, run a hub, a station and demo scanners.
	@scripts/demo

test: dependencies debug ## Build and run all tests.
	$(SWIFT) test --skip-build --no-parallel

check: dependencies ## Format, warnings, layers, shipped files.
	$(SWIFT) format lint --strict --parallel --recursive $(SOURCES)
	$(SWIFT) build --build-tests
	$(SWIFT) test --skip-build --no-parallel --filter TidyTests
	scripts/verify-shipped

sim: release ## 5,000 simulations of stations and a hub; each fault 20 times or more.
	$(BUILD)/release/scansim --backlog --least 20 $(SIM)

mutants: dependencies ## Whether wrong rules of merging and syncing are noticed.
	scripts/mutants --swift $(SWIFT)

bench: release ## Measure against floors; see docs/PERFORMANCE.md.
	$(BUILD)/release/scanbench $(BENCH)

ordeal: release debug ## 10,000 codes, 20 SIGKILLs of the station, 5 of the hub.
	SCANSTATION_BINARIES=$(BUILD)/release ORDEAL=$(ORDEAL) $(SWIFT) test --skip-build --no-parallel --filter OrdealTests

fmt: ## Format all sources.
	$(SWIFT) format --in-place --parallel --recursive $(SOURCES)

dependencies: ## Install the Debian packages and the Swift toolchain that are missing.
	@scripts/install-dependencies

debug: dependencies
	$(SWIFT) build --build-tests

release: dependencies
	$(SWIFT) build --configuration release
