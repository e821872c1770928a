/*
 * One tile of a product: sums[m][n] = Σ_k left(m, k) · right(k, n), k ascending, each product and each sum rounded.
 * A block of 128 threads takes ROWS × COLUMNS outputs, each thread TM × TN of them; nothing is split along k.
 * The factors come from sources (sources.cuh), a slice of DEPTH at a time, while the slice before it is summed.
 */
#include "cuda/gpu.cuh"

/* A slice of one factor on its way to shared memory, where it lies as [DEPTH][EXTENT]. */
template <int EXTENT, int DEPTH, bool BY_ROW, bool VECTOR, class Source> struct slice {
  /* By row, a thread reads some k in succession at one place; by column, places side by side at some k. */
  static const int EACH_THREAD = EXTENT * DEPTH / TILE_THREADS;
  static const int WIDTH = VECTOR ? 4 : 1;
  static const int ACROSS = BY_ROW ? EXTENT : EXTENT / WIDTH;
  static const int STEP = BY_ROW ? WIDTH : TILE_THREADS / ACROSS;

  Source source;
  uint32_t place, first;
  float values[EACH_THREAD];

  DEVICE_MEMBER slice(const Source &from, uint32_t start) : source(from) {
    place = threadIdx.x % ACROSS * (BY_ROW ? 1 : WIDTH);
    first = threadIdx.x / ACROSS * (BY_ROW ? EACH_THREAD : 1);
    source.stand_at(start + place);
  }

  DEVICE_MEMBER void read(uint32_t k) {
    source.seek(k + first);
#pragma unroll
    for (int i = 0; i < EACH_THREAD; i += WIDTH) {
      if (VECTOR) {
        const float4 four = source.four();
        values[i] = four.x;
        values[i + 1] = four.y;
        values[i + 2] = four.z;
        values[i + 3] = four.w;
      } else {
        values[i] = source.one();
      }
      source.step(STEP);
    }
  }

  DEVICE_MEMBER void write(float *shared) const {
    if (VECTOR && !BY_ROW) {
#pragma unroll
      for (int i = 0; i < EACH_THREAD; i += 4) {
        float *to = shared + (first + i / 4 * STEP) * EXTENT + place;
        *(float4 *)to = make_float4(values[i], values[i + 1], values[i + 2], values[i + 3]);
      }
      return;
    }
#pragma unroll
    for (int i = 0; i < EACH_THREAD; i++) {
      const int k = first + (BY_ROW ? i : i / WIDTH * STEP);
      const int column = place + (BY_ROW ? 0 : i % WIDTH);
      shared[k * EXTENT + column] = values[i];
    }
  }
};

/* Which of a tile's EXTENT rows or columns is number i of a thread's COUNT: fours side by side, or all. */
template <int EXTENT, int COUNT> DEVICE int place_of(int thread, int i) {
  return COUNT % 4 == 0 ? i / 4 * (EXTENT * 4 / COUNT) + thread * 4 + i % 4 : thread * COUNT + i;
}

template <int EXTENT, int COUNT>
DEVICE void read_fragment(const float *row, int thread, float *fragment) {
  if (COUNT % 4 == 0) {
#pragma unroll
    for (int i = 0; i < COUNT; i += 4) {
      const float4 four = *(const float4 *)(row + place_of<EXTENT, COUNT>(thread, i));
      fragment[i] = four.x;
      fragment[i + 1] = four.y;
      fragment[i + 2] = four.z;
      fragment[i + 3] = four.w;
    }
  } else {
#pragma unroll
    for (int i = 0; i < COUNT; i++) fragment[i] = row[place_of<EXTENT, COUNT>(thread, i)];
  }
}

template <int ROWS_, int COLUMNS_, int DEPTH_, int TM_, int TN_> struct shape {
  static const int ROWS = ROWS_, COLUMNS = COLUMNS_, DEPTH = DEPTH_, TM = TM_, TN = TN_;
};
/* The tiles: for many outputs, for few columns, for small images' filters, and for few outputs with long sums. */
typedef shape<128, 64, 16, 8, 8> large;
typedef shape<128, 32, 16, 8, 4> narrow;
typedef shape<64, 64, 16, 8, 4> medium;
typedef shape<64, 32, 16, 4, 4> slim;
typedef shape<16, 16, 32, 2, 1> small;

/* The outputs of one thread of a tile. */
template <class Shape> struct tile {
  float sums[Shape::TM][Shape::TN];
  int row, column;
};

template <class Shape, bool LEFT_BY_ROW, bool RIGHT_BY_ROW, bool VECTOR, class Left, class Right>
DEVICE void multiply(const Left &left, const Right &right, uint32_t firstRow, uint32_t firstColumn,
                     uint32_t depth, struct tile<Shape> &tile) {
  const int ROWS = Shape::ROWS, COLUMNS = Shape::COLUMNS, DEPTH = Shape::DEPTH;
  __shared__ __align__(16) float lefts[2][DEPTH * ROWS];
  __shared__ __align__(16) float rights[2][DEPTH * COLUMNS];
  struct slice<Shape::ROWS, Shape::DEPTH, LEFT_BY_ROW, VECTOR, Left> a(left, firstRow);
  struct slice<Shape::COLUMNS, Shape::DEPTH, RIGHT_BY_ROW, VECTOR, Right> b(right, firstColumn);
  tile.row = threadIdx.x / (COLUMNS / Shape::TN);
  tile.column = threadIdx.x % (COLUMNS / Shape::TN);
#pragma unroll
  for (int i = 0; i < Shape::TM; i++) {
#pragma unroll
    for (int j = 0; j < Shape::TN; j++) tile.sums[i][j] = 0.0f;
  }
  a.read(0);
  b.read(0);
  int now = 0;
  for (uint32_t k = 0; k < depth; k += DEPTH) {
    a.write(lefts[now]);
    b.write(rights[now]);
    __syncthreads();
    if (k + DEPTH < depth) {
      a.read(k + DEPTH);
      b.read(k + DEPTH);
    }
#pragma unroll 4
    for (int p = 0; p < DEPTH; p++) {
      float x[Shape::TM], y[Shape::TN];
      read_fragment<Shape::ROWS, Shape::TM>(lefts[now] + p * ROWS, tile.row, x);
      read_fragment<Shape::COLUMNS, Shape::TN>(rights[now] + p * COLUMNS, tile.column, y);
#pragma unroll
      for (int i = 0; i < Shape::TM; i++) {
#pragma unroll
        for (int j = 0; j < Shape::TN; j++) {
          tile.sums[i][j] = __fadd_rn(tile.sums[i][j], __fmul_rn(x[i], y[j]));
        }
      }
    }
    now ^= 1;
  }
}

/* What a product does to its sums before it stores them: adds a bias, then rectifies. */
#define ENDING_BIAS 1
#define ENDING_RELU 2

/* out[rows, columns] from a tile that begins at (firstRow, firstColumn). */
template <class Shape, bool VECTOR>
DEVICE void store(const struct tile<Shape> &tile, float *out, uint32_t firstRow,
                  uint32_t firstColumn, uint32_t rows, uint32_t columns, const float *bias,
                  uint32_t ending) {
#pragma unroll
  for (int i = 0; i < Shape::TM; i++) {
    const uint32_t row = firstRow + place_of<Shape::ROWS, Shape::TM>(tile.row, i);
    if (row >= rows) continue;
    float values[Shape::TN];
#pragma unroll
    for (int j = 0; j < Shape::TN; j++) {
      const uint32_t column = firstColumn + place_of<Shape::COLUMNS, Shape::TN>(tile.column, j);
      float value = tile.sums[i][j];
      if ((ending & ENDING_BIAS) && column < columns) value = __fadd_rn(value, bias[column]);
      if (ending & ENDING_RELU) value = value > 0.0f ? value : 0.0f;
      values[j] = value;
    }
    float *to = out + (size_t)row * columns;
#pragma unroll
    for (int j = 0; j < Shape::TN; j++) {
      const uint32_t column = firstColumn + place_of<Shape::COLUMNS, Shape::TN>(tile.column, j);
      if (column >= columns) continue;
      if (VECTOR && Shape::TN % 4 == 0) {
        if (j % 4 == 0) {
          *(float4 *)(to + column) =
              make_float4(values[j], values[(j + 1) % Shape::TN], values[(j + 2) % Shape::TN],
                          values[(j + 3) % Shape::TN]);
        }
      } else {
        to[column] = values[j];
      }
    }
  }
}
