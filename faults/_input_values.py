"""Values that have broken services before: pieces of JSON, texts, numbers, geometries and whole files."""

import io
import json
import random
import zipfile
from typing import Any

# Comes in most texts that are sent, so that an answer that repeats what was sent is noticed.
MARK = "zq9echo"

# Written into a body as they are, since no writer of JSON would.
RAW_JSON: tuple[bytes, ...] = (
    b"NaN",
    b"Infinity",
    b"-Infinity",
    b"1e999",
    b"-1e999",
    b"1e308",
    b"1E-400",
    b"-0",
    b"-0.0",
    b"2147483648",
    b"-2147483649",
    b"9223372036854775807",
    b"9223372036854775808",
    b"9" * 400,
    b"0." + b"1" * 2000,
    b"0x10",
    b"01",
    b"1_000",
    b"'a'",
    b"undefined",
    b"true",
    b"null",
    b"[]",
    b"{}",
    b'""',
    b'" "',
    b'"\\u0000"',
    b'"a\\u0000b"',
    b'"\\ud800"',
    b'"\\udc00\\ud800"',
    b'"\\ud83d\\ude00"',
    b'"\\uffff"',
    b'"\\u202e\\u2066"',
    b'"\xff\xfe"',
    b'"\xc0\x80"',
    b'"\xed\xa0\x80"',
    b'"%s"' % (MARK.encode() * 10),
    b'"%s"' % (MARK.encode() * 3000),
    b'["a", "b"]',
    b'{"type": "Point", "coordinates": ["a", "b"]}',
    b'{"%s": 1}' % (MARK.encode() * 20),
    b"[" * 7 + b"]" * 7,
    b"[" * 900 + b"]" * 900,
    b'{"a":' * 900 + b"1" + b"}" * 900,
    b'{"a": 1, "a": 2}',
    b'"<script>alert(1)</script>"',
    b'"\'; DROP TABLE incident; --"',
    b'"${jndi:ldap://x}"',
    b'"../../../../etc/passwd"',
    b'"0000-01-01T00:00:00Z"',
    b'"9999-12-31T23:59:59.999999+14:00"',
    b'"2026-02-30T00:00:00Z"',
    b'"2026-11-21T00:00:00"',
    b'"-infinity"',
    b'"EPSG:2384"',
    b'"EPSG:999999999999"',
    b'"00000000-0000-0000-0000-000000000000"',
)

TEXTS: tuple[bytes, ...] = (
    b"",
    b"%00",
    b"a%00b",
    b"%ED%A0%80",
    b"%FF%FE",
    b"%C0%80",
    b"%zz",
    b"%",
    b"+",
    b"%0d%0aX-Injected:1",
    b"..%2f..%2f..%2fetc%2fpasswd",
    b"..%5c..%5c",
    b"nan",
    b"NaN",
    b"inf",
    b"-Infinity",
    b"1e999",
    b"1e308",
    b"-1",
    b"0",
    b"-0",
    b"2147483648",
    b"9223372036854775808",
    b"99999999999999999999999999",
    b"9" * 5000,
    b"1,2,3",
    b"117,32,118,33",
    b"118,33,117,32",
    b"nan,nan,nan,nan",
    b"1e999,0,1,1",
    b"true",
    b"null",
    b"[]",
    b"{}",
    b"EPSG:4548",
    b"EPSG:0",
    b"EPSG:99999999999999",
    b"GCJ-02",
    b"%2Bproj%3Dpipeline",
    b"2026-11-21",
    b"2026-11-21T00:00:00",
    b"2026-11-21T00:00:00Z",
    b"2026-11-21T00:00:00%2B99:99",
    b"0001-01-01T00:00:00%2B14:00",
    b"9999-12-31T23:59:59-14:00",
    b"1e20",
    b"infinity",
    b"-62135596800000",
    b"00000000-0000-0000-0000-000000000000",
    b"340302001001001",
    b"%E7%BD%91%E6%A0%BC",
    b"%F0%9F%98%80",
    b"%E2%80%AE",
    b"%25",
    b"_",
    b"%25%25%25%25%25%25%25%25%25%25%25%25%25%25%25%25",
    b"'",
    b"%27%3B--",
    b"%5C",
    b"%3Cscript%3E",
    b"2026-11-01T00:00:00+00:00_00000000-0000-0000-0000-000000000000",
    b"9999-12-31T23:59:59.999999+00:00_ffffffff-ffff-ffff-ffff-ffffffffffff",
    b"0001-01-01T00:00:00+00:00_x",
    b"eyJhIjogMX0",
    b"AAAA",
    MARK.encode(),
    MARK.encode() * 40,
    MARK.encode() * 1000,
)

HEADERS: tuple[tuple[bytes, tuple[bytes, ...]], ...] = (
    (b"Idempotency-Key", (b"", b" ", b"a" * 256, b"a" * 20_000, b"\xff\xfe", b"k\x01", b"%00", MARK.encode())),
    (b"If-Match", (b"", b"*", b'"', b'"1"', b'W/"1"', b'"9999999999999999999999"', b"\xff", b'"-1"', b'"a","b"')),
    (b"If-None-Match", (b"", b"*", b'"', b"\xff", b'"x"' * 2000)),
    (b"Range", (b"bytes=0-", b"bytes=-1", b"bytes=9-1", b"bytes=" + b"0-1," * 2000, b"bytes=99999999999999999999-")),
    (b"Accept", (b"", b"*", b"a/b;q=nan", b"text/html", b"x" * 8000)),
    (b"Accept-Language", (b"zz", b"en;q=9999", b"," * 4000, b"\xff")),
    (b"Accept-Encoding", (b"br;q=nan", b"gzip;q=-1", b"zstd", b"," * 4000)),
    (b"Authorization", (b"Bearer", b"Bearer ", b"Bearer \xff", b"Basic !!!", b"Bearer " + b"x" * 10_000, b"\x01")),
    (b"Cookie", (b"gridsvc_session=", b"gridsvc_session=\xff", b"=" * 500, b";" * 4000, b'a="', b"$Version=1; a=b")),
    (b"Origin", (b"null", b"http://evil.example", b"\xff", b"http://[::1", b"://")),
    (b"Referer", (b"\xff", b"x" * 8000)),
    (b"X-Forwarded-For", (b"\xff", b"1.2.3.4", b"," * 3000, b"::1%lo")),
    (b"X-Gridsvc", (b"", b"\xff")),
    (b"Host", (b"", b"\xff", b"[::1", b"a" * 3000, b"evil.example")),
    (b"Content-Encoding", (b"gzip", b"br", b"deflate, gzip", b"\xff")),
    (b"Last-Event-ID", (b"\xff", b"9" * 4000, b"-1")),
    (b"Date", (b"yesterday",)),
    (b"X-" + b"a" * 2000, (b"1",)),
)

CONTENT_TYPES: tuple[bytes, ...] = (
    b"",
    b"text/plain",
    b"text/xml",
    b"application/xml",
    b"application/x-www-form-urlencoded",
    b"multipart/form-data",
    b"multipart/form-data; boundary=",
    b"multipart/form-data; boundary=\xff",
    b"multipart/form-data; boundary=" + b"b" * 500,
    b"application/json; charset=utf-16",
    b"application/json; charset=\xff",
    b"application/json;" * 50,
    b"application/octet-stream",
    b"\xff/\xff",
    b"application/merge-patch+json",
)

HOSTILE_COORDINATES: tuple[str, ...] = (
    '["a", "b"]',
    "[]",
    "null",
    "[null, null]",
    "[[]]",
    "[[[]]]",
    "[117.38]",
    "[117.38, 32.92, 1, 2, 3]",
    "[1e308, 1e308]",
    "[-1e308, 1e308]",
    "[NaN, 32.9]",
    "[1e999, 0]",
    "[true, false]",
    "[[117, 32], [117, 32]]",
    "[[[117.38, 32.92], [117.39, 32.92], [117.39, 32.93]]]",
    "[[[117.38, 32.92], [117.39, 32.93], [117.39, 32.92], [117.38, 32.93], [117.38, 32.92]]]",
    "[[[117.38, 32.92], [117.38, 32.92], [117.38, 32.92], [117.38, 32.92]]]",
    "[[[0, 0], [1, 0], [1, 1], [0, 1], [0, 0]], [[5, 5], [6, 5], [6, 6], [5, 5]]]",
    "[[[[117.38, 32.92], [117.39, 32.92], [117.39, 32.93], [117.38, 32.92]]]]",
    "{}",
    '"117.38 32.92"',
    "[[[[[[[117.38]]]]]]]",
)
KINDS = ("Point", "LineString", "Polygon", "MultiPolygon", "MultiPoint", "GeometryCollection", "Circle", "", "point")


def geometry(chance: random.Random) -> str:
    """A geometry that should not be, as JSON; now and then a proper one."""
    kind = chance.choice(KINDS)
    if kind == "GeometryCollection":
        inner = '{"type": "Point", "coordinates": [117.38, 32.92]}'
        for _ in range(chance.choice((1, 2, 30))):
            inner = '{"type": "GeometryCollection", "geometries": [' + inner + "]}"
        return inner
    shape = chance.randrange(8)
    if shape == 0:
        ring = _star(chance, chance.choice((5, 50, 500, 12_000)))
        return '{"type": "Polygon", "coordinates": [' + ring + "]}"
    if shape == 1:
        corner = f"[{chance.uniform(117.1, 117.6):.7f}, {chance.uniform(32.8, 33.0):.7f}]"
        return '{"type": "Point", "coordinates": ' + corner + "}"
    return '{"type": ' + json.dumps(kind) + ', "coordinates": ' + chance.choice(HOSTILE_COORDINATES) + "}"


def _star(chance: random.Random, vertices: int) -> str:
    """A closed ring that crosses itself wherever it can."""
    points = [
        f"[{chance.uniform(117.3, 117.4):.6f}, {chance.uniform(32.9, 33.0):.6f}]" for _ in range(max(4, vertices) - 1)
    ]
    return "[" + ", ".join([*points, points[0]]) + "]"


def geojson(chance: random.Random) -> bytes:
    """A file of features, most of them wrong."""
    features = [
        '{"type": "Feature", "properties": '
        + chance.choice(('{"CODE": "1", "NAME": "x"}', "null", "[]", '{"CODE": "\\u0000"}', '{"CODE": 1e999}', "{}"))
        + ', "geometry": '
        + chance.choice((geometry(chance), "null"))
        + "}"
        for _ in range(chance.choice((0, 1, 1, 1, 3)))
    ]
    text = '{"type": "FeatureCollection", "features": [' + ", ".join(features) + "]}"
    return damaged(chance, text.encode()) if chance.random() < 0.2 else text.encode()


def damaged(chance: random.Random, content: bytes) -> bytes:
    """The content with a few bytes changed, cut off, or in another encoding."""
    deed = chance.randrange(6)
    if deed == 0:
        return content[: chance.randrange(len(content) + 1)]
    if deed == 1:
        return b"\xef\xbb\xbf" + content
    if deed == 2:
        return content.decode("utf-8", "replace").encode("utf-16")
    if deed == 3:
        return content + b"\0" * chance.choice((1, 100)) + content
    changed = bytearray(content or b" ")
    for _ in range(chance.choice((1, 3, 20))):
        changed[chance.randrange(len(changed))] = chance.randrange(256)
    return bytes(changed)


def archive(chance: random.Random) -> bytes:
    """A zip file that is a bomb, climbs out, links away, or lacks what a Shapefile or a workbook needs."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as zipped:
        deed = chance.randrange(6)
        if deed == 0:
            for part in (".shp", ".shx", ".dbf"):
                zipped.writestr(f"../../../x{part}", b"\0" * 10)
        elif deed == 1:
            zipped.writestr("a.shp", (9994).to_bytes(4, "big") + bytes(chance.randbytes(200)))
            zipped.writestr("a.shx", (9994).to_bytes(4, "big") + bytes(chance.randbytes(200)))
            zipped.writestr("a.dbf", bytes(chance.randbytes(200)))
        elif deed == 2:
            link = zipfile.ZipInfo("a.shp")
            link.external_attr = 0o120777 << 16
            zipped.writestr(link, "/etc/passwd")
            zipped.writestr("a.shx", b"")
            zipped.writestr("a.dbf", b"")
        elif deed == 3:
            for part in ("a.shp", "a.shx", "a.dbf"):
                zipped.writestr(part, b" " * 5_000_000)
        elif deed == 4:
            zipped.writestr("[Content_Types].xml", b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>')
            zipped.writestr("xl/workbook.xml", chance.randbytes(100))
        else:
            for number in range(300):
                zipped.writestr(f"{number}.shp", b"")
    content = made.getvalue()
    return damaged(chance, content) if chance.random() < 0.3 else content


def file_content(chance: random.Random) -> bytes:
    """The content of some file somebody might upload."""
    return chance.choice(
        (
            geojson,
            geojson,
            archive,
            archive,
            lambda _: b"SQLite format 3\x00" + chance.randbytes(chance.choice((0, 84, 5000))),
            lambda _: (9994).to_bytes(4, "big") + chance.randbytes(300),
            lambda _: b'<?xml version="1.0"?><!DOCTYPE k [<!ENTITY x SYSTEM "file:///etc/passwd">]><kml>&x;</kml>',
            lambda _: b"<OGRVRTDataSource><OGRVRTLayer/></OGRVRTDataSource>",
            lambda _: b"\x89PNG\r\n\x1a\n" + chance.randbytes(200),
            lambda _: b"\xff\xd8\xff\xe0" + chance.randbytes(200),
            lambda _: b"a,b\n" + chance.randbytes(60),
            lambda _: b"\xd0\xcf\x11\xe0" + b"\0" * 600,
            lambda _: b"",
            lambda _: b"%PDF-1.7 " + MARK.encode() * 100,
        )
    )(chance)


def nested(value: Any, levels: int) -> Any:
    """The value inside so many lists."""
    for _ in range(levels):
        value = [value]
    return value
