# SPDX-License-Identifier: Apache-2.0
"""The configuration files of a VILA-U checkpoint, filled with our sizes."""

_VERSION = "4.36.2"
_TYPE = "float16"


def llm_config(config, vocabulary):
    size, longest = config.backbone, 1024
    return {
        "_name_or_path": "", "architectures": ["LlamaForCausalLM"], "attention_bias": False, "attention_dropout": 0.0,
        "bos_token_id": 1, "eos_token_id": 2, "hidden_act": "silu", "hidden_size": size.dim, "initializer_range": 0.02,
        "intermediate_size": size.feed_forward, "max_position_embeddings": longest, "model_max_length": longest,
        "model_type": "llama", "num_attention_heads": size.heads, "num_hidden_layers": size.layers,
        "num_key_value_heads": size.heads, "pad_token_id": 0, "pretraining_tp": 1, "rms_norm_eps": size.norm_eps,
        "rope_scaling": None, "rope_theta": size.rope_theta, "tie_word_embeddings": False,
        "tokenizer_model_max_length": longest, "tokenizer_padding_side": "right", "torch_dtype": _TYPE,
        "transformers_version": _VERSION, "use_cache": True, "vocab_size": vocabulary,
    }


def projector_config():
    return {"_name_or_path": "", "architectures": ["MultimodalProjector"], "mm_projector_type": "mlp2x_gelu",
            "model_type": "v2l_projector", "torch_dtype": _TYPE, "transformers_version": _VERSION}


def vision_config(config):
    codes, decoder, depth = config.codes, config.decoder, config.depth_transformer
    grid = [config.side, config.side]
    return {
        "_name_or_path": "", "architectures": ["RQVAESIGLIPTransformer"], "hidden_size": codes.dim,
        "model_type": "rqvaesigliptransformer_model",
        "rqtransformer": {
            "architectures": ["RQTransformer"], "block_size": [*grid, codes.depth], "embed_dim": depth.dim,
            "head": {"block": {"n_head": depth.heads}, "n_layer": depth.layers}, "input_embed_dim_1": codes.dim,
            "input_embed_dim_2": config.backbone.dim, "model_type": "rqtransformer_model", "vocab_size": codes.entries},
        "rqvaesiglip": {
            "architectures": ["RQVAESiglipModel"], "code_shape": [*grid, codes.depth],
            "ddconfig": {
                "attn_resolutions": [], "ch": decoder.channels, "ch_mult": decoder.multipliers, "double_z": False,
                "dropout": 0.0, "in_channels": 3, "num_res_blocks": decoder.blocks, "out_ch": 3,
                "resolution": config.size, "z_channels": decoder.z_channels},
            "decay": 0.99, "decoder_latent_shape": None, "embed_dim": codes.dim, "latent_loss_weight": 0.25,
            "latent_shape": [*grid, codes.dim], "model_type": "rqvaesiglip_model", "n_embed": codes.entries,
            "pretrained_model": "", "restart_unused_codes": True, "shared_codebook": False},
        "torch_dtype": _TYPE, "transformers_version": _VERSION,
    }


def root_config(config, vocabulary):
    return {
        "_name_or_path": "", "architectures": ["VILAULlamaModel"], "hidden_size": config.backbone.dim,
        "image_aspect_ratio": "resize", "llm_cfg": llm_config(config, vocabulary), "mm_hidden_size": config.codes.dim,
        "mm_projector_cfg": projector_config(), "mm_use_im_patch_token": False, "mm_use_im_start_end": True,
        "mm_use_vi_start_end": True, "model_dtype": f"torch.{_TYPE}", "model_type": "vila_u_llama",
        "num_video_frames": config.frames, "resume_path": "", "transformers_version": _VERSION,
        "vision_tower_cfg": vision_config(config),
    }


def preprocessor_config(size):
    return {
        "crop_size": {"height": size, "width": size}, "do_center_crop": True, "do_convert_rgb": True, "do_normalize": True,
        "do_rescale": True, "do_resize": True, "image_mean": [0.5] * 3, "image_processor_type": "CLIPImageProcessor",
        "image_std": [0.5] * 3, "resample": 3, "rescale_factor": 1 / 255, "size": {"height": size, "width": size}}


def generation_config():
    """The language model's own file; video sampling has its settings in fastcar.json."""
    return {"bos_token_id": 1, "do_sample": True, "eos_token_id": 2, "max_length": 1024, "pad_token_id": 0,
            "temperature": 0.6, "top_p": 0.9, "transformers_version": _VERSION}


def _token(text, special=False):
    plain = {"content": text, "lstrip": False, "normalized": False, "rstrip": False, "single_word": False}
    return {**plain, "special": True} if special else plain


def special_tokens_map():
    return {"bos_token": _token("<s>"), "eos_token": _token("</s>"), "pad_token": _token("<unk>"), "unk_token": _token("<unk>")}


def tokenizer_config(added):
    known = {"<unk>": 0, "<s>": 1, "</s>": 2, **added}
    return {
        "add_bos_token": True, "add_eos_token": False,
        "added_tokens_decoder": {str(i): _token(text, True) for text, i in known.items()},
        "bos_token": "<s>", "clean_up_tokenization_spaces": False, "eos_token": "</s>", "legacy": False,
        "model_max_length": 1024, "pad_token": "<unk>", "padding_side": "right", "sp_model_kwargs": {},
        "spaces_between_special_tokens": False, "tokenizer_class": "LlamaTokenizer", "unk_token": "<unk>",
        "use_default_system_prompt": False}
