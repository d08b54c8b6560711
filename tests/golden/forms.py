"""What the golden files of architectures share: weights and tokens by formula, the two forms of the loss,
and how they are written down. Used by tests/golden/NAME/make.py, each of which gives an architecture as

    NAME       the architecture's
    FIELDS     of its spec
    shapes()   name and shape of every weight, in the engine's order
    states(tokens, w)    [B,T] padded token ids to [B,T,C] top states

The weights come from a formula (`weight`), which the test repeats, on a grid of 2^-12 so that float and
double hold exactly the same values. Padding stands behind, where no state before it can see it.
"""

import json
import math
import platform

import torch

CONTEXT, VOCABULARY, CLASSES = 16, 61, 3
LM_COEFFICIENT = 0.5
DIGITS = 12


# --- weights and tokens by formula -----------------------------------------------------------------


def mix(seed, index):
    """32 well-mixed bits (the finalizer of MurmurHash3)."""
    h = (seed + 0x9E3779B9 * index) & 0xFFFFFFFF
    h ^= h >> 16
    h = h * 0x85EBCA6B & 0xFFFFFFFF
    h ^= h >> 13
    h = h * 0xC2B2AE35 & 0xFFFFFFFF
    return h ^ h >> 16


def seed_of(name):
    """FNV-1a of the name."""
    h = 0x811C9DC5
    for byte in name.encode():
        h = (h ^ byte) * 0x01000193 & 0xFFFFFFFF
    return h


def weight(name, index):
    unit = ((mix(seed_of(name), index) >> 20) - 2048) / 4096  # -0.5 .. 0.5
    if name.endswith(".gain"):
        return 1 + unit / 4
    return unit / 4 if name.endswith(".bias") else unit


def make_weights(model):
    weights = {}
    for name, shape in model.shapes():
        values = [weight(name, i) for i in range(math.prod(shape))]
        weights[name] = torch.tensor(values, dtype=torch.float64).reshape(shape).requires_grad_()
    return weights


def make_tokens(name, n):
    return [mix(seed_of(name), i) % VOCABULARY for i in range(n)]


def cross_entropy(logits, target):
    return torch.logsumexp(logits, -1) - logits.gather(-1, target.unsqueeze(-1)).squeeze(-1)


# --- the two forms ---------------------------------------------------------------------------------


def flat(tensor):
    return [float(f"{value:.{DIGITS}g}") for value in tensor.detach().reshape(-1).tolist()]


def gradients(w):
    return {name: flat(tensor.grad) for name, tensor in w.items() if tensor.grad is not None}


def language_model(model):
    """Two full contexts of one stream; every row predicts the token after it; mean over all rows."""
    w = make_weights(model)
    stream = make_tokens("stream", 2 * CONTEXT + 1)
    tokens = torch.tensor(stream[:-1]).reshape(2, CONTEXT)
    target = torch.tensor(stream[1:]).reshape(2, CONTEXT)
    logits = model.states(tokens, w) @ w["token_embedding.weight"].T
    row_loss = cross_entropy(logits, target)
    loss = row_loss.mean()
    loss.backward()
    return {
        "token": stream[:-1],
        "start": [0, CONTEXT, 2 * CONTEXT],
        "target": stream[1:],
        "loss": flat(loss),
        "row_loss": flat(row_loss),
        "logits": flat(logits),
        "gradients": gradients(w),
    }


def classification(model):
    """Uneven sequences, classified by the state of their last token: the mean cross-entropy of the
    classes, plus LM_COEFFICIENT times the language-model loss, averaged over the predicted tokens of
    each sequence, then over the sequences."""
    w = make_weights(model)
    lengths, labels = [5, 16, 2, 9], [2, 0, 1, 2]
    sequences = [make_tokens(f"sequence {s}", n) for s, n in enumerate(lengths)]
    tokens = torch.tensor([ids + [0] * (max(lengths) - len(ids)) for ids in sequences])
    h = model.states(tokens, w)

    pooled = torch.stack([h[s, n - 1] for s, n in enumerate(lengths)])
    outputs = pooled @ w["head.weight"] + w["head.bias"]
    class_loss = cross_entropy(outputs, torch.tensor(labels))

    logits = h @ w["token_embedding.weight"].T
    row_losses = [cross_entropy(logits[s, : n - 1], tokens[s, 1:n]) for s, n in enumerate(lengths)]
    lm_loss = torch.stack([losses.mean() for losses in row_losses]).mean()
    loss = class_loss.mean() + LM_COEFFICIENT * lm_loss
    loss.backward()

    nothing = torch.zeros(1, dtype=torch.float64)
    start = [sum(lengths[:s]) for s in range(len(lengths) + 1)]
    return {
        "token": [token for ids in sequences for token in ids],
        "start": start,
        "target": [token for ids in sequences for token in ids[1:] + [-1]],
        "label": labels,
        "loss": flat(loss),
        "row_loss": flat(torch.cat([part for losses in row_losses for part in (losses, nothing)])),
        "logits": flat(torch.cat([logits[s, :n] for s, n in enumerate(lengths)])),
        "outputs": flat(outputs),
        "class_loss": flat(class_loss),
        "gradients": gradients(w),
    }


# --- output: one line a list -----------------------------------------------------------------------


def print_json(value, indent=0):
    if not isinstance(value, dict):
        return json.dumps(value, separators=(",", ":"))
    space = " " * (indent + 1)
    members = (f"{space}{json.dumps(key)}: {print_json(item, indent + 1)}" for key, item in value.items())
    return "{\n" + ",\n".join(members) + "\n" + " " * indent + "}"


def write(model):
    print(
        print_json(
            {
                "made_with": f"tests/golden/{model.NAME}/make.py, PyTorch {torch.__version__}, "
                f"Python {platform.python_version()}, double precision",
                "model": {"architecture": model.NAME, **model.FIELDS},
                "n_vocab": VOCABULARY,
                "n_class": CLASSES,
                "lm_coefficient": LM_COEFFICIENT,
                "language_model": language_model(model),
                "classification": classification(model),
            }
        )
    )
