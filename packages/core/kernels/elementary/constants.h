/* Numbers that several elementary functions need. */
#ifndef LABPROOF_ELEMENTARY_CONSTANTS_H
#define LABPROOF_ELEMENTARY_CONSTANTS_H

#define LN_2 0.6931471805599453
/* 1.5 · 2^52: adding it leaves the nearest integer (ties to even) in the low bits of the sum. */
#define ROUNDER 6755399441055744.0

#endif
