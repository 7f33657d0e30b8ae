# SPDX-License-Identifier: Apache-2.0
"""The frames that the program writes side by side come back in their order."""
import unittest

import numpy as np

import tiny  # noqa: F401  (finds the package)

from sprite_theatre.evaluate.score_devices import frames_of


class FramesSideBySide(unittest.TestCase):
    def test_each_frame_comes_back_whole_and_in_order(self):
        frames = np.arange(5 * 4 * 4 * 3, dtype=np.uint8).reshape(5, 4, 4, 3)
        np.testing.assert_array_equal(frames_of(np.concatenate(list(frames), axis=1)), frames)


if __name__ == "__main__":
    unittest.main()
