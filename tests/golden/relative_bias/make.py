"""The buckets of T5's relative positions, by transformers' T5Attention.

    python3 tests/golden/relative_bias/make.py > tests/golden/relative_bias/relative_bias.json

Each list has the buckets of the distances (key minus query) from -REACH to REACH. A test reads only
relative_bias.json; nobody needs transformers to run it.
"""

import json
import pathlib
import platform
import sys

sys.path.append(str(pathlib.Path(__file__).parent.parent))
import same_bits  # noqa: E402, F401
import torch  # noqa: E402
import transformers  # noqa: E402
from transformers.models.t5.modeling_t5 import T5Attention  # noqa: E402

REACH = 600
# Number of buckets, distance: of every released T5 first; of the last, 6 begins a bucket by a hair if at all.
BUCKETS = [(32, 128), (32, 256), (8, 20), (4, 18)]


def buckets(n, distance, both_ways):
    distances = torch.arange(-REACH, REACH + 1)
    found = T5Attention._relative_position_bucket(distances, both_ways, n, distance)
    return {"n": n, "distance": distance, "both_ways": both_ways, "bucket": found.tolist()}


def main():
    rows = [buckets(n, distance, both_ways) for n, distance in BUCKETS for both_ways in (True, False)]
    made_with = (
        f"tests/golden/relative_bias/make.py, transformers {transformers.__version__}, "
        f"PyTorch {torch.__version__}, Python {platform.python_version()}"
    )
    lines = ",\n  ".join(json.dumps(row, separators=(",", ":")) for row in rows)
    print(f'{{\n "made_with": {json.dumps(made_with)},\n "reach": {REACH},\n "rows": [\n  {lines}\n ]\n}}')
    return 0


if __name__ == "__main__":
    sys.exit(main())
