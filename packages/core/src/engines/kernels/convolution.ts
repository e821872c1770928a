import type { Pointer } from '../memory.ts';

/**
 * The extents of a 2-D convolution, the same for any number of rows: images `[rows, height, width, channels]`, weights
 * `[kernelHeight, kernelWidth, channels, filters]`, outputs `[rows, outHeight, outWidth, filters]`, all row-major.
 * Output position (oy, ox) looks at the image rows oy · strideY + ky − padTop and the columns ox · strideX + kx − padLeft.
 * Taps outside the image count as zeros. An engine may skip them or add their products: while the weights and
 * gradients are finite both give the same bits, because a sum that starts at +0 never becomes −0.
 */
export interface ConvolutionGeometry {
  readonly height: number;
  readonly width: number;
  readonly channels: number;
  readonly filters: number;
  readonly kernelHeight: number;
  readonly kernelWidth: number;
  readonly strideY: number;
  readonly strideX: number;
  readonly padTop: number;
  readonly padLeft: number;
  readonly outHeight: number;
  readonly outWidth: number;
}

/** 2-D convolution as the field has it, which is cross-correlation: the weights are not turned. */
export interface ConvolutionKernels {
  /**
   * y[r,oy,ox,f] = Σ x[r, oy·strideY + ky − padTop, ox·strideX + kx − padLeft, c] · w[ky,kx,c,f],
   * summed from +0 over ky, then kx, then c, each ascending.
   */
  conv2d(x: Pointer, w: Pointer, y: Pointer, rows: number, geometry: ConvolutionGeometry): void;
  /**
   * Input gradient: dx[r,iy,ix,c] = Σ dy[r,oy,ox,f] · w[iy + padTop − oy·strideY, ix + padLeft − ox·strideX, c, f],
   * summed from +0 over the output positions that look at (iy, ix), oy and then ox ascending (so the kernel row and
   * column descend), and for each position over f ascending. This is the convolution with stride 1 of dy, dilated by
   * the strides and padded with zeros, with the weights turned by 180 degrees and `filters` as its channels.
   */
  conv2dInputGradient(
    dy: Pointer,
    w: Pointer,
    dx: Pointer,
    rows: number,
    geometry: ConvolutionGeometry,
  ): void;
  /**
   * Filter gradient: dw[ky,kx,c,f] = Σ_r (Σ_oy Σ_ox x[r, oy·strideY + ky − padTop, ox·strideX + kx − padLeft, c] ·
   * dy[r,oy,ox,f]): for each example a sum from +0 over the positions in row-major order; these partial sums are then
   * added from +0 in the order of the examples.
   */
  conv2dFilterGradient(
    x: Pointer,
    dy: Pointer,
    dw: Pointer,
    rows: number,
    geometry: ConvolutionGeometry,
  ): void;
  /**
   * Bias gradient of images: db[c] = Σ_r (Σ_p dy[r,p,c]), each example's positions from +0, then the partial sums from
   * +0 in the order of the examples. With one position it gives the bits of `biasGradient`.
   */
  conv2dBiasGradient(
    dy: Pointer,
    db: Pointer,
    rows: number,
    positions: number,
    columns: number,
  ): void;
}
