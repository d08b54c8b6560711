/* Instructions that this processor has beyond those that every one must have (kernels/vectors.h). */
#ifndef KERNELS_PROCESSOR_H
#define KERNELS_PROCESSOR_H

#include <stdbool.h>

#ifdef __x86_64__
bool processor_has_avx512(void);
bool processor_has_avx512_bf16(void); /* and AVX512 */
bool processor_has_amx(void);         /* AMX of bfloat16, if the system gives it, and AVX512_BF16 */
#endif
bool processor_has_narrow(void);

#endif
