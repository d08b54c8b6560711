"""Ten AdaFactor steps of transformers' Adafactor on PyTorch tensors in double precision.

    python3 tests/golden/adafactor/make.py > tests/golden/adafactor/adafactor.json

As T5 used it: no first moment, no relative step, no decay, clipping of the update at 1, the rate given by a
schedule, here that of its pre-training, 1 / sqrt(max(t, k)) (Raffel et al. 2020, section 3.1.2); with and without
the scale of parameters. Adafactor factors whatever has two dimensions, rows and columns of 1 included. One tensor
begins at zero, one has a gradient that stays zero. Initial weights and gradients lie on a grid of 2^-10, so that
float and double begin with the same values. A test reads only adafactor.json; nobody needs PyTorch to run it.
"""

import math
import pathlib
import platform
import sys

sys.path.append(str(pathlib.Path(__file__).parent.parent))
import same_bits  # noqa: E402, F401
import torch  # noqa: E402
import transformers  # noqa: E402
from transformers.optimization import Adafactor  # noqa: E402

sys.path.append(str(pathlib.Path(__file__).parent.parent))
import updates  # noqa: E402

UPDATES, WARMUP = 10, 4
LEARNING_RATE = 1 / math.sqrt(WARMUP)
EPSILON1, EPSILON2, CLIP_THRESHOLD, DECAY_EXPONENT = 1e-30, 1e-3, 1.0, 0.8
TENSORS = {
    "wide.weight": (4, 7),
    "tall.weight": (9, 2),
    "column.weight": (5, 1),
    "row.weight": (1, 6),
    "gain": (11,),
    "zero.weight": (3, 3),
    "still.weight": (2, 3),
}


def grid(shape, generator, scale):
    return updates.grid(shape, generator, scale) + 0.0  # no -0


def rate_at(t):
    return 1 / math.sqrt(max(t, WARMUP))


def second_moment(parameter, state):
    """Rows, then columns; of a single row or column its own values, which are the whole."""
    if "exp_avg_sq" in state:
        return state["exp_avg_sq"]
    rows, columns = state["exp_avg_sq_row"], state["exp_avg_sq_col"]
    if 1 in parameter.shape:
        return columns if parameter.shape[0] == 1 else rows
    return torch.cat([rows, columns])


def run(initial, gradients, parameter_scale):
    parameters = [torch.nn.Parameter(w.clone()) for w in initial]
    optimizer = Adafactor(
        parameters,
        lr=LEARNING_RATE,
        eps=(EPSILON1, EPSILON2),
        clip_threshold=CLIP_THRESHOLD,
        decay_rate=-DECAY_EXPONENT,
        beta1=None,
        weight_decay=0.0,
        scale_parameter=parameter_scale,
        relative_step=False,
        warmup_init=False,
    )
    steps = []
    for t in range(UPDATES):
        optimizer.param_groups[0]["lr"] = rate_at(t)
        for parameter, gradient in zip(parameters, gradients[t]):
            parameter.grad = gradient.clone()
        optimizer.step()
        steps.append({"rate": rate_at(t), "weights": named([p.detach() for p in parameters])})
    return {"steps": steps, "v": named([second_moment(p, optimizer.state[p]) for p in parameters])}


def named(tensors):
    return updates.named(TENSORS, tensors)


def main():
    generator = torch.Generator().manual_seed(1)
    initial = [grid(shape, generator, 0.0 if name == "zero.weight" else 0.5) for name, shape in TENSORS.items()]
    gradients = [
        [grid(shape, generator, 0.0 if name == "still.weight" else scale) for name, shape in TENSORS.items()]
        for scale in updates.SCALES
    ]
    print(
        updates.print_json(
            {
                "made_with": f"tests/golden/adafactor/make.py, transformers {transformers.__version__}, "
                f"PyTorch {torch.__version__}, Python {platform.python_version()}, double precision",
                "updates": UPDATES,
                "warmup": WARMUP / UPDATES,
                "learning_rate": LEARNING_RATE,
                "adafactor": {
                    "clip_threshold": CLIP_THRESHOLD,
                    "decay_exponent": DECAY_EXPONENT,
                    "epsilon1": EPSILON1,
                    "epsilon2": EPSILON2,
                    "factor_from": 2,
                },
                "shapes": {name: list(shape) for name, shape in TENSORS.items()},
                "initial": named(initial),
                "gradients": [named(step) for step in gradients],
                "scaled": run(initial, gradients, True),
                "unscaled": run(initial, gradients, False),
            }
        )
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
