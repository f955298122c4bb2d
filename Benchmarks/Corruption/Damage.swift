/// One damage done to the bytes of a file.
enum Damage: Hashable, Sendable, CustomStringConvertible {
    /// Only the first `count` bytes are left.
    case truncated(to: Int)
    /// One bit is the other one; bit 0 is the lowest of the first byte.
    case flipped(bit: Int)

    var description: String {
        switch self {
        case .truncated(let count): "truncated to \(count) bytes"
        case .flipped(let bit): "bit \(bit % 8) of byte \(bit / 8) flipped"
        }
    }

    func applied(to bytes: [UInt8]) -> [UInt8] {
        switch self {
        case .truncated(let count): return Array(bytes.prefix(count))
        case .flipped(let bit):
            var damaged = bytes
            damaged[bit / 8] ^= 1 << UInt8(bit % 8)
            return damaged
        }
    }
}

/// The damages that one file is put through; the same for the same numbers.
struct DamagePlan: Hashable, Sendable {
    /// Lengths, one in each of as many equal slices of the file.
    var truncations = 50
    /// Bits, each another one; all of them in a file that has no more.
    var flips = 1000
    var seed: UInt64 = 1

    func damages(byteCount: Int) -> [Damage] {
        guard byteCount > 0 else { return [] }
        var generator = SplitMix64(state: seed)
        let lengths = (0..<truncations).map { slice in
            let start = slice * byteCount / truncations
            let end = max(start + 1, (slice + 1) * byteCount / truncations)
            return Int.random(in: start..<end, using: &generator)
        }
        var damages: [Damage] = []
        var seen: Set<Damage> = []
        for length in lengths where seen.insert(.truncated(to: length)).inserted {
            damages.append(.truncated(to: length))
        }
        let bits = byteCount * 8
        guard bits > flips else { return damages + (0..<bits).map { .flipped(bit: $0) } }
        let total = damages.count + flips
        while damages.count < total {
            let damage = Damage.flipped(bit: Int.random(in: 0..<bits, using: &generator))
            if seen.insert(damage).inserted { damages.append(damage) }
        }
        return damages
    }
}

/// SplitMix64 (Steele, Lea and Flood 2014): the same numbers on every
/// machine.
struct SplitMix64: RandomNumberGenerator, Sendable {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}
