"""The generators by name. A family is imported when one of its generators is asked for: a review
starts with one card, and a dozen modules for its numbers would be seen before it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from mlsd_cards.cards.generators.generator import Generator

FAMILIES = {
    "ranking": ("ndcg_at_k", "ap_at_k", "precision_recall_k", "mrr"),
    "classification": ("f1_from_counts", "fbeta", "auc_pairs", "precision_from_rates", "logloss"),
    "calibration": ("ne", "ece_bins", "downsample_correction"),
    "detection": ("conv_iou",),
    "diversity": ("mmr_third_pick",),
    "sizing": (
        "embedding_table_bytes", "embedding_training_bytes", "pq_bytes", "hnsw_bytes",
        "feature_store_bytes", "kv_cache_bytes", "kv_cache_grouped",
    ),
    "latency": ("tail_fanout",),
    "experiment": ("ab_sample_size", "srm_chi2"),
    "contrastive": ("infonce",),
    "drift": ("psi", "kl", "ks_two_sample"),
    "parallel": ("zero_memory", "pipeline_bubble"),
    "capacity": (
        "peak_qps", "qps_to_gpus", "little_law", "feature_read_rate", "log_volume",
        "index_machines",
    ),
    "encoding": ("shared_bucket", "smoothed_mean"),
}  # fmt: skip
"""Which generators the modules of this folder hold, each in a table of its name in capitals."""


_FAMILY = {name: family for family, names in FAMILIES.items() for name in names}


class Generators(Mapping[str, Generator]):
    """All of them."""

    def __getitem__(self, name: str) -> Generator:
        from importlib import import_module

        family = _FAMILY[name]
        module = import_module(f"mlsd_cards.cards.generators.{family}")
        found: Generator = getattr(module, family.upper())[name]
        return found

    def __contains__(self, name: object) -> bool:
        return name in _FAMILY

    def __iter__(self) -> Iterator[str]:
        return iter(_FAMILY)

    def __len__(self) -> int:
        return len(_FAMILY)


GENERATORS = Generators()
