"""Ed25519 (RFC 8032) and X25519 (RFC 7748) in plain arithmetic, for a client that shares no code with ours.

For tests alone: it is slow, and its time tells of its keys.
"""
import hashlib
import os

P = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, -1, P) % P
ROOT_OF_MINUS_ONE = pow(2, (P - 1) // 4, P)
NEUTRAL = (0, 1, 1, 0)  # points are (X, Y, Z, T): x = X/Z, y = Y/Z, x*y = T/Z


def add(p, q):
    """RFC 8032, 5.1.4."""
    a, b = (p[1] - p[0]) * (q[1] - q[0]) % P, (p[1] + p[0]) * (q[1] + q[0]) % P
    c, d = 2 * p[3] * q[3] * D % P, 2 * p[2] * q[2] % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % P, g * h % P, f * g % P, e * h % P


def times(scalar, point):
    product = NEUTRAL
    while scalar:
        if scalar & 1:
            product = add(product, point)
        point, scalar = add(point, point), scalar >> 1
    return product


def same(p, q):
    return (p[0] * q[2] - q[0] * p[2]) % P == 0 and (p[1] * q[2] - q[1] * p[2]) % P == 0


def compress(point):
    inverse = pow(point[2], -1, P)
    x, y = point[0] * inverse % P, point[1] * inverse % P
    return (y | (x & 1) << 255).to_bytes(32, "little")


def decompress(key):
    """RFC 8032, 5.1.3; None if these bytes are no point."""
    y = int.from_bytes(key, "little")
    sign, y = y >> 255, y & (1 << 255) - 1
    square = (y * y - 1) * pow(D * y * y + 1, -1, P) % P
    x = pow(square, (P + 3) // 8, P)
    if x * x % P != square:
        x = x * ROOT_OF_MINUS_ONE % P
    if y >= P or x * x % P != square or (x == 0 and sign):
        return None
    x = P - x if x & 1 != sign else x
    return x, y, 1, x * y % P


BASE = decompress((4 * pow(5, -1, P) % P).to_bytes(32, "little"))


def hash_to_scalar(*parts):
    return int.from_bytes(hashlib.sha512(b"".join(parts)).digest(), "little") % ORDER


def clamp(scalar):
    return int.from_bytes(scalar, "little") & (1 << 254) - 8 | 1 << 254


class SigningKey:
    """RFC 8032, 5.1.5 and 5.1.6."""

    def __init__(self, seed=None):
        expanded = hashlib.sha512(seed or os.urandom(32)).digest()
        self.scalar, self.prefix = clamp(expanded[:32]), expanded[32:]
        self.public = compress(times(self.scalar, BASE))

    def sign(self, message):
        nonce = hash_to_scalar(self.prefix, message)
        commitment = compress(times(nonce, BASE))
        challenge = hash_to_scalar(commitment, self.public, message)
        return commitment + ((nonce + challenge * self.scalar) % ORDER).to_bytes(32, "little")


def verifies(public, message, signature):
    """RFC 8032, 5.1.7."""
    key, commitment = decompress(public), decompress(signature[:32])
    response = int.from_bytes(signature[32:], "little")
    if key is None or commitment is None or response >= ORDER:
        return False
    challenge = hash_to_scalar(signature[:32], public, message)
    return same(times(response, BASE), add(commitment, times(challenge, key)))


def x25519_public(private):
    """The base point times `private` (RFC 7748, 5), by way of the Edwards curve: u = (1 + y) / (1 - y) (4.1)."""
    _, y, z, _ = times(clamp(private), BASE)
    return ((z + y) * pow(z - y, -1, P) % P).to_bytes(32, "little")
