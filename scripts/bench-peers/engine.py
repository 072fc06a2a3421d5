"""Runs one engine as a process that takes commands on standard input; PeerRunner documents the protocol.

python engine.py onnxruntime|openvino|pytorch FOLDER MODEL THREADS
"""

import os
import sys
import time
from pathlib import Path

MIN_PASSES = 3


def onnxruntime_pass(folder: Path, name: str, threads: int, pixels):
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_ALL
    session = onnxruntime.InferenceSession(str(folder / f"{name}.onnx"), options, providers=["CPUExecutionProvider"])
    return lambda: session.run(None, {"image": pixels})[0]


def openvino_pass(folder: Path, name: str, threads: int, pixels):
    import openvino

    properties = {
        "PERFORMANCE_HINT": "LATENCY",
        "NUM_STREAMS": "1",
        "INFERENCE_NUM_THREADS": str(threads),
        # the default is bf16 where the processor supports it
        "INFERENCE_PRECISION_HINT": "f32",
    }
    compiled = openvino.Core().compile_model(str(folder / f"{name}.onnx"), "CPU", properties)
    request = compiled.create_infer_request()
    return lambda: request.infer([pixels], share_inputs=True, share_outputs=True)[0]


def pytorch_pass(model, threads: int, pixels):
    import torch

    torch.set_num_threads(threads)
    torch.set_float32_matmul_precision("highest")
    tensor = torch.from_numpy(pixels)

    def run():
        with torch.inference_mode():
            return model(tensor).numpy()

    return run


def make_pass(engine: str, folder: Path, name: str, threads: int):
    import converted_model

    model = converted_model.load(folder / f"{name}.safetensors")
    pixels = converted_model.image(folder / f"{name}.f32", model)
    if engine == "onnxruntime":
        return onnxruntime_pass(folder, name, threads, pixels)
    if engine == "openvino":
        return openvino_pass(folder, name, threads, pixels)
    if engine == "pytorch":
        return pytorch_pass(model, threads, pixels)
    raise SystemExit(f"engine is {engine}, expected onnxruntime, openvino or pytorch")


def timed_passes(run, millis: int) -> list[int]:
    nanos = []
    begin = time.perf_counter_ns()
    end = begin + millis * 1_000_000
    while len(nanos) < MIN_PASSES or begin < end:
        run()
        now = time.perf_counter_ns()
        nanos.append(now - begin)
        begin = now
    return nanos


def main() -> None:
    engine, folder, name, threads = sys.argv[1:5]
    # libraries print to standard output: send that to standard error, and keep the real one for replies
    replies = os.fdopen(os.dup(1), "w", buffering=1)
    os.dup2(2, 1)
    run = make_pass(engine, Path(folder), name, int(threads))
    print("ready", file=replies)
    for line in sys.stdin:
        command = line.split()
        if command == ["logits"]:
            print("logits", *(repr(float(value)) for value in run().reshape(-1)), file=replies)
        elif len(command) == 2 and command[0] == "run":
            print("nanos", *timed_passes(run, int(command[1])), file=replies)
        else:
            print(f"unknown command {line.strip()!r}, expected logits or run MILLIS", file=replies)


if __name__ == "__main__":
    main()
