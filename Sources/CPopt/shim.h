// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <popt.h>

// popt.h uses one name for a function, a struct and a typedef. In Swift this name stands for the struct.
typedef struct poptOption CPoptOption;
