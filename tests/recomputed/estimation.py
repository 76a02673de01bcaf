"""What stands behind every number of the deck `estimation`."""

from __future__ import annotations

from math import ceil, floor, isclose, log2
from typing import NamedTuple

from recomputed.table import Numbers

GIB = 2**30
MEAN = 100e6 * 20 / 86_400  # requests a second
ITEMS = MEAN * 3 * 500
TABLE = 200e6 * 64 * 4 / 1e9
GRAPH = 128 * 4 + 2 * 32 * 4  # bytes a vector
ROOM = 80e9 * 0.9 - 16e9
SEQUENCE = 128 * 1024 * 4096


class Load(NamedTuple):
    """Requests a second, and the tokens of a prompt and of a reply at 20 ms a token."""

    rate: float
    prompt: int
    reply: int

    @property
    def stay(self) -> float:
        return self.reply * 0.02

    @property
    def open(self) -> float:
        return self.rate * self.stay

    @property
    def held(self) -> float:
        return self.prompt + self.reply / 2


CHAT, SUMMARY, DRAFT = Load(20, 500, 500), Load(2, 20_000, 200), Load(5, 1000, 3000)

NUMBERS = {
    "day-and-gigabyte": Numbers(
        given="ten 10 2 2",
        shown=(
            ("a day has «86,400»", 24 * 60 * 60),
            ("is «7» % larger", round((GIB / 1e9 - 1) * 100)),
        ),
    ),
    "fleet-estimate-missing-box": Numbers(
        shown=(("÷ «86,400» s", 24 * 60 * 60),),
    ),
    "peak-rate-generated": Numbers(
        given="100 20",
        shown=(
            ("has «86,400» seconds", 24 * 60 * 60),
            ("make «23.148» thousand", MEAN / 1000),
            ("that is «69.444».", MEAN * 3 / 1000),
        ),
    ),
    "day-of-100000-seconds": Numbers(
        given="100,000 100,000",
        shown=(
            ("about «14» % too low", (1 - 86_400 / 100_000) * 100),
            ("«86,400» / 100,000", 24 * 60 * 60),
            ("is «0.864».", 86_400 / 100_000),
            ("then «10» a second", 1e6 / 100_000),
            ("where «11.6» is exact", 1e6 / 86_400),
        ),
    ),
    "peak-of-evening-hours": Numbers(
        given="4 60 4",
        shown=(
            ("the day, «0.6» / (4", 60 / 100),
            ("(4 / «24»)", 24),
        ),
    ),
    "peak-of-each-region": Numbers(
        given="1.4 3 1.4 3 1.4 twice",
        shown=(("«4.2» on the mean", 1.4 * 3),),
        holds=(("has less than half of what it needs", 1.4 / 3 < 0.5),),
    ),
    "requests-in-flight-generated": Numbers(
        given="2,000",
        shown=(
            ("and «0.15» s that", 150 / 1000),
            ("gives «300».", 2000 * 0.15),
        ),
    ),
    "more-open-requests-than-expected": Numbers(
        given="2,000 30 400 400 2,000 30 99",
        shown=(
            ("law, «60» should", 2000 * 0.03),
            ("open for «0.2» s", 400 / 2000),
            ("of which «170» ms", (400 / 2000 - 0.03) * 1000),
        ),
    ),
    "embedding-training-memory-generated": Numbers(
        given="4 10 4 200 64",
        shown=(
            ("take «51.2» GB and", TABLE),
            ("together «153.6» GB", TABLE * 3),
        ),
    ),
    "dimension-that-fits": Numbers(
        given="1 40 10 16 40 2 64",
        shown=(
            ("leave «40» bytes a row", 40e9 / 1e9),
            ("or «20» values of", 40e9 / 1e9 / 2),
            ("values, «128» GB", 64 * 2 * 1e9 / 1e9),
        ),
        holds=(("What is the largest dimension that fits", 2 ** floor(log2(20)) == 16),),
    ),
    "table-against-gpu-memory": Numbers(
        given="10 84 80 80 2",
        shown=(
            ("It misses by «4» GB", 84 - 80),
            ("by «9.5» GB", 84 - 80 / 1.074),
            ("divides by «1.074» where", GIB / 1e9),
            ("with «1.9» GB to", 80 * GIB / 1e9 - 84),
            ("bytes are «85.9» GB", 80 * GIB / 1e9),
            ("so «1.9» GB are", 80 * GIB / 1e9 - 84),
            ("It fits with «4» GB", 80 * 1.1 - 84),
            ("adds «10» %", round((2**40 / 1e12 - 1) * 100)),
            ("it is «7.4» %", (GIB / 1e9 - 1) * 100),
        ),
    ),
    "index-sizes-in-order": Numbers(
        given="128 32 32 8 16 2 4",
        shown=(
            ("they take «32», 128", 32),
            ("32, «128», 256", 128),
            ("128, «256», 512", 128 * 2),
            ("256, «512» and", 128 * 4),
            ("about «768» bytes", GRAPH),
        ),
    ),
    "index-machines-generated": Numbers(
        given="2 4 500",
        shown=(
            ("vectors of «768» bytes", GRAPH),
            ("links are «384» GB", 500e6 * GRAPH / 1e9),
            ("at «89.6» GB a", 128 * 0.7),
            ("that is «4.29», so", 500e6 * GRAPH / 1e9 / (128 * 0.7)),
            ("so «5», and", ceil(384 / 89.6)),
            ("copies «10».", ceil(384 / 89.6) * 2),
        ),
    ),
    "bytes-per-vector-budget": Numbers(
        given="256 10 2 70 128 32",
        shown=(("alone has «512» bytes", 128 * 4),),
        holds=(
            ("so raw vectors are out", 512 > 256e9 * 0.7 / 2e9),
            ("64 bytes with ids of 8 bytes fit", 64 + 8 < 256e9 * 0.7 / 2e9),
        ),
    ),
    "forms-that-fit-the-memory": Numbers(
        given="500 128 64 10 2 4 64 8 8 8 8 16 16 16 8",
        shown=(
            ("«72» bytes a vector", 64 + 8),
            ("are «36» GB, although", 72 * 0.5),
            ("«128» bits are", 128),
            ("are «16» bytes, so", 128 / 8),
            ("so «24» bytes a", 16 + 8),
            ("and «12» GB", 24 * 0.5),
            ("«128» bytes a vector are 64 GB before", 128),
            ("are «64» GB before", 128 * 0.5),
            ("alone take «128» bytes", 2 * 16 * 4),
            ("or «64» GB; the", 128 * 0.5),
            ("Links of «64» bytes", 2 * 8 * 4),
            ("make «80» bytes", 64 + 16),
            ("or «40» GB", 80 * 0.5),
            ("limit is «128» bytes", 64e9 / 500e6),
        ),
    ),
    "feature-store-size-generated": Numbers(
        given="10 200 3",
        shown=(
            ("rows of «900» bytes", 200 * 4 + 100),
            ("come to «540».", 200e6 * 900 * 3 / 1e9),
        ),
    ),
    "feature-read-rate-generated": Numbers(
        given="10 2,000 1,000",
        shown=(
            ("× «501» rows", 500 + 1),
            ("it is «1.002» GB", 2000 * 501 * 1000 / 1e9),
            ("or «8.016» Gbit/s", 2000 * 501 * 1000 * 8 / 1e9),
        ),
    ),
    "item-rows-missing-box": Numbers(
        given="1,000,000 100,000 ten twice",
        shown=(("answers «nine» of ten", (1 - 100_000 / 1_000_000) * 10),),
    ),
    "log-volume-generated": Numbers(
        given="10 500 2,000 30 3",
        shown=(
            ("bytes are «1» TB", 500e6 * 2000 / 1e12),
            ("TB are «90».", 1 * 30 * 3),
        ),
    ),
    "cut-of-a-feature-log": Numbers(
        given="500 20 500 500 500",
        shown=(("items are «4» % of", 20 / 500 * 100),),
    ),
    "ranking-gpus-generated": Numbers(
        given="100 20 3 500",
        shown=(
            ("has «86,400» seconds", 24 * 60 * 60),
            ("make «34.7» million", ITEMS / 1e6),
            ("over «0.6» million", 1e6 * 0.6 / 1e6),
            ("that is «57.9», so", ITEMS / 0.6e6),
            ("so «58».", ceil(ITEMS / 0.6e6)),
        ),
    ),
    "count-from-an-offline-benchmark": Numbers(
        given="20",
    ),
    "one-zone-lost": Numbers(
        given="60 3 60 5",
        shown=(
            ("so each has «30».", 60 / (3 - 1)),
            ("share of «20» gives", 60 / 3),
            ("gives «80», of", 60 + 20),
            ("of which «53» would", 80 * 2 / 3),
            ("With 5 zones «75» are", 5 * 60 / 4),
        ),
    ),
    "sixteen-bytes-per-parameter": Numbers(
        cited="2 2",
        given="4 2",
        shown=(
            ("adds «12» bytes", 3 * 4),
            ("three «quarters» of", 1 / 4),
            ("the «16» bytes", 2 + 2 + 12),
        ),
        holds=(("three quarters of the 16 bytes", isclose(12 / 16, 3 / 4)),),
    ),
    "training-memory-per-gpu-generated": Numbers(
        given="10 13",
        shown=(
            ("At «16» bytes", 2 + 2 + 12),
            ("in GB, «208».", 13 * 16),
        ),
    ),
    "sequences-that-fit-a-gpu": Numbers(
        given="80 10 16 10 128 2 4,096",
        shown=(
            ("«56» GB are left", ROOM / 1e9),
            ("takes «0.537» GB", SEQUENCE / 1e9),
        ),
    ),
    "latency-ladder": Numbers(
        given="2009",
        cited="1 0.1 250 0.5 10 150",
        holds=(("thousands of memory references and a few calls", 1000 * 0.1e-6 < 0.5e-3),),
    ),
    "reads-within-a-budget": Numbers(
        given="0.1 0.5 10 100 30 100 100 0.1 0.5",
        shown=(
            ("still take «50» ms", 100 * 0.5),
            ("0.1 ms are «10» ms", 100 * 0.1),
            ("against «50» ms over", 100 * 0.5),
            ("and makes «50» ms", 100 * 0.5),
        ),
        holds=(("and a second on disk", isclose(100 * 10, 1000)),),
    ),
    "clicks-kept-others-thinned": Numbers(
        given="2 1 tenth 1,500 10",
        shown=(
            ("«20» million clicked", 2e9 * 0.01 / 1e6),
            ("and «198» million", 2e9 * 0.99 / 10 / 1e6),
            ("against «3,000» GB", 2e9 * 1500 / 1e9),
        ),
    ),
    "shared-prefix-in-the-cache": Numbers(
        given="300,000 2,000 1,000",
        shown=(
            ("«298» chats in", (300_000 - 2000) / 1000),
            ("place of «100».", 300_000 / 3000),
        ),
    ),
    "workload-that-fills-the-cache": Numbers(
        given="20 20 500 500 2 20,000 200 5 1,000 3,000",
        shown=(
            ("«200» chats are", CHAT.open),
            ("holds «750» tokens", CHAT.held),
            ("average, «150,000» in", CHAT.open * CHAT.held),
            ("holds «20,100» tokens", SUMMARY.held),
            ("stays «4» s", SUMMARY.stay),
            ("so «8» are", SUMMARY.open),
            ("with «160,800» in", SUMMARY.open * SUMMARY.held),
            ("stays «60» s", DRAFT.stay),
            ("so «300» are", DRAFT.open),
            ("with «2,500» tokens", DRAFT.held),
            ("average, «750,000» in", DRAFT.open * DRAFT.held),
            ("write «20,000» tokens", 20 * (500 + 500)),
            ("stays «six» times", DRAFT.stay / CHAT.stay),
        ),
        holds=(("Chat and drafts alike", 20 * (500 + 500) == 5 * (1000 + 3000)),),
    ),
}
