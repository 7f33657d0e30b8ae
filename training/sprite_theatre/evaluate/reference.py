# SPDX-License-Identifier: Apache-2.0
"""Plain float32 inference of any checkpoint of the layout, one token at a time with a key-value cache.

Written from the description of the layout, apart from the training code, so that the two check each other.
Rows are padded in front and masked, so all rows' visual tokens share a slot; a row's positions count its own tokens only.
"""
import math
from types import SimpleNamespace

import torch
import torch.nn.functional as F

from ..codec.pixel_decoder import PixelDecoder
from .checkpoint import Checkpoint


def _rms(x, weight, eps):
    return weight * x * torch.rsqrt(x.pow(2).mean(-1, keepdim=True) + eps)


def deciding_scores(scores, gate):
    """What the engine's gate of that name holds against a threshold, for each row. Rows [2 pairs, ...]: the conditional ones, then the
    unconditional ones; a pair is a run of its own, so that "all" are both of it."""
    if gate == "row":
        return scores
    conditional, unconditional = scores.chunk(2)
    joint = {"all": torch.minimum(conditional, unconditional), "cond": conditional,
             "mean": 0.5 * (conditional + unconditional)}[gate]
    return torch.cat([joint, joint])


def _turn(x, cos, sin):
    half = x.shape[-1] // 2
    return x * cos + torch.cat([-x[..., half:], x[..., :half]], -1) * sin


class Reference:
    def __init__(self, folder, gate="row"):
        self.checkpoint = Checkpoint(folder)
        self.gate = gate
        self.llm = self.checkpoint.llm
        self.w = self.checkpoint.llm_tensors
        self.v = self.checkpoint.vision_tensors
        self.heads = self.llm["num_attention_heads"]
        self.kv_heads = self.llm.get("num_key_value_heads", self.heads)
        self.head_dim = self.llm["hidden_size"] // self.heads
        self.layers = self.llm["num_hidden_layers"]
        self.stride = self.checkpoint.cells
        self._decoder = self._make_decoder()

    # --- the backbone -------------------------------------------------------------------------------------------

    def begin(self, prompts, tokens):
        """Prefills rows of ids, with room for `tokens` visual tokens; returns the state that predicts the first."""
        longest = max(map(len, prompts))
        self._pad = torch.tensor([longest - len(p) for p in prompts])
        ids = torch.tensor([[0] * (longest - len(p)) + list(p) for p in prompts])
        rows, room = len(prompts), longest + tokens
        self._used = 0
        self._keys = torch.zeros(self.layers, rows, self.kv_heads, room, self.head_dim)
        self._values = torch.zeros_like(self._keys)
        self._cache = torch.zeros(self.layers, rows, self.stride, self.llm["hidden_size"])
        self._token = -1
        return self._forward(self.w["model.embed_tokens.weight"][ids], None)[:, -1]

    def step(self, z, thresholds=None, decide=None):
        """Feeds back code vectors z [B, E]. `thresholds`: one TAS threshold a layer (None: dense layer).

        Afterwards `self.scores` [layers, B] holds TAS (NaN in the first frame), `self.likeness` the cosine of each MLP output
        with the one that a replay would use, and `self.replayed` who replayed. `decide(layer, likeness)` -> [B] may decide
        instead of TAS (for comparisons).
        """
        self._token += 1
        p = self.checkpoint.projector_tensors
        x = F.gelu(F.linear(z, p["layers.0.weight"], p["layers.0.bias"]))
        x = F.linear(x, p["layers.2.weight"], p["layers.2.bias"])
        self._decide = decide
        return self._forward(x[:, None], thresholds or [None] * self.layers)[:, 0]

    def _forward(self, x, thresholds):
        rows, count, _ = x.shape
        begin, end = self._used, self._used + count
        self._used = end
        place = torch.arange(begin, end)[None] - self._pad[:, None]
        scaling = self.llm.get("rope_scaling") or {"factor": 1.0}
        frequency = self.llm["rope_theta"] ** (-torch.arange(0, self.head_dim, 2).float() / self.head_dim)
        angle = (place.float() / scaling["factor"])[..., None] * frequency
        angle = torch.cat([angle, angle], -1)[:, None]
        cos, sin = angle.cos(), angle.sin()
        slots = torch.arange(end)
        visible = (slots[None, None] <= torch.arange(begin, end)[None, :, None]) & (slots[None, None] >= self._pad[:, None, None])
        visible |= slots[None, None] == torch.arange(begin, end)[None, :, None]
        self.scores = torch.full((self.layers, rows), float("nan"))
        self.likeness = torch.full((self.layers, rows), float("nan"))
        self.replayed = torch.zeros(self.layers, rows, dtype=torch.bool)
        for layer in range(self.layers):
            x = self._layer(layer, x, cos, sin, visible, begin, end, thresholds)
        return _rms(x, self.w["model.norm.weight"], self.llm["rms_norm_eps"])

    def _layer(self, layer, x, cos, sin, visible, begin, end, thresholds):
        w = lambda name: self.w[f"model.layers.{layer}.{name}.weight"]
        eps = self.llm["rms_norm_eps"]
        rows, count, dim = x.shape
        y = _rms(x, w("input_layernorm"), eps)
        split = lambda name, heads: F.linear(y, w("self_attn." + name)).view(rows, count, heads, -1).transpose(1, 2)
        q, k, v = split("q_proj", self.heads), split("k_proj", self.kv_heads), split("v_proj", self.kv_heads)
        self._keys[layer, :, :, begin:end] = _turn(k, cos, sin)
        self._values[layer, :, :, begin:end] = v
        group = self.heads // self.kv_heads
        keys, values = self._keys[layer, :, :, :end], self._values[layer, :, :, :end]
        if group > 1:
            keys, values = keys.repeat_interleave(group, 1), values.repeat_interleave(group, 1)
        score = _turn(q, cos, sin) @ keys.transpose(-1, -2) / math.sqrt(self.head_dim)
        share = torch.softmax(score.masked_fill(~visible[:, None], float("-inf")), -1)
        x = x + F.linear((share @ values).transpose(1, 2).reshape(rows, count, dim), w("self_attn.o_proj"))
        y = _rms(x, w("post_attention_layernorm"), eps)
        out = F.linear(F.silu(F.linear(y, w("mlp.gate_proj"))) * F.linear(y, w("mlp.up_proj")), w("mlp.down_proj"))
        return x + (out if thresholds is None else self._gate(layer, q, keys, out, thresholds[layer]))

    def _gate(self, layer, q, keys, out, threshold):
        """The official score: un-rotated query, rotated key of the same cell one frame back; replayed where what the gate makes of it is
        strictly above the threshold."""
        slot = self._token % self.stride
        if self._token >= self.stride:
            aligned = (q[:, :, 0] * keys[:, :, -1 - self.stride]).sum(-1).mean(1) / math.sqrt(self.head_dim)
            self.scores[layer] = aligned
            self.likeness[layer] = F.cosine_similarity(out[:, 0], self._cache[layer, :, slot], dim=-1)
            if self._decide is not None:
                self.replayed[layer] = self._decide(layer, self.likeness[layer])
            elif threshold is not None:
                self.replayed[layer] = deciding_scores(aligned, self.gate) > threshold
        used = torch.where(self.replayed[layer][:, None], self._cache[layer, :, slot], out[:, 0])
        self._cache[layer, :, slot] = used
        return used[:, None]

    # --- codes --------------------------------------------------------------------------------------------------

    def logits(self, hidden, codes):
        """hidden [B, D] and the codes chosen so far [B, d] -> logits [B, d + 1, entries]."""
        v = lambda name: self.v["rqtransformer." + name]
        x = F.linear(hidden, v("in_mlp_2.weight"), v("in_mlp_2.bias"))[:, None]
        if codes.shape[1]:
            vectors = torch.stack([self.checkpoint.codebooks[d][codes[:, d]] for d in range(codes.shape[1])], 1)
            x = torch.cat([x, F.linear(vectors.cumsum(1), v("in_mlp_1.weight"), v("in_mlp_1.bias"))], 1)
        x = x + v("pos_emb_d")[:, :x.shape[1]]
        head = self.checkpoint.vision["rqtransformer"]["head"]
        for i in range(head["n_layer"]):
            x = self._depth_block(f"head_transformer.blocks.{i}.", x, head["block"]["n_head"])
        x = F.layer_norm(x, x.shape[-1:], v("classifier_mlp.layer_norm.weight"), v("classifier_mlp.layer_norm.bias"))
        return F.linear(x, v("classifier_mlp.linear.weight"), v("classifier_mlp.linear.bias"))

    def _depth_block(self, prefix, x, heads):
        v = lambda name: self.v["rqtransformer." + prefix + name]
        line = lambda name, y: F.linear(y, v(name + ".weight"), v(name + ".bias"))
        rows, depth, dim = x.shape
        y = F.layer_norm(x, (dim,), v("ln1.weight"), v("ln1.bias"))
        q, k, val = (line("attn." + n, y).view(rows, depth, heads, -1).transpose(1, 2) for n in ("query", "key", "value"))
        score = q @ k.transpose(-1, -2) / math.sqrt(dim // heads)
        score = score.masked_fill(torch.ones(depth, depth, dtype=torch.bool).triu(1), float("-inf"))
        x = x + line("attn.proj", (torch.softmax(score, -1) @ val).transpose(1, 2).reshape(rows, depth, dim))
        y = F.layer_norm(x, (dim,), v("ln2.weight"), v("ln2.bias"))
        return x + line("mlp.2", F.gelu(line("mlp.0", y)))

    def latents(self, codes):
        """codes [..., depth] -> z [..., E]."""
        return sum(self.checkpoint.codebooks[d][codes[..., d]] for d in range(self.checkpoint.depth))

    # --- pixels -------------------------------------------------------------------------------------------------

    def _make_decoder(self):
        dd = self.checkpoint.rqvae["ddconfig"]
        if dd["attn_resolutions"] or self.checkpoint.rqvae.get("decoder_latent_shape"):
            raise ValueError("attention levels and resized latents are not supported by this reference")
        size = SimpleNamespace(channels=dd["ch"], multipliers=dd["ch_mult"], blocks=dd["num_res_blocks"],
                               z_channels=dd["z_channels"])
        decoder = PixelDecoder(size, self.checkpoint.rqvae["embed_dim"])
        prefix = "rqvaesiglip."
        state = {k[len(prefix):]: t for k, t in self.v.items() if k.startswith((prefix + "decoder.", prefix + "post_quant"))}
        decoder.load_state_dict(state)
        return decoder.eval()

    def pictures(self, codes):
        """codes [frames, cells, depth] -> float [frames, H, W, 3] on the 0..255 scale, not yet clamped."""
        z = self.latents(codes).view(len(codes), *self.checkpoint.grid, -1).permute(0, 3, 1, 2)
        return (self._decoder(z).permute(0, 2, 3, 1) + 1) * 127.5
