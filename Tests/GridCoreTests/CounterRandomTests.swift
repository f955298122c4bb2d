import GridCore
import Testing

@Suite("Counter-based random numbers")
struct CounterRandomTests {
    /// Known answers of Philox4x32-10 as its authors publish them with
    /// Random123 (kat_vectors).
    @Test("blocks equal the published answers")
    func knownAnswers() {
        #expect(
            CounterRandom.block(counter: SIMD4(repeating: 0), key: SIMD2(repeating: 0))
                == SIMD4(0x6627_e8d5, 0xe169_c58d, 0xbc57_ac4c, 0x9b00_dbd8))
        #expect(
            CounterRandom.block(counter: SIMD4(repeating: .max), key: SIMD2(repeating: .max))
                == SIMD4(0x408f_276d, 0x41c8_3b0e, 0xa20b_c7c6, 0x6d54_51fd))
        #expect(
            CounterRandom.block(
                counter: SIMD4(0x243f_6a88, 0x85a3_08d3, 0x1319_8a2e, 0x0370_7344),
                key: SIMD2(0xa409_3822, 0x299f_31d0))
                == SIMD4(0xd16c_fe09, 0x94fd_cceb, 0x5001_e420, 0x2412_6ea1))
    }

    @Test("numbers depend on seed, stream and substream alone")
    func streams() {
        func numbers(_ seed: UInt64, _ stream: UInt64, _ substream: UInt32) -> [UInt64] {
            var random = CounterRandom(seed: seed, stream: stream, substream: substream)
            return (0..<5).map { _ in random.next() }
        }
        #expect(numbers(1, 2, 3) == numbers(1, 2, 3))
        let all = [numbers(1, 2, 3), numbers(2, 2, 3), numbers(1, 3, 3), numbers(1, 2, 4),
            numbers(1, 2 | 1 << 32, 3)]
        #expect(Set(all.flatMap { $0 }).count == 25)
    }

    @Test("units are spread evenly over 0 ..< 1")
    func units() {
        var random = CounterRandom(seed: 7, stream: 1)
        var counts = [Int](repeating: 0, count: 10)
        for _ in 0..<20_000 { counts[Int(random.nextUnit() * 10)] += 1 }
        // Chi-square with 9 degrees of freedom: 27.9 at 0.001.
        let chi = counts.reduce(0.0) { $0 + Double(($1 - 2000) * ($1 - 2000)) / 2000 }
        #expect(chi < 27.9)
    }
}
