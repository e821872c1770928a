/* All kernels as one translation unit, compiled once per instruction-set level (LABPROOF_LEVEL names it). */
#include "level.h"

#include "dense.c"

#include "elementary.c"

#include "special-functions.c"

#include "activations.c"

#include "more-activations.c"

#include "sparse.c"

#include "matmul.c"

#include "scattered.c"

#include "windows.c"

#include "nonzero.c"

#include "spread.c"

#include "convolution.c"

#include "filter-gradient.c"

#include "filter-gradient-sparse.c"

#include "pooling.c"

#include "normalization.c"

#include "losses.c"

#include "optimizers.c"

#include "more-optimizers.c"

#include "random.c"

#include "gather.c"

#include "images.c"
