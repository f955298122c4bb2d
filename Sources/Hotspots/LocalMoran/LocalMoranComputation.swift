import Diagnostics
import GridCore
import InstructionSets
#if arch(x86_64)
    import GridCoreAVX2
#endif

/// One computation of local Moran statistics.
struct LocalMoranComputation: Sendable {
    let sample: MoranSample
    let neighbours: NeighbourSource
    let options: LocalMoranOptions
    let moments: LocalMoranMoments
    /// The form of the kernel; all give the same bits.
    var form = InstructionSet.best

    /// - Parameter count: observations that have neighbours.
    init(
        sample: MoranSample, neighbours: NeighbourSource, count: Int,
        options: LocalMoranOptions, moments: LocalMoranMoments
    ) throws(HotspotError) {
        guard count == sample.memberOf.count else {
            throw HotspotError(
                .mismatch, "\(count) rows of weights for \(sample.memberOf.count) values",
                mend: "Make the weights from the observations themselves")
        }
        guard (0...LocalMoranOptions.mostPermutations).contains(options.permutations) else {
            throw HotspotError(
                .unsuitableParameter,
                "\(options.permutations) permutations (expected 0 to "
                    + "\(LocalMoranOptions.mostPermutations))",
                mend: "Use 999, or 9999 where small p-values matter")
        }
        self.sample = sample
        self.neighbours = neighbours
        self.options = options
        self.moments = moments
    }

    /// Members that a thread takes at a time: some milliseconds of work.
    private static let membersPerJob = 32

    func run(threads: Int) -> LocalMoran {
        let members = sample.members
        let workers = max(1, threads)
        let mostDraws = max(1, min(neighbours.most, members.count))
        let spaces = (0..<workers).map { _ in
            MoranWorkspace(values: sample.around, mostDraws: mostDraws)
        }
        let blank = MoranScore()
        var scores = [MoranScore](repeating: blank, count: members.count)
        scores.withUnsafeMutableBufferPointer { scores in
            let output = SharedCells(scores)
            let jobs = (members.count + Self.membersPerJob - 1) / Self.membersPerJob
            forEachInParallel(count: jobs, threads: workers) { worker, job in
                let first = job * Self.membersPerJob
                for member in first..<min(members.count, first + Self.membersPerJob) {
                    output.cells[member] = score(of: member, in: spaces[worker])
                }
            }
        }
        return result(scores)
    }

    private func result(_ scores: [MoranScore]) -> LocalMoran {
        let blank = MoranScore()
        let all = sample.memberOf.map { $0 < 0 ? blank : scores[Int($0)] }
        return LocalMoran(
            statistic: all.map(\.statistic), lag: all.map(\.lag), expected: all.map(\.expected),
            variance: all.map(\.variance), z: all.map(\.z), status: all.map(\.status),
            quadrant: all.map(\.quadrant),
            tails: options.permutations > 0 ? all.map(\.tails) : [],
            permutations: options.permutations, count: sample.members.count)
    }

    private func score(of member: Int, in space: MoranWorkspace) -> MoranScore {
        let row = gather(member, into: space)
        var score = MoranScore()
        let all = options.permutations
        score.tails = TailCounts(upper: all, lower: all)
        (score.statistic, score.lag, score.expected, score.variance, score.z) = (0, 0, 0, 0, 0)
        guard row.count > 0 else {
            score.status = .isolated
            score.quadrant = .island
            return score
        }
        guard !sample.isConstant else {
            score.status = .constant
            score.quadrant = .notSignificant
            return score
        }
        let scale = options.isRowStandardized ? 1 / row.weightSum : 1
        let own = sample.own[member]
        score.lag = row.sum * scale
        score.statistic = own * score.lag
        score.quadrant = quadrant(own: own, lag: score.lag)
        judge(&score, member: member, row: row, scale: scale)
        if all > 0, own != 0 {
            score.tails = permuted(member, row: row, isPositive: own > 0, in: space)
        }
        return score
    }

    private func quadrant(own: Double, lag: Double) -> LocalMoranLabel {
        switch (own > 0, lag > 0) {
        case (true, true): .highHigh
        case (false, true): .lowHigh
        case (false, false): .lowLow
        case (true, false): .highLow
        }
    }

    /// Collects the values and weights of a member's neighbours.
    private func gather(_ member: Int, into space: MoranWorkspace) -> MoranRow {
        var row = MoranRow()
        let values = sample.around
        neighbours.forEach(of: sample.members[member]) { index, weight in
            let other = sample.memberOf[index]
            guard other >= 0 else { return }
            space.weights[row.count] = weight
            row.isEven = row.isEven && weight == space.weights[0]
            row.count += 1
            row.weightSum += weight
            row.squares += weight * weight
            row.sum += weight * values[Int(other)]
        }
        return row
    }

    /// Mean and variance of a sum of weighted draws without replacement from
    /// the m = n - 1 others, times the member's own factor:
    /// Var(sum w x) = s^2 m / (m - 1) (sum w^2 - W^2 / m), s^2 with divisor m.
    private func judge(
        _ score: inout MoranScore, member: Int, row: MoranRow, scale: Double
    ) {
        let own = sample.own[member]
        let weightSum = row.weightSum * scale
        let squares = row.squares * scale * scale
        let m = Double(sample.members.count - 1)
        if moments == .total {
            score.setTotal(
                weightSum: weightSum, squares: squares, n: m + 1, kurtosis: sample.kurtosis)
        } else {
            let value = sample.around[member]
            let mean = -value / m
            let spread = max(0, (sample.squares - value * value) / m - mean * mean)
            score.expected = own * weightSum * mean
            let uneven = squares - weightSum * weightSum / m
            // Rounding of equal weights may leave a trace where nothing is.
            let isSaturated = m < 2 || uneven <= 8 * Double(row.count) * squares.ulp
            // Likewise when the others are all equal.
            let isConstant = spread <= 8 * m * (sample.squares / m).ulp
            score.variance =
                isSaturated || isConstant ? 0 : own * own * spread * m / (m - 1) * uneven
            score.status = isConstant ? .constant : isSaturated ? .saturated : .ok
        }
        let deviation = score.statistic - score.expected
        if score.status == .saturated {
            score.z = .nan
        } else if score.status == .constant || own == 0 && moments == .conditional {
            score.z = 0
        } else {
            score.z = deviation / score.variance.squareRoot()
        }
    }

    /// Counts the permutations in both tails of the statistic.
    ///
    /// Sums that differ by less than their rounding are the same: with counts
    /// most permutations of quiet places are ties.
    private func permuted(
        _ member: Int, row: MoranRow, isPositive: Bool, in space: MoranWorkspace
    ) -> TailCounts {
        let last = sample.members.count - 1
        let rounding =
            4 * Double(row.count + 1) * Double.ulpOfOne * row.weightSum * sample.largest
        let divisor = row.isEven ? space.weights[0] : 1
        let rule = PermutationRule(
            values: UnsafePointer(space.values), count: last, draws: row.count,
            weights: row.isEven ? nil : UnsafePointer(space.weights), seed: options.seed,
            stream: UInt64(sample.members[member]), replicates: options.permutations,
            lowestOfUpperTail: (row.sum - rounding) / divisor,
            highestOfLowerTail: (row.sum + rounding) / divisor)
        // The others are drawn from: the last takes the member's place.
        space.values[member] = sample.around[last]
        let tails = tails(rule, space.scratch)
        space.values[member] = sample.around[member]
        // A statistic of a negative own value rises as the lag falls.
        return isPositive ? tails : TailCounts(upper: tails.lower, lower: tails.upper)
    }

    private func tails(_ rule: PermutationRule, _ scratch: PermutationScratch) -> TailCounts {
        switch form {
        #if arch(x86_64)
            case .avx2, .avx512: return permutationAVX2(rule, scratch: scratch)
        #endif
        default: return permutationKernel(rule, scratch: scratch)
        }
    }
}
