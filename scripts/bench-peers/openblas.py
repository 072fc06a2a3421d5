"""Times OpenBLAS, as numpy brings it, on the shapes of GemmBenchmark, and prints both side by side.

OPENBLAS_CORETYPE chooses its kernels: HASWELL are those for AVX2.

python openblas.py RESULTS --out rows.csv [--millis 600]
"""

import argparse
import csv
import os
import sys
import time
from pathlib import Path
from statistics import quantiles

TOKENS = 197
OURS = "GemmBenchmark.gemm"
HEADER = (
    "subset,benchmark,parameters,samples,median_ms,low_quartile_ms,high_quartile_ms,"
    "rate,rate_unit,share_of_peak_percent,allocated_bytes"
)


def our_rates(results: Path) -> dict[str, float]:
    """Returns GFLOP/s with one thread by shape, from the newest file of this instruction set."""
    rates = {}
    newest = max(results.glob("*-avx2.csv"), key=lambda file: file.stat().st_mtime)
    with newest.open() as file:
        for row in csv.DictReader(file):
            parameters = dict(pair.split("=") for pair in row["parameters"].split())
            if row["benchmark"] == OURS and parameters["threads"] == "1":
                rates[parameters["shape"]] = float(row["rate"])
    return rates


def times(rows: int, columns: int, millis: int) -> list[float]:
    """Returns the milliseconds of each product of tokens by weights."""
    import numpy

    random = numpy.random.default_rng(1)
    tokens = random.random((TOKENS, columns), dtype=numpy.float32)
    weights = random.random((columns, rows), dtype=numpy.float32)
    out = numpy.empty((TOKENS, rows), dtype=numpy.float32)
    passes = []
    begin = time.perf_counter_ns()
    end = begin + millis * 1_000_000
    while len(passes) < 5 or begin < end:
        numpy.matmul(tokens, weights, out=out)
        now = time.perf_counter_ns()
        passes.append((now - begin) / 1e6)
        begin = now
    return passes[len(passes) // 4 :]  # the first ones warm up


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("results", type=Path, help="folder of the result files, with GemmBenchmark's")
    parser.add_argument("--out", type=Path, required=True, help="CSV file to write the results to")
    parser.add_argument("--millis", type=int, default=600, help="time per shape (default: %(default)s)")
    options = parser.parse_args()
    ours = our_rates(options.results)
    if not ours:
        sys.exit(f"{options.results}: no result of {OURS} with one thread")
    os.environ["OPENBLAS_NUM_THREADS"] = "1"  # before numpy loads the library
    lines = [HEADER]
    print("| shape | Glimpse, GFLOP/s | OpenBLAS, GFLOP/s | ratio |")
    print("|---|---:|---:|---:|")
    for shape, rate in ours.items():
        rows, columns = map(int, shape.split("x"))
        passes = times(rows, columns, options.millis)
        low, middle, high = quantiles(passes, n=4, method="inclusive")
        theirs = 2e-6 * rows * columns * TOKENS / middle
        print(f"| {shape} | {rate:.1f} | {theirs:.1f} | {rate / theirs:.2f} |")
        values = f"{len(passes)},{middle:.6g},{low:.6g},{high:.6g},{theirs:.6g},GFLOP/s,,"
        lines.append(f"peers,openblas,shape={shape} threads=1,{values}")
    options.out.write_text("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
