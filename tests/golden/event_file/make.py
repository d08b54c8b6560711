"""Expected bytes of event files, by TensorBoard's own writer.

    python3 tests/golden/event_file/make.py > tests/golden/event_file/event_file.json

Needs tensorboard. `file` is a whole event file in hexadecimal digits: the record that names the format, then one for
each of `scalars` (wall time in seconds, step, tag, value).
"""

import io
import json
import struct

import tensorboard.version
from tensorboard.compat.proto.event_pb2 import Event
from tensorboard.compat.proto.summary_pb2 import Summary
from tensorboard.summary.writer.record_writer import RecordWriter

SCALARS = [
    (0.5, 1, "finetune/task_loss", 0.6931471824645996),
    (1.25, 127, "finetune/learning_rate", 6.25e-05),
    (1.5, 128, "x", -0.0),
    (86400.125, 100000, "epoch/validation_score", 1.0),
    (0.0, 0, "λ " + "long" * 40, 3.4028234663852886e38),
    (2.0, 2**33 + 5, "pretrain/loss", 1.4e-45),
]


def float32(value):
    return struct.unpack("<f", struct.pack("<f", value))[0]


def main():
    file = io.BytesIO()
    writer = RecordWriter(file)
    writer.write(Event(file_version="brain.Event:2").SerializeToString())
    scalars = [(seconds, step, tag, float32(value)) for seconds, step, tag, value in SCALARS]
    for seconds, step, tag, value in scalars:
        summary = Summary(value=[Summary.Value(tag=tag, simple_value=value)])
        writer.write(Event(wall_time=seconds, step=step, summary=summary).SerializeToString())
    versions = {"tensorboard": tensorboard.version.VERSION}
    print('{\n"made_with": ' + json.dumps(versions) + ',\n"scalars": [')
    print(",\n".join(json.dumps(scalar) for scalar in scalars))
    print('],\n"file": "' + file.getvalue().hex() + '"}')


main()
