"""What the guard around the PDF check costs: ``python benchmarks/pdf.py``.

The same documents are checked in this process and by PdfScanner's child, in turns, since the machine's speed drifts;
for each kind of document the median time of both (p50) and their ratio are printed. Then: how long the child takes to
start, and how long a bomb is looked at before it is refused.
"""

import statistics
import sys
import time
from pathlib import Path

from skifteportal.core.pdf import PdfScanner, check_pdf

sys.path.append(str(Path(__file__).parents[1] / "tests" / "support"))

from pdf_files import BAD, GOOD, bombs, document

ROUNDS = 41


def pages(number, size):
    """A document of so many objects, with a picture's worth of bytes in each."""
    filler = b"<</Length %d>>stream\n%s\nendstream" % (size, bytes(size))
    return document(*[filler] * number)


DOCUMENTS = {
    "one page": [GOOD[0].data],
    "the table's small ones": [case.data for case in (*BAD, *GOOD) if len(case.data) < 20_000],
    "40 pictures, 9 MB": [pages(40, 225_000)],
    "20,000 objects": [pages(20_000, 10)],
}


def timed(check, data):
    start = time.perf_counter()
    check(data)
    return (time.perf_counter() - start) * 1000


def main():
    with PdfScanner() as scanner:
        print(
            f"first scan, with the start of the child: {timed(scanner.check, GOOD[0].data):.0f} ms"
        )
        for name, documents in DOCUMENTS.items():
            rounds = ROUNDS if len(documents) == 1 else 3
            bare, guarded = [], []
            for _ in range(rounds):
                for data in documents:
                    bare.append(timed(check_pdf, data))
                    guarded.append(timed(scanner.check, data))
            here, there = statistics.median(bare), statistics.median(guarded)
            print(f"{name}: p50 {here:.2f} ms, guarded {there:.2f} ms, ratio {there / here:.2f}")
        for case in bombs():
            print(f"bomb, {case.name}: refused after {timed(scanner.check, case.data):.0f} ms")


if __name__ == "__main__":
    main()
