/*
 * One tile of a product: sums[m][n] = Σ_k left(m, k) · right(k, n), k ascending, each product and each sum rounded.
 * A block of 128 threads takes ROWS × COLUMNS outputs, each thread TM × TN of them; nothing is split along k.
 * The factors come from sources (sources.cuh), a slice of DEPTH at a time, while the slice before it is summed.
 */
#include "cuda/gpu.cuh"

/* A slice of one factor on its way to shared memory, where it lies as [DEPTH][EXTENT]. */
template <int EXTENT, int DEPTH, bool BY_ROW, bool VECTOR, class Source> struct slice {
  /* By row, a thread reads some k in succession at one place, or at several; by column, places side by side at some k. */
  static const int PLACES = BY_ROW && EXTENT > TILE_THREADS ? EXTENT / TILE_THREADS : 1;
  static const int EACH_PLACE = EXTENT * DEPTH / TILE_THREADS / PLACES;
  static const int WIDTH = VECTOR ? 4 : 1;
  static const int ACROSS = BY_ROW ? EXTENT / PLACES : EXTENT / WIDTH;
  static const int STEP = BY_ROW ? WIDTH : TILE_THREADS / ACROSS;

  Source sources[PLACES];
  uint32_t place, first;
  float values[PLACES][EACH_PLACE];

  DEVICE_MEMBER void begin(const Source &from, uint32_t start) {
    place = threadIdx.x % ACROSS * (BY_ROW ? 1 : WIDTH);
    first = threadIdx.x / ACROSS * (BY_ROW ? EACH_PLACE : 1);
#pragma unroll
    for (int p = 0; p < PLACES; p++) {
      sources[p] = from;
      sources[p].stand_at(start + place + p * ACROSS);
    }
  }

  DEVICE_MEMBER void read(uint32_t k) {
#pragma unroll
    for (int p = 0; p < PLACES; p++) {
      sources[p].seek(k + first);
#pragma unroll
      for (int i = 0; i < EACH_PLACE; i += WIDTH) {
        if (VECTOR) {
          const float4 four = sources[p].four();
          values[p][i] = four.x;
          values[p][i + 1] = four.y;
          values[p][i + 2] = four.z;
          values[p][i + 3] = four.w;
        } else {
          values[p][i] = sources[p].one();
        }
        sources[p].step(STEP);
      }
    }
  }

  DEVICE_MEMBER void write(float *shared) const {
    if (VECTOR && !BY_ROW) {
#pragma unroll
      for (int i = 0; i < EACH_PLACE; i += 4) {
        float *to = shared + (first + i / 4 * STEP) * EXTENT + place;
        const float *four = values[0] + i;
        *(float4 *)to = make_float4(four[0], four[1], four[2], four[3]);
      }
      return;
    }
#pragma unroll
    for (int p = 0; p < PLACES; p++) {
#pragma unroll
      for (int i = 0; i < EACH_PLACE; i++) {
        const int k = first + (BY_ROW ? i : i / WIDTH * STEP);
        const int column = place + (BY_ROW ? p * ACROSS : i % WIDTH);
        shared[k * EXTENT + column] = values[p][i];
      }
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
/*
 * The tiles: for many outputs, for few columns (tall, narrow, slim), for filters of small images, and for few outputs with
 * long sums. Each product of 8 × 8 outputs a thread waits half as long for shared memory as it computes, of 4 × 4 as long.
 */
typedef shape<128, 64, 16, 8, 8> large;
typedef shape<256, 32, 16, 8, 8> tall;
typedef shape<128, 32, 16, 8, 4> narrow;
typedef shape<64, 64, 16, 8, 4> medium;
typedef shape<64, 32, 16, 4, 4> slim;
typedef shape<32, 32, 32, 4, 2> little;
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
  struct slice<Shape::ROWS, Shape::DEPTH, LEFT_BY_ROW, VECTOR, Left> a;
  struct slice<Shape::COLUMNS, Shape::DEPTH, RIGHT_BY_ROW, VECTOR, Right> b;
  a.begin(left, firstRow);
  b.begin(right, firstColumn);
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

/*
 * What a product does to its sums before it stores them, so that another pass over them is saved: it adds the bias that
 * lies `beside` it, rectifies, or lets pass what belongs to positive values of an array of its own shape.
 */
#define ENDING_BIAS 1
#define ENDING_RELU 2
#define ENDING_GATE 4

/* out[rows, columns] from a tile that begins at (firstRow, firstColumn). */
template <class Shape, bool VECTOR>
DEVICE void store(const struct tile<Shape> &tile, float *out, uint32_t firstRow,
                  uint32_t firstColumn, uint32_t rows, uint32_t columns, const float *beside,
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
      if ((ending & ENDING_BIAS) && column < columns) value = __fadd_rn(value, beside[column]);
      if (ending & ENDING_RELU) value = value > 0.0f ? value : 0.0f;
      if ((ending & ENDING_GATE) && column < columns) {
        value = beside[(size_t)row * columns + column] > 0.0f ? value : 0.0f;
      }
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
