/// Sums over places drawn at random: how many of them lie in either tail.
///
/// A replicate draws `draws` different values of `count` and adds them up,
/// each times the weight of its turn. The numbers of replicate r are those of
/// `CounterRandom(seed:stream:substream: r)`, so that a replicate is the same
/// whatever else is drawn, in every form of the kernel.
public struct PermutationRule {
    public var values: UnsafePointer<Double>
    /// Number of values, at least `draws`, below 2^32.
    public var count: Int
    public var draws: Int
    /// One per draw; nil = all 1.
    public var weights: UnsafePointer<Double>?
    public var seed: UInt64
    public var stream: UInt64
    public var replicates: Int
    /// Sums from here on are in the upper tail.
    public var lowestOfUpperTail: Double
    /// Sums up to here are in the lower tail.
    public var highestOfLowerTail: Double

    @inlinable
    public init(
        values: UnsafePointer<Double>, count: Int, draws: Int, weights: UnsafePointer<Double>?,
        seed: UInt64, stream: UInt64, replicates: Int, lowestOfUpperTail: Double,
        highestOfLowerTail: Double
    ) {
        self.values = values
        self.count = count
        self.draws = draws
        self.weights = weights
        self.seed = seed
        self.stream = stream
        self.replicates = replicates
        self.lowestOfUpperTail = lowestOfUpperTail
        self.highestOfLowerTail = highestOfLowerTail
    }

    /// Whether draws with replacement are different often enough for drawing
    /// anew when they are not; otherwise a shuffle is cheaper.
    @inlinable @inline(__always)
    public var isSparse: Bool { draws * (draws - 1) * 4 <= count }
}

/// Replicates in the two tails.
public struct TailCounts: Hashable, Sendable {
    public var upper: Int
    public var lower: Int

    @inlinable
    public init(upper: Int, lower: Int) {
        self.upper = upper
        self.lower = lower
    }
}

/// Memory that a thread works in.
public struct PermutationScratch {
    /// Room for the most draws, rounded up to a multiple of 4.
    public var lanes: UnsafeMutablePointer<SIMD8<UInt32>>
    /// As many places as draws.
    public var places: UnsafeMutablePointer<UInt32>
    /// 0, 1, 2 ... for all values; so again afterwards.
    public var order: UnsafeMutablePointer<UInt32>
    /// Room for the words of eight blocks: 32.
    public var words: UnsafeMutablePointer<UInt32>

    @inlinable
    public init(
        lanes: UnsafeMutablePointer<SIMD8<UInt32>>, places: UnsafeMutablePointer<UInt32>,
        order: UnsafeMutablePointer<UInt32>, words: UnsafeMutablePointer<UInt32>
    ) {
        self.words = words
        self.lanes = lanes
        self.places = places
        self.order = order
    }
}

/// Draws all replicates and counts those in the tails.
@inlinable @inline(__always)
public func permutationKernel(
    _ rule: PermutationRule, scratch: PermutationScratch
) -> TailCounts {
    guard rule.isSparse else { return rule.shuffledTails(scratch) }
    // Queen neighbours, with all loops over draws unrolled.
    return rule.draws == 8
        ? rule.sparseTails(scratch, draws: 8) : rule.sparseTails(scratch, draws: rule.draws)
}

extension PermutationRule {
    /// Numbers of 2^32 below this in the low half of word x range would make
    /// some places likelier than others. Lemire 2019, ACM Transactions on
    /// Modeling and Computer Simulation 29(1).
    @inlinable @inline(__always)
    func biasLimit(range: UInt32) -> UInt32 { (0 &- range) % range }

    /// Eight replicates at once; those that draw a place twice draw anew.
    @inlinable @inline(__always)
    func sparseTails(_ scratch: PermutationScratch, draws: Int) -> TailCounts {
        let limit = SIMD8<UInt64>(repeating: UInt64(biasLimit(range: UInt32(count))))
        let range = SIMD8<UInt64>(repeating: UInt64(count))
        let sign = SIMD8<UInt64>(repeating: 63)
        let lowest = SIMD8<Double>(repeating: lowestOfUpperTail)
        let highest = SIMD8<Double>(repeating: highestOfLowerTail)
        // Those outside the tails are counted, by the sign of a difference.
        var below = SIMD8<UInt64>()
        var above = SIMD8<UInt64>()
        var first = 0
        while first < replicates {
            let again = drawLanes(
                first: first, draws: draws, range: range, limit: limit, scratch)
            var sums = laneSums(scratch, draws: draws)
            if isAnySet(again) {
                for lane in 0..<8 where again[lane] != 0 {
                    sums[lane] = distinctSum(replicate: first + lane, scratch)
                }
            }
            if first + 8 > replicates {
                // Below the upper tail, and in the lower one.
                for lane in (replicates - first)..<8 { sums[lane] = -.infinity }
            }
            below &+= unsafeBitCast(sums - lowest, to: SIMD8<UInt64>.self) &>> sign
            above &+= unsafeBitCast(highest - sums, to: SIMD8<UInt64>.self) &>> sign
            first += 8
        }
        return TailCounts(
            upper: first - Int(below.wrappedSum()),
            lower: replicates - Int(above.wrappedSum()))
    }

    @inlinable @inline(__always)
    func isAnySet(_ lanes: SIMD8<UInt32>) -> Bool {
        let pairs = unsafeBitCast(lanes, to: SIMD4<UInt64>.self)
        return (pairs[0] | pairs[1]) | (pairs[2] | pairs[3]) != 0
    }

    /// Fills `scratch.lanes` with the first draws of eight replicates; a lane
    /// of the result is not 0 where they may not be used as they are.
    @inlinable @inline(__always)
    func drawLanes(
        first: Int, draws: Int, range: SIMD8<UInt64>, limit: SIMD8<UInt64>,
        _ scratch: PermutationScratch
    ) -> SIMD8<UInt32> {
        let half = SIMD8<UInt64>(repeating: 32)
        let low = SIMD8<UInt64>(repeating: 0xFFFF_FFFF)
        // Even replicates in the first four lanes: see `packed`.
        let replicate =
            SIMD8<UInt64>(repeating: UInt64(first)) &+ SIMD8<UInt64>(0, 2, 4, 6, 1, 3, 5, 7)
        let streamLow = SIMD8<UInt64>(repeating: stream & 0xFFFF_FFFF)
        let streamHigh = SIMD8<UInt64>(repeating: stream >> 32)
        // The sign says whether the low half of a product is below the limit.
        var biased = SIMD8<UInt64>()
        var draw = 0
        while draw < draws {
            let words = PhiloxWords(
                x: SIMD8(repeating: UInt64(draw / 4)), y: replicate, z: streamLow, w: streamHigh
            ).block(seed: seed)
            let x = words.x &* (range & low)
            let y = words.y &* (range & low)
            let z = words.z &* (range & low)
            let w = words.w &* (range & low)
            biased |= ((x & low) &- limit) | ((y & low) &- limit)
            biased |= ((z & low) &- limit) | ((w & low) &- limit)
            scratch.lanes[draw] = packed(x &>> half)
            scratch.lanes[draw + 1] = packed(y &>> half)
            scratch.lanes[draw + 2] = packed(z &>> half)
            scratch.lanes[draw + 3] = packed(w &>> half)
            draw += 4
        }
        var again = SIMD8<Int32>()
        for j in 1..<max(1, draws) {
            let own = scratch.lanes[j]
            for i in 0..<j {
                again |= unsafeBitCast(own .== scratch.lanes[i], to: SIMD8<Int32>.self)
            }
        }
        let signs = packed(biased &>> SIMD8<UInt64>(repeating: 63))
        return unsafeBitCast(again, to: SIMD8<UInt32>.self) | signs
    }

    /// Low halves of the lanes, in the order 0, 4, 1, 5, 2, 6, 3, 7.
    @inlinable @inline(__always)
    func packed(_ lanes: SIMD8<UInt64>) -> SIMD8<UInt32> {
        unsafeBitCast(
            lanes.lowHalf | (lanes.highHalf &<< SIMD4<UInt64>(repeating: 32)),
            to: SIMD8<UInt32>.self)
    }

    /// Sums of the values drawn, in the order of the draws.
    @inlinable @inline(__always)
    func laneSums(_ scratch: PermutationScratch, draws: Int) -> SIMD8<Double> {
        var sums = SIMD8<Double>()
        if let weights {
            for draw in 0..<draws {
                sums += values(at: scratch.lanes[draw]) * SIMD8(repeating: weights[draw])
            }
        } else {
            for draw in 0..<draws { sums += values(at: scratch.lanes[draw]) }
        }
        return sums
    }

    @inlinable @inline(__always)
    func values(at place: SIMD8<UInt32>) -> SIMD8<Double> {
        SIMD8<Double>(
            values[Int(place[0])], values[Int(place[1])], values[Int(place[2])],
            values[Int(place[3])], values[Int(place[4])], values[Int(place[5])],
            values[Int(place[6])], values[Int(place[7])])
    }

    /// The sum of one replicate: sets of draws are taken one after the other
    /// until one has no place twice.
    @inlinable @inline(never)
    func distinctSum(replicate: Int, _ scratch: PermutationScratch) -> Double {
        let limit = biasLimit(range: UInt32(count))
        let key = SIMD2(UInt32(truncatingIfNeeded: seed), UInt32(truncatingIfNeeded: seed >> 32))
        var block = SIMD4<UInt32>()
        var counter = SIMD4(
            0, UInt32(truncatingIfNeeded: replicate), UInt32(truncatingIfNeeded: stream),
            UInt32(truncatingIfNeeded: stream >> 32))
        while true {
            var isUsable = true
            var sum = 0.0
            for draw in 0..<draws {
                if draw % 4 == 0 {
                    block = CounterRandom.block(counter: counter, key: key)
                    counter.x &+= 1
                }
                let product = UInt64(block[draw % 4]) &* UInt64(count)
                let place = UInt32(truncatingIfNeeded: product >> 32)
                if UInt32(truncatingIfNeeded: product) < limit { isUsable = false }
                for earlier in 0..<draw where scratch.places[earlier] == place {
                    isUsable = false
                }
                scratch.places[draw] = place
                let value = values[Int(place)]
                sum += weights.map { value * $0[draw] } ?? value
            }
            if isUsable { return sum }
        }
    }
}
