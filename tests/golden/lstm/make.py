"""Expected values for a small lstm, computed by PyTorch's own LSTM and autograd in double precision.

    python3 tests/golden/lstm/make.py > tests/golden/lstm/lstm.json

PyTorch gets the engine's matrices turned over, and the 1 that the engine adds to a forget gate in its
forget biases. Dropout is off. A test reads only lstm.json; nobody needs PyTorch to run it.
"""

import pathlib
import sys

sys.path.append(str(pathlib.Path(__file__).parent.parent))
import same_bits  # noqa: E402, F401
import torch  # noqa: E402

import forms  # noqa: E402

NAME = "lstm"
LAYERS, HIDDEN, CHANNELS = 2, 12, 16
FIELDS = {
    "n_layer": LAYERS,
    "n_hidden": HIDDEN,
    "n_channel": CHANNELS,
    "n_context": forms.CONTEXT,
    "dropout": 0.0,
}


def shapes():
    yield "token_embedding.weight", (forms.VOCABULARY, CHANNELS)
    for layer in range(LAYERS):
        yield f"layer.{layer}.input.weight", (HIDDEN if layer else CHANNELS, 4 * HIDDEN)
        yield f"layer.{layer}.recurrent.weight", (HIDDEN, 4 * HIDDEN)
        yield f"layer.{layer}.bias", (4 * HIDDEN,)
    yield "projection.weight", (HIDDEN, CHANNELS)
    yield "projection.bias", (CHANNELS,)
    yield "head.weight", (CHANNELS, forms.CLASSES)
    yield "head.bias", (forms.CLASSES,)


def states(tokens, w):
    lstm = torch.nn.LSTM(CHANNELS, HIDDEN, LAYERS, batch_first=True, dtype=torch.float64)
    open_forget_gates = torch.zeros(4, HIDDEN, dtype=torch.float64)  # input, forget, candidate, output
    open_forget_gates[1] = 1
    parameters = {}
    for layer in range(LAYERS):
        p = f"layer.{layer}."
        parameters[f"weight_ih_l{layer}"] = w[p + "input.weight"].T
        parameters[f"weight_hh_l{layer}"] = w[p + "recurrent.weight"].T
        parameters[f"bias_ih_l{layer}"] = w[p + "bias"]
        parameters[f"bias_hh_l{layer}"] = open_forget_gates.reshape(-1)
    hidden, _ = torch.func.functional_call(lstm, parameters, (w["token_embedding.weight"][tokens],))
    return hidden @ w["projection.weight"] + w["projection.bias"]


if __name__ == "__main__":
    forms.write(sys.modules[__name__])
