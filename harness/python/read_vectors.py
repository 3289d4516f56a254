#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Reads the archive of the vectors, as one does who uses no .NET: read_vectors.py cmma-vectors-VERSION.tar.gz"""
import json
import sys
import tarfile
from collections import Counter


def vectors(archive):
    """Each vector of the archive: its id, its operations, and what must come back for each."""
    with tarfile.open(archive) as files:
        for member in files:
            folders = member.name.split("/")
            if folders[1:3] == ["spec", "vectors"] and len(folders) == 5 and member.name.endswith(".json"):
                for vector in json.load(files.extractfile(member))["vectors"]:
                    yield folders[3], vector


def main():
    count = Counter(folder for folder, vector in vectors(sys.argv[1]))
    for folder, number in sorted(count.items()):
        print(f"{folder:20} {number}")
    print(f"{sum(count.values())} vectors")


if __name__ == "__main__":
    main()
