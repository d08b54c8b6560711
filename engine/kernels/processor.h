/* Instructions that this processor has beyond those that every one must have (AVX2, fused multiply-add). */
#ifndef KERNELS_PROCESSOR_H
#define KERNELS_PROCESSOR_H

#include <stdbool.h>

bool processor_has_avx512(void);
bool processor_has_avx512_bf16(void); /* and AVX512 */
bool processor_has_amx(void);         /* AMX of bfloat16, if the system gives it, and AVX512_BF16 */
bool processor_has_avx2(void);

#endif
