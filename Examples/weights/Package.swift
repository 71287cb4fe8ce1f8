// swift-tools-version: 6.3
// SPDX-License-Identifier: Apache-2.0

import PackageDescription

let package = Package(
  name: "weights",
  dependencies: [.package(name: "ipvsadm", path: "../..")],
  targets: [
    .executableTarget(name: "weights", dependencies: [.product(name: "IPVS", package: "ipvsadm")])
  ]
)
