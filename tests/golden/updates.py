"""What the golden files of optimizers share: values on a grid, and how they are written down. Used by
tests/golden/adafactor/make.py and tests/golden/optimizer/make.py.
"""

import json

import torch

SCALES = (0.05, 0.8, 0.1, 0.3, 0.02, 1.0, 0.15, 0.2, 0.4, 0.1)  # of each update's gradients: norms below and above 1
DIGITS = 15


def grid(shape, generator, scale):
    """Multiples of 2^-10, so that float and double hold the same values."""
    return torch.round(torch.randn(shape, generator=generator, dtype=torch.float64) * scale * 1024) / 1024


def named(names, tensors):
    return {
        name: [float(f"{value:.{DIGITS}g}") for value in tensor.reshape(-1).tolist()]
        for name, tensor in zip(names, tensors)
    }


def print_json(value, indent=0):
    """One line a list of numbers."""
    space = " " * (indent + 1)
    if isinstance(value, dict):
        items = [f"{json.dumps(key)}: {print_json(item, indent + 1)}" for key, item in value.items()]
    elif isinstance(value, list) and value and isinstance(value[0], dict):
        items = [print_json(item, indent + 1) for item in value]
    else:
        return json.dumps(value, separators=(",", ":"))
    opening, closing = "{}" if isinstance(value, dict) else "[]"
    return f"{opening}\n{space}" + f",\n{space}".join(items) + "\n" + " " * indent + closing
