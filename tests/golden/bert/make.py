"""Expected values for a small bert, computed by Hugging Face's transformers in double precision.

    python3 tests/golden/bert/make.py > tests/golden/bert/bert.json

BertForMaskedLM, BertForPreTraining and BertForSequenceClassification, with weights by the formula of forms.py: padded batches
with an attention mask where the engine packs, dropout off, fixed masks. A test reads only bert.json; nobody
needs the library to run it.
"""

import pathlib
import platform
import sys

sys.path.append(str(pathlib.Path(__file__).parent.parent))
import same_bits  # noqa: E402, F401
import torch  # noqa: E402
import transformers  # noqa: E402

import forms  # noqa: E402

UNASKED = UNKNOWN = -100
LAYERS, HEADS, CHANNELS = 2, 2, 16
LENGTHS, SECONDS, LABELS = [5, 16, 2, 9], [3, 16, 2, 4], [2, 0, 1, 2]
RANDOM = [1, UNKNOWN, UNKNOWN, 0]  # sequences without a second text are no pairs


def config(gelu):
    return transformers.BertConfig(
        vocab_size=forms.VOCABULARY,
        hidden_size=CHANNELS,
        num_hidden_layers=LAYERS,
        num_attention_heads=HEADS,
        intermediate_size=4 * CHANNELS,
        max_position_embeddings=forms.CONTEXT,
        hidden_act={"erf": "gelu", "tanh": "gelu_new"}[gelu],
        hidden_dropout_prob=0.0,
        attention_probs_dropout_prob=0.0,
        layer_norm_eps=1e-12,
        num_labels=forms.CLASSES,
        attn_implementation="eager",
    )


# --- names: the engine's, and where each stands in the library's ------------------------------------


def block_names(block):
    ours, theirs = f"block.{block}.", f"bert.encoder.layer.{block}."
    for kind in ("weight", "bias"):
        yield ours + f"attention.qkv.{kind}", [
            theirs + f"attention.self.{part}.{kind}" for part in ("query", "key", "value")
        ]
        yield ours + f"attention.projection.{kind}", [theirs + f"attention.output.dense.{kind}"]
        yield ours + f"mlp.widen.{kind}", [theirs + f"intermediate.dense.{kind}"]
        yield ours + f"mlp.narrow.{kind}", [theirs + f"output.dense.{kind}"]
    for gain, kind in (("gain", "weight"), ("bias", "bias")):
        yield ours + f"attention_norm.{gain}", [theirs + f"attention.output.LayerNorm.{kind}"]
        yield ours + f"mlp_norm.{gain}", [theirs + f"output.LayerNorm.{kind}"]


def names():
    embeddings = "bert.embeddings."
    yield "token_embedding.weight", [embeddings + "word_embeddings.weight"]
    yield "position_embedding.weight", [embeddings + "position_embeddings.weight"]
    yield "segment_embedding.weight", [embeddings + "token_type_embeddings.weight"]
    yield "embedding_norm.gain", [embeddings + "LayerNorm.weight"]
    yield "embedding_norm.bias", [embeddings + "LayerNorm.bias"]
    for block in range(LAYERS):
        yield from block_names(block)
    transform = "cls.predictions.transform."
    yield "readout.transform.weight", [transform + "dense.weight"]
    yield "readout.transform.bias", [transform + "dense.bias"]
    yield "readout.norm.gain", [transform + "LayerNorm.weight"]
    yield "readout.norm.bias", [transform + "LayerNorm.bias"]
    yield "readout.token_bias", ["cls.predictions.bias"]
    yield "pooler.weight", ["bert.pooler.dense.weight"]
    yield "pooler.bias", ["bert.pooler.dense.bias"]
    yield "next_sentence.weight", ["cls.seq_relationship.weight"]
    yield "next_sentence.bias", ["cls.seq_relationship.bias"]
    yield "head.weight", ["classifier.weight"]
    yield "head.bias", ["classifier.bias"]


def is_product(name, tensor):
    """Matrices that the library stores as [out, in]."""
    return tensor.dim() == 2 and "embedding" not in name


def ours(name, parts):
    """The library's tensors as one of the engine's."""
    return torch.cat([part.T if is_product(name, part) else part for part in parts], -1)


def theirs(name, value, n_parts):
    parts = value.chunk(n_parts, -1)
    return [part.T if is_product(name, value) else part for part in parts]


def fill(model):
    parameters = dict(model.named_parameters())
    with torch.no_grad():
        for name, places in names():
            found = [parameters[place] for place in places if place in parameters]
            if not found:
                continue
            value = ours(name, found)
            values = [forms.weight(name, i) for i in range(value.numel())]
            filled = torch.tensor(values, dtype=torch.float64).reshape(value.shape)
            for part, to in zip(theirs(name, filled, len(found)), found):
                to.copy_(part)


def gradients(model):
    parameters = dict(model.named_parameters())
    result = {}
    for name, places in names():
        found = [parameters[place].grad for place in places if place in parameters]
        if found:
            result[name] = forms.flat(ours(name, found))
    return result


# --- what is asked ------------------------------------------------------------------------------------


def padded(rows, fill_with):
    return torch.tensor([row + [fill_with] * (max(LENGTHS) - len(row)) for row in rows])


def inputs():
    sequences = [forms.make_tokens(f"sequence {s}", n) for s, n in enumerate(LENGTHS)]
    segments = [[int(i >= second) for i in range(n)] for n, second in zip(LENGTHS, SECONDS)]
    seen = [[1] * n for n in LENGTHS]
    return sequences, {
        "input_ids": padded(sequences, 0),
        "token_type_ids": padded(segments, 0),
        "attention_mask": padded(seen, 0),
    }


def rows_of(tensor):
    return torch.cat([tensor[s, :n] for s, n in enumerate(LENGTHS)])


def described(sequences):
    return {
        "token": [token for ids in sequences for token in ids],
        "start": [sum(LENGTHS[:s]) for s in range(len(LENGTHS) + 1)],
        "second": SECONDS,
    }


def asked_of(sequences):
    """Every third token is asked for; the loss is the mean over these."""
    return [
        [(token * 7 + i) % forms.VOCABULARY if i % 3 == 1 else UNASKED for i, token in enumerate(ids)]
        for ids in sequences
    ]


def masked_lm(gelu):
    model = transformers.BertForMaskedLM(config(gelu)).double().eval()
    fill(model)
    sequences, given = inputs()
    asked = asked_of(sequences)
    target = padded(asked, UNASKED)
    out = model(**given, labels=target, output_hidden_states=True)
    out.loss.backward()
    row_loss = torch.nn.functional.cross_entropy(
        out.logits.transpose(1, 2), target, reduction="none", ignore_index=UNASKED
    )
    return {
        **described(sequences),
        "target": [-1 if token == UNASKED else token for ids in asked for token in ids],
        "loss": forms.flat(out.loss),
        "row_loss": forms.flat(rows_of(row_loss)),
        "states": forms.flat(rows_of(out.hidden_states[-1])),
        "gradients": gradients(model),
    }


def pretraining(gelu):
    """The same, and whether the second text follows; the loss is the sum of both means."""
    model = transformers.BertForPreTraining(config(gelu)).double().eval()
    fill(model)
    sequences, given = inputs()
    asked = asked_of(sequences)
    out = model(**given, labels=padded(asked, UNASKED), next_sentence_label=torch.tensor(RANDOM))
    out.loss.backward()
    return {
        **described(sequences),
        "target": [-1 if token == UNASKED else token for ids in asked for token in ids],
        "random": RANDOM,
        "loss": forms.flat(out.loss),
        "outputs": forms.flat(out.seq_relationship_logits),
        "gradients": gradients(model),
    }


def classification(gelu):
    model = transformers.BertForSequenceClassification(config(gelu)).double().eval()
    fill(model)
    sequences, given = inputs()
    out = model(**given, labels=torch.tensor(LABELS))
    out.loss.backward()
    return {
        **described(sequences),
        "label": LABELS,
        "loss": forms.flat(out.loss),
        "outputs": forms.flat(out.logits),
        "gradients": gradients(model),
    }


def write():
    result = {
        "made_with": f"tests/golden/bert/make.py, transformers {transformers.__version__}, PyTorch "
        f"{torch.__version__}, Python {platform.python_version()}, double precision",
        "model": {
            "n_layer": LAYERS,
            "n_head": HEADS,
            "n_channel": CHANNELS,
            "n_context": forms.CONTEXT,
            "dropout": 0.0,
            "attention_dropout": 0.0,
        },
        "n_vocab": forms.VOCABULARY,
        "n_class": forms.CLASSES,
    }
    for gelu in ("erf", "tanh"):
        result[gelu] = {"masked_lm": masked_lm(gelu), "classification": classification(gelu)}
    result["erf"]["pretraining"] = pretraining("erf")
    print(forms.print_json(result))


if __name__ == "__main__":
    write()
