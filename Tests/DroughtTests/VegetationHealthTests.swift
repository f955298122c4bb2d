import GridCore
import TestSupport
import Testing

@testable import Drought

/// Temperature condition of cells given by their climatology.
private func tci(
    _ cells: [(current: Float, minimum: Float, maximum: Float, count: Int32)],
    rule: TemperatureConditionRule, kernels: Kernels = .best
) -> (values: [Float], reasons: [UInt8]) {
    let current = cells.map(\.current)
    let minimum = cells.map(\.minimum)
    let maximum = cells.map(\.maximum)
    let count = cells.map(\.count)
    // One more than needed, to see that nothing past the end is written.
    var values = [Float](repeating: -7, count: cells.count + 1)
    var reasons = [UInt8](repeating: 77, count: cells.count + 1)
    kernels.tci(
        current: current, minimum: minimum, maximum: maximum, count: count,
        cells: cells.count, rule: rule, into: &values, reasons: &reasons)
    #expect(values.last == -7 && reasons.last == 77)
    return (values.dropLast(), reasons.dropLast())
}

private func vhi(
    _ vci: [Float], _ tci: [Float], rule: VegetationHealthRule, kernels: Kernels = .best,
    vciReasons: [UInt8]? = nil, tciReasons: [UInt8]? = nil
) -> (values: [Float], reasons: [UInt8]) {
    var values = [Float](repeating: -7, count: vci.count + 1)
    var reasons = [UInt8](repeating: 77, count: vci.count + 1)
    if let vciReasons, let tciReasons {
        kernels.vhi(
            vci: vci, tci: tci, vciReasons: vciReasons, tciReasons: tciReasons,
            cells: vci.count, rule: rule, into: &values, reasons: &reasons)
    } else {
        kernels.vhi(
            vci: vci, tci: tci, cells: vci.count, rule: rule, into: &values, reasons: &reasons)
    }
    #expect(values.last == -7 && reasons.last == 77)
    return (values.dropLast(), reasons.dropLast())
}

@Suite struct VegetationHealthTests {
    /// The reference prints ten digits of numbers up to 100.
    static let referenceTolerance = 1e-8
    /// Half a step of Float32 just below 128.
    static let float32Tolerance = 4e-6

    @Test func theIndicesEqualTheReferenceSeries() throws {
        let table = try ReferenceTable("drought/vci_family_reference.csv")
        // The reference holds whole hundredths of a kelvin.
        let rule = TemperatureConditionRule(scale: 0.01, minimumRangeInKelvin: 0)
        var compared = (tci: 0, vhi: 0)
        for dekad in 1...36 {
            let rows = table.rows.filter { $0[1] == "\(dekad)" }
            let kelvin = try rows.map { try table.number($0, "lst_K") }
            let baseline = kelvin.filter { !$0.isNaN }
            let low = baseline.min() ?? .infinity
            let high = baseline.max() ?? -.infinity
            for (row, current) in zip(rows, kelvin) {
                let expectedTCI = try table.number(row, "tci")
                let expectedVHI = try table.number(row, "vhi")
                let vci = try table.number(row, "vci")
                let found = TemperatureConditionRule(minimumRangeInKelvin: 0).value(
                    current: current, minimum: low, maximum: high, count: baseline.count)
                let stored = tci(
                    [
                        (
                            Float((current * 100).rounded()), Float((low * 100).rounded()),
                            Float((high * 100).rounded()), Int32(baseline.count)
                        )
                    ], rule: rule)
                let health = VegetationHealthRule.standard.value(
                    vci: IndicatorValue(value: vci, reason: .inputNodata), tci: found)
                if !expectedTCI.isNaN {
                    compared.tci += 1
                    #expect(abs(found.value - expectedTCI) <= Self.referenceTolerance)
                    #expect(abs(Double(stored.values[0]) - expectedTCI) <= Self.float32Tolerance)
                }
                if expectedVHI.isNaN {
                    #expect(health.value.isNaN || expectedTCI.isNaN)
                } else {
                    compared.vhi += 1
                    #expect(abs(health.value - expectedVHI) <= Self.referenceTolerance)
                }
            }
        }
        #expect(compared.tci > 500)
        #expect(compared.vhi > 500)
    }

    @Test func theAnchorsThatCanBeCheckedByHand() {
        let plain = TemperatureConditionRule()
        #expect(tci([(310, 300, 320, 10)], rule: plain).values == [50])
        #expect(vhi([25], [50], rule: .standard).values == [37.5])
        // Hot is low.
        #expect(tci([(320, 300, 320, 10), (300, 300, 320, 10)], rule: plain).values == [0, 100])
    }

    @Test func everyReasonIsGivenWhereItApplies() {
        let found = tci(
            [
                (310, 300, 320, 5), (.nan, 300, 320, 5), (310, 300, 320, 4), (310, 310, 310, 5),
                (310, 310, 310.9, 5), (310, .infinity, -.infinity, 0), (325, 300, 320, 5),
                (310, 309, 310, 5),
            ], rule: TemperatureConditionRule())
        #expect(found.reasons == [0, 1, 2, 3, 3, 2, 0, 0])
        #expect(found.values.map(\.isNaN) == [false, true, true, true, true, true, false, false])
        #expect(found.values[6] == -25)
        let clamped = tci(
            [(325, 300, 320, 5), (295, 300, 320, 5), (310, 300, 320, 5)],
            rule: TemperatureConditionRule(isClamped: true))
        #expect(clamped.values == [0, 100, 50])
        #expect(clamped.reasons == [9, 9, 0])
    }

    @Test func aRangeOfExactlyTheMinimumPassesInStoredUnits() {
        let rule = TemperatureConditionRule(scale: 0.02)
        let found = tci([(15_020, 15_000, 15_050, 9), (15_020, 15_000, 15_049, 9)], rule: rule)
        #expect(found.values[0] == 60)
        #expect(found.reasons == [0, 3])
    }

    @Test func temperatureConditionDoesNotChangeWithUnitAndOrigin() {
        var generator = SeededGenerator(seed: 5)
        let celsius = (0..<200).map { _ -> (current: Float, minimum: Float, maximum: Float, count: Int32) in
            let low = Int.random(in: -20...30, using: &generator)
            let range = Int.random(in: 0...40, using: &generator)
            return (
                Float(low + Int.random(in: -5...45, using: &generator)), Float(low),
                Float(low + range), 9
            )
        }
        let kelvin = celsius.map { ($0.0 + 273, $0.1 + 273, $0.2 + 273, $0.3) }
        let doubled = celsius.map { ($0.0 * 2, $0.1 * 2, $0.2 * 2, $0.3) }
        let one = tci(celsius, rule: TemperatureConditionRule())
        let shifted = tci(kelvin, rule: TemperatureConditionRule())
        let scaled = tci(doubled, rule: TemperatureConditionRule(scale: 0.5))
        #expect(sameBits(one.values, shifted.values) && sameBits(one.values, scaled.values))
        #expect(one.reasons == shifted.reasons && one.reasons == scaled.reasons)
    }

    @Test func componentsAreClampedBeforeTheyAreMixed() {
        let found = vhi([-50, 150, 40], [60, 20, 120], rule: .standard)
        #expect(found.values == [30, 60, 70])
        #expect(found.reasons == [0, 0, 0])
    }

    @Test func theFallbackTakesTheVegetationAloneAndSaysSo() throws {
        let rule = try #require(VegetationHealthRule(vciWeight: 0.5, fallback: .vci))
        let found = vhi([30, 130, .nan, .nan], [.nan, .nan, 40, .nan], rule: rule)
        #expect(found.reasons == [10, 10, 1, 1])
        #expect(found.values[0] == 30 && found.values[1] == 100)
        #expect(found.values[2].isNaN && found.values[3].isNaN)
    }

    @Test func aMissingComponentHandsItsReasonOn() {
        let found = vhi(
            [.nan, 30, .nan, 20], [50, .nan, .nan, 20], rule: .standard,
            vciReasons: [3, 0, 2, 0], tciReasons: [0, 2, 1, 0])
        #expect(found.reasons == [3, 2, 2, 0])
        #expect(vhi([30], [.nan], rule: .standard).reasons == [1])
    }

    @Test func weightsOutsideZeroToOneAreRefused() throws {
        for weight in [-0.01, 1.01, .nan, .infinity] {
            #expect(VegetationHealthRule(vciWeight: weight) == nil)
        }
        let all = try #require(VegetationHealthRule(vciWeight: 1))
        let none = try #require(VegetationHealthRule(vciWeight: 0))
        #expect(vhi([30], [70], rule: all).values == [30])
        #expect(vhi([30], [70], rule: none).values == [70])
    }

    @Test func theKernelsEqualTheirScalarTwinsAndEveryFormHasTheSameBits() throws {
        let series = randomSeries(seed: 8, cells: 203, steps: 5, range: -20...120, missingInTen: 1)
        let cells = series.map { row -> (current: Float, minimum: Float, maximum: Float, count: Int32) in
            let (low, high) = (min(row[1], row[2]), max(row[1], row[2]))
            return (Float(row[0]), Float(low), Float(high), Int32(row[3].isNaN ? 3 : 7))
        }
        let rule = TemperatureConditionRule(minimumRangeInKelvin: 5)
        let mixing = try #require(VegetationHealthRule(vciWeight: 0.3, fallback: .vci))
        let vci = series.map { Float($0[4]) }
        for form in kernelForms {
            let one = tci(cells, rule: rule, kernels: form)
            for (i, cell) in cells.enumerated() {
                let twin = rule.value(
                    current: Double(cell.current), minimum: Double(cell.minimum),
                    maximum: Double(cell.maximum), count: Int(cell.count))
                #expect(one.reasons[i] == twin.reason.rawValue)
                #expect(one.values[i] == Float(twin.value) || twin.value.isNaN)
            }
            let two = vhi(vci, one.values, rule: mixing, kernels: form)
            for i in vci.indices {
                let twin = mixing.value(
                    vci: IndicatorValue(value: Double(vci[i]), reason: .inputNodata),
                    tci: IndicatorValue(value: Double(one.values[i]), reason: .inputNodata))
                #expect(two.reasons[i] == twin.reason.rawValue)
                #expect(two.values[i] == Float(twin.value) || twin.value.isNaN)
                #expect(two.values[i].isNaN == twin.value.isNaN)
            }
            let first = tci(cells, rule: rule, kernels: kernelForms[0])
            #expect(sameBits(one.values, first.values))
            #expect(
                sameBits(
                    two.values,
                    vhi(vci, first.values, rule: mixing, kernels: kernelForms[0]).values))
        }
    }

    @Test func reasonCodesOfKernelsAreThoseOfTheRaster() {
        #expect(ReasonCode.ok == IndicatorReason.ok.rawValue)
        #expect(ReasonCode.inputNodata == IndicatorReason.inputNodata.rawValue)
        #expect(ReasonCode.insufficientBaseline == IndicatorReason.insufficientBaseline.rawValue)
        #expect(ReasonCode.zeroRange == IndicatorReason.zeroRange.rawValue)
        #expect(ReasonCode.clipped == IndicatorReason.clipped.rawValue)
        #expect(ReasonCode.filled == IndicatorReason.filled.rawValue)
    }
}
