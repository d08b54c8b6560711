"""Expected values for the tokenizer, by implementations that share nothing with engine/text.

    REPRISE_MIRROR=DIR python3 tests/golden/bpe/make.py > tests/golden/bpe/bpe.json

DIR/gpt1-bpe holds encoder_bpe_40000.json and vocab_40000.bpe (datasets/gpt1-bpe.json). Needs ftfy and spacy
(its rules for English only, no model); their versions are recorded. What is compared with what:

  lines         words with single spaces between, lower-cased: what is left is byte-pair encoding alone
  original_ids  the ids of `lines` with the original merges, by the plain algorithm below. The original
                files are not part of the project, so this is tested where REPRISE_MIRROR is set.
  merges, vocabulary, ids
                a small table learnt here from the words of `lines`, and their ids with it: tested always
  raw           unsplit text, in three steps, each alone: `clean` by ftfy, `standard` from `clean` by the
                paper's regular expressions, `words` from `standard` by spaCy's English rules. Where the
                engine differs on purpose, `ours` gives its words and `why` the reason; such words were
                written down from the engine's output and read over, so they guard against change only.

The lines are sentences of novels in the public domain, oddities, and made-up words.
"""

import collections
import json
import os
import pathlib
import random
import re
import sys

import ftfy
import spacy

HERE = pathlib.Path(__file__).parent
sys.path.insert(0, str(HERE.parent))
from released_text import standardize  # noqa: E402
N_MERGES = 600
CHARACTER_COUNT = 50  # BPE_TRAIN_CHARACTER_COUNT
END = "</w>"


def made_up_lines(n):
    """Words of random syllables, which meet merges in unusual orders."""
    draw = random.Random(1)
    parts = ["th", "e", "r", "ing", "s", "un", "er", "ed", "qu", "ou", "a", "st", "ck", "ly", "tion", "b",
             "x", "z", "pre", "ss", "o", "n", "'", "é", "ll", "oo", "y", "-"]
    return [" ".join("".join(draw.choices(parts, k=draw.randint(1, 9))) for _ in range(12)) for _ in range(n)]


def read_lines():
    lines = []
    for name in ("sentences.txt", "odd.txt"):
        lines += (HERE / name).read_text(encoding="utf-8").splitlines()
    return lines + ["one \n two \n three"] + made_up_lines(250)


def symbols(word):
    return list(word[:-1]) + [word[-1] + END]


def join(word, pair):
    """The pair joined everywhere in a list of symbols, from the left."""
    result = []
    for symbol in word:
        if result and not result[-1][1] and (result[-1][0], symbol) == pair:
            result[-1] = (result[-1][0] + symbol, True)
        else:
            result.append((symbol, False))
    return [symbol for symbol, _ in result]


def encode(word, ranks, ids):
    parts = symbols(word)
    while True:
        known = [pair for pair in zip(parts, parts[1:]) if pair in ranks]
        if not known:
            return [ids.get(part, 0) for part in parts]
        parts = join(parts, min(known, key=ranks.get))


def encode_lines(lines, merges, ids):
    ranks = {pair: rank for rank, pair in enumerate(merges)}
    return [[i for word in line.split(" ") for i in encode(word, ranks, ids)] for line in lines]


def learn(lines):
    """Every count made anew for every merge: slow and plain."""
    counts = collections.Counter(word for line in lines for word in line.split(" "))
    characters = collections.Counter()
    for word, count in counts.items():
        for character in word:
            characters[character] += count
    known = {chr(c) for c in range(33, 127) if not chr(c).isupper()}
    known |= {c for c, count in characters.items() if count >= CHARACTER_COUNT and c != "\n"}
    tokens = ["<unk>", *sorted(known), *(c + END for c in sorted(known)), "\n" + END]
    ids = {token: i for i, token in enumerate(tokens)}

    words = {word: [s if s in ids else "<unk>" for s in symbols(word)] for word in counts}
    merges = []
    while len(merges) < N_MERGES:
        pairs = collections.Counter()
        for word, parts in words.items():
            for pair in zip(parts, parts[1:]):
                if "<unk>" not in pair:
                    pairs[pair] += counts[word]
        best = min(pairs, key=lambda pair: (-pairs[pair], ids[pair[0]], ids[pair[1]]))
        if pairs[best] < 2:
            break
        merges.append(best)
        ids.setdefault("".join(best), len(ids))
        words = {word: join(parts, best) for word, parts in words.items()}
    return merges, ids


def raw_cases():
    split = spacy.blank("en")
    for case in json.loads((HERE / "raw.json").read_text(encoding="utf-8")):
        clean = ftfy.fix_text(case["raw"])
        standard = standardize(clean)
        words = [token.text.lower() for token in split(standard)]
        words = " ".join("\n" if word.isspace() else word for word in words)
        yield {"raw": case["raw"], "clean": clean, "standard": standard, "words": words,
               **{key: case[key] for key in ("ours", "why") if key in case}}


def read_original():
    mirror = os.environ.get("REPRISE_MIRROR")
    if not mirror:
        sys.exit("REPRISE_MIRROR is not set: the folder that holds gpt1-bpe/")
    folder = pathlib.Path(mirror) / "gpt1-bpe"
    merges = (folder / "vocab_40000.bpe").read_text(encoding="utf-8").split("\n")[1:-1]
    ids = json.loads((folder / "encoder_bpe_40000.json").read_text(encoding="utf-8"))
    return [tuple(line.split()) for line in merges], ids


def main():
    lines = read_lines()
    merges, ids = learn(lines)
    golden = {
        "made_with": {"python": sys.version.split()[0], "ftfy": ftfy.__version__, "spacy": spacy.__version__},
        "lines": lines,
        "original_ids": encode_lines(lines, *read_original()),
        "merges": [" ".join(pair) for pair in merges],
        "vocabulary": ids,
        "ids": encode_lines(lines, merges, ids),
        "raw": list(raw_cases()),
    }
    entries = []
    for key, value in golden.items():
        if isinstance(value, list):
            value = ",\n".join(json.dumps(item, ensure_ascii=False) for item in value)
            entries.append(f'"{key}": [\n{value}\n]')
        else:
            entries.append(f'"{key}": {json.dumps(value, ensure_ascii=False)}')
    print("{\n" + ",\n".join(entries) + "\n}")


main()
