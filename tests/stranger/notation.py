"""The notation of docs/protocol.md, section 2, written from that page alone: types that write and read values.

A type has write(value) -> bytes and take(reader) -> value. What breaks the notation raises Fault with the rule's name.
"""
import hashlib

import curve25519


class Fault(Exception):
    """Section 2: what a peer does against the notation."""

    def __init__(self, rule, offset):
        super().__init__(f"{rule} at {offset}")
        self.rule, self.offset = rule, offset


class Reader:
    def __init__(self, data, base=0):
        self.data, self.at, self.base = data, 0, base

    def offset(self):
        return self.base + self.at

    def bytes(self, count):
        if self.at + count > len(self.data):
            raise Fault("truncated", self.offset())
        self.at += count
        return self.data[self.at - count:self.at]

    def number(self, width):
        return int.from_bytes(self.bytes(width), "big")

    def vector(self):
        """opaque x<V>: the length of RFC 9420, 2.1.2, then the content, as a reader of its own."""
        start, first = self.offset(), self.number(1)
        if first >> 6 == 3:
            raise Fault("length_too_long", start)
        more = (1 << (first >> 6)) - 1
        length = (first & 63) << 8 * more | self.number(more)
        if vector_head(length)[0] >> 6 != first >> 6:
            raise Fault("length_not_shortest", start)
        return Reader(self.bytes(length), self.offset() - length)

    def done(self):
        return self.at == len(self.data)


def vector_head(length):
    for size, mark in ((1, 0), (2, 1), (4, 2)):
        if length < 1 << 8 * size - 2:
            return (length | mark << 8 * size - 2).to_bytes(size, "big")
    raise ValueError("a vector has at most 2^30 - 1 bytes")


def vector(content):
    return vector_head(len(content)) + content


def H(*parts):
    return hashlib.sha256(b"".join(parts)).digest()


class Number:
    """uint8 to uint64, and an enum, where only listed values are good."""

    def __init__(self, width, *listed):
        self.width, self.listed = width, listed

    def write(self, value):
        return value.to_bytes(self.width, "big")

    def take(self, reader):
        start, value = reader.offset(), reader.number(self.width)
        if self.listed and value not in self.listed:
            raise Fault("unknown_value", start)
        return value


class Presence(Number):
    """bool, and the first byte of an optional."""

    def take(self, reader):
        start, value = reader.offset(), reader.number(1)
        if value > 1:
            raise Fault("presence_byte", start)
        return bool(value)


class Fixed:
    """opaque x[N]."""

    def __init__(self, size):
        self.size = size

    def write(self, value):
        assert len(value) == self.size, (len(value), self.size)
        return value

    def take(self, reader):
        return reader.bytes(self.size)


class Bytes:
    """opaque x<V>."""

    def write(self, value):
        return vector(value)

    def take(self, reader):
        return reader.vector().data


class Text:
    """string x<V>. Python's strict UTF-8 is that of RFC 3629."""

    def write(self, value):
        return vector(value.encode())

    def take(self, reader):
        start, content = reader.offset(), reader.vector().data
        try:
            return content.decode()
        except UnicodeDecodeError:
            raise Fault("text_not_utf8", start) from None


class Many:
    """T x<V>."""

    def __init__(self, kind):
        self.kind = kind

    def write(self, values):
        return vector(b"".join(self.kind.write(value) for value in values))

    def take(self, reader):
        inside, values = reader.vector(), []
        while not inside.done():
            values.append(self.kind.take(inside))
        return values


class Optional:
    """optional<T>: None is absent."""

    def __init__(self, kind):
        self.kind = kind

    def write(self, value):
        return b"\0" if value is None else b"\1" + self.kind.write(value)

    def take(self, reader):
        return self.kind.take(reader) if BOOL.take(reader) else None


class Value:
    """A value of a Struct; its fields are attributes."""

    def __init__(self, struct, fields):
        assert fields.keys() == struct.fields.keys(), fields.keys() ^ struct.fields.keys()
        self.struct = struct
        self.__dict__.update(fields)

    def encoded(self):
        return self.struct.write(self)

    def digest(self):
        return H(self.encoded())


class Struct:
    """A structure, its fields in order; called with values it makes one. `label`: what signs it (section 6)."""

    def __init__(self, label=None, /, **fields):
        self.label, self.fields = label and b"Veranda 1 " + label, fields

    def __call__(self, **values):
        return Value(self, values)

    def write(self, value):
        return b"".join(kind.write(getattr(value, name)) for name, kind in self.fields.items())

    def take(self, reader):
        return Value(self, {name: kind.take(reader) for name, kind in self.fields.items()})

    def read(self, data):
        """The structure that these bytes are, to the last."""
        reader = Reader(data)
        value = self.take(reader)
        if not reader.done():
            raise Fault("trailing_bytes", reader.offset())
        return value


class Signed(Struct):
    """Section 6: a body and a signature over its label and its encoding."""

    def __init__(self, body):
        super().__init__(body=body, signature=Fixed(64))

    def by(self, key, body):
        return self(body=body, signature=key.sign(covered(body)))


def covered(body):
    return vector(body.struct.label) + body.encoded()


def holds(signed, public):
    return curve25519.verifies(public, covered(signed.body), signed.signature)


U8, U16, U32, U64, BOOL = Number(1), Number(2), Number(4), Number(8), Presence(1)
ID16, ID32 = Fixed(16), Fixed(32)
