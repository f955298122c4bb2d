import GridCore
import TestSupport
import Testing

@testable import Drought

/// The planes of a combination, byte by byte.
private struct CombinedPlanes: Equatable {
    var condition: [UInt8]
    var trigger: [UInt8]
    var triggers: [UInt8]
    var agreeing: [UInt8]
    var available: [UInt8]
    var reasons: [UInt8]
}

private func combined(
    _ indicators: [(values: [Float], reasons: [UInt8]?, table: IndicatorClassTable)],
    kernels: Kernels = .best
) -> CombinedPlanes {
    let cells = indicators[0].values.count
    let values = indicators.map { indicator in
        let memory = UnsafeMutablePointer<Float>.allocate(capacity: cells)
        memory.initialize(from: indicator.values, count: cells)
        return memory
    }
    let reasons = indicators.map { indicator in
        indicator.reasons.map { source in
            let memory = UnsafeMutablePointer<UInt8>.allocate(capacity: cells)
            memory.initialize(from: source, count: cells)
            return memory
        }
    }
    let output = UnsafeMutablePointer<UInt8>.allocate(capacity: cells * 6 + 1)
    output.initialize(repeating: 77, count: cells * 6 + 1)
    defer {
        values.forEach { $0.deallocate() }
        reasons.forEach { $0?.deallocate() }
        output.deallocate()
    }
    kernels.combinedDrought(
        indicators.indices.map {
            CombinedIndicatorPlane(
                values: values[$0], reasons: reasons[$0].map { UnsafePointer($0) },
                scale: indicators[$0].table.scale)
        }, cells: cells,
        into: CombinedDroughtTargets(
            condition: output, trigger: output + cells, triggers: output + 2 * cells,
            agreeing: output + 3 * cells, available: output + 4 * cells,
            reasons: output + 5 * cells))
    #expect(output[cells * 6] == 77)
    func plane(_ index: Int) -> [UInt8] { (0..<cells).map { output[index * cells + $0] } }
    return CombinedPlanes(
        condition: plane(0), trigger: plane(1), triggers: plane(2), agreeing: plane(3),
        available: plane(4), reasons: plane(5))
}

@Suite struct CombinedDroughtTests {
    @Test func theWorstConditionStandsWithWhatTriggeredIt() {
        let found = combined([
            ([5, 25, 90, .nan, .nan, 45], nil, .kogan),
            ([0, -1.4, 0, -2.5, .nan, -0.4], nil, .spiUSDM),
            ([60, 25, 60, 5, .nan, 60], nil, .vegetationDeficit),
        ])
        #expect(found.condition == [5, 4, 1, 5, 0, 1])
        #expect(found.trigger == [1, 2, 0, 2, 0, 0])
        #expect(found.triggers == [0b001, 0b010, 0, 0b110, 0, 0])
        #expect(found.agreeing == [1, 1, 3, 2, 0, 3])
        #expect(found.available == [3, 3, 3, 2, 0, 3])
        #expect(found.reasons == [0, 0, 0, 0, 1, 0])
    }

    @Test func whereNoIndicatorHasAValueTheFirstOneSaysWhy() {
        let found = combined([
            ([.nan, .nan, 50], [3, 2, 0], .kogan), ([.nan, 50, .nan], [1, 0, 1], .kogan),
        ])
        #expect(found.reasons == [3, 0, 0])
        #expect(found.condition == [0, 1, 1])
    }

    static let tables: [IndicatorClassTable] = [.kogan, .spiWMO, .percentileUSDM, .vhiUSDM]

    private func planes(_ seed: UInt64) -> [(
        values: [Float], reasons: [UInt8]?, table: IndicatorClassTable
    )] {
        Self.tables.enumerated().map { index, table in
            let bounds = table.classes.compactMap(\.upper)
            let values = randomSeries(
                seed: seed + UInt64(index), cells: 77, steps: 1, range: 0...bounds.count * 2,
                missingInTen: 2
            ).map { row -> Float in
                // Bounds themselves, and what lies between and beyond.
                guard !row[0].isNaN else { return .nan }
                let position = Int(row[0])
                let bound = bounds[min(position / 2, bounds.count - 1)]
                return Float(position % 2 == 0 ? bound : bound + 0.05)
            }
            return (values, nil, table)
        }
    }

    @Test func theKernelEqualsItsScalarTwinAndEveryFormHasTheSameBits() {
        let indicators = planes(40)
        let results = kernelForms.map { combined(indicators, kernels: $0) }
        for cell in 0..<77 {
            let twin = CombinedDrought(
                of: indicators.map { indicator in
                    // A Float32 next to a bound stands for the bound.
                    let value = indicator.values[cell]
                    let bound = indicator.table.classes.compactMap(\.upper).first {
                        Float($0) == value
                    }
                    return (bound ?? Double(value), indicator.table)
                })
            let condition = twin.condition?.rawValue ?? 0
            let trigger = twin.triggers.first.map { $0 + 1 } ?? 0
            var bits = 0
            for index in twin.triggers { bits |= 1 << index }
            #expect(results[0].condition[cell] == condition)
            #expect(Int(results[0].trigger[cell]) == trigger)
            #expect(Int(results[0].triggers[cell]) == bits)
            #expect(Int(results[0].agreeing[cell]) == twin.agreeing)
            #expect(Int(results[0].available[cell]) == twin.available)
        }
        for other in results { #expect(other == results[0]) }
    }

    @Test func theConditionDoesNotDependOnTheOrderOfTheIndicators() {
        let indicators = planes(60)
        let one = combined(indicators)
        let other = combined(indicators.reversed())
        #expect(one.condition == other.condition)
        #expect(one.agreeing == other.agreeing && one.available == other.available)
        // The same indicators, their bits mirrored.
        func mirrored(_ bits: UInt8) -> UInt8 {
            var result: UInt8 = 0
            for index in 0..<4 where bits & (1 << UInt8(index)) != 0 {
                result |= 1 << UInt8(3 - index)
            }
            return result
        }
        let mirror: [UInt8] = other.triggers.map(mirrored)
        #expect(one.triggers == mirror)
    }
}

@Suite struct ConfidenceTests {
    private func planes(
        _ cells: [(valid: Float, best: Float, age: Float)], rule: ConfidenceRule = .standard,
        kernels: Kernels = .best
    ) -> (percent: [UInt8], weakest: [UInt8]) {
        var percent = [UInt8](repeating: 177, count: cells.count + 1)
        var weakest = percent
        kernels.confidence(
            validShare: cells.map(\.valid), bestShare: cells.map(\.best),
            ageInDays: cells.map(\.age), cells: cells.count, rule: rule, into: &percent,
            weakest: &weakest)
        #expect(percent.last == 177 && weakest.last == 177)
        return (percent.dropLast(), weakest.dropLast())
    }

    @Test func numbersThatCanBeCheckedByHand() {
        let found = planes([
            (1, 1, 0), (0.4, 1, 10), (1, 0, 16), (1, 1, 56), (0.4, 0.5, 64), (1, .nan, 0),
            (.nan, 1, 0), (1, 1, .nan), (1, 1, 96), (0, 1, 0),
        ])
        #expect(found.percent == [100, 50, 50, 50, 15, 75, 0, 0, 0, 0])
        #expect(found.weakest == [0, 1, 2, 3, 3, 2, 1, 3, 3, 1])
        let parts = DroughtConfidence(validShare: 0.4, bestShare: 0.5, ageInDays: 56)
        #expect(parts.observations == 0.5 && parts.quality == 0.75 && parts.timeliness == 0.5)
        #expect(parts.percent == 19 && parts.weakest == .observations)
    }

    @Test func confidenceNeverRisesWithWorseData() {
        let steps = stride(from: 0.0, through: 1.0, by: 0.125).map { $0 }
        for one in steps {
            for two in steps {
                let byShare = steps.map {
                    DroughtConfidence(validShare: $0, bestShare: one, ageInDays: two * 120).percent
                }
                let byQuality = steps.map {
                    DroughtConfidence(validShare: one, bestShare: $0, ageInDays: two * 120).percent
                }
                let byAge = steps.map {
                    DroughtConfidence(validShare: one, bestShare: two, ageInDays: $0 * 120).percent
                }
                #expect(byShare == byShare.sorted())
                #expect(byQuality == byQuality.sorted())
                #expect(byAge == byAge.sorted(by: >))
            }
        }
    }

    @Test func theKernelEqualsItsScalarTwinAndEveryFormHasTheSameBits() {
        let random = randomSeries(seed: 9, cells: 83, steps: 3, range: 0...16, missingInTen: 1)
        let cells = random.map {
            (valid: Float($0[0] / 16), best: Float($0[1] / 16), age: Float($0[2] * 8))
        }
        for form in kernelForms {
            let found = planes(cells, kernels: form)
            for (index, cell) in cells.enumerated() {
                let twin = DroughtConfidence(
                    validShare: Double(cell.valid),
                    bestShare: cell.best.isNaN ? nil : Double(cell.best),
                    ageInDays: cell.age.isNaN ? nil : Double(cell.age))
                #expect(Int(found.percent[index]) == twin.percent)
                let weakest = twin.weakest?.rawValue ?? 0
                #expect(found.weakest[index] == weakest)
            }
        }
    }

    @Test func rulesThatAreNoneAreRefused() {
        #expect(ConfidenceRule() == .standard)
        #expect(ConfidenceRule(fullShare: 0) == nil)
        #expect(ConfidenceRule(fullShare: 1.1) == nil)
        #expect(ConfidenceRule(qualityFloor: -0.1) == nil)
        #expect(ConfidenceRule(unknownQuality: .nan) == nil)
        #expect(ConfidenceRule(freshDays: 20, staleDays: 20) == nil)
    }
}
