"""Expected values for a small gpt, computed by PyTorch's autograd in double precision.

    python3 tests/golden/gpt/make.py > tests/golden/gpt/gpt.json

Written from the paper (GPT-1, sections 3 and 4.1) and apart from the engine: padded batches with a mask
where the engine packs, a stored attention matrix, and no gradient formula at all. Dropout is off. The
weights come from a formula (`weight`), which the test repeats, on a grid of 2^-12 so that float and double
hold exactly the same values. A test reads only gpt.json; nobody needs PyTorch to run it.
"""

import json
import math
import platform
import sys

import torch

LAYERS, HEADS, CHANNELS, CONTEXT, VOCABULARY, CLASSES = 2, 2, 16, 16, 61, 3
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


def shapes():
    c = CHANNELS
    yield "token_embedding.weight", (VOCABULARY, c)
    yield "position_embedding.weight", (CONTEXT, c)
    for block in range(LAYERS):
        for name, shape in (
            ("attention.qkv.weight", (c, 3 * c)),
            ("attention.qkv.bias", (3 * c,)),
            ("attention.projection.weight", (c, c)),
            ("attention.projection.bias", (c,)),
            ("attention_norm.gain", (c,)),
            ("attention_norm.bias", (c,)),
            ("mlp.widen.weight", (c, 4 * c)),
            ("mlp.widen.bias", (4 * c,)),
            ("mlp.narrow.weight", (4 * c, c)),
            ("mlp.narrow.bias", (c,)),
            ("mlp_norm.gain", (c,)),
            ("mlp_norm.bias", (c,)),
        ):
            yield f"block.{block}.{name}", shape
    yield "head.weight", (c, CLASSES)
    yield "head.bias", (CLASSES,)


def make_weights():
    weights = {}
    for name, shape in shapes():
        values = [weight(name, i) for i in range(math.prod(shape))]
        weights[name] = torch.tensor(values, dtype=torch.float64).reshape(shape).requires_grad_()
    return weights


def make_tokens(name, n):
    return [mix(seed_of(name), i) % VOCABULARY for i in range(n)]


# --- the model -------------------------------------------------------------------------------------


def layer_norm(x, gain, bias):
    mean = x.mean(-1, keepdim=True)
    variance = ((x - mean) ** 2).mean(-1, keepdim=True)
    return gain * (x - mean) / torch.sqrt(variance + 1e-5) + bias


def gelu(x):
    return 0.5 * x * (1 + torch.tanh(math.sqrt(2 / math.pi) * (x + 0.044715 * x**3)))


def attention(x, w, prefix):
    n_batch, n_time, n_channel = x.shape
    qkv = x @ w[prefix + "attention.qkv.weight"] + w[prefix + "attention.qkv.bias"]
    split = (n_batch, n_time, HEADS, n_channel // HEADS)
    query, key, value = (part.reshape(split).transpose(1, 2) for part in qkv.split(n_channel, -1))
    scores = query @ key.transpose(2, 3) / math.sqrt(n_channel // HEADS)
    later = torch.triu(torch.ones(n_time, n_time, dtype=torch.bool), diagonal=1)
    scores = scores.masked_fill(later, -math.inf)
    mixed = (torch.softmax(scores, -1) @ value).transpose(1, 2).reshape(x.shape)
    return mixed @ w[prefix + "attention.projection.weight"] + w[prefix + "attention.projection.bias"]


def states(tokens, w):
    """[B,T] padded token ids to [B,T,C] top states. Padding stands behind, where the mask hides it."""
    h = w["token_embedding.weight"][tokens] + w["position_embedding.weight"][: tokens.shape[1]]
    for block in range(LAYERS):
        p = f"block.{block}."
        n = layer_norm(h + attention(h, w, p), w[p + "attention_norm.gain"], w[p + "attention_norm.bias"])
        wide = gelu(n @ w[p + "mlp.widen.weight"] + w[p + "mlp.widen.bias"])
        narrow = wide @ w[p + "mlp.narrow.weight"] + w[p + "mlp.narrow.bias"]
        h = layer_norm(n + narrow, w[p + "mlp_norm.gain"], w[p + "mlp_norm.bias"])
    return h


def cross_entropy(logits, target):
    return torch.logsumexp(logits, -1) - logits.gather(-1, target.unsqueeze(-1)).squeeze(-1)


# --- the two forms ---------------------------------------------------------------------------------


def flat(tensor):
    return [float(f"{value:.{DIGITS}g}") for value in tensor.detach().reshape(-1).tolist()]


def gradients(w):
    return {name: flat(tensor.grad) for name, tensor in w.items() if tensor.grad is not None}


def language_model():
    """Two full contexts of one stream; every row predicts the token after it; mean over all rows."""
    w = make_weights()
    stream = make_tokens("stream", 2 * CONTEXT + 1)
    tokens = torch.tensor(stream[:-1]).reshape(2, CONTEXT)
    target = torch.tensor(stream[1:]).reshape(2, CONTEXT)
    logits = states(tokens, w) @ w["token_embedding.weight"].T
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


def classification():
    """Uneven sequences, classified by the state of their last token: the mean cross-entropy of the
    classes, plus LM_COEFFICIENT times the language-model loss, averaged over the predicted tokens of
    each sequence, then over the sequences."""
    w = make_weights()
    lengths, labels = [5, 16, 2, 9], [2, 0, 1, 2]
    sequences = [make_tokens(f"sequence {s}", n) for s, n in enumerate(lengths)]
    tokens = torch.tensor([ids + [0] * (max(lengths) - len(ids)) for ids in sequences])
    h = states(tokens, w)

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


def main():
    print(
        print_json(
            {
                "made_with": f"tests/golden/gpt/make.py, PyTorch {torch.__version__}, "
                f"Python {platform.python_version()}, double precision",
                "model": {
                    "architecture": "gpt",
                    "n_layer": LAYERS,
                    "n_head": HEADS,
                    "n_channel": CHANNELS,
                    "n_context": CONTEXT,
                    "dropout": 0.0,
                    "attention_dropout": 0.0,
                },
                "n_vocab": VOCABULARY,
                "n_class": CLASSES,
                "lm_coefficient": LM_COEFFICIENT,
                "language_model": language_model(),
                "classification": classification(),
            }
        )
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
