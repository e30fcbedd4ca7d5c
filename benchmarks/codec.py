"""
Facts to JSON and back, against msgspec on its own structs.
"""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from benchmarks import facts
from benchmarks.timing import Figure, micro, per_call, ratios

TIMES = 20_000


def figures() -> Iterator[Figure]:
    """
    Measure encoding and decoding of two real facts.
    """
    ours_encoder, plain_encoder = msgspec.json.Encoder(order="sorted"), msgspec.json.Encoder()
    for name, (ours, plain) in {"case_opened": facts.opened(), "plan_agreed": facts.agreed()}.items():
        mine, limit, ratio = ratios(
            lambda ours=ours: per_call(lambda: ours_encoder.encode(ours), TIMES),
            lambda plain=plain: per_call(lambda: plain_encoder.encode(plain), TIMES),
        )
        yield Figure(what=f"{name} -> JSON", ours=micro(mine), limit=micro(limit), ratio=ratio, goal="<= 2.5 x")
        text = ours_encoder.encode(ours)
        ours_decoder, plain_decoder = msgspec.json.Decoder(type(ours)), msgspec.json.Decoder(type(plain))
        mine, limit, ratio = ratios(
            lambda text=text, decoder=ours_decoder: per_call(lambda: decoder.decode(text), TIMES),
            lambda text=text, decoder=plain_decoder: per_call(lambda: decoder.decode(text), TIMES),
        )
        yield Figure(what=f"JSON -> {name}", ours=micro(mine), limit=micro(limit), ratio=ratio, goal="<= 2.0 x")
