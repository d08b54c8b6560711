"""Expected values for the heads on a small gpt, computed by PyTorch's autograd in double precision.

    python3 tests/golden/heads/make.py > tests/golden/heads/heads.json

Classification, similarity, multiple choice with unequal numbers of answers, and regression by soft bins (Tai et al. 2015,
section 4.2) and by squared error, each with LM_COEFFICIENT times the language-model loss. The model is that of
tests/golden/gpt/make.py, smaller; the heads are written from the paper (GPT-1, section 3.3) and apart from the
engine. Dropout is off. A test reads only heads.json; nobody needs PyTorch to run it.
"""

import importlib.util
import pathlib
import platform
import sys

GOLDEN = pathlib.Path(__file__).parent.parent
sys.path.append(str(GOLDEN))
import same_bits  # noqa: E402, F401
import torch  # noqa: E402

import forms  # noqa: E402

SPEC = importlib.util.spec_from_file_location("gpt", GOLDEN / "gpt" / "make.py")
gpt = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(gpt)

gpt.LAYERS, gpt.HEADS, gpt.CHANNELS = 1, 2, 8
forms.CONTEXT, forms.VOCABULARY = 12, 29
CLASSES, LOW, HIGH = 3, 1.0, 4.5
INTEGERS = [1.0, 2.0, 3.0, 4.0, 5.0]  # that hold LOW to HIGH
LM_COEFFICIENT = 0.5


def make_weights(n_output, bias):
    forms.CLASSES = n_output
    w = forms.make_weights(gpt)
    if not bias:
        del w["head.bias"]
    return w


def run(name, w, lengths, first, truth, task_losses):
    """`lengths` of the sequences, of which example e has those from first[e] to first[e + 1].
    `task_losses` maps the states at the last tokens to (outputs, a loss an example, predictions)."""
    sequences = [forms.make_tokens(f"{name} {s}", n) for s, n in enumerate(lengths)]
    tokens = torch.tensor([ids + [0] * (max(lengths) - len(ids)) for ids in sequences])
    h = gpt.states(tokens, w)
    pooled = torch.stack([h[s, n - 1] for s, n in enumerate(lengths)])
    outputs, losses, predicted = task_losses(pooled)

    logits = h @ w["token_embedding.weight"].T
    of_sequences = [forms.cross_entropy(logits[s, : n - 1], tokens[s, 1:n]).mean() for s, n in enumerate(lengths)]
    lm_loss = torch.stack(of_sequences).mean()
    (losses.mean() + LM_COEFFICIENT * lm_loss).backward()
    return {
        "token": [token for ids in sequences for token in ids],
        "start": [sum(lengths[:s]) for s in range(len(lengths) + 1)],
        "first": first,
        "truth": truth,
        "outputs": forms.flat(outputs),
        "predicted": forms.flat(predicted),
        "task_loss": forms.flat(losses.mean()),
        "lm_loss": forms.flat(lm_loss),
        "gradients": forms.gradients(w),
    }


def both_orders(pooled, w):
    return (pooled[0::2] + pooled[1::2]) @ w["head.weight"] + w["head.bias"]


PAIRS = [5, 5, 12, 12, 3, 3, 9, 9]  # two orders of four examples


def classification():
    w, truth = make_weights(CLASSES, True), [2, 0, 1, 2]

    def losses(pooled):
        z = pooled @ w["head.weight"] + w["head.bias"]
        return z, forms.cross_entropy(z, torch.tensor(truth)), z.argmax(-1)

    return run("classification", w, [5, 12, 2, 9], [0, 1, 2, 3, 4], truth, losses)


def similarity():
    w, truth = make_weights(CLASSES, True), [2, 0, 1, 2]

    def losses(pooled):
        z = both_orders(pooled, w)
        return z, forms.cross_entropy(z, torch.tensor(truth)), z.argmax(-1)

    return run("similarity", w, PAIRS, [0, 2, 4, 6, 8], truth, losses)


def multiple_choice():
    w, first, truth = make_weights(1, False), [0, 2, 6, 7, 10], [1, 3, 0, 0]

    def losses(pooled):
        z = (pooled @ w["head.weight"]).squeeze(-1)
        questions = [z[a:b] for a, b in zip(first, first[1:])]
        of_questions = [-torch.log_softmax(q, 0)[t] for q, t in zip(questions, truth)]
        return z, torch.stack(of_questions), torch.stack([q.argmax() for q in questions])

    return run("choice", w, [5, 9, 2, 12, 7, 3, 6, 4, 12, 8], first, truth, losses)


TRUTHS = [2.25, 1.0, 4.5, 3.0]


def soft_bins():
    w, integers = make_weights(len(INTEGERS), True), torch.tensor(INTEGERS, dtype=torch.float64)
    shares = (1 - (torch.tensor(TRUTHS, dtype=torch.float64).unsqueeze(1) - integers).abs()).clamp(min=0)

    def losses(pooled):
        z = both_orders(pooled, w)
        logarithms = torch.log_softmax(z, -1)
        return z, -(shares * logarithms).sum(-1), logarithms.exp() @ integers

    return run("bins", w, PAIRS, [0, 2, 4, 6, 8], TRUTHS, losses)


def squared_error():
    w, truth = make_weights(1, True), torch.tensor(TRUTHS, dtype=torch.float64)

    def losses(pooled):
        z = both_orders(pooled, w).squeeze(-1)
        return z, (z - (truth - LOW) / (HIGH - LOW)) ** 2, LOW + z * (HIGH - LOW)

    return run("squares", w, PAIRS, [0, 2, 4, 6, 8], TRUTHS, losses)


def main():
    print(
        forms.print_json(
            {
                "made_with": f"tests/golden/heads/make.py, PyTorch {torch.__version__}, "
                f"Python {platform.python_version()}, double precision",
                "model": {
                    "architecture": "gpt",
                    "n_layer": gpt.LAYERS,
                    "n_head": gpt.HEADS,
                    "n_channel": gpt.CHANNELS,
                    "n_context": forms.CONTEXT,
                    "dropout": 0.0,
                    "attention_dropout": 0.0,
                },
                "n_vocab": forms.VOCABULARY,
                "n_class": CLASSES,
                "low": LOW,
                "high": HIGH,
                "lm_coefficient": LM_COEFFICIENT,
                "classification": classification(),
                "similarity": similarity(),
                "multiple-choice": multiple_choice(),
                "soft-bins": soft_bins(),
                "squared-error": squared_error(),
            }
        )
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
