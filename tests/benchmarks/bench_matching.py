"""Who is who over 100,000 generated names: precision, recall, processor time and memory, beside peers.

The names and which of them are one come from `name_files` (slips, word order, legal forms, abbreviations, scripts).
Peers run on the same names in the same run: exact keys, rapidfuzz in blocks of a common beginning, and splink where it
is installed (it is no dependency of the program). `value` is processor seconds, `target` those of the design.
"""

from __future__ import annotations

import resource
import time
from collections.abc import Callable, Iterable
from typing import Any

from name_files import generate, true_pairs

Found = Iterable[tuple[int, int]]
SIZE = 100_000
TARGET = 3.0


def _ours(names: list[str]) -> Found:
    from ewglink.names.pairing import pair_names
    from ewglink.workspace.resolving.review import VERIFY

    found = pair_names(names)
    return [(a, b) for a, b in found.pairs[found.scores() >= VERIFY].tolist()]


def _groups(keys: Iterable[Any], most: int = 200) -> list[list[int]]:
    by_key: dict[Any, list[int]] = {}
    for row, key in enumerate(keys):
        by_key.setdefault(key, []).append(row)
    return [rows for rows in by_key.values() if 1 < len(rows) <= most]


def _pairs(groups: Iterable[list[int]]) -> Found:
    return [(a, b) for rows in groups for at, a in enumerate(rows) for b in rows[at + 1:]]


def _fingerprints(names: list[str]) -> Found:
    """Equal after lower case, without accents and punctuation, words sorted."""
    from ewglink.names.clean import search_key

    return _pairs(_groups(" ".join(sorted(search_key(name).split())) for name in names))


def _prefix_blocks(names: list[str]) -> Found:
    """rapidfuzz's token sort ratio within blocks of the same first four letters."""
    from rapidfuzz import fuzz, process

    from ewglink.names.clean import search_key

    keys = [search_key(name) for name in names]
    found = []
    for rows in _groups((key[:4] for key in keys), 5_000):
        texts = [keys[row] for row in rows]
        scores = process.cdist(texts, texts, scorer=fuzz.token_sort_ratio, score_cutoff=88, dtype="uint8")
        found += [(rows[a], rows[b]) for a, b in zip(*scores.nonzero(), strict=True) if a < b]
    return found


def _splink(names: list[str]) -> Found:
    """splink with its usual blocking and comparisons, trained on the names themselves."""
    import logging

    import pandas
    import splink.comparison_library as compare
    from splink import DuckDBAPI, Linker, SettingsCreator, block_on

    from ewglink.names.clean import search_key

    logging.getLogger("splink").setLevel(logging.ERROR)
    keys = [search_key(name) for name in names]
    words = [[*sorted(key.split(), key=len, reverse=True), "", ""][:2] for key in keys]
    frame = pandas.DataFrame({"unique_id": range(len(keys)), "name": keys, "long_word": [one[0] for one in words],
                              "next_word": [one[1] for one in words], "start": [key[:6] for key in keys]})
    blocks = [block_on("start"), block_on("long_word", "next_word")]
    settings = SettingsCreator(link_type="dedupe_only", blocking_rules_to_generate_predictions=blocks, comparisons=[
        compare.JaroWinklerAtThresholds("name", [0.97, 0.93, 0.88, 0.8]),
        compare.LevenshteinAtThresholds("long_word", [1, 2]), compare.LevenshteinAtThresholds("next_word", [1, 2])])
    api = DuckDBAPI()
    linker = Linker(api.register(frame) if hasattr(api, "register") else frame, settings,
                    **({} if hasattr(api, "register") else {"db_api": api}))
    linker.training.estimate_probability_two_random_records_match([block_on("name")], recall=0.5)
    linker.training.estimate_u_using_random_sampling(max_pairs=1e6)
    linker.training.estimate_parameters_using_expectation_maximisation(block_on("start"))
    found = linker.inference.predict(threshold_match_probability=0.5).as_pandas_dataframe()
    return list(zip(found["unique_id_l"].tolist(), found["unique_id_r"].tolist(), strict=True))


PEERS: tuple[tuple[str, Callable[[list[str]], Found], bool], ...] = (
    ("ewglink", _ours, False), ("fingerprints (exact)", _fingerprints, False),
    ("rapidfuzz, blocks of 4 letters", _prefix_blocks, False), ("splink", _splink, True))


def run(size: int | None = None) -> list[dict[str, Any]]:
    """One row for each way to find the pairs."""
    names, companies = generate(size or SIZE)
    truth = true_pairs(companies)
    _ours(names[:200])  # libraries are imported before the clock runs
    return [_row(what, find, names, truth, may_lack) for what, find, may_lack in PEERS]


def _row(what: str, find: Callable[[list[str]], Found], names: list[str], truth: set[tuple[int, int]],
         may_lack: bool) -> dict[str, Any]:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    clock, began = time.process_time(), time.perf_counter()
    try:
        found = {(min(a, b), max(a, b)) for a, b in find(names)}
    except ImportError:
        if not may_lack:
            raise
        return {"what": f"{what}: not installed, left out", "names": len(names)}
    spent, clocked = time.process_time() - clock, time.perf_counter() - began
    right = len(found & truth)
    row: dict[str, Any] = {
        "what": what, "names": len(names), "true pairs": len(truth), "precision": round(right / max(len(found), 1), 3),
        "recall": round(right / max(len(truth), 1), 3), "F1": round(2 * right / max(len(found) + len(truth), 1), 3),
        "CPU s": round(spent, 2), "clock s": round(clocked, 2),
        "more MB": round((resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024)}
    return row | ({"value": round(spent, 2), "target": TARGET} if what == "ewglink" else {})
