#ifndef JILAAL_CPU_FEATURES_H
#define JILAAL_CPU_FEATURES_H

#include <stdbool.h>

/// Whether this processor has everything that code compiled for x86-64-v3
/// may use (AVX2, FMA, BMI1 and BMI2). Always false on other architectures.
bool jilaal_cpu_has_x86_64_v3(void);

/// Whether it also has what code compiled for x86-64-v4 may use (AVX-512 F,
/// BW, CD, DQ and VL, and a system that saves their registers).
bool jilaal_cpu_has_x86_64_v4(void);

#endif
