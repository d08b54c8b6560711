"""Imported before PyTorch: with what is set here it gives the same bits on every processor that the engine runs on.

Left alone, PyTorch and MKL choose their loops by the processor, and sums are cut by threads, so that the last of twelve
digits differ from machine to machine, and all digits of what would be zero if nothing were rounded.
"""

import os

os.environ["ATEN_CPU_CAPABILITY"] = "avx2"  # PyTorch's own loops, with its own functions, not those of the C library
os.environ["MKL_CBWR"] = "COMPATIBLE"  # MKL's products: the only form that is the same on all makers' processors
os.environ["OMP_NUM_THREADS"] = os.environ["MKL_NUM_THREADS"] = "1"
