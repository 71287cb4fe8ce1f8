// SPDX-License-Identifier: Apache-2.0
//
// Swift's dictionaries round their sizes up by this one function of the mathematical library, which need not be loaded
// for it at each start.

double ceil(double value) {
  if (!(value > -0x1p52 && value < 0x1p52)) return value; // no fraction is left there
  double whole = (double)(long long)value;
  return whole < value ? whole + 1 : whole;
}
