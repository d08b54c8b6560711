"""Expected values for published tokenizers: what the released GPT-1 code made of texts.

    GPT1_PACKAGES=DIR REPRISE_MIRROR=DATA python3 tests/golden/released/make.py > tests/golden/released/released.json

tests/golden/released_text.py says what DIR holds. `lines.json` are texts written for this, one for each rule
and oddity; `clean` is what ftfy makes of one, `words` what spaCy's rules make of that, `ids` the original ids,
tested where REPRISE_MIRROR is set.
"""

import json
import pathlib
import sys

HERE = pathlib.Path(__file__).parent
sys.path.insert(0, str(HERE.parent))

from released_text import Released  # noqa: E402


def main():
    released = Released()
    versions = {"python": sys.version.split()[0], **released.versions}
    print('{\n"made_with": ' + json.dumps(versions) + ',\n"cases": [')
    cases = []
    for raw in json.loads((HERE / "lines.json").read_text(encoding="utf-8")):
        clean = released.clean(raw)
        words = released.words(clean)
        case = {"raw": raw, "clean": clean, "words": " ".join(words), "ids": released.encode(words)}
        cases.append(json.dumps(case, ensure_ascii=True))
    print(",\n".join(cases) + "\n]}")


main()
