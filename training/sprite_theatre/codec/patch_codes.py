# SPDX-License-Identifier: Apache-2.0
"""Codes for cells without a trained encoder: PCA of the cell's pixels, then k-means of what is left, depth by depth.

A cell's codes depend on that cell alone, so a still background gives the same codes in every frame.
"""
from dataclasses import dataclass

import numpy as np


def cut(frames, cell):
    """uint8 [n, S, S, 3] -> float32 [n * cells, cell * cell * 3] in -1..1, raster order."""
    n, size = frames.shape[:2]
    side = size // cell
    tiles = frames.reshape(n, side, cell, side, cell, 3).transpose(0, 1, 3, 2, 4, 5)
    return tiles.reshape(n * side * side, -1).astype(np.float32) / 127.5 - 1


def paste(patches, cell, size):
    """The inverse of `cut`, still in -1..1."""
    side = size // cell
    tiles = patches.reshape(-1, side, side, cell, cell, 3).transpose(0, 1, 3, 2, 4, 5)
    return tiles.reshape(-1, size, size, 3)


def _nearest(points, centres):
    index = np.empty(len(points), np.int64)
    offset = (centres ** 2).sum(1)
    for i in range(0, len(points), 8192):
        part = points[i:i + 8192]
        index[i:i + 8192] = (offset - 2 * part @ centres.T).argmin(1)
    return index


def _kmeans(points, weights, count, rounds, rng):
    """Weighted k-means; starts from points drawn by their squared length, empty clusters restart at the worst points."""
    chance = weights * ((points ** 2).sum(1) + 1e-9)
    centres = points[rng.choice(len(points), count, replace=False, p=chance / chance.sum())].copy()
    for _ in range(rounds):
        index = _nearest(points, centres)
        mass = np.bincount(index, weights, count)
        for d in range(points.shape[1]):
            centres[:, d] = np.bincount(index, weights * points[:, d], count) / np.maximum(mass, 1e-9)
        empty = np.flatnonzero(mass == 0)
        if len(empty):
            error = weights * ((points - centres[index]) ** 2).sum(1)
            centres[empty] = points[np.argpartition(-error, len(empty))[:len(empty)]]
    return centres


@dataclass
class PatchCodec:
    mean: np.ndarray       # [pixels]
    basis: np.ndarray      # [dim, pixels], orthonormal rows
    scale: np.ndarray      # [dim]: stored coordinate = PCA coordinate / scale, so that no dimension dwarfs another
    codebooks: np.ndarray  # [depth, entries, dim], in stored coordinates

    def encode(self, patches):
        """[n, pixels] -> codes [n, depth]."""
        rest = (patches - self.mean) @ self.basis.T
        codes = np.empty((len(patches), len(self.codebooks)), np.int64)
        for d, book in enumerate(self.codebooks * self.scale):
            codes[:, d] = _nearest(rest, book)
            rest = rest - book[codes[:, d]]
        return codes

    def latents(self, codes):
        """[..., depth] -> [..., dim]."""
        return sum(self.codebooks[d][codes[..., d]] for d in range(len(self.codebooks)))

    def decode(self, codes):
        return self.latents(codes) * self.scale @ self.basis + self.mean

    def with_books(self, codebooks):
        """The same cells under the code books of an earlier fit [depth, entries, dim]. The sign of a principal component is the machine's to choose,
        so it is turned to how the first book has it; later books, and with them codes, may come out otherwise from machine to machine."""
        signs = np.sign((self.codebooks[0] * codebooks[0]).sum(0))
        agrees = np.abs(self.codebooks[0] * signs - codebooks[0]).max() / np.abs(codebooks[0]).max()
        if not agrees < 0.05:
            raise ValueError(f"the first code books differ by {agrees:.2f} of their largest entry: they are not of the same pictures")
        return PatchCodec(self.mean, self.basis * signs[:, None], self.scale, codebooks)

    def save(self, path):
        np.savez(path, mean=self.mean, basis=self.basis, scale=self.scale, codebooks=self.codebooks)

    @staticmethod
    def load(path):
        stored = np.load(path)
        return PatchCodec(*(stored[k] for k in ("mean", "basis", "scale", "codebooks")))


def fit(patches, weights, depth, entries, dim, rounds=30, seed=0):
    """Fits on distinct patches [n, pixels] with weights [n]."""
    rng = np.random.default_rng(seed)
    mean = np.average(patches, axis=0, weights=weights).astype(np.float32)
    centred = patches - mean
    covariance = (centred * (weights / weights.sum())[:, None]).T @ centred
    values, vectors = np.linalg.eigh(covariance)
    basis = np.ascontiguousarray(vectors[:, ::-1][:, :dim].T).astype(np.float32)
    spread = np.sqrt(np.maximum(values[::-1][:dim], 1e-8))
    scale = (np.sqrt(spread * spread.mean())).astype(np.float32)  # half way to whitening
    rest = centred @ basis.T
    books = []
    for _ in range(depth):
        centres = _kmeans(rest, weights, entries, rounds, rng).astype(np.float32)
        rest = rest - centres[_nearest(rest, centres)]
        books.append(centres / scale)
    return PatchCodec(mean, basis, scale, np.stack(books).astype(np.float32))
