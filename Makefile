# SPDX-License-Identifier: Apache-2.0

# The Swift runtime is linked statically: the program needs the C library, libnl and popt.
RELEASE = swift build -c release --static-swift-stdlib -Xswiftc -no-toolchain-stdlib-rpath --product ipvsadm
SCRIPTS = lab/vm lab/init lab/inside lab/setup lab/demo lab/picture lab/kernel-tests .ci/run

.PHONY: all build demo test lint clean

all: build

build:
	@lab/setup build
	$(RELEASE)

demo: build
	@lab/setup lab
	@LAB_SECONDS=60 lab/vm lab/demo

test: build
	@lab/setup lab test
	swift build --build-tests
	swift test --skip-build --disable-xctest --skip KernelTests
	LAB_SECONDS=1200 lab/vm lab/kernel-tests

lint:
	@lab/setup build lint
	swift format lint --strict --recursive Sources Tests Package.swift
	shellcheck $(SCRIPTS)

clean:
	swift package clean
