# SPDX-License-Identifier: Apache-2.0
"""Everything auto-regressive in one module: code books (frozen), projector, backbone, depth transformer."""
import torch
from torch import nn

from .backbone import Backbone
from .depth_transformer import DepthTransformer
from .replay import ReplayPlan


class VideoModel(nn.Module):
    def __init__(self, config, codebooks, vocabulary):
        super().__init__()
        books = torch.as_tensor(codebooks)
        depth, entries, code_dim = books.shape
        dim = config.backbone.dim
        self.register_buffer("codebooks", books)
        self.projector = nn.ModuleDict(
            {"layers": nn.Sequential(nn.Linear(code_dim, dim), nn.GELU(), nn.Linear(dim, dim))})
        self.backbone = Backbone(config.backbone, vocabulary)
        self.depth = DepthTransformer(config.depth_transformer, dim, code_dim, depth, entries)

    def partial_sums(self, codes):
        """codes [..., depth] -> [..., depth, E]: sums of the vectors of the first 1, 2, ... codes; the last one is z."""
        vectors = torch.stack([book[codes[..., d]] for d, book in enumerate(self.codebooks)], -2)
        return vectors.cumsum(-2)

    def states(self, prompts, lengths, seen, stride=None, replay_share=None, taps=()):
        """prompts [B, P] ids (padded behind), lengths [B] the rows' own, seen [B, n, depth] codes fed back.

        Returns hidden [B, n + 1, D], where [:, j] predicts visual token j, and the gates cut to the visual tokens:
        per layer TAS [B, n - stride] and MLP outputs [B, n, D], computed and used. A row's visual token j stands at
        position length + j. With a `replay_share` that part of the MLPs from frame 2 on is replayed, by TAS. `taps` names
        layers: a list of the residual stream behind each [B, n + 1, D] comes last.
        """
        text = self.backbone.embed_tokens(prompts)
        visual = self.projector["layers"](self.partial_sums(seen)[..., -1, :])
        count = visual.shape[1]
        place = torch.arange(int(lengths.max()) + count, device=text.device)[None].expand(len(lengths), -1)
        from_text = place < lengths[:, None]
        index = torch.where(from_text, place.clamp(max=text.shape[1] - 1),
                            text.shape[1] + (place - lengths[:, None]).clamp(0, count - 1))
        x = torch.cat([text.type_as(visual), visual], 1)
        x = x.gather(1, index[..., None].expand(-1, -1, x.shape[2]))
        plan = None
        if replay_share is not None:
            plan = ReplayPlan((place >= lengths[:, None] + stride) & (place < lengths[:, None] + count), replay_share)
        hidden, gates, stream = self.backbone(x, stride, plan)

        def visual_part(values, first, length):
            at = lengths[:, None] + first + torch.arange(length, device=values.device)
            return values.gather(1, at[..., None].expand(-1, -1, values.shape[2])) if values.dim() == 3 \
                else values.gather(1, at)

        cut = [(visual_part(score, 0, count - stride), visual_part(out, 0, count), visual_part(used, 0, count))
               for score, out, used in gates]
        return visual_part(hidden, -1, count + 1), cut, [visual_part(stream[t], -1, count + 1) for t in taps]
