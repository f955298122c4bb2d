/// The four words of eight blocks of `CounterRandom`; each word is in the low
/// half of its lane, and the high half is 0.
@usableFromInline @frozen
struct PhiloxWords {
    @usableFromInline var x: SIMD8<UInt64>
    @usableFromInline var y: SIMD8<UInt64>
    @usableFromInline var z: SIMD8<UInt64>
    @usableFromInline var w: SIMD8<UInt64>

    @inlinable @inline(__always)
    init(x: SIMD8<UInt64>, y: SIMD8<UInt64>, z: SIMD8<UInt64>, w: SIMD8<UInt64>) {
        (self.x, self.y, self.z, self.w) = (x, y, z, w)
    }

    /// The blocks of eight counters: `CounterRandom.block` in each lane.
    ///
    /// Lanes of 64 bits hold a whole product of two words. Upper halves
    /// carry rubbish between rounds, which the masks before each product
    /// keep out; the multiplication of 32-bit halves makes them free. The
    /// rounds are written out, because the optimizer packs and unpacks the
    /// lanes in every turn of a loop.
    @inlinable @inline(__always)
    func block(seed: UInt64) -> PhiloxWords {
        let key = PhiloxKey(seed: seed)
        let low = SIMD8<UInt64>(repeating: 0xFFFF_FFFF)
        let c = round(key, 0).round(key, 1).round(key, 2).round(key, 3).round(key, 4)
            .round(key, 5).round(key, 6).round(key, 7).round(key, 8).round(key, 9)
        return PhiloxWords(x: c.x & low, y: c.y & low, z: c.z & low, w: c.w & low)
    }

    @inlinable @inline(__always)
    func round(_ key: PhiloxKey, _ number: UInt32) -> PhiloxWords {
        let low = SIMD8<UInt64>(repeating: 0xFFFF_FFFF)
        let half = SIMD8<UInt64>(repeating: 32)
        let first = (x & low) &* SIMD8(repeating: 0xD251_1F53)
        let third = (z & low) &* SIMD8(repeating: 0xCD9E_8D57)
        let k0 = key.first &+ number &* 0x9E37_79B9
        let k1 = key.second &+ number &* 0xBB67_AE85
        return PhiloxWords(
            x: (third &>> half) ^ y ^ SIMD8(repeating: UInt64(k0)), y: third,
            z: (first &>> half) ^ w ^ SIMD8(repeating: UInt64(k1)), w: first)
    }
}

/// The halves of a seed.
@usableFromInline @frozen
struct PhiloxKey {
    @usableFromInline let first: UInt32
    @usableFromInline let second: UInt32

    @inlinable @inline(__always)
    init(seed: UInt64) {
        first = UInt32(truncatingIfNeeded: seed)
        second = UInt32(truncatingIfNeeded: seed >> 32)
    }
}
