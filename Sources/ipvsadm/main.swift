// SPDX-License-Identifier: Apache-2.0

internal import Glibc
internal import IPVSAdmin

exit(Program.run(CommandLine.arguments))
