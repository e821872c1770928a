/* erfc by W. J. Cody, Mathematics of Computation 23, 1969, in float64. */
#ifndef LABPROOF_ELEMENTARY_ERROR_FUNCTION_H
#define LABPROOF_ELEMENTARY_ERROR_FUNCTION_H

#include "elementary/exponential.h"
#include "level.h"

#define SQRT_HALF 0.7071067811865476
#define INVERSE_SQRT_2_PI 0.3989422804014327
#define INVERSE_SQRT_PI 0.5641895835477563

/* erf(z) for |z| ≤ 0.46875; this and the next two by W. J. Cody, Mathematics of Computation 23, 1969. */
ALWAYS_INLINE double erf_small(double z) {
  const double s = z * z;
  double p = 0.18577770618460315 * s;
  double q = s;
  p = (p + 3.1611237438705655) * s;
  q = (q + 23.601290952344122) * s;
  p = (p + 113.86415415105016) * s;
  q = (q + 244.02463793444417) * s;
  p = (p + 377.485237685302) * s;
  q = (q + 1282.6165260773723) * s;
  return (z * (p + 3209.3775891384694)) / (q + 2844.236833439171);
}

/* exp(a²) · erfc(a) for 0.46875 ≤ a ≤ 4. */
ALWAYS_INLINE double erfc_middle(double a) {
  double p = 2.1531153547440383e-8 * a;
  double q = a;
  p = (p + 0.5641884969886701) * a;
  q = (q + 15.744926110709835) * a;
  p = (p + 8.883149794388377) * a;
  q = (q + 117.6939508913125) * a;
  p = (p + 66.11919063714163) * a;
  q = (q + 537.1811018620099) * a;
  p = (p + 298.6351381974001) * a;
  q = (q + 1621.3895745666903) * a;
  p = (p + 881.952221241769) * a;
  q = (q + 3290.7992357334597) * a;
  p = (p + 1712.0476126340707) * a;
  q = (q + 4362.619090143247) * a;
  p = (p + 2051.0783778260716) * a;
  q = (q + 3439.3676741437216) * a;
  return (p + 1230.3393547979972) / (q + 1230.3393548037495);
}

/* exp(a²) · erfc(a) for a ≥ 4. */
ALWAYS_INLINE double erfc_large(double a) {
  const double s = 1.0 / (a * a);
  double p = 0.016315387137302097 * s;
  double q = s;
  p = (p + 0.30532663496123236) * s;
  q = (q + 2.568520192289822) * s;
  p = (p + 0.36034489994980445) * s;
  q = (q + 1.8729528499234673) * s;
  p = (p + 0.12578172611122926) * s;
  q = (q + 0.5279051029514285) * s;
  p = (p + 0.016083785148742275) * s;
  q = (q + 0.06051834131244132) * s;
  const double tail = (s * (p + 0.0006587491615298378)) / (q + 0.0023352049762686918);
  return (INVERSE_SQRT_PI - tail) / a;
}

/* All three ranges are computed and one is chosen, so that loops over it become vectors. */
ALWAYS_INLINE double erfc_double(double z) {
  const double a = z < 0.0 ? -z : z;
  const double small = 1.0 - erf_small(z);
  const double middle = erfc_middle(a);
  const double large = erfc_large(a);
  const double upper = exp_double(-a * a) * (a <= 4.0 ? middle : large);
  const double outer = z < 0.0 ? 2.0 - upper : upper;
  return a <= 0.46875 ? small : outer;
}

/* The standard normal distribution function. */
ALWAYS_INLINE double normal_share(double x) { return 0.5 * erfc_double(-x * SQRT_HALF); }

#endif
