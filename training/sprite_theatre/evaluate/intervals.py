# SPDX-License-Identifier: Apache-2.0
"""Shares with the interval that a sample of their size allows."""
import math

_Z = 1.96  # 95 %


def wilson(right, count):
    """Wilson's 95 % interval of a share: (low, high)."""
    if count == 0:
        return 0.0, 1.0
    share, square = right / count, _Z ** 2
    centre = (share + square / (2 * count)) / (1 + square / count)
    half = _Z / (1 + square / count) * math.sqrt(share * (1 - share) / count + square / (4 * count ** 2))
    return max(0.0, centre - half), min(1.0, centre + half)


def share_told(right):
    """A list of truths -> "98.4 % (97.1-99.2, n 512)"."""
    low, high = wilson(sum(right), len(right))
    return f"{100 * sum(right) / max(1, len(right)):.1f} % ({100 * low:.1f}-{100 * high:.1f}, n {len(right)})"
