"""Expected ids of WordPiece and SentencePiece, by the libraries that everybody uses for them.

    python3 tests/golden/pieces/make.py > tests/golden/pieces/pieces.json

Small vocabularies are learnt here from the lines of tests/golden/bpe, which are in the public domain or made up: no
published one is part of the project.

  wordpiece      `pieces`; for each kind of text the `ids` and `decoded` texts of all lines, as BERT's
                 tokenizers have them, and tokenizer.json as the library writes it
  sentencepiece  for each kind of model the file (base64), and for all lines `ids` and `decoded` by `sentencepiece`
  unigram        the first of these models as tokenizer.json of `tokenizers`, and the `ids` of all lines by that

The lines hold what texts seldom do: controls, accents of their own, clusters, all kinds of spaces, long runs.
`rules` are characters of NFKC and of nmt_nfkc, the map of T5's model, which is too long to be repeated here.
"""

import base64
import collections
import io
import json
import os
import pathlib
import platform
import random
import unicodedata

os.environ["HF_HUB_OFFLINE"] = "1"
import sentencepiece  # noqa: E402
import tokenizers  # noqa: E402
from tokenizers import models, normalizers, pre_tokenizers  # noqa: E402

HERE = pathlib.Path(__file__).parent
N_RANDOM = 60
SPECIALS = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
LINES = [
    "",
    " ",
    "   leading and trailing   ",
    "two  spaces\tand tabs \n and a line",
    "The Quick, brown FOX; jumps?! over (the) lazy-dog's \"tail\"...",
    "I'm can't O'Brien's e.g. $3.50 a^b ~x~ `y` | <z> = 100%",
    "unaffable unwanted running unhappiness internationalization",
    "Élan naïve FAÇADE coöperate über Ångström œuvre",
    "e\u0301a\u0302\u0301o\u0308 n\u0303 \u0041\u030a İstanbul ıİI ΑΣΟΣ Σίσυφος ß",
    "漢字かな交じり文 中文字符 한국어 ᄒ\u1161\u11ab 豈\U00020000x",
    "zero\u200bwidth soft\u00adhyphen \ufeffbom no\u00a0break ideo\u3000graphic line\u2028sep par\u2029sep",
    "controls \x01\x02\x7f\x85 and \ufffd \ue000 \u0378 end",
    "ﬁne ﬂow Ⅳ ① ½ ㍿ ＡＢＣ ｶﾞ ﾊﾟ ™ ﷺ",
    "😀 👍🏽 👨\u200d👩\u200d👧 🇩🇪 ★ →",
    "a" * 100,
    "a" * 101,
    "é" * 100 + " " + "é" * 101,
    "aaaaaaaaaaaaa bbbbbbb ...... ------ !!!!! 000000 325983637000617298",
    "▁ ▁▁ a▁b _ ▁x",
    "[MASK] [UNK] <unk> </s> <pad> <extra_id_0> <0x41>",
    "...ab...  <mask>ab",
]
ALPHABETS = [
    "abcdefghij ABC", "aaaa  bb ", ".!?,;'-_()[]$^`~|<>@#%&*+=/\\ ", "éèñüßøåİıſΣσς", "漢字かなカナ한국어",
    "e\u0301a\u0302\u0301o\u0308", "\u200b\u200d\u00ad\u2028\u0085\x0b\x0c\x01\t\n\r\u00a0\u3000 ",
    "ﬁﬂ①②ⅣＡＢｃｶﾞ½™", "😀👍🏽★🇩🇪", "▁ ", "0123456789",
]  # fmt: skip


def corpus():
    return [
        line
        for name in ("sentences.txt", "odd.txt")
        for line in (HERE.parent / "bpe" / name).read_text(encoding="utf-8").splitlines()
    ]


def all_lines():
    chance = random.Random(1)
    for _ in range(N_RANDOM):
        letters = "".join(chance.choice(ALPHABETS) for _ in range(chance.randint(1, 4)))
        LINES.append("".join(chance.choice(letters) for _ in range(chance.randint(1, 40))))
    return LINES


def frequent_pieces(n):
    """Specials, all characters, and what words begin with and go on with most often."""
    counts = collections.Counter()
    for line in corpus() + [line.upper() for line in corpus()[:60]]:
        for word in line.split():
            for begin in range(min(len(word), 6)):
                for end in range(begin + 1, min(len(word), begin + 6) + 1):
                    counts[("##" if begin else "") + word[begin:end]] += 1
    characters = {piece for piece in counts if len(piece.removeprefix("##")) == 1}
    others = sorted(counts.keys() - characters, key=lambda piece: (-counts[piece], piece))
    return SPECIALS + sorted(characters) + others[:n]


def wordpiece(lines):
    def machine(lower_case, vocabulary):
        made = tokenizers.Tokenizer(models.WordPiece(vocab=vocabulary, unk_token="[UNK]"))
        made.normalizer = normalizers.BertNormalizer(lowercase=lower_case)
        made.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
        made.decoder = tokenizers.decoders.WordPiece(cleanup=False)
        return made

    pieces = frequent_pieces(400)
    vocabulary = {piece: i for i, piece in enumerate(pieces)}
    kinds = {}
    for name, lower_case in (("uncased", True), ("cased", False)):
        made = machine(lower_case, vocabulary)
        ids = [made.encode(line).ids for line in lines]
        decoded = [made.decode(one, skip_special_tokens=False) for one in ids]
        made.add_special_tokens(SPECIALS)
        kinds[name] = {
            "settings": {"do_lower_case": lower_case},
            "ids": ids,
            "decoded": decoded,
            "json": json.loads(made.to_str()),
        }
        kinds[name]["json"]["model"]["vocab"] = None  # `pieces` again
    return {"pieces": pieces, "kinds": kinds}


def rules():
    """Some of nmt_nfkc: as "from TAB to", both as code points."""
    wanted = "ﬁﬂ①②Ⅳ½㍿ＡＢＣａｂｃ™\u3000\u00a0ｶﾊ…ﷺ"
    table = {c: unicodedata.normalize("NFKC", c) for c in wanted}
    for letter in "aeoun":
        for mark in "\u0300\u0301\u0302\u0308\u0303":
            table[letter + mark] = unicodedata.normalize("NFC", letter + mark)
    table["a\u0302\u0301"], table["ｶﾞ"], table["ﾊﾟ"] = "ấ", "ガ", "パ"
    table.update({c: " " for c in "\t\n\r\u2028\u2029\u200b"} | {c: "" for c in "\x01\x02\x7f\u00ad\ufeff"})
    return "".join(
        " ".join(f"{ord(c):X}" for c in a) + "\t" + " ".join(f"{ord(c):X}" for c in b) + "\n"
        for a, b in sorted(table.items())
        if a != b
    )


KINDS = {
    "t5": {"pad_id": 0, "eos_id": 1, "unk_id": 2, "bos_id": -1},
    "bytes": {"byte_fallback": True, "vocab_size": 480},
    "user": {"user_defined_symbols": ["ab", "<mask>", "é", "..."], "add_dummy_prefix": False},
    "spaces": {"remove_extra_whitespaces": False, "normalization_rule_name": "identity"},
    "across": {"split_by_whitespace": False},
}


def learn(settings, rule_file):
    model = io.BytesIO()
    if "normalization_rule_name" not in settings:
        settings = settings | {"normalization_rule_tsv": rule_file}
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter(corpus()),
        model_writer=model,
        model_type="unigram",
        num_threads=1,
        hard_vocab_limit=False,
        minloglevel=2,
        **({"vocab_size": 300} | settings),
    )
    return without_paths(model.getvalue())


def varint(data, at):
    value = shift = 0
    while True:
        value |= (data[at] & 0x7F) << shift
        shift, at = shift + 7, at + 1
        if data[at - 1] < 0x80:
            return value, at


def fields(data):
    """Number, kind, value and bytes as they stand of each field of a protocol buffer."""
    at = 0
    while at < len(data):
        begin = at
        key, at = varint(data, at)
        if key & 7 == 0:
            value, at = varint(data, at)
        else:
            size, at = (4, at) if key & 7 == 5 else varint(data, at)
            value, at = data[at : at + size], at + size
        yield key >> 3, value, data[begin:at]


def message(number, content):
    size, written = len(content), bytearray([number << 3 | 2])
    while size >= 0x80:
        written.append(size & 0x7F | 0x80)
        size >>= 7
    return bytes(written) + bytes([size]) + content


def without_paths(model):
    """The file without the names of files that it was learnt from, which change from run to run."""
    kept = b""
    for number, value, whole in fields(model):
        if number == 3:  # NormalizerSpec: 6 is the file of rules
            whole = message(3, b"".join(raw for n, _, raw in fields(value) if n != 6))
        kept += whole
    return kept


def character_map(model):
    return next(
        map_bytes
        for number, value, _ in fields(model)
        if number == 3
        for n, map_bytes, _ in fields(value)
        if n == 2
    )


def sentencepiece_kinds(lines, rule_file):
    kinds = {}
    for name, settings in KINDS.items():
        model = learn(settings, rule_file)
        machine = sentencepiece.SentencePieceProcessor(model_proto=model)
        ids = [machine.encode(line) for line in lines]
        kinds[name] = {
            "model": base64.b64encode(model).decode(),
            "ids": ids,
            "decoded": [machine.decode(one) for one in ids],
        }
    return kinds


def unigram(lines, model):
    machine = sentencepiece.SentencePieceProcessor(model_proto=model)
    n = machine.get_piece_size()
    vocabulary = [(machine.id_to_piece(i), machine.get_score(i)) for i in range(n)]
    vocabulary += [(f"<extra_id_{i}>", 0.0) for i in range(2, -1, -1)]
    made = tokenizers.Tokenizer(models.Unigram(vocabulary, unk_id=2, byte_fallback=False))
    made.normalizer = normalizers.Precompiled(character_map(model))
    made.pre_tokenizer = pre_tokenizers.Sequence(
        [
            pre_tokenizers.WhitespaceSplit(),
            pre_tokenizers.Metaspace(replacement="▁", prepend_scheme="always", split=True),
        ]
    )
    ids = [made.encode(line).ids for line in lines]
    made.add_special_tokens(["<pad>", "</s>", "<unk>"] + [f"<extra_id_{i}>" for i in range(3)])
    return {"json": json.loads(made.to_str()), "ids": ids}


def main():
    lines = all_lines()
    rule_file = HERE / "rules.tmp"
    rule_file.write_text(rules(), encoding="utf-8")
    try:
        kinds = sentencepiece_kinds(lines, str(rule_file))
    finally:
        rule_file.unlink()
    value = {
        "made_with": f"tests/golden/pieces/make.py, tokenizers {tokenizers.__version__}, sentencepiece "
        f"{sentencepiece.__version__}, Python {platform.python_version()}",
        "lines": lines,
        "wordpiece": wordpiece(lines),
        "sentencepiece": kinds,
        "unigram": unigram(lines, base64.b64decode(kinds["t5"]["model"])),
    }
    rows = (f" {json.dumps(key)}: {json.dumps(one, ensure_ascii=True)}" for key, one in value.items())
    print("{\n" + ",\n".join(rows) + "\n}")


if __name__ == "__main__":
    main()
