/* All kernels for a GPU as one translation unit: those of their own, and the C kernels' loops over single elements. */
#include "cuda/gpu.cuh"

namespace {
#include "elementary/elementary.c"

#include "elementary/sine.c"

#include "activations/gated.c"

#include "activations/rectifiers.c"

#include "activations/sigmoids.c"

#include "activations/softmax.c"

#include "activations/softplus.c"

#include "arrays/argmax.c"

#include "arrays/scaling.c"

#include "losses/absolute-error.c"

#include "losses/crossentropy.c"

#include "losses/squared-error.c"

#include "optimizers/adagrad.c"

#include "optimizers/adam.c"

#include "optimizers/penalties.c"

#include "optimizers/rmsprop.c"

#include "optimizers/sgd.c"

#include "optimizers/torch.c"

#include "pooling/tied-maximum.c"

#include "images/transform.c"
}

#include "cuda/convolution.cuh"

#include "cuda/pooling.cuh"

#include "cuda/random.cuh"

#include "cuda/rows.cuh"

#include "cuda/sums.cuh"

/* Generated from src/engines/signatures.ts: one kernel for each shared loop. */
#include "shared-kernels.cuh"
