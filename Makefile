# `make run` and `make test` are all that most people need.

# Looked up when it is used: `dependencies` may have installed it a moment ago.
SWIFT = $(shell command -v swift || echo $$HOME/.local/share/swiftly/bin/swift)
BUILD := .build
SOURCES := Package.swift Sources Tests Benchmarks

.PHONY: run test check sim mutants fuzz bench ordeal rig install packages man fmt dependencies release \
	debug help

ORDEAL = full

# Where `make install` takes the programs from, and how: -s leaves out what only debuggers need.
PROGRAM_FOLDER = $(BUILD)/release
STRIP = -s

PROGRAMS = scanstationd scanstationctl scanstation-driver scanstation-driver-camera \
	scanstation-driver-nfc scanstation-driver-voice scanhub

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

# libFuzzer needs the linker of its own toolchain. Built apart, for it slows everything down.
fuzz: dependencies ## Look for what breaks a parser: FUZZ='serial --seconds 600'; see docs/fuzzing.md.
	$(SWIFT) build --configuration release --scratch-path .build-fuzz --product scanfuzz \
		-Xswiftc -sanitize=fuzzer -Xswiftc -use-ld=lld -Xlinker -u -Xlinker LLVMFuzzerRunDriver
	.build-fuzz/release/scanfuzz $(FUZZ)

bench: release ## Measure against floors; see docs/PERFORMANCE.md.
	$(BUILD)/release/scanbench $(BENCH)
	$(BUILD)/release/camerabench $(filter --quick,$(BENCH))

ordeal: release debug ## 10,000 codes, 20 SIGKILLs of the station, 5 of the hub.
	SCANSTATION_BINARIES=$(BUILD)/release ORDEAL=$(ORDEAL) $(SWIFT) test --skip-build --no-parallel --filter OrdealTests

rig: release ## A whole machine under QEMU: power cuts, hotplug, units; see docs/rig.md.
	rm -rf $(BUILD)/rig/product
	@$(MAKE) --no-print-directory install DESTDIR=$(BUILD)/rig/product
	rig/run $(RIG)

install: ## Copy what `make release` built to its places, below DESTDIR if that is given.
	install -d $(DESTDIR)/usr/bin
	install $(STRIP) $(PROGRAMS:%=$(PROGRAM_FOLDER)/%) $(DESTDIR)/usr/bin
	install -D -m 644 -t $(DESTDIR)/etc/scanstation config/scanstation.toml
	install -D -m 644 config/scanhub.default $(DESTDIR)/etc/default/scanhub
	install -D -m 644 -t $(DESTDIR)/usr/lib/systemd/system systemd/*.service systemd/*.socket
	install -D -m 644 systemd/scanstation.sysusers $(DESTDIR)/usr/lib/sysusers.d/scanstation.conf
	install -D -m 644 systemd/scanhub.sysusers $(DESTDIR)/usr/lib/sysusers.d/scanhub.conf
	install -D -m 644 -t $(DESTDIR)/usr/lib/udev/rules.d udev/*.rules
	install -D -m 644 -t $(DESTDIR)/usr/lib/udev/hwdb.d udev/*.hwdb
	install -D -m 644 udev/scanstation.modules-load $(DESTDIR)/usr/lib/modules-load.d/scanstation.conf
	install -D -m 644 -t $(DESTDIR)/usr/share/man/man1 man/*.1
	install -D -m 644 -t $(DESTDIR)/usr/share/man/man8 man/*.8
	install -D -m 644 -t $(DESTDIR)/usr/share/scanstation/grafana config/grafana/*.json
	install -D -m 644 config/scanstation-nfc.polkit \
		$(DESTDIR)/usr/share/polkit-1/rules.d/60-scanstation-nfc.rules
	@scripts/install-completions $(PROGRAM_FOLDER) "$(DESTDIR)" $(PROGRAMS)

man: debug ## Write the manual pages anew, from what the programs say of themselves.
	scripts/generate-man $(BUILD)/debug

packages: release ## Debian packages, their checksums and bill of materials: .build/packages.
	packaging/build

fmt: ## Format all sources.
	$(SWIFT) format --in-place --parallel --recursive $(SOURCES)

dependencies: ## Install the Debian packages and the Swift toolchain that are missing.
	@scripts/install-dependencies

debug: dependencies
	$(SWIFT) build --build-tests

# Without Swift's libraries beside them, the programs run on any machine of the same Debian.
release: dependencies
	$(SWIFT) build --configuration release --static-swift-stdlib
