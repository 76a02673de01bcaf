"""What passes for a slip of the fingers: a word that is nearly the right one and no other word.

A slip is a distance in letters, and opposites are near: what counts as another word is never one.
"""

from __future__ import annotations

LONGER = {4: 1, 8: 2}
"""From so many letters on, so many slips are forgiven in a word; in a shorter one none."""

PREFIXES = """
    a ab anti bi co con de di dis down ex hetero homo hyper hypo il im in infra inter intra ir
    macro maxi micro mini mis multi non off on out over post pre pro re semi sub super trans ultra
    un under uni up
"""

WORDS = """
    absolute abstention action actual adaptive additive adversarial alpha alternate alternating
    application ask attention auction average axis bagging balanced band bank banker base based
    batch batching begging best beta better between bias biased billion bin bit booking boost
    booster boosting bound brand breadth bridge brier build byte cache caching call card care case
    catch cause cell central certain chain chance change chase cheap check clean clear click clip
    clock cluster code coding collection come common comparable compared compete compression
    computable computation compute computed concave confidence connected constant constraint
    content context convention conversion convex convolution copy copying core correct correction
    correlation cosine cost count counting coupling covariance cover coverage crop cross cumulative
    curse curve daily data dataset datasheet date decay deciding decision decode decoder decoding
    decrease deep definite delay deletion dense depth detection difference direct direction
    discrete distance divergence diversity dividing downsampling draft draw drift drop dropped
    duration early election encode encoder encoding entity entropy epoch error estimate evaluation
    event every exact exceed except expected expert explanation explicit exploitation exploration
    fact factor factorization factual fail fair fallback false feature feed field filling filter
    fine fire first five fixed flag flat floor focal fold form formal formalization forward
    fraction free frequency from full function future gain gamma gate gather gating goal grade
    graded gradient graph greedy grid ground group halve hash head height hidden hide high hinge
    hint hold holdback huge identity image implicit impression imputation increase index indexed
    indexing inference infinite influence information injection inner input insertion instance
    intact interact interaction intercept interest interface intersection item iteration kernel
    label land last late latency later latter layer lead leader leaf leak lean learn least leaving
    left less lesson letter level life lift light like limit line linear link list live load local
    logic logistic logit long loop lose loss lost lower mail mapping margin marginal mark
    mask match matched matching math matrix mature maximal maximum mcar mean meaning median memory
    metric million minimum mining mixed mixing mnar mode model moment monthly more most multiple
    narrow native nature near negative nested never nine node noize nominal none normal
    normalization noun null number objective observed offset often older open optimal order outer
    output oversampling packet padding paging paid pair parameter parity parse part passage past
    patency path peak perimeter period pixel place plain plan plot point policy polling pool
    pooling position positive post power practice precision predicate prediction preference
    presence present press pretrain pretrained pretraining prior proactive probability probe probit
    process produced product production profit project proportion protect protected protective
    proximal prune pruning pure quality quantity query queue quote random range rank ranker rare
    rate rater rating ratio ration reaction read reader reading ready real realtime recall recency
    recorded reduction reference regression regressor regret related relation relative relevance
    rely repeated replaced replay replica replication reply reported rescale residual rest restore
    retention retrain retrained retraining retrieval reward ridge right risk role rollback roost
    root rotation round rounding route rule run sale same sample sampling scale scaling scope score
    scored search second seed selection sensor sentence sequence served server service serving
    session severe shape shard sharded sharding share shared sharing shift ship shop short show
    sigma simple single sink site size skew skip slice slide sliding slope slot slow smart smooth
    soft softmax sort source space sparse spatial special speed spend spike split sport spot
    spreading stable stage stale stand star start state static station stationary statistic step
    stop store stored strand streaming strict string strong sum surrogate swap swapping table tag
    tail talk tap task team temporal tensor term test text third threat threshold tight tile time
    token tool tower trace track trade traded trading trail train training transaction transfer
    transform transition translation trap treat tree trend trial true trust tune tuned tuning turn
    type unbiased uncertain under undersampling uniform unique unit update upper upsampling use
    used user utility validation variable variance variant variation vector vectorization view
    vocabulary wait wall want warning watching weak weekly weight whole wide width window winner
    word work world worst wrong yield zone
"""
"""Words of the field and around it that are a few letters from another one, in the spelling in
which words are compared."""

BEFORE, TERMS = frozenset(PREFIXES.split()), frozenset(WORDS.split())


def budget(letters: int) -> int:
    """How many slips are forgiven in a word of so many letters."""
    return max((slips for least, slips in LONGER.items() if letters >= least), default=0)


def is_slip(typed: str, wanted: str) -> bool:
    """Whether ``typed`` is ``wanted`` with a small slip, and no other word of the field.

    Letters left out, added, changed or swapped count one each.
    """
    allowed = budget(len(wanted))
    if not allowed or abs(len(typed) - len(wanted)) > allowed:
        return False
    if typed in TERMS or opposed(typed, wanted):
        return False
    from rapidfuzz.distance import OSA  # 33 ms, for those who made a slip

    return OSA.distance(typed, wanted, score_cutoff=allowed) <= allowed


def opposed(one: str, other: str) -> bool:
    """Whether two words are one word with two prefixes, or with and without one.

    A prefix that ends like the other (pre, re) is as likely a slip.
    """
    if {one, other} <= BEFORE:
        return True
    for tail in range(3, min(len(one), len(other)) + 1):
        if one[-tail:] != other[-tail:]:
            break
        pair = {one[: len(one) - tail], other[: len(other) - tail]}
        shorter, longer = sorted(pair, key=len)
        if pair <= BEFORE | {""} and not (shorter and longer.endswith(shorter)):
            return True
    return False


def same_stem(one: str, other: str) -> bool:
    """Whether only the last letters differ: calibrated, calibration."""
    stem = max(5, len(other) - 3)
    return one[:stem] == other[:stem]
