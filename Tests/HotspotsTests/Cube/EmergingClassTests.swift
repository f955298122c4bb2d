import Testing

@testable import Hotspots

@Suite("Emerging classes: rules")
struct EmergingClassTests {
    private func code(
        _ bins: [Int8], _ rules: EmergingRules = EmergingRules(), z: Double = 0, p: Double = 1
    ) -> Int8 {
        rules.classify(bins: bins, trendZ: z, trendP: p).code
    }

    /// All series of six bins of -1, 0 and 1.
    private static let allSeries: [[Int8]] = (0..<729).map { number in
        var rest = number
        return (0..<6).map { _ in
            defer { rest /= 3 }
            return Int8(rest % 3 - 1)
        }
    }

    @Test("swapping hot and cold and the direction of the trend swaps the class")
    func mirror() {
        var families = 0
        for bins in Self.allSeries {
            let direct = code(bins, z: 2, p: 0.01)
            let mirrored = code(bins.map { -$0 }, z: -2, p: 0.01)
            // A spot that is historical on one side and something at the
            // final step on the other takes the side that is tested first;
            // six steps cannot be both.
            #expect(direct == -mirrored, "\(bins)")
            families += direct == 0 ? 0 : 1
        }
        #expect(families > 300)
    }

    @Test("a spot that is not significant at the final step is historical or none")
    func finalStep() {
        for bins in Self.allSeries where bins[5] == 0 {
            #expect([0, 8, -8].contains(code(bins)), "\(bins)")
        }
    }

    @Test("the class depends on the sign of bins alone")
    func signs() {
        for bins in Self.allSeries {
            #expect(code(bins) == code(bins.map { $0 * 3 }))
        }
    }

    @Test("sporadic spots need no final step when the rule says so")
    func sporadicAny() {
        let any = EmergingRules(sporadic: .any)
        #expect(code([0, 1, 0, 1, 0, 0]) == 0)
        #expect(code([0, 1, 0, 1, 0, 0], any) == 6)
        #expect(code([0, -1, 0, -1, 0, 0], any) == -6)
        #expect(code([0, 1, 0, -1, 0, 0], any) == 0)
        #expect(code([0, 0, 0, 0, 0, 1], any) == 1)
    }

    @Test("strict oscillation wins over new and consecutive, and over nothing else")
    func strictOscillating() {
        let strict = EmergingRules(isOscillatingStrict: true)
        #expect(code([-1, 0, 0, 0, 0, 1]) == 1)
        #expect(code([-1, 0, 0, 0, 0, 1], strict) == 7)
        #expect(code([-1, 0, 0, 0, 1, 1]) == 2)
        #expect(code([-1, 0, 0, 0, 1, 1], strict) == 7)
        #expect(code([1, 0, 0, 0, -1, -1], strict) == -7)
        for bins in Self.allSeries where !bins.contains(-1) || !bins.contains(1) {
            #expect(code(bins) == code(bins, strict))
        }
    }

    @Test("nine of ten steps are most, and the trend counts below its level only")
    func limits() {
        let ninth: [Int8] = [0, 1, 1, 1, 1, 1, 1, 1, 1, 1]
        #expect(code(ninth, z: 3, p: 0.0999) == 3)
        #expect(code(ninth, z: -3, p: 0.0999) == 5)
        #expect(code(ninth, z: 3, p: 0.1) == 4)
        #expect(code(ninth, z: 3, p: .nan) == 4)
        #expect(code([0, 0, 1, 1, 1, 1, 1, 1, 1, 1], z: 3, p: 0.01) == 2)
    }

    @Test("seventeen classes have codes, names and sentences of their own")
    func names() {
        let all = EmergingClass.allCases
        #expect(all.count == 17)
        #expect(Set(all.map(\.code)) == Set(-8...8))
        #expect(Set(all.map(\.title)).count == 17 && Set(all.map(\.meaning)).count == 17)
        for each in all { #expect(EmergingClass(code: each.code) == each) }
        #expect(EmergingClass(code: 9) == nil && EmergingClass(code: EmergingClass.nodata) == nil)
        #expect(EmergingClass.newColdSpot.title == "New Cold Spot")
    }

    @Test("a finding counts steps, runs and dates of both sides")
    func finding() {
        let finding = EmergingFinding(
            bins: [0, -2, 1, 0, 3, 2], trendZ: 1.5, trendP: 0.13, rules: EmergingRules())
        #expect(finding.emergingClass == .oscillatingHotSpot)
        #expect(finding.hotSteps == 3 && finding.coldSteps == 1 && finding.finalRun == 2)
        #expect(finding.finalBin == .hot95)
        #expect(finding.firstHotStep == 2 && finding.lastHotStep == 5)
        #expect(finding.firstColdStep == 1 && finding.lastColdStep == 1)
        #expect(finding.hasFewSteps)
        let quiet = EmergingFinding(
            bins: [Int8](repeating: 0, count: 10), trendZ: 0, trendP: 1, rules: EmergingRules())
        #expect(quiet.emergingClass == .noPattern && quiet.finalRun == 0)
        #expect(quiet.firstHotStep == nil && !quiet.hasFewSteps)
    }
}
