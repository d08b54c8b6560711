#!/usr/bin/env python3
"""Opens the folder of an LSTM that `reprise export huggingface` wrote, in PyTorch; what follows some tokens?

    scripts/open-lstm.py FOLDER TOKEN ...        token ids, as `reprise tokenizer` prints them

Prints the state behind the last token, the first eight of its values, and the five likeliest tokens after it.
Needs torch and safetensors.
"""
import json
import pathlib
import sys
import types

import torch
from safetensors.torch import load_file


class Lstm(torch.nn.Module):
    def __init__(self, folder):
        super().__init__()
        folder = pathlib.Path(folder)
        self.config = config = types.SimpleNamespace(**json.loads((folder / "model.json").read_text()))
        w = load_file(folder / "weights.safetensors")
        self.tokens = torch.nn.Embedding.from_pretrained(w["token_embedding.weight"])
        self.layers = torch.nn.LSTM(config.n_channel, config.n_hidden, config.n_layer, batch_first=True)
        self.projection = torch.nn.Identity()
        if "projection.weight" in w:
            self.projection = torch.nn.Linear(config.n_hidden, config.n_channel)
            self.projection.load_state_dict({"weight": w["projection.weight"].T, "bias": w["projection.bias"]})
        for layer in range(config.n_layer):
            bias = w[f"layer.{layer}.bias"].clone()
            bias[config.n_hidden : 2 * config.n_hidden] += 1  # the forget gates' own
            with torch.no_grad():
                getattr(self.layers, f"weight_ih_l{layer}").copy_(w[f"layer.{layer}.input.weight"].T)
                getattr(self.layers, f"weight_hh_l{layer}").copy_(w[f"layer.{layer}.recurrent.weight"].T)
                getattr(self.layers, f"bias_ih_l{layer}").copy_(bias)
                getattr(self.layers, f"bias_hh_l{layer}").zero_()

    def states(self, ids):
        return self.projection(self.layers(self.tokens(ids))[0])

    def forward(self, ids):
        return types.SimpleNamespace(logits=self.states(ids) @ self.tokens.weight.T)


@torch.no_grad()
def main():
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    model, ids = Lstm(sys.argv[1]), torch.tensor([[int(word) for word in sys.argv[2:]]])
    names = json.loads((pathlib.Path(sys.argv[1]) / "vocabulary.json").read_text())
    names = {number: name for name, number in names.items()}
    print(*(f"{value:.6f}" for value in model.states(ids)[0, -1, :8].tolist()))
    for share, token in zip(*(values.tolist() for values in model(ids).logits[0, -1].softmax(-1).topk(5))):
        print(f"{share:.4f} {names.get(token, token)}")


if __name__ == "__main__":
    main()
