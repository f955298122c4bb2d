import Testing

@testable import Hotspots

/// The continued fraction and the deviances leave some 1e-13 of a tail.
private let tailTolerance = 1e-12

@Suite("Binomial tails")
struct BinomialTailTests {
    /// Sums of exact fractions, rounded once (Python fractions); agreed with
    /// by scipy 1.17.1 `stats.binom.sf` and `cdf`. Fractional trials and
    /// counts, and 50,000 trials: mpmath 1.4.1 `betainc`, 40 digits.
    static let known: [(Double, Double, Int, Int, Double, Double)] = [
        (5, 1, 29, 4000, 0.03572817198719839, 0.9994819552003755),
        (5, 2, 29, 4000, 0.000518044799624418, 0.9999962305408135),
        (5, 5, 29, 4000, 2.00304189453125e-11, 1.0),
        (20, 3, 13, 317, 0.04666726992620635, 0.9919161380588966),
        (100, 9, 29, 2500, 2.7971461873169057e-06, 0.9999997047217704),
        (100, 0, 29, 2500, 1.0, 0.3113677819850728),
        (2000, 30, 29, 4000, 0.00022853741203072, 0.9998965022132962),
        (2000, 60, 29, 4000, 2.2762568342627975e-19, 1.0),
        (2000, 5, 29, 4000, 0.9987890021213927, 0.003847800704543781),
        (1, 1, 9, 400, 0.0225, 1.0),
        (7, 7, 399, 400, 0.9826307044901385, 1.0),
        (300, 200, 250, 400, 0.07537663653289788, 0.9404009652525822),
        (50_000, 600, 317, 30_000, 0.0011286298156751888, 0.9990193953051252),
        (12.5, 0.25, 29, 4000, 0.5992626129666013, 0.9585836257351668),
        (12.5, 3.75, 29, 4000, 4.478596472285606e-06, 0.9999999399685561),
        (700.125, 11.03125, 29, 4000, 0.014376658989045823, 0.9942584780515851),
        (0.5, 0.5, 9, 400, 0.15, 1.0),
    ]

    @Test("both tails equal exact sums and independent numbers", arguments: known.indices)
    func vectors(index: Int) {
        let (trials, count, part, whole, more, fewer) = Self.known[index]
        let tail = BinomialTail(trials: trials, part: part, of: whole)
        #expect(abs(tail.orMore(count) / more - 1) <= tailTolerance)
        #expect(abs(tail.orFewer(count) / fewer - 1) <= tailTolerance)
    }

    @Test("for whole counts the tails overlap in one count and are sums of chances")
    func sums() {
        for (trials, part, whole) in [(17, 3, 40), (60, 1, 200), (9, 39, 40)] {
            let tail = BinomialTail(trials: Double(trials), part: part, of: whole)
            let p = Double(part) / Double(whole)
            var chance = 1.0
            for _ in 0..<trials { chance *= 1 - p }
            var below = 0.0
            for count in 0...trials {
                #expect(abs(tail.orMore(Double(count)) - (1 - below)) <= tailTolerance)
                below += chance
                #expect(abs(tail.orFewer(Double(count)) - below) <= tailTolerance)
                chance *= Double(trials - count) / Double(count + 1) * p / (1 - p)
            }
        }
    }

    @Test("between whole counts the tails go on falling and rising, without a step")
    func monotone() {
        let tail = BinomialTail(trials: 40, part: 29, of: 900)
        let counts = (0...400).map { Double($0) / 10 }
        for (a, b) in zip(counts, counts.dropFirst()) {
            #expect(tail.orMore(b) < tail.orMore(a), "\(b)")
            #expect(tail.orFewer(b) >= tail.orFewer(a), "\(b)")
        }
    }

    @Test("impossible and certain counts, no trials, no chance and certainty")
    func limits() {
        let tail = BinomialTail(trials: 10, part: 1, of: 4)
        #expect(tail.orMore(0) == 1)
        #expect(tail.orMore(-1) == 1)
        #expect(tail.orMore(10.5) == 0)
        #expect(tail.orFewer(10) == 1)
        #expect(tail.orFewer(-0.5) == 0)
        #expect(tail.orMore(.nan).isNaN)
        #expect(tail.orFewer(.nan).isNaN)
        let none = BinomialTail(trials: 0, part: 1, of: 4)
        #expect(none.orMore(0) == 1)
        #expect(none.orFewer(0) == 1)
        #expect(none.orMore(1) == 0)
        let never = BinomialTail(trials: 10, part: 0, of: 4)
        #expect(never.orMore(1) == 0)
        #expect(never.orFewer(0) == 1)
        let always = BinomialTail(trials: 10, part: 4, of: 4)
        #expect(always.orMore(10) == 1)
        #expect(always.orFewer(9) == 0)
        let rare = BinomialTail(trials: 1e9, part: 1, of: 1000)
        #expect(rare.orMore(5e8) == 0)
        #expect(rare.orMore(9e5) == 1)
    }
}
