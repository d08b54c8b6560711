"""Expected values for a small t5, computed by the T5ForConditionalGeneration of transformers in double precision.

    python3 tests/golden/t5/make.py > tests/golden/t5/t5.json

Padded batches with masks where the engine packs, and gradients by PyTorch. A source and a target are longer than the
distance from which on all relative positions share a bucket. Dropout is off. Differs: the library's norm rounds squares to
float; here it does not, or there were no twelve digits to compare. A test reads only t5.json; nobody needs PyTorch to run
it.
"""

import math
import pathlib
import platform
import sys

sys.path.append(str(pathlib.Path(__file__).parent.parent))
import same_bits  # noqa: E402, F401
import torch  # noqa: E402
import transformers  # noqa: E402
from transformers.models.t5 import modeling_t5  # noqa: E402

import forms  # noqa: E402

LAYERS, HEADS, CHANNELS, CONTEXT = 2, 2, 8, 160
SOURCES, TARGETS = [5, 150, 1], [4, 140, 2]
PAD, IGNORED = 0, -100


def shapes():
    c = CHANNELS
    attention = ((".query.weight", (c, c)), (".key_value.weight", (c, 2 * c)), (".projection.weight", (c, c)))
    yield "token_embedding.weight", (forms.VOCABULARY, c)
    for stack in ("encoder", "decoder"):
        yield f"{stack}.relative_position.weight", (32, HEADS)
        for block in range(LAYERS):
            p = f"{stack}.block.{block}."
            yield p + "attention_norm.gain", (c,)
            yield from ((p + "attention" + name, shape) for name, shape in attention)
            yield p + "mlp_norm.gain", (c,)
            yield p + "mlp.widen.weight", (c, 4 * c)
            yield p + "mlp.narrow.weight", (4 * c, c)
            if stack == "decoder":
                yield p + "source_norm.gain", (c,)
                yield from ((p + "source" + name, shape) for name, shape in attention)
        yield f"{stack}.final_norm.gain", (c,)


def library_attention(w, ours, theirs):
    key, value = w[ours + ".key_value.weight"].split(CHANNELS, 1)
    yield theirs + ".q.weight", w[ours + ".query.weight"].T
    yield theirs + ".k.weight", key.T
    yield theirs + ".v.weight", value.T
    yield theirs + ".o.weight", w[ours + ".projection.weight"].T


def library_weights(w):
    """The engine's weights by the library's names; its matrices are [out, in]."""
    for name in ("shared", "encoder.embed_tokens", "decoder.embed_tokens", "lm_head"):
        yield name + ".weight", w["token_embedding.weight"]
    for stack in ("encoder", "decoder"):
        table = f"{stack}.block.0.layer.0.SelfAttention.relative_attention_bias.weight"
        yield table, w[f"{stack}.relative_position.weight"]
        yield f"{stack}.final_layer_norm.weight", w[f"{stack}.final_norm.gain"]
        for block in range(LAYERS):
            ours, theirs = f"{stack}.block.{block}.", f"{stack}.block.{block}.layer."
            mlp = theirs + ("1" if stack == "encoder" else "2")
            yield theirs + "0.layer_norm.weight", w[ours + "attention_norm.gain"]
            yield from library_attention(w, ours + "attention", theirs + "0.SelfAttention")
            yield mlp + ".layer_norm.weight", w[ours + "mlp_norm.gain"]
            yield mlp + ".DenseReluDense.wi.weight", w[ours + "mlp.widen.weight"].T
            yield mlp + ".DenseReluDense.wo.weight", w[ours + "mlp.narrow.weight"].T
            if stack == "decoder":
                yield theirs + "1.layer_norm.weight", w[ours + "source_norm.gain"]
                yield from library_attention(w, ours + "source", theirs + "1.EncDecAttention")


def norm_in_double(self, states):
    return self.weight * states * torch.rsqrt(states.pow(2).mean(-1, keepdim=True) + self.variance_epsilon)


def make_model():
    modeling_t5.T5LayerNorm.forward = norm_in_double
    config = transformers.T5Config(
        vocab_size=forms.VOCABULARY,
        d_model=CHANNELS,
        d_kv=CHANNELS // HEADS,
        d_ff=4 * CHANNELS,
        num_layers=LAYERS,
        num_heads=HEADS,
        dropout_rate=0.0,
        decoder_start_token_id=PAD,
        attn_implementation="eager",
    )
    return transformers.T5ForConditionalGeneration(config).double().eval()


def padded(rows, filling):
    longest = max(map(len, rows))
    return torch.tensor([row + [filling] * (longest - len(row)) for row in rows])


def packed(tensor):
    return torch.cat([tensor[s, :n] for s, n in enumerate(TARGETS)])


def starts(lengths):
    return [sum(lengths[:s]) for s in range(len(lengths) + 1)]


def language_model(self):
    """Every row of the target predicts the next of it; mean over all rows."""
    model, w = make_model(), forms.make_weights(self)
    source = [forms.make_tokens(f"source {s}", n) for s, n in enumerate(SOURCES)]
    target = [forms.make_tokens(f"target {s}", n) for s, n in enumerate(TARGETS)]
    labels = padded(target, IGNORED)
    found = torch.func.functional_call(
        model,
        dict(library_weights(w)),
        kwargs={
            "input_ids": padded(source, PAD),
            "attention_mask": padded([[1] * n for n in SOURCES], 0),
            "labels": labels,
            "use_cache": False,
            "output_hidden_states": True,
        },
    )
    found.loss.backward()
    logits = packed(found.logits)
    return {
        "source": sum(source, []),
        "source_start": starts(SOURCES),
        "token": packed(model.prepare_decoder_input_ids_from_labels(labels)).tolist(),
        "start": starts(TARGETS),
        "target": sum(target, []),
        "loss": forms.flat(found.loss),
        "row_loss": forms.flat(forms.cross_entropy(logits, torch.tensor(sum(target, [])))),
        "states": forms.flat(packed(found.decoder_hidden_states[-1]) / math.sqrt(CHANNELS)),
        "logits": forms.flat(logits),
        "gradients": forms.gradients(w),
    }


def write():
    print(
        forms.print_json(
            {
                "made_with": f"tests/golden/t5/make.py, transformers {transformers.__version__}, "
                f"PyTorch {torch.__version__}, Python {platform.python_version()}, double precision",
                "model": {
                    "architecture": "t5",
                    "n_layer": LAYERS,
                    "n_head": HEADS,
                    "n_channel": CHANNELS,
                    "n_context": CONTEXT,
                    "dropout": 0.0,
                },
                "n_vocab": forms.VOCABULARY,
                "language_model": language_model(sys.modules[__name__]),
            }
        )
    )


if __name__ == "__main__":
    write()
