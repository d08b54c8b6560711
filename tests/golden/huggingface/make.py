"""Expected values for the formats of Hugging Face's library, by the library itself.

    python3 tests/golden/huggingface/make.py > tests/golden/huggingface/huggingface.json

  tensors      name, shape and SHA-256 of what save_pretrained writes of a small OpenAIGPTLMHeadModel, whose weights
               are the formula of tests/golden/forms.py
  families     the same of bert as each of its classes, and of a T5ForConditionalGeneration, whose weights are those of
               tests/golden/bert and tests/golden/t5, where their states and logits stand
  logits       of its, in double precision, for sequences of several lengths
  classifier   the outputs of OpenAIGPTForSequenceClassification with the bias of a head moved into the last layer
               norm by a pseudo-inverse, and that norm's bias; `outputs` are those of the head with its bias
  lines        words that `tokenizers` cuts by the rules in rules.json, which are the engine's
               (a test says so, and writes them anew where they differ)

The lines are those of tests/golden/bpe.
"""

import hashlib
import importlib.util
import json
import os
import pathlib
import platform
import sys
import tempfile

HERE = pathlib.Path(__file__).parent
sys.path.append(str(HERE.parent))
os.environ["HF_HUB_OFFLINE"] = "1"
import same_bits  # noqa: E402, F401
import safetensors.torch  # noqa: E402
import tokenizers  # noqa: E402
import torch  # noqa: E402
import transformers  # noqa: E402

import forms  # noqa: E402

LAYERS, HEADS, CHANNELS = 2, 2, 16
LENGTHS = (1, 2, 7, 16)
NAMES = {
    "token_embedding.weight": "tokens_embed.weight",
    "position_embedding.weight": "positions_embed.weight",
}
BLOCK_NAMES = {
    "attention.qkv": "attn.c_attn",
    "attention.projection": "attn.c_proj",
    "attention_norm": "ln_1",
    "mlp.widen": "mlp.c_fc",
    "mlp.narrow": "mlp.c_proj",
    "mlp_norm": "ln_2",
}


def names():
    """Ours by theirs."""
    yield from ((theirs, ours) for ours, theirs in NAMES.items())
    for block in range(LAYERS):
        for ours, theirs in BLOCK_NAMES.items():
            matrix = "gain" if ours.endswith("norm") else "weight"
            yield f"h.{block}.{theirs}.weight", f"block.{block}.{ours}.{matrix}"
            yield f"h.{block}.{theirs}.bias", f"block.{block}.{ours}.bias"


def formula(name, shape):
    n = torch.Size(shape).numel()
    return torch.tensor([forms.weight(name, i) for i in range(n)], dtype=torch.float64).reshape(shape)


def config(**more):
    return transformers.OpenAIGPTConfig(
        vocab_size=forms.VOCABULARY,
        n_positions=forms.CONTEXT,
        n_embd=CHANNELS,
        n_layer=LAYERS,
        n_head=HEADS,
        attn_implementation="eager",
        **more,
    )


def fill(base):
    parameters = dict(base.named_parameters())
    pairs = dict(names())
    assert parameters.keys() == pairs.keys()
    with torch.no_grad():
        for theirs, ours in pairs.items():
            parameters[theirs].copy_(formula(ours, parameters[theirs].shape))


def stored_by(model):
    """Name, shape and digest of what save_pretrained writes."""
    with tempfile.TemporaryDirectory() as folder:
        model.float().save_pretrained(folder)
        stored = safetensors.torch.load_file(folder + "/model.safetensors")
    return {
        name: [list(stored[name].shape), hashlib.sha256(stored[name].numpy().tobytes()).hexdigest()]
        for name in sorted(stored)
    }


def maker(name):
    """tests/golden/NAME/make.py, as a module."""
    spec = importlib.util.spec_from_file_location(f"make_{name}", HERE.parent / name / "make.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def families():
    bert, t5 = maker("bert"), maker("t5")
    masked = transformers.BertForMaskedLM(bert.config("erf"))
    pretraining = transformers.BertForPreTraining(bert.config("erf"))
    classifier = transformers.BertForSequenceClassification(bert.config("erf"))
    number_config = bert.config("erf")
    number_config.num_labels = 1
    number = transformers.BertForSequenceClassification(number_config)
    choice = transformers.BertForMultipleChoice(bert.config("erf"))
    for model in (masked, pretraining, classifier, number, choice):
        bert.fill(model)
    source_to_target = t5.make_model()
    source_to_target.load_state_dict(dict(t5.library_weights(forms.make_weights(t5))))
    return {
        "bert": stored_by(masked),
        "bert of pairs": stored_by(pretraining),
        "bert classifier": stored_by(classifier),
        "bert number": stored_by(number),
        "bert choice": stored_by(choice),
        "t5": stored_by(source_to_target),
    }


def language_model():
    model = transformers.OpenAIGPTLMHeadModel(config()).eval()
    fill(model.transformer)
    tensors = stored_by(model)
    model = model.double()
    logits = {}
    for n in LENGTHS:
        tokens = torch.tensor([forms.make_tokens(f"length {n}", n)])
        with torch.no_grad():
            logits[str(n)] = {"token": tokens[0].tolist(), "logits": forms.flat(model(tokens).logits)}
    return tensors, logits


def classifier():
    weight = formula("head.weight", (CHANNELS, forms.CLASSES))
    bias = formula("head.bias", (forms.CLASSES,))
    model = transformers.OpenAIGPTForSequenceClassification(config(num_labels=forms.CLASSES, pad_token_id=0))
    model = model.double().eval()
    fill(model.transformer)
    sequences = [[1 + t % (forms.VOCABULARY - 1) for t in forms.make_tokens(f"sequence {n}", n)] for n in LENGTHS]
    norm = model.transformer.h[-1].ln_2
    with torch.no_grad():
        model.score.weight.copy_(weight.T)
        before = [model(torch.tensor([ids])).logits + bias for ids in sequences]
        norm.bias.add_(torch.linalg.pinv(weight.T) @ bias)
        padded = torch.tensor([ids + [0] * (max(LENGTHS) - len(ids)) for ids in sequences])
        after = model(padded).logits
    outputs = torch.cat(before)
    assert torch.allclose(outputs, after, rtol=0, atol=1e-12)
    return {
        "sequences": sequences,
        "bias": forms.flat(norm.bias),
        "outputs": forms.flat(after),
    }


def lines():
    rules = json.loads((HERE / "rules.json").read_text(encoding="utf-8"))
    machine = tokenizers.Tokenizer.from_str(
        json.dumps(
            {
                "version": "1.0",
                "truncation": None,
                "padding": None,
                "added_tokens": [],
                "normalizer": rules["normalizer"],
                "pre_tokenizer": rules["pre_tokenizer"],
                "post_processor": None,
                "decoder": None,
                "model": {"type": "BPE", "vocab": {}, "merges": []},
            }
        )
    )
    found = []
    for name in ("sentences.txt", "odd.txt"):
        for line in (HERE.parent / "bpe" / name).read_text(encoding="utf-8").splitlines():
            text = machine.normalizer.normalize_str(line)
            words = [word for word, _ in machine.pre_tokenizer.pre_tokenize_str(text)]
            found.append([line, " ".join(words)])
    return found


def main():
    tensors, logits = language_model()
    value = {
        "made_with": f"tests/golden/huggingface/make.py, transformers {transformers.__version__}, tokenizers "
        f"{tokenizers.__version__}, PyTorch {torch.__version__}, Python {platform.python_version()}",
        "model": {"n_layer": LAYERS, "n_head": HEADS, "n_channel": CHANNELS, "n_context": forms.CONTEXT},
        "n_vocab": forms.VOCABULARY,
        "n_class": forms.CLASSES,
        "tensors": tensors,
        "logits": logits,
        "families": families(),
        "classifier": classifier(),
    }
    text = forms.print_json(value)[: -len("\n}")]
    rows = ",\n".join("  " + json.dumps(pair, ensure_ascii=False) for pair in lines())
    print(f'{text},\n "lines": [\n{rows}\n ]\n}}')


if __name__ == "__main__":
    main()
