# SPDX-License-Identifier: Apache-2.0

# The Swift and C++ runtimes are linked statically; the program needs the C library, libnl and popt. What else is
# said to the linker is for a quick start: no addresses to relocate, functions bound when they are called.
STATIC = .build/static
RELEASE = swift build -c release --static-swift-stdlib --product ipvsadm \
	-Xswiftc -no-toolchain-stdlib-rpath -Xswiftc -Xclang-linker -Xswiftc -no-pie \
	-Xlinker -L$(STATIC) -Xlinker -z -Xlinker lazy -Xlinker --no-export-dynamic
SCRIPTS = lab/vm lab/init lab/inside lab/setup lab/demo lab/picture lab/kernel-tests .ci/run

.PHONY: all build demo test bench lint clean

all: build

build:
	@lab/setup build
	@mkdir -p $(STATIC)
	@ln -sf "$$(clang -print-file-name=libstdc++.a)" $(STATIC)/libstdc++.a
	@ln -sf "$$(clang -print-file-name=libgcc_eh.a)" $(STATIC)/libgcc_s.a
	$(RELEASE)

demo: build
	@lab/setup lab
	@LAB_SECONDS=60 lab/vm lab/demo

test: build
	@lab/setup lab test
	swift build --build-tests
	swift test --skip-build --disable-xctest --skip KernelTests
	LAB_SECONDS=1200 lab/vm lab/kernel-tests

bench: build
	@lab/setup lab test bench
	@LAB_SECONDS=1200 LAB_MEMORY=2G lab/vm lab/bench

lint:
	@lab/setup build lint
	swift format lint --strict --recursive Sources Tests Package.swift
	shellcheck $(SCRIPTS)

clean:
	swift package clean
