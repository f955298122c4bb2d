import Calendar
import Drought
import GridCore

/// The worst class of the indicators that are computed, which of them
/// triggered it, how many agree, and how much to trust it.
final class CombinedMethod: IndicatorMethod {
    /// An indicator that takes part.
    private struct Part {
        let name: String
        let table: IndicatorClassTable
        /// Where its values and reasons are in the layers; nil: the VCI of the
        /// as-of composite, which is always there.
        let place: (output: Int, reason: Int)?
    }

    private let parts: [Part]
    private let rule: ConfidenceRule
    /// Steps of the last three months.
    private let recent: ClosedRange<Int>
    private let bytes: UnsafeMutablePointer<UInt8>
    private let floats: UnsafeMutablePointer<Float>
    private let capacity: Int
    let outputs: [IndicatorOutput]
    let reasonNames = ["combined"]

    /// - Parameter others: the methods whose outputs come before, in order.
    init?(_ plan: IndicatorPlan, after others: [any IndicatorMethod], capacity: Int) {
        guard let rule = ConfidenceRule() else { return nil }
        self.rule = rule
        self.capacity = capacity
        recent = plan.confidenceSteps
        var parts = [Part(name: "vci", table: .kogan, place: nil)]
        var output = 0
        var reason = 0
        for method in others {
            for (index, one) in method.outputs.enumerated() {
                guard let table = Self.table(of: one.name), parts.count < 8 else { continue }
                parts.append(
                    Part(name: one.name, table: table, place: (output + index, reason)))
            }
            output += method.outputs.count
            reason += method.reasonNames.count
        }
        self.parts = parts
        bytes = .allocate(capacity: capacity * 8)
        bytes.initialize(repeating: 0, count: capacity * 8)
        floats = .allocate(capacity: capacity * 3)
        floats.initialize(repeating: .nan, count: capacity * 3)
        let names = parts.map(\.name).joined(separator: ", ")
        let shades: [UInt32] = [
            0x4477AA, 0xEE6677, 0x228833, 0xCCBB44, 0x66CCEE, 0xAA3377, 0x888888, 0x222255,
        ]
        outputs = [
            IndicatorOutput(
                name: "combined", title: "Worst drought class of \(names)", quantity: "", unit: "",
                content: .classes(
                    DroughtCondition.allCases.map {
                        .init(
                            code: $0.rawValue, name: $0.name, label: $0.name.capitalizedFirst,
                            color: $0.color)
                    })),
            IndicatorOutput(
                name: "combined_trigger", title: "Which indicator triggered the combined class",
                quantity: "", unit: "",
                content: .classes(
                    zip(parts.indices, shades).map { position, color in
                        .init(
                            code: UInt8(position + 1), name: parts[position].name,
                            label: parts[position].name, color: color)
                    })),
            IndicatorOutput(
                name: "combined_agreeing",
                title: "Indicators that give the combined class, of \(parts.count)",
                quantity: "Indicators", unit: "", content: .values(.plain)),
            IndicatorOutput(
                name: "confidence",
                title: "Confidence by valid composites of three months, their quality and the age "
                    + "of the newest",
                quantity: "Confidence", unit: "%", content: .values(.condition)),
        ]
    }

    deinit {
        bytes.deallocate()
        floats.deallocate()
    }

    /// The table that an output's values are classed by; nil for what takes
    /// no part.
    private static func table(of name: String) -> IndicatorClassTable? {
        switch name {
        case "vci3m": .vegetationDeficit
        case "vhi": .kogan
        case "percentile": .percentileUSDM
        case let name where name.wholeMatch(of: #/spi[0-9]+/#) != nil: .spiWMO
        default: nil
        }
    }

    func compute(_ cells: IndicatorCells, _ target: IndicatorTarget) {
        let last = cells.plan.vegetation.last
        let planes = parts.map { part in
            guard let place = part.place else {
                return CombinedIndicatorPlane(
                    values: cells.vci(last), reasons: cells.current.reasons,
                    scale: part.table.scale)
            }
            return CombinedIndicatorPlane(
                values: target.layers.values(place.output) + target.start,
                reasons: target.layers.reasons(place.reason) + target.start,
                scale: part.table.scale)
        }
        cells.kernels.combinedDrought(
            planes, cells: target.count,
            into: CombinedDroughtTargets(
                condition: bytes, trigger: bytes + capacity, triggers: bytes + 2 * capacity,
                agreeing: bytes + 3 * capacity, available: bytes + 4 * capacity,
                reasons: bytes + 5 * capacity))
        let conditions = target.codes(0)
        let triggers = target.codes(1)
        let agreeing = target.values(2)
        for i in 0..<target.count {
            conditions[i] = bytes[i]
            triggers[i] = bytes[i] == 0 ? 0 : bytes[capacity + i]
            agreeing[i] = bytes[i] == 0 ? .nan : Float(bytes[3 * capacity + i])
        }
        target.take(reasons: bytes + 5 * capacity)
        confide(cells, target)
    }

    private func confide(_ cells: IndicatorCells, _ target: IndicatorTarget) {
        let axis = cells.plan.vegetation
        let ages = axis.dates.indices.map {
            Float(max(0, cells.plan.asOf.days(since: axis.end(of: $0))))
        }
        let shares = floats
        let newest = floats + capacity
        let graded = floats + 2 * capacity
        for i in 0..<target.count {
            shares[i] = 0
            newest[i] = .nan
            graded[i] = 0
        }
        for step in recent {
            let plane = cells.observed.plane(step)
            for i in 0..<target.count where !plane[i].isNaN {
                graded[i] += 1
                newest[i] = ages[step]
            }
        }
        for i in 0..<target.count {
            let valid = graded[i]
            shares[i] = valid / Float(recent.count)
            graded[i] = cells.best.map { Float($0[i]) / valid } ?? .nan
        }
        cells.kernels.confidence(
            validShare: shares, bestShare: graded, ageInDays: newest, cells: target.count, rule: rule,
            into: bytes + 6 * capacity, weakest: bytes + 7 * capacity)
        let confidence = target.values(3)
        for i in 0..<target.count {
            confidence[i] = newest[i].isNaN ? 0 : Float(bytes[6 * capacity + i])
        }
    }
}
