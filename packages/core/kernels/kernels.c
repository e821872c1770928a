/* All kernels as one translation unit, compiled once per instruction-set level (LABPROOF_LEVEL names it). */
#include "level.h"

#include "dense.c"

#include "elementary.c"

#include "activations.c"

#include "sparse.c"

#include "matmul.c"

#include "losses.c"

#include "optimizers.c"

#include "random.c"

#include "gather.c"

#include "scattered.c"

#include "windows.c"

#include "convolution.c"

#include "filter-gradient.c"
