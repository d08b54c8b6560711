"""Expected values for a small gpt, computed by PyTorch's autograd in double precision.

    python3 tests/golden/gpt/make.py > tests/golden/gpt/gpt.json

Written from the paper (GPT-1, sections 3 and 4.1) and apart from the engine: padded batches with a mask
where the engine packs, a stored attention matrix, and no gradient formula at all. Dropout is off. A test
reads only gpt.json; nobody needs PyTorch to run it.
"""

import math
import pathlib
import sys

sys.path.append(str(pathlib.Path(__file__).parent.parent))
import same_bits  # noqa: E402, F401
import torch  # noqa: E402

import forms  # noqa: E402

NAME = "gpt"
LAYERS, HEADS, CHANNELS = 2, 2, 16
FIELDS = {
    "n_layer": LAYERS,
    "n_head": HEADS,
    "n_channel": CHANNELS,
    "n_context": forms.CONTEXT,
    "dropout": 0.0,
    "attention_dropout": 0.0,
}


def shapes():
    c = CHANNELS
    yield "token_embedding.weight", (forms.VOCABULARY, c)
    yield "position_embedding.weight", (forms.CONTEXT, c)
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
    yield "head.weight", (c, forms.CLASSES)
    yield "head.bias", (forms.CLASSES,)


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


if __name__ == "__main__":
    forms.write(sys.modules[__name__])
