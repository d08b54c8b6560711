"""Ten Adam steps as in the papers' released code, computed by PyTorch tensors in double precision.

    python3 tests/golden/optimizer/make.py > tests/golden/optimizer/optimizer.json

Global clipping to norm 1, epsilon on the uncorrected root, the bias correction folded into the step,
decoupled decay on matrices only and times the scheduled step, warm-up then cosine or linear decay with t
counted from 0 (GPT-1, section 4.1). BERT's (optimization.py of google-research/bert): no bias correction, another
epsilon, and a line that the warm-up does not follow. Gradients are given, not computed: some steps are above the clipping
norm and some below. Initial weights and gradients lie on a grid of 2^-10, so that float and double begin
with the same values. A test reads only optimizer.json; nobody needs PyTorch to run it.
"""

import math
import pathlib
import platform
import sys

sys.path.append(str(pathlib.Path(__file__).parent.parent))
import same_bits  # noqa: E402, F401
import torch  # noqa: E402

sys.path.append(str(pathlib.Path(__file__).parent.parent))
import updates  # noqa: E402

UPDATES, WARMUP, LEARNING_RATE = 10, 0.3, 0.01
BETA1, BETA2, EPSILON, DECAY, CLIP_NORM = 0.9, 0.999, 1e-8, 0.01, 1.0
BERT_EPSILON = 1e-6
TENSORS = {"first.weight": (4, 3), "first.bias": (5,), "second.weight": (2, 7)}


def warmup_cosine(x):
    return x / WARMUP if x <= WARMUP else 0.5 * (1 + math.cos(math.pi * x))


def warmup_linear(x):
    return (x / WARMUP if x <= WARMUP else 1.0) * (1 - x)


def bert_rate(x):
    return x / WARMUP if x < WARMUP else 1 - x


def clip_by_global_norm(gradients):
    norm = math.sqrt(sum(float((g * g).sum()) for g in gradients))
    return norm, [g * (CLIP_NORM / max(norm, CLIP_NORM)) for g in gradients]


def run(schedule, initial, gradients, corrected=True, epsilon=EPSILON):
    weights = [w.clone() for w in initial]
    m = [torch.zeros_like(w) for w in initial]
    v = [torch.zeros_like(w) for w in initial]
    steps = []
    for t in range(UPDATES):
        norm, clipped = clip_by_global_norm(gradients[t])
        rate = LEARNING_RATE * schedule(t / UPDATES)
        step = rate * math.sqrt(1 - BETA2 ** (t + 1)) / (1 - BETA1 ** (t + 1)) if corrected else rate
        for i, g in enumerate(clipped):
            m[i] = BETA1 * m[i] + (1 - BETA1) * g
            v[i] = BETA2 * v[i] + (1 - BETA2) * g * g
            decay = DECAY if weights[i].dim() > 1 else 0.0
            weights[i] = weights[i] - step * (m[i] / (torch.sqrt(v[i]) + epsilon) + decay * weights[i])
        steps.append({"rate": rate, "gradient_norm": norm, "weights": named(weights)})
    return {"steps": steps, "m": named(m), "v": named(v)}


def named(tensors):
    return updates.named(TENSORS, tensors)


def main():
    generator = torch.Generator().manual_seed(1)
    initial = [updates.grid(shape, generator, 0.5) for shape in TENSORS.values()]
    gradients = [[updates.grid(shape, generator, scale) for shape in TENSORS.values()] for scale in updates.SCALES]
    print(
        updates.print_json(
            {
                "made_with": f"tests/golden/optimizer/make.py, PyTorch {torch.__version__}, "
                f"Python {platform.python_version()}, double precision",
                "updates": UPDATES,
                "warmup": WARMUP,
                "learning_rate": LEARNING_RATE,
                "adam": {
                    "beta1": BETA1,
                    "beta2": BETA2,
                    "epsilon": EPSILON,
                    "weight_decay": DECAY,
                    "clip_norm": CLIP_NORM,
                },
                "shapes": {name: list(shape) for name, shape in TENSORS.items()},
                "initial": named(initial),
                "gradients": [named(step) for step in gradients],
                "warmup_cosine": run(warmup_cosine, initial, gradients),
                "warmup_linear": run(warmup_linear, initial, gradients),
                "bert_adam": {"epsilon": BERT_EPSILON, "bias_correction": False},
                "bert": run(bert_rate, initial, gradients, corrected=False, epsilon=BERT_EPSILON),
            }
        )
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
