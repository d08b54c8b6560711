/* A back end whose memory is out of the host's reach, as that of another device would be: blocks
 * may be touched only while one of its kernels or copies runs. Anybody else who looks into one is ended
 * by the system. It computes as kernels_fast does, with the same bits, in one thread. */
#ifndef TESTS_TRAIN_FAR_KERNELS_H
#define TESTS_TRAIN_FAR_KERNELS_H

#include "kernels/kernels.h"

extern const Kernels far_kernels;

/* Around its use; blocks are gone with the end. */
void far_kernels_begin(void);
void far_kernels_end(void);

#endif
