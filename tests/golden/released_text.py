"""The released GPT-1 code's way from text to ids, with the libraries of its time. Only for golden values and
scripts/check-tokenizer; nothing of it is part of the engine.

GPT1_PACKAGES names a folder with ftfy 4.4.3 and the wheel of spaCy 2.0.18, whose rules are read and whose
tokenizer, a compiled program of an old Python, is written here anew in plain Python:

    pip install --target DIR ftfy==4.4.3 "setuptools<80" regex
    pip download --no-deps --only-binary :all: --python-version 3.7 --platform manylinux1_x86_64 \\
        -d DIR spacy==2.0.18

The release names no versions; these are the last of the kind that was current in June 2018. REPRISE_MIRROR
holds the merges and the vocabulary, gpt1-bpe.
"""

import json
import os
import pathlib
import re
import sys
import types
import warnings

END = "</w>"


def folder(variable, what):
    if variable not in os.environ:
        sys.exit(f"{variable} is not set: {what}")
    return pathlib.Path(os.environ[variable])


def import_rules(wheel):
    """spaCy's rules without spaCy: its packages as names only."""
    for name in ("spacy", "spacy.lang", "spacy.lang.en"):
        sys.modules[name] = types.ModuleType(name)
        sys.modules[name].__path__ = [f"{wheel}/{name.replace('.', '/')}"]
    symbols = types.ModuleType("spacy.symbols")
    for name in ("ORTH", "POS", "LEMMA", "TAG", "NORM", "SPACE", "PUNCT", "PRON_LEMMA"):
        setattr(symbols, name, name)
    sys.modules["spacy.symbols"] = symbols


def length(match):
    return match.end() - match.start() if match else 0


class Splitter:
    """Off the front and the end, one each at a time, until what is left is listed or an address."""

    def __init__(self, wheel):
        import_rules(wheel)
        import regex
        from spacy.lang import punctuation, tokenizer_exceptions
        from spacy.lang.en.tokenizer_exceptions import TOKENIZER_EXCEPTIONS

        regex.DEFAULT_VERSION = regex.VERSION1
        self.prefix = regex.compile("|".join("^" + p for p in punctuation.TOKENIZER_PREFIXES)).search
        self.suffix = regex.compile("|".join(s + "$" for s in punctuation.TOKENIZER_SUFFIXES)).search
        self.infixes = regex.compile("|".join(punctuation.TOKENIZER_INFIXES)).finditer
        self.is_address = tokenizer_exceptions.TOKEN_MATCH
        self.listed = {}
        for word, parts in {**tokenizer_exceptions.BASE_EXCEPTIONS, **TOKENIZER_EXCEPTIONS}.items():
            parts = [part["ORTH"] for part in parts]
            self.listed[word.replace("'", "\u2019")] = [part.replace("'", "\u2019") for part in parts]
            self.listed[word] = parts
        self.known = {}

    def core(self, text):
        if text in self.listed:
            return self.listed[text]
        if not text or self.is_address(text):
            return [text] if text else []
        words, begin = [], 0
        for match in self.infixes(text):
            if match.start() > 0:
                words += [text[begin : match.start()], match.group()]
                begin = match.end()
        return [word for word in [*words, text[begin:]] if word]

    def stretch(self, text):
        front, end = [], []
        while text and text not in self.listed and not self.is_address(text):
            n_front, n_end = length(self.prefix(text)), length(self.suffix(text))
            if n_front and text[n_front:] in self.listed:
                n_end = 0
            elif n_end and text[:-n_end] in self.listed:
                n_front = 0
            elif n_front + n_end > len(text):
                n_end = 0 if n_front else n_end
            if n_front + n_end == 0:
                break
            front += [text[:n_front]] if n_front else []
            end += [text[len(text) - n_end :]] if n_end else []
            text = text[n_front : len(text) - n_end]
        return front + self.core(text) + end[::-1]

    def split(self, text):
        words = []
        for stretch in re.findall(r"\n|[^ \n]+", text):
            if stretch not in self.known:
                self.known[stretch] = ["\n"] if stretch == "\n" else self.stretch(stretch)
            words += self.known[stretch]
        return words


def standardize(text):
    for old, new in (("—", "-"), ("–", "-"), ("―", "-"), ("…", "..."), ("´", "'")):
        text = text.replace(old, new)
    # The released pattern lists the backslash too, but not in a raw string: there it means a second "+".
    spaced = "|".join(re.escape(c) + "+" for c in '-~!";?+,)(/*[]}{|_')
    text = re.sub(f"({spaced})", r" \1 ", text)
    text = re.sub(r"\s*\n\s*", " \n ", text)
    return re.sub(r"[^\S\n]+", " ", text).strip()


class Released:
    def __init__(self):
        packages = folder("GPT1_PACKAGES", "the folder that tests/golden/released_text.py tells of")
        sys.path.insert(0, str(packages))
        warnings.simplefilter("ignore")
        import ftfy

        wheel = next(packages.glob("spacy-2.0.*.whl"))
        self.clean = ftfy.fix_text
        self.versions = {"ftfy": ftfy.__version__, "spacy": wheel.name.split("-")[1]}
        self.splitter = Splitter(wheel)
        files = folder("REPRISE_MIRROR", "the folder that holds gpt1-bpe/") / "gpt1-bpe"
        merges = (files / "vocab_40000.bpe").read_text(encoding="utf-8").split("\n")[1:-1]
        self.ranks = {tuple(line.split()): rank for rank, line in enumerate(merges)}
        self.ids = json.loads((files / "encoder_bpe_40000.json").read_text(encoding="utf-8"))
        self.known = {"\n": [self.ids["\n" + END]]}

    def words(self, clean):
        return [word.lower() for word in self.splitter.split(standardize(clean))]

    def encode_word(self, word):
        if word not in self.known:
            parts = [*word[:-1], word[-1] + END]
            while len(parts) > 1:
                pair = min(zip(parts, parts[1:]), key=lambda pair: self.ranks.get(pair, len(self.ranks)))
                if pair not in self.ranks:
                    break
                joined, at = [], 0
                while at < len(parts):
                    both = tuple(parts[at : at + 2]) == pair
                    joined.append("".join(pair) if both else parts[at])
                    at += 2 if both else 1
                parts = joined
            self.known[word] = [self.ids.get(part, 0) for part in parts]
        return self.known[word]

    def encode(self, words):
        return [i for word in words for i in self.encode_word(word)]
