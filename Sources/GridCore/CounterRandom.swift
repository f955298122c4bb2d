/// Random numbers that are a function of where they are used: Philox4x32-10.
///
/// Number k of (seed, stream, substream) is the same whoever asks for it and
/// whatever was drawn before, so that work on many threads draws the same
/// numbers as work on one. Streams do not overlap: a stream names an item
/// (a cell, an event), a substream a repetition of it.
///
/// Salmon, Moraes, Dror and Shaw 2011, Parallel random numbers: as easy as
/// 1, 2, 3 (SC '11).
public struct CounterRandom: RandomNumberGenerator, Sendable {
    @usableFromInline let key: SIMD2<UInt32>
    @usableFromInline var counter: SIMD4<UInt32>
    @usableFromInline var second: UInt64?

    /// The first number of a substream.
    @inlinable
    public init(seed: UInt64, stream: UInt64 = 0, substream: UInt32 = 0) {
        key = SIMD2(UInt32(truncatingIfNeeded: seed), UInt32(truncatingIfNeeded: seed >> 32))
        counter = SIMD4(
            0, substream, UInt32(truncatingIfNeeded: stream),
            UInt32(truncatingIfNeeded: stream >> 32))
    }

    /// The stream of an item that has a name and no number: FNV-1a (Fowler,
    /// Noll and Vo) of its UTF-8.
    public static func stream(named name: String) -> UInt64 {
        name.utf8.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
    }

    /// 64 random bits; two numbers come of each block. A substream has 2^33.
    @inlinable
    public mutating func next() -> UInt64 {
        if let number = second {
            second = nil
            return number
        }
        let block = Self.block(counter: counter, key: key)
        counter.x &+= 1
        second = UInt64(block.w) << 32 | UInt64(block.z)
        return UInt64(block.y) << 32 | UInt64(block.x)
    }

    /// A number in 0 ..< 1: a multiple of 2^-53.
    @inlinable
    public mutating func nextUnit() -> Double { Double(next() >> 11) * 0x1p-53 }

    /// The ten rounds: 128 random bits of a counter and a key.
    @inlinable @inline(__always)
    public static func block(counter: SIMD4<UInt32>, key: SIMD2<UInt32>) -> SIMD4<UInt32> {
        var c = counter
        var k = key
        for _ in 0..<10 {
            let first = c.x.multipliedFullWidth(by: 0xD251_1F53)
            let third = c.z.multipliedFullWidth(by: 0xCD9E_8D57)
            c = SIMD4(third.high ^ c.y ^ k.x, third.low, first.high ^ c.w ^ k.y, first.low)
            k &+= SIMD2(0x9E37_79B9, 0xBB67_AE85)
        }
        return c
    }
}
