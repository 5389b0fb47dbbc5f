#!/usr/bin/env python3
"""docs/conformance.md: every requirement names a test, and every test that it names is there."""
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
TEST = re.compile(r'`([^`]+)`: "([^"]+)"')


def text_of(path):
    """A file's text with string literals that follow each other joined."""
    return re.sub(r'"\s*\n\s*f?"', "", path.read_text(encoding="utf-8"))


def faults_of(document, read):
    faults, rows = [], 0
    for number, line in enumerate(document.splitlines(), 1):
        if not line.startswith("| /"):
            continue
        rows += 1
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        tests = TEST.findall(cells[-1])
        if len(cells) != 3 or not cells[1] or not tests:
            faults.append(f"line {number}: {cells[0]} names no test")
        for path, name in tests:
            text = read(path)
            if text is None:
                faults.append(f"line {number}: there is no {path}")
            elif name not in text:
                faults.append(f"line {number}: {path} has no test '{name}'")
    return rows, faults


def self_test():
    def read(path):
        return 'TEST_CASE("It works")' if path == "a.cpp" else None

    good = '| /req/a | what | `a.cpp`: "It works" |'
    assert faults_of(good, read) == (1, [])
    for bad in ["| /req/a | what | |", '| /req/a | what | `b.cpp`: "It works" |',
                '| /req/a | what | `a.cpp`: "It fails" |', '| /req/a | | `a.cpp`: "It works" |']:
        assert len(faults_of(bad, read)[1]) == 1, bad


def main():
    self_test()

    def read(path):
        file = ROOT / path
        return text_of(file) if file.is_file() else None

    rows, faults = faults_of((ROOT / "docs/conformance.md").read_text(encoding="utf-8"), read)
    print(f"{rows} requirements read, {len(faults)} faults")
    print("\n".join(faults))
    return 1 if faults or rows < 80 else 0


if __name__ == "__main__":
    sys.exit(main())
