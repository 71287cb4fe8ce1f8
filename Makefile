# SPDX-License-Identifier: Apache-2.0

# All libraries but the C library are linked statically: $(STATIC) has nothing else of them to be found. What more
# is said to the linker is for a quick start as well: no addresses to relocate, functions bound when they are called,
# no directory searched for libraries first.
STATIC = $(CURDIR)/.build/static
RELEASE = PKG_CONFIG_PATH=$(STATIC) swift build -c release --product ipvsadm \
	--static-swift-stdlib --disable-local-rpath -Xswiftc -no-toolchain-stdlib-rpath \
	-Xswiftc -Xclang-linker -Xswiftc -no-pie -Xlinker -L$(STATIC) -Xlinker -z -Xlinker lazy -Xlinker --no-export-dynamic
DOCS = .build/docs
SCRIPTS = $(addprefix lab/,vm init inside setup demo picture scenario shell shellrc shell-test kernel-tests) \
	$(addprefix lab/,completion-test package-root package-test) $(wildcard lab/scenarios/* lab/bin/*) \
	$(addprefix packaging/,install deb ipvsadm-service ipvsadm.init debian/postinst debian/prerm debian/postrm) \
	completions/ipvsadm.bash Documentation/check .ci/run

.PHONY: all build examples install uninstall deb demo lab test test-package completions bench docs lint clean

all: build

build:
	@lab/setup build
	@mkdir -p $(STATIC)
	@for library in nl-3 nl-genl-3 popt stdc++; do \
	  ln -sf "$$(clang -print-file-name=lib$$library.a)" $(STATIC)/; done
	@ln -sf "$$(clang -print-file-name=libgcc_eh.a)" $(STATIC)/libgcc_s.a
	@for package in libnl-3.0 libnl-genl-3.0 popt; do \
	  sed "s|^libdir=.*|libdir=$(STATIC)|" "$$(pkg-config --variable=pcfiledir $$package)/$$package.pc" \
	    >$(STATIC)/$$package.pc; done
	$(RELEASE)

# PREFIX and DESTDIR say where; packaging/install knows more.
install: .build/release/ipvsadm
	@packaging/install

uninstall:
	@packaging/install --remove

.build/release/ipvsadm:
	@$(MAKE) --no-print-directory build

deb: build
	@lab/setup package
	@packaging/deb
	@lintian --allow-root --fail-on error,warning,info --display-info .build/deb/*.deb

.build/root.tar:
	@lab/package-root $@

examples:
	@lab/setup build
	swift build --package-path Examples/weights --scratch-path .build/examples

demo: build
	@lab/setup lab
	@LAB_SECONDS=60 lab/vm lab/demo

lab: build
	@lab/setup lab
	@lab/shell

test: build examples
	@lab/setup lab test
	swift build --build-tests
	swift test --skip-build --disable-xctest --skip KernelTests
	LAB_SECONDS=120 lab/vm lab/completion-test
	LAB_SECONDS=1200 lab/vm lab/kernel-tests
	lab/scenario all
	lab/shell-test
	@$(MAKE) --no-print-directory test-package

test-package: deb .build/root.tar
	@lab/setup lab package
	LAB_SECONDS=600 lab/vm lab/package-test

completions:
	@lab/setup build
	COMPLETIONS=write swift test --disable-xctest --filter CompletionTests

bench: build
	@lab/setup lab test bench
	@LAB_SECONDS=1200 LAB_MEMORY=2G lab/vm lab/bench

# The library's pages, in .build/docs. Links that lead nowhere are errors, and so are declarations without a word.
docs:
	@lab/setup build
	swift build --target IPVS
	@mkdir -p $(DOCS)/symbols
	swift symbolgraph-extract -module-name IPVS -I .build/debug/Modules -I Sources/CIPVS/include \
	  -minimum-access-level public -skip-synthesized-members -output-dir $(DOCS)/symbols
	@docc convert Sources/IPVS/IPVS.docc --additional-symbol-graph-dir $(DOCS)/symbols --warnings-as-errors \
	  --output-path $(DOCS)/IPVS.doccarchive --fallback-default-module-kind Library \
	  --experimental-documentation-coverage --coverage-summary-level detailed \
	  >$(DOCS)/report || { cat $(DOCS)/report; exit 1; }
	@awk -F'|' '$$3 ~ /false/ && $$2 !~ /Article|CollectionGroup/ { print "undocumented:" $$NF; bad = 1 } \
	  END { exit bad }' $(DOCS)/report

lint: docs
	@lab/setup build lint
	swift format lint --strict --recursive Sources Tests Examples Package.swift
	shellcheck $(SCRIPTS)
	mandoc -T lint -W warning man/*.8
	Documentation/check

clean:
	swift package clean
