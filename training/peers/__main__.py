"""Writes the shipped network for onnxruntime (two forms) and LiteRT, one file an input length.

python -m peers --model ../public/models/efficientecg --out DIR --steps 1000 2500 5000
"""

import argparse
from pathlib import Path

from peers.to_onnx import to_onnx
from peers.to_tflite import to_tflite


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--model", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--steps", type=int, nargs="+", required=True)
    args = parser.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    for steps in args.steps:
        for dimensions in (1, 2):
            onnx = to_onnx(args.model, steps, dimensions).SerializeToString()
            (args.out / f"network{dimensions}d-{steps}.onnx").write_bytes(onnx)
        (args.out / f"network-{steps}.tflite").write_bytes(to_tflite(args.model, steps))


if __name__ == "__main__":
    main()
