// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <popt.h>

// popt.h has a function, a struct and a typedef around one name; Swift sees this one.
typedef struct poptOption CPoptOption;
