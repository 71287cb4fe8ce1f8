// SPDX-License-Identifier: Apache-2.0
//
// Swift's dictionaries need this one function of the mathematical library. With a copy here, the program need not
// load that library at each start.

double ceil(double value) {
  if (!(value > -0x1p52 && value < 0x1p52)) return value; // such numbers have no fraction
  double whole = (double)(long long)value;
  return whole < value ? whole + 1 : whole;
}
