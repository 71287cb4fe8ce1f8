# SPDX-License-Identifier: Apache-2.0

PROGRAM = .build/embedded/release/ipvsadm
DOCS = .build/docs
SCRIPTS = $(addprefix lab/,vm check qemu qemu-image qemu-initramfs kernel kernels init inside setup demo scenario shell shellrc shell-test kernel-tests follow-test fleet soak) \
	$(addprefix lab/,completion-test watch-test completion/bashrc completion/cases package-root package-test) \
	$(wildcard lab/lib/* lab/scenarios/* lab/bin/*) \
	$(addprefix packaging/,build install deb ipvsadm-service ipvsadm.init ipvsadm-metrics ipvsadm-follow ipvsadm-settings update-hook) \
	$(addprefix packaging/debian/,postinst prerm postrm) completions/ipvsadm.bash Documentation/check .ci/run Tests/fuzz

# What needs a kernel, the longest first.
LAB_TESTS = test-kernel test-scenarios test-installed test-follow test-completion test-watch test-shell

.PHONY: all build check fuzz examples install uninstall deb demo lab test test-ordinary test-kernels test-package completions bench bench-qemu \
	scale fleet faults soak sequences docs lint clean $(LAB_TESTS)

all: build

build:
	@packaging/build
	@touch $(PROGRAM)

# Nothing is built for root that is there already, and no older program than its sources is installed.
$(PROGRAM): $(shell find Sources packaging/build Package.swift -type f)
	@$(MAKE) --no-print-directory build

# The unit tests, which need no kernel.
check:
	@lab/setup --check build
	swift build --build-tests
	swift test --skip-build --disable-xctest --skip KernelTests

# Tries inputs for so many seconds on everything that reads bytes from outside, by libFuzzer.
SECONDS = 60
fuzz:
	@lab/setup --check build
	@Tests/fuzz $(SECONDS)

# PREFIX and DESTDIR say where to install; packaging/install has more settings.
install: $(PROGRAM)
	@packaging/install

uninstall:
	@packaging/install --remove

deb: build
	@lab/setup package
	@packaging/deb
	@lintian --allow-root --fail-on error,warning,info --display-info .build/deb/*.deb

.build/root.tar: lab/package-root
	@lab/package-root $@

examples:
	@lab/setup --check build
	swift build --package-path Examples/weights --scratch-path .build/examples

demo:
	@lab/setup build lab
	@$(MAKE) --no-print-directory build
	@LAB_SECONDS=300 lab/vm lab/demo

lab:
	@lab/setup build lab
	@$(MAKE) --no-print-directory build
	@lab/shell

test:
	@lab/setup build lab test
	@lab/setup package
	@$(MAKE) --no-print-directory check examples deb .build/root.tar
	@$(MAKE) --no-print-directory --jobs=2 --output-sync=target --keep-going $(LAB_TESTS)

test-kernel:
	LAB_SECONDS=3600 lab/vm lab/kernel-tests

test-scenarios:
	LAB_SECONDS=3600 lab/scenario all

test-completion:
	LAB_SECONDS=1200 lab/vm lab/completion-test

test-watch:
	LAB_SECONDS=1200 lab/vm lab/watch-test

test-follow:
	lab/follow-test

test-shell:
	lab/shell-test

# The package, on a minimal Debian.
test-installed:
	LAB_SECONDS=2400 lab/vm lab/package-test

# Runs the kernel tests with the program as ordinary Swift, from the same sources.
test-ordinary:
	@lab/setup build lab test
	@$(MAKE) --no-print-directory examples
	swift build --build-tests
	swift build -c release --product ipvsadm
	IPVSADM=$(CURDIR)/.build/release/ipvsadm LAB_SECONDS=2700 lab/vm lab/kernel-tests

# The kernel tests and the scenarios on Linux 6.1 and 6.12 in user-mode-linux, and on Debian's own kernel in QEMU.
test-kernels:
	@lab/setup build lab test qemu
	@$(MAKE) --no-print-directory build examples
	swift build --build-tests
	@lab/kernels

test-package: deb .build/root.tar
	@lab/setup lab package
	@$(MAKE) --no-print-directory test-installed

completions:
	@lab/setup --check build
	COMPLETIONS=write swift test --disable-xctest --filter CompletionTests

bench: build
	@lab/setup lab test bench
	@LAB_SECONDS=3600 LAB_MEMORY=3G lab/vm lab/bench

# Half a million connections: JSON, filters and counts.
scale: build
	@lab/setup lab test
	@LAB_SECONDS=14400 LAB_MEMORY=6G lab/vm lab/scale

# The same on Debian's own kernel, in QEMU.
bench-qemu: build
	@lab/setup bench qemu
	@lab/bench compile
	@LAB_SECONDS=7200 LAB_MEMORY=3G LAB_FILES=".build/bench .build/embedded/release/ipvsadm" lab/qemu lab/bench

# A day in an hour: writers, listers, watchers and a follower on one table, which has 10 000 services and half a million
# connections.
MINUTES = 60
soak: build
	@lab/setup lab test
	@MINUTES=$(MINUTES) LAB_SECONDS=$$(($(MINUTES) * 60 + 7200)) LAB_MEMORY=6G lab/vm lab/soak

# A hundred directors that follow one key, and what a hundred thousand servers cost each of them.
fleet: build
	@lab/setup lab test
	@lab/fleet
	@LAB_SECONDS=3600 LAB_MEMORY=3G lab/vm lab/costs

# Each system call of each command fails in each of its ways, and memory, descriptors, disks, readers and moments end.
faults: build
	@lab/setup lab test
	@LAB_SECONDS=14400 lab/vm lab/fault-test

# Random commands, by Debian's program and by ours.
sequences: build
	@lab/setup --check build
	@lab/setup lab test
	swift build --build-tests
	@SEQUENCES=$${SEQUENCES:-300} LAB_SECONDS=14400 lab/vm lab/kernel-tests randomCommandsDoTheSame

# The library's pages, in .build/docs. Broken links and undocumented declarations are errors.
docs:
	@lab/setup --check build
	swift build --target IPVS
	@mkdir -p $(DOCS)/symbols
	swift symbolgraph-extract -module-name IPVS -I .build/debug/Modules -I Sources/CLinux/include \
	  -minimum-access-level public -skip-synthesized-members -output-dir $(DOCS)/symbols
	@docc convert Sources/IPVS/IPVS.docc --additional-symbol-graph-dir $(DOCS)/symbols --warnings-as-errors \
	  --output-path $(DOCS)/IPVS.doccarchive --fallback-default-module-kind Library \
	  --experimental-documentation-coverage --coverage-summary-level detailed \
	  >$(DOCS)/report || { cat $(DOCS)/report; exit 1; }
	@awk -F'|' '$$3 ~ /false/ && $$2 !~ /Article|CollectionGroup/ { print "undocumented:" $$NF; bad = 1 } \
	  END { exit bad }' $(DOCS)/report

lint:
	@lab/setup build lint
	@$(MAKE) --no-print-directory docs
	swift format lint --strict --recursive Sources Tests Examples Package.swift
	shellcheck $(SCRIPTS)
	mandoc -T lint -W warning man/*.8
	Documentation/check
	lab/check

clean:
	swift package clean
	rm -rf .build/embedded
