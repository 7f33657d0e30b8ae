// SPDX-License-Identifier: Apache-2.0
//
// SSIM: Z. Wang, A. C. Bovik, H. R. Sheikh, E. P. Simoncelli, "Image Quality Assessment: From Error
// Visibility to Structural Similarity", IEEE Transactions on Image Processing 13(4), 2004, equation 13.
//
// Luma Y = 0.299 R + 0.587 G + 0.114 B, not rounded. At every place where a window of 11x11 lies wholly in
// the picture, with Gaussian weights of sigma 1.5 that add up to 1: means m, variances v and covariance c of
// the two pictures, and
//
//   (2 m_a m_b + C1) (2 c + C2) / ((m_a^2 + m_b^2 + C1) (v_a + v_b + C2)),
//   C1 = (0.01 * 255)^2, C2 = (0.03 * 255)^2
//
// The SSIM of the pictures is the mean over all places. The picture is not made smaller before (as the
// authors' program does with large ones). Where a side has fewer than 11 pixels, the window has that side.
#pragma once

#include "engine/media/frame.h"

namespace fastcar {

/// Of pictures of one size; 1 exactly for equal ones. Memory: some rows.
double structuralSimilarity(const Frame &a, const Frame &b);

} // namespace fastcar
