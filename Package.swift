// swift-tools-version: 6.3
// SPDX-License-Identifier: Apache-2.0

import PackageDescription

let strict: [SwiftSetting] = [
  .strictMemorySafety(),
  .treatAllWarnings(as: .error),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
]

let strictC: [CSetting] = [
  .enableWarning("all"),
  .enableWarning("extra"),
  .treatAllWarnings(as: .error),
  .define("_FORTIFY_SOURCE", to: "2", .when(configuration: .release)),
]

let package = Package(
  name: "ipvsadm",
  products: [
    .executable(name: "ipvsadm", targets: ["ipvsadm"]),
    .library(name: "IPVS", targets: ["IPVS"]),
  ],
  targets: [
    .systemLibrary(
      name: "CNetlink", pkgConfig: "libnl-genl-3.0",
      providers: [.apt(["libnl-3-dev", "libnl-genl-3-dev", "pkg-config"])]),
    .systemLibrary(
      name: "CPopt", pkgConfig: "popt",
      providers: [.apt(["libpopt-dev", "pkg-config"])]),
    .target(name: "CLinux", dependencies: ["CNetlink"], cSettings: strictC),
    .target(name: "IPVS", dependencies: ["CLinux"], swiftSettings: strict),
    .target(name: "IPVSAdmin", dependencies: ["CLinux", "CPopt", "IPVS"], swiftSettings: strict),
    .executableTarget(name: "ipvsadm", dependencies: ["IPVSAdmin"], cSettings: strictC),
    .target(name: "TestNoise", path: "Tests/TestNoise", swiftSettings: strict),
    .testTarget(name: "IPVSTests", dependencies: ["IPVS", "TestNoise"], swiftSettings: strict),
    .testTarget(name: "IPVSAdminTests", dependencies: ["IPVSAdmin", "TestNoise"], swiftSettings: strict),
    .target(
      name: "FuzzTargets", dependencies: ["CLinux", "IPVS", "IPVSAdmin"], path: "Tests/FuzzTargets",
      swiftSettings: strict),
    .testTarget(name: "FuzzTests", dependencies: ["FuzzTargets"], swiftSettings: strict),
    .target(name: "CLab", path: "Tests/CLab", cSettings: strictC),
    .testTarget(
      name: "KernelTests", dependencies: ["CLab", "IPVS", "IPVSAdmin", "TestNoise"], exclude: ["Cases"],
      swiftSettings: strict),
  ],
  swiftLanguageModes: [.v6],
  cLanguageStandard: .gnu17
)

// Tests/fuzz builds this one; libFuzzer has its main function.
if Context.environment["FUZZ"] != nil {
  package.targets.append(
    .executableTarget(
      name: "fuzz", dependencies: ["FuzzTargets"], path: "Tests/Fuzzer",
      swiftSettings: strict + [.unsafeFlags(["-parse-as-library"])]))
}
