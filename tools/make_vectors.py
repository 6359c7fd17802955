"""Golden vectors that Python and TypeScript both replay: ``python tools/make_vectors.py [NAME...]``.

Hypothesis makes the cases from a fixed seed, Python's side of the protocol says what comes out, and the files in
``tests/vectors`` are what was agreed: points, canonical, document, merging, frames, bounds, labels, colours. Bytes are
written as hexadecimal; inside JSON values as ``{"$bytes": "..."}``.
"""

from __future__ import annotations

import itertools
import json
import random
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar, get_args

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "backend")]

import msgpack  # noqa: E402
import msgspec  # noqa: E402
from hypothesis import HealthCheck, Phase, given, seed, settings  # noqa: E402
from hypothesis import strategies as st  # noqa: E402
from hypothesis.internal.conjecture import providers  # noqa: E402

from inkwire.errors import FrameError  # noqa: E402
from inkwire.exporting.theme import shown  # noqa: E402
from inkwire.protocol import codec, frames, scalars  # noqa: E402
from inkwire.protocol.canonical import canonical_bytes, digest_of  # noqa: E402
from inkwire.protocol.elements import ELEMENT_TYPES  # noqa: E402
from inkwire.protocol.labels import as_label  # noqa: E402
from inkwire.protocol.limits import MAX_TITLE  # noqa: E402
from inkwire.protocol.ops import Delete, Op, Props, Put, Retitle, SetProps  # noqa: E402
from inkwire.protocol.packing import unpacked  # noqa: E402
from inkwire.protocol.plain import DEFAULTS, plain  # noqa: E402
from inkwire.protocol.points import check_points, decode_points, encode_points  # noqa: E402
from inkwire.rooms.document import Document  # noqa: E402
from inkwire.rooms.merging import Merge  # noqa: E402
from tests.protocol.strategies import POINTS, SHIFTS, elements, values  # noqa: E402

FOLDER = ROOT / "tests" / "vectors"
SEED = 20_251_121
T = TypeVar("T")
LARGEST_FILE = 300_000

# Hypothesis tries numbers and words that it finds in our code; vectors shall change with the protocol only.
vars(providers)["is_local_module_file"] = lambda _: False


def examples(strategy: st.SearchStrategy[T], count: int) -> list[T]:
    """The first ``count`` examples that the seed leads to."""
    found: list[T] = []

    @seed(SEED)
    @settings(
        max_examples=count,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(strategy)
    def collect(example: T) -> None:
        found.append(example)

    collect()
    return found


def points() -> Any:
    """Encodings of points both ways, and bytes that are none."""
    drawn = examples(st.tuples(POINTS, SHIFTS, st.booleans(), st.booleans()), 120)
    encoded = []
    for given_points, shift, pressure, time in drawn:
        data = encode_points(given_points, shift=shift, pressure=pressure, time=time)
        encoded.append(
            {
                "points": [list(each) for each in given_points],
                "shift": shift,
                "pressure": pressure,
                "time": time,
                "bytes": data.hex(),
                "decoded": [list(each) for each in decode_points(data)],
            }
        )
    nearly = examples(_nearly_points(), 150) + examples(st.binary(max_size=4), 50)
    return {"encoded": encoded, "judged": [_judged(data) for data in nearly]}


def _nearly_points() -> st.SearchStrategy[bytes]:
    head = st.tuples(st.sampled_from([0, 0, 1, 2, 3, 4]), st.sampled_from([0, 4, 12, 13]))
    short = st.sampled_from([b"\x00", b"\x01", b"\x7f", b"\xff\x01", b"\x80\x80\x01"])
    # A number may have five bytes, not six, and must end.
    edge = st.sampled_from(
        [b"\xff" * 4 + b"\x7f", b"\x80" * 4 + b"\x01", b"\x80" * 5 + b"\x01", b"\x80"]
    )
    numbers = st.lists(st.one_of(short, short, short, edge), max_size=8).map(b"".join)
    # About as far as a board reaches: 10,000,000 units are 80 da c4 09 as one number.
    far = st.lists(
        st.sampled_from([b"\x80\xda\xc4\x09", b"\x80\xda\xc4\x09\x02", b"\x00", b"\x01"]),
        max_size=4,
    ).map(b"".join)
    return st.builds(lambda front, rest: bytes(front) + rest, head, st.one_of(numbers, far))


def _judged(data: bytes) -> Any:
    try:
        count: int | None = check_points(data)
    except FrameError:
        count = None
    return {"bytes": data.hex(), "count": count}


def canonical() -> Any:
    """Elements as they may travel, their canonical bytes, and digests of several."""
    drawn = [each for kind in ELEMENT_TYPES for each in examples(values(kind), 15)]
    some = st.lists(st.sampled_from(range(len(drawn))), max_size=8, unique=True)
    return {
        "elements": [
            {"wire": _wire(each, spelled=at % 3 == 0), "canonical": canonical_bytes(each).hex()}
            for at, each in enumerate(drawn)
        ],
        "digests": [
            {"of": chosen, "sha256": digest_of(_one_of_each_id(drawn, chosen))}
            for chosen in examples(some, 20)
        ],
    }


def _one_of_each_id(drawn: list[Any], chosen: list[int]) -> list[Any]:
    return list({drawn[at].id: drawn[at] for at in chosen}.values())


def _wire(element: Any, *, spelled: bool) -> Any:
    """JSON of the wire form; ``spelled`` with its defaults, which nobody has to leave out."""
    defaults = DEFAULTS[type(element)] if spelled else {}
    return _json({**defaults, **plain(element)})


FEW_IDS = st.sampled_from(["a", "b", "c", "Z", "0-_"])


@st.composite
def _histories(draw: st.DrawFn) -> tuple[list[Any], list[Any]]:
    """Elements to begin with and ops on few ids, so that most ops meet something."""
    start = draw(st.lists(_few_elements(), max_size=4, unique_by=lambda each: each.id))
    return start, draw(st.lists(_ops(), min_size=1, max_size=12))


def _few_elements() -> st.SearchStrategy[Any]:
    return st.builds(lambda each, id_: msgspec.structs.replace(each, id=id_), elements(), FEW_IDS)


def _ops() -> st.SearchStrategy[Any]:
    put = st.builds(Put, _few_elements())
    change = st.builds(lambda op, id_: SetProps(id_, op.props), values(SetProps), FEW_IDS)
    other = values(Op).filter(lambda op: not isinstance(op, Put | SetProps))
    return st.one_of(put, change, change, _renamed(other))


def _renamed(ops: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.builds(
        lambda op, id_: msgspec.structs.replace(op, id=id_) if hasattr(op, "id") else op,
        ops,
        FEW_IDS,
    )


def document() -> Any:
    """A beginning, ops, and what they lead to."""
    cases = []
    for start, ops in examples(_histories(), 70):
        made = Document(start, "before")
        made.apply(ops)
        cases.append(
            {
                "start": [_wire(each, spelled=False) for each in start],
                "ops": _json(msgpack.unpackb(codec.encode(ops))),
                "elements": [_wire(each, spelled=False) for each in made.in_paint_order()],
                "title": made.title,
                "digest": made.digest(),
            }
        )
    return {"cases": cases}


def merging() -> Any:
    """A beginning, commits of three clients, the frames that merging makes of them, and what they lead to."""
    cases = []
    for start, ops in examples(_quarrels(), 80):
        commits = _commits(ops)
        made = Document(start, "before")
        made.apply(ops)
        merged = []
        while commits:
            merge = Merge(codec.decode_commit(commits[0]).seq)
            taken = list(itertools.takewhile(merge.add, commits))
            merged.append(merge.frame() if taken else b"")
            commits = commits[max(1, len(taken)) :]
        cases.append(
            {
                "start": [_wire(each, spelled=False) for each in start],
                "commits": [_json(msgpack.unpackb(each)) for each in _commits(ops)],
                "merged": [_json(msgpack.unpackb(each)) if each else None for each in merged],
                "digest": made.digest(),
                "title": made.title,
            }
        )
    return {"cases": cases}


@st.composite
def _quarrels(draw: st.DrawFn) -> tuple[list[Any], list[Any]]:
    """Two elements that come, go and change all the time."""
    ids = st.sampled_from(["a", "b"])
    colours = st.sampled_from(["#1e1e1e", "#e03131"])
    props = st.one_of(
        st.builds(lambda color: Props(color=color), colours),
        st.builds(lambda opacity: Props(opacity=opacity), st.sampled_from([0.5, 1.0])),
        st.builds(lambda color: Props(color=color, text="new"), colours),
    )
    named = st.builds(lambda each, id_: msgspec.structs.replace(each, id=id_), elements(), ids)
    change = st.builds(SetProps, ids, props)
    kinds = (
        st.builds(Put, named),
        change,
        change,
        change,
        st.builds(Delete, ids),
        st.builds(Retitle, st.sampled_from(["one", "two"])),
    )
    start = draw(st.lists(named, max_size=2, unique_by=lambda each: each.id))
    return start, draw(st.lists(st.one_of(kinds), min_size=4, max_size=14))


def _commits(ops: list[Any]) -> list[bytes]:
    """The ops as commits of one to three, in turns by three clients."""
    commits: list[bytes] = []
    numbers = [0, 0, 0]
    while ops:
        seq = len(commits) + 1
        author, size = seq * seq % 3, 1 + seq % 3
        numbers[author] += 1
        commit = frames.Commit(
            seq, 0, "person-1", f"client-{author}", numbers[author], "", tuple(ops[:size])
        )
        commits.append(codec.encode(commit))
        ops = ops[size:]
    return commits


def frames_() -> Any:
    """Frames of both directions as bytes and as values, and bytes that are no frame."""
    client = [
        {"value": _json(_whole(msgpack.unpackb(codec.encode(frame))))}
        for frame in _of_each(frames.ClientFrame, 15)
    ]
    for case in client:
        # As JavaScript writes it: whole numbers as integers, everything in its shortest form.
        case["bytes"] = msgpack.packb(_unjson(case["value"])).hex()
    server = [
        {"bytes": codec.encode(frame).hex(), "value": _json(msgpack.unpackb(codec.encode(whole)))}
        for frame in _of_each(frames.ServerFrame, 10)
        for whole in [unpacked(frame) if isinstance(frame, frames.PackedPage) else frame]
    ]
    rubbish = [data.hex() for data in examples(st.binary(max_size=40), 100)]
    return {"client": client, "server": server, "rubbish": rubbish}


def _of_each(union: Any, count: int) -> list[Any]:
    return [frame for kind in get_args(union) for frame in examples(values(kind), count)]


def bounds() -> Any:
    """The bounds of the numbers that elements are made of, and who carries which property."""
    named = ["Coordinate", "Extent", "Angle", "Unit", "Anchor", "Gap", "StrokeWidth", "FontSize"]
    named += ["LineHeight", "Roughness", "Seed"]
    found = {}
    for name in named:
        kind = msgspec.inspect.type_info(getattr(scalars, name))
        assert isinstance(kind, msgspec.inspect.FloatType | msgspec.inspect.IntType)
        found[name[0].lower() + name[1:]] = [kind.ge, kind.le]
    types = {
        str(each.__struct_config__.tag): sorted(
            field.encode_name for field in msgspec.structs.fields(each)
        )
        for each in ELEMENT_TYPES
    }
    return {"bounds": found, "types": types}


def labels() -> Any:
    """Titles and names as they may come, and what becomes of them."""
    rng = random.Random(SEED)  # noqa: S311
    odd = [*range(0x20), 0x7F, 0x85, 0x9F, 0x2028, 0x2029, *range(0x202A, 0x202F)]
    odd += [*range(0x2066, 0x206A), 0x200D, 0x200E, 0x202F, 0x2065, 0xAD, 0xFFFD, 0x1F600, 0x5D0]
    words = [f"a{chr(each)}b" for each in odd]
    words += ["".join(rng.choices("ab" + "".join(map(chr, odd)), k=8)) for _ in range(40)]
    return [[each, as_label(each, MAX_TITLE)] for each in words]


def colours() -> Any:
    """Colours, and how the dark theme shows them as ink, as paper and as a highlighter."""
    levels = range(0, 256, 51)
    cube = [f"#{r:02x}{g:02x}{b:02x}" for r in levels for g in levels for b in levels]
    rng = random.Random(SEED)  # noqa: S311
    return [
        [each, *(shown(each, "dark", tone)[0] for tone in ("ink", "paper", "marker"))]
        for each in [*cube, *(f"#{rng.randrange(1 << 24):06x}" for _ in range(200))]
    ]


def _json(value: Any) -> Any:
    match value:
        case bytes():
            return {"$bytes": value.hex()}
        case list() | tuple():
            return [_json(item) for item in value]
        case dict():
            return {key: _json(item) for key, item in value.items()}
        case _:
            return value


def _unjson(value: Any) -> Any:
    match value:
        case {"$bytes": str(text)}:
            return bytes.fromhex(text)
        case list():
            return [_unjson(item) for item in value]
        case dict():
            return {key: _unjson(item) for key, item in value.items()}
        case _:
            return value


def _whole(value: Any) -> Any:
    match value:
        case float() if value.is_integer():
            return int(value)
        case list():
            return [_whole(item) for item in value]
        case dict():
            return {key: _whole(item) for key, item in value.items()}
        case _:
            return value


VECTORS: dict[str, Callable[[], Any]] = {
    "points": points,
    "canonical": canonical,
    "document": document,
    "merging": merging,
    "frames": frames_,
    "bounds": bounds,
    "labels": labels,
    "colours": colours,
}


def main(names: list[str]) -> int:
    """Writes the named files, or all; the exit status is 1 if one grew too large."""
    status = 0
    for name in names or VECTORS:
        text = json.dumps(VECTORS[name](), separators=(",", ":"), allow_nan=False) + "\n"
        path = FOLDER / f"{name}.json"
        path.write_text(text)
        print(f"{path.relative_to(ROOT)}: {len(text)} bytes")
        if len(text) > LARGEST_FILE:
            print(f"more than {LARGEST_FILE}: take fewer examples")
            status = 1
    return status


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
