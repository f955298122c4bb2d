extension PermutationRule {
    /// One replicate after the other by the first steps of a shuffle of all
    /// places, which are taken back afterwards: for neighbourhoods that hold
    /// a good part of all values.
    ///
    /// Durstenfeld 1964, Communications of the ACM 7(7), algorithm 235.
    @inlinable @inline(__always)
    func shuffledTails(_ scratch: PermutationScratch) -> TailCounts {
        var tails = TailCounts(upper: 0, lower: 0)
        for replicate in 0..<replicates {
            let sum = shuffledSum(replicate: replicate, scratch)
            tails.upper += sum >= lowestOfUpperTail ? 1 : 0
            tails.lower += sum <= highestOfLowerTail ? 1 : 0
        }
        return tails
    }

    @inlinable @inline(__always)
    func shuffledSum(replicate: Int, _ scratch: PermutationScratch) -> Double {
        let order = scratch.order
        var used = 32
        var block: UInt64 = 0
        var sum = 0.0
        var draw = 0
        while draw < draws {
            if used == 32 {
                fill(scratch.words, replicate: replicate, firstBlock: block)
                block += 8
                used = 0
            }
            let range = UInt32(truncatingIfNeeded: count - draw)
            let product = UInt64(scratch.words[used]) &* UInt64(range)
            used += 1
            let rest = UInt32(truncatingIfNeeded: product)
            // The limit is below the range, and costs a division.
            if rest < range, rest < biasLimit(range: range) { continue }
            let place = draw + Int(product >> 32)
            let drawn = order[place]
            order[place] = order[draw]
            order[draw] = drawn
            scratch.places[draw] = UInt32(truncatingIfNeeded: place)
            let value = values[Int(drawn)]
            if let weights { sum += value * weights[draw] } else { sum += value }
            draw += 1
        }
        while draw > 0 {
            draw -= 1
            let place = Int(scratch.places[draw])
            let drawn = order[draw]
            order[draw] = order[place]
            order[place] = drawn
        }
        return sum
    }

    /// The words of eight blocks, one block after the other.
    @inlinable @inline(__always)
    func fill(_ words: UnsafeMutablePointer<UInt32>, replicate: Int, firstBlock: UInt64) {
        let blocks = PhiloxWords(
            x: SIMD8<UInt64>(repeating: firstBlock) &+ SIMD8<UInt64>(0, 1, 2, 3, 4, 5, 6, 7),
            y: SIMD8(repeating: UInt64(replicate)), z: SIMD8(repeating: stream & 0xFFFF_FFFF),
            w: SIMD8(repeating: stream >> 32)
        ).block(seed: seed)
        let half = SIMD8<UInt64>(repeating: 32)
        let first = blocks.x | (blocks.y &<< half)
        let second = blocks.z | (blocks.w &<< half)
        let pairs = UnsafeMutableRawPointer(words)
        for block in 0..<8 {
            pairs.storeBytes(of: first[block], toByteOffset: 16 * block, as: UInt64.self)
            pairs.storeBytes(of: second[block], toByteOffset: 16 * block + 8, as: UInt64.self)
        }
    }
}
