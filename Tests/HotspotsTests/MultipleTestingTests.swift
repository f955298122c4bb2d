import Foundation
import Testing
import TestSupport

@testable import Hotspots

private struct FDRCases: Decodable {
    struct Case: Decodable {
        var name: String
        var alpha: Double
        var p: [Double]?
        var n_reject_bh: Int
        var max_rejected_p: Double?
        var bh_qvalues: [Double]?

        private enum CodingKeys: String, CodingKey {
            case name, alpha, p, n_reject_bh, max_rejected_p, bh_qvalues
        }

        init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: CodingKeys.self)
            name = try container.decode(String.self, forKey: .name)
            alpha = try container.decode(Double.self, forKey: .alpha)
            // The long lists are named in words.
            p = try? container.decode([Double].self, forKey: .p)
            n_reject_bh = try container.decode(Int.self, forKey: .n_reject_bh)
            max_rejected_p = try container.decodeIfPresent(Double.self, forKey: .max_rejected_p)
            bh_qvalues = try container.decodeIfPresent([Double].self, forKey: .bh_qvalues)
        }
    }

    var cases: [Case]

    static func load() throws -> [Case] {
        try JSONDecoder().decode(
            FDRCases.self, from: Data(contentsOf: TestPaths.fixture("hotspots/fdr_cases.json"))
        ).cases
    }
}

@Suite("Corrections for many tests")
struct MultipleTestingTests {
    @Test("Benjamini-Hochberg decisions and q-values equal statsmodels")
    func vectors() throws {
        let cases = try FDRCases.load()
        #expect(cases.count == 15)
        let listed = try NumberTable("hotspots/gi_lattice20.csv")["queen_gistar_p_2s"]
        for item in cases {
            let p = item.p ?? listed
            let threshold = MultipleTesting.benjaminiHochberg.threshold(of: p, level: item.alpha)
            let rejected = p.filter { $0 <= (threshold ?? -1) }.count
            #expect(rejected == item.n_reject_bh, "\(item.name) at \(item.alpha)")
            #expect(threshold == item.max_rejected_p, "\(item.name) at \(item.alpha)")
            if let q = item.bh_qvalues {
                let own = MultipleTesting.benjaminiHochberg.adjusted(p)
                #expect(largestDifference(own, q) <= goldenTolerance, "\(item.name)")
            }
        }
    }

    @Test("of the 15 tests of Benjamini and Hochberg 1995, 4 are significant at .05")
    func paper() throws {
        let p = try #require(try FDRCases.load().first { $0.name == "bh1995_table" }?.p)
        let bh = MultipleTesting.benjaminiHochberg.threshold(of: p, level: 0.05)
        #expect(bh == 0.0095)
        // 0.05 / 15 = 0.00333: the three smallest.
        #expect(MultipleTesting.bonferroni.threshold(of: p, level: 0.05) == 0.0019)
        // 1 + 1/2 + ... + 1/15 = 3.318: bounds 0.00100, 0.00201, 0.00301 and
        // 0.00402 keep three.
        #expect(MultipleTesting.benjaminiYekutieli.threshold(of: p, level: 0.05) == 0.0019)
        #expect(MultipleTesting.none.threshold(of: p, level: 0.05) == 0.0459)
    }

    @Test("a p-value equal to its bound is significant")
    func bound() {
        let p = [0.01, 0.02, 0.03, 0.04, 0.05]
        #expect(MultipleTesting.benjaminiHochberg.threshold(of: p, level: 0.05) == 0.05)
        #expect(MultipleTesting.bonferroni.threshold(of: [0.025, 0.5], level: 0.05) == 0.025)
        #expect(MultipleTesting.none.threshold(of: [0.05], level: 0.05) == 0.05)
    }

    @Test("NaN is no test: it changes neither thresholds nor the other q-values")
    func missing() {
        let p = [0.001, 0.02, 0.03, 0.8]
        let gaps = [.nan, 0.001, .nan, 0.02, 0.03, 0.8, .nan]
        for rule in MultipleTesting.allCases {
            #expect(
                rule.threshold(of: gaps, level: 0.05) == rule.threshold(of: p, level: 0.05))
            let adjusted = rule.adjusted(gaps)
            #expect(adjusted.filter { !$0.isNaN } == rule.adjusted(p))
            #expect(adjusted.map(\.isNaN) == gaps.map(\.isNaN))
        }
    }

    @Test("no tests and no small p-values give no threshold")
    func nothing() {
        for rule in MultipleTesting.allCases {
            #expect(rule.threshold(of: [], level: 0.05) == nil)
            #expect(rule.threshold(of: [.nan], level: 0.05) == nil)
            #expect(rule.threshold(of: [0.5, 0.9], level: 0.05) == nil)
            #expect(rule.adjusted([]) == [])
        }
    }

    @Test("adjusted values up to the level are the significant tests", arguments: 0..<20)
    func agreement(seed: Int) {
        var random = SeededGenerator(seed: UInt64(seed))
        // Ties on purpose: p-values in steps of 0.002.
        let p = (0..<200).map { _ -> Double in
            let u = Double.random(in: 0...1, using: &random)
            return (u * u * u * 500).rounded() / 500
        }
        for rule in MultipleTesting.allCases {
            let threshold = rule.threshold(of: p, level: 0.0999) ?? -1
            let byThreshold = p.map { $0 <= threshold }
            #expect(byThreshold == rule.adjusted(p).map { $0 <= 0.0999 }, "\(rule)")
        }
    }
}
