import Solver

/// A schedule as a mixed-integer linear program.
///
/// Whole are the decisions alone. The share u of a pattern that the mission
/// protects is at most the sum of its bases held; the share v that the host
/// protects at one base is at most 1 when the host holds that base; together
/// they are at most 1. At the optimum each pattern has the best protection in
/// its reach. A pattern with one base needs no columns: its cover is the
/// decision itself. A pattern with a base that must stay is always covered.
struct ScheduleProgram {
    /// What the rows may be missed by, at a price.
    enum Slack {
        case none
        /// Floors: the objective is the least weighted shortfall.
        case floors
        /// Floors and all other rules: the least weighted shortfall and the
        /// fewest bases beyond a cap.
        case everything
    }

    /// What one base beyond a cap costs, when all may be missed: more than
    /// the shares of floors that are missed instead.
    private static let rulePrice = 1000.0

    private(set) var program = LinearProgram()
    /// Cover that no decision changes, in the objective.
    private(set) var constant = 0.0
    private let model: ScheduleModel

    /// - Parameter mostShortfall: rows of floors may be missed, together by
    ///   no more than this; the objective is the plan's value again.
    init(_ model: ScheduleModel, slack: Slack = .none, mostShortfall: Double? = nil) {
        self.model = model
        addDecisions()
        addStructure()
        let usesValue = slack == .none || mostShortfall != nil
        var floorTerms = addCover(usesValue: usesValue)
        if usesValue { addMoveCosts() }
        var shortfalls: [LinearProgram.Term] = []
        for (index, floor) in model.floors.enumerated() {
            var row = floorTerms[index]
            if slack != .none {
                let missing = program.add(
                    .init(
                        name: "short\(index)",
                        objective: usesValue ? 0 : -max(floor.shortfallWeight, 1e-6)))
                row.terms.append(.init(missing))
                shortfalls.append(.init(missing, max(floor.shortfallWeight, 1e-6)))
            }
            floorTerms[index] = row
            program.add(row)
        }
        if let mostShortfall {
            program.add(.init(name: "shortfall", terms: shortfalls, upper: mostShortfall))
        }
        for row in model.sideRows {
            var terms = row.terms.map { LinearProgram.Term($0.column, $0.factor) }
            if slack == .everything {
                terms.append(
                    .init(
                        program.add(
                            .init(name: "over_\(row.name)", objective: -Self.rulePrice)), -1))
            }
            program.add(.init(name: row.name, terms: terms, upper: row.upper))
        }
    }

    private mutating func addDecisions() {
        for base in 0..<model.baseCount {
            let options = model.options[base]
            for phase in 0..<model.phaseCount {
                for column in [model.held(base, phase), model.host(base, phase)] {
                    let isHeld = column == model.held(base, phase)
                    let possible = options.contains { $0.columns.contains(column) }
                    let certain = options.allSatisfy { $0.columns.contains(column) }
                    _ = program.add(
                        .init(
                            name: "\(isHeld ? "m" : "h")\(base)_\(phase)",
                            lower: certain ? 1 : 0, upper: possible ? 1 : 0, isInteger: true))
                }
            }
        }
    }

    private func isOpen(_ column: Int) -> Bool {
        program.columns[column].lower < program.columns[column].upper
    }

    /// Nobody returns; hosts follow the mission, at once or not at all, in
    /// phases in which they can, and stay. What may not be closed is held by
    /// one of them.
    private mutating func addStructure() {
        for base in 0..<model.baseCount where model.options[base].count > 1 {
            let takeovers = model.options[base].compactMap {
                $0.decision.action == .handOver ? $0.decision.phase : nil
            }
            let mayClose = model.options[base].contains { $0.decision.action == .close }
            for phase in 0..<model.phaseCount {
                let held = model.held(base, phase)
                let host = model.host(base, phase)
                if isOpen(host) {
                    program.add(
                        .init(
                            name: "one\(base)_\(phase)", terms: [.init(held), .init(host)],
                            lower: mayClose ? -.infinity : 1, upper: 1))
                }
                guard phase > 0 else { continue }
                let heldBefore = model.held(base, phase - 1)
                let hostBefore = model.host(base, phase - 1)
                program.add(
                    .init(
                        name: "gone\(base)_\(phase)",
                        terms: [.init(held), .init(heldBefore, -1)], upper: 0))
                guard isOpen(host) else { continue }
                if isOpen(hostBefore) {
                    program.add(
                        .init(
                            name: "stays\(base)_\(phase)",
                            terms: [.init(hostBefore), .init(host, -1)], upper: 0))
                }
                var terms: [LinearProgram.Term] = [.init(host), .init(hostBefore, -1)]
                if takeovers.contains(phase) { terms.append(.init(heldBefore, -1)) }
                program.add(.init(name: "follows\(base)_\(phase)", terms: terms, upper: 0))
            }
        }
    }

    /// Adds the columns of cover; the rows of the floors, without slack.
    private mutating func addCover(usesValue: Bool) -> [LinearProgram.Row] {
        var rows = model.floors.enumerated().map { index, floor in
            LinearProgram.Row(name: "floor\(index)", terms: [], lower: floor.least)
        }
        var sums = [[Int: Double]](repeating: [:], count: rows.count)
        for (index, pattern) in model.patterns.enumerated() {
            let isCertain = pattern.bases.contains { model.options[$0].count == 1 }
            for phase in 0..<model.phaseCount {
                let weight = usesValue ? model.discounts[phase] * pattern.weight : 0
                let floors = model.floors.indices.filter { floor in
                    model.floors[floor].phase == phase
                        && pattern.groups.contains { $0.group == model.floors[floor].group }
                }
                guard weight > 0 || !floors.isEmpty else { continue }
                if isCertain {
                    constant += weight
                    for floor in floors { rows[floor].lower -= share(of: pattern, floor) }
                    continue
                }
                for (column, quality) in coverColumns(pattern, index, phase) {
                    program.columns[column].objective += weight * quality
                    for floor in floors {
                        sums[floor][column, default: 0] += quality * share(of: pattern, floor)
                    }
                }
            }
        }
        for floor in rows.indices {
            rows[floor].terms = sums[floor].sorted { $0.key < $1.key }.map { .init($0, $1) }
        }
        return rows
    }

    private func share(of pattern: ScheduleModel.Pattern, _ floor: Int) -> Double {
        let row = model.floors[floor]
        return pattern.groups.reduce(0) {
            $0 + ($1.group == row.group ? $1.weight / row.scale : 0)
        }
    }

    /// The columns whose weighted sum is the protection of a pattern.
    private mutating func coverColumns(
        _ pattern: ScheduleModel.Pattern, _ index: Int, _ phase: Int
    ) -> [(column: Int, quality: Double)] {
        let hosts = pattern.bases.filter {
            model.effectiveness[$0] > 0 && isOpen(model.host($0, phase))
        }
        if pattern.bases.count == 1 {
            let base = pattern.bases[0]
            return [(model.held(base, phase), 1)]
                + hosts.map { (model.host($0, phase), model.effectiveness[$0]) }
        }
        let mission = program.add(.init(name: "u\(index)_\(phase)", upper: 1))
        program.add(
            .init(
                name: "cu\(index)_\(phase)",
                terms: [.init(mission)] + pattern.bases.map { .init(model.held($0, phase), -1) },
                upper: 0))
        var columns: [(column: Int, quality: Double)] = [(mission, 1)]
        for base in hosts {
            let column = program.add(.init(name: "v\(index)_\(base)_\(phase)", upper: 1))
            program.add(
                .init(
                    name: "cv\(index)_\(base)_\(phase)",
                    terms: [.init(column), .init(model.host(base, phase), -1)], upper: 0))
            columns.append((column, model.effectiveness[base]))
        }
        if !hosts.isEmpty {
            program.add(
                .init(
                    name: "c\(index)_\(phase)",
                    terms: columns.map { .init($0.column) }, upper: 1))
        }
        return columns
    }

    /// Every base that is not held at the end has moved.
    private mutating func addMoveCosts() {
        for base in 0..<model.baseCount where model.options[base].count > 1 {
            let end = model.held(base, model.phaseCount - 1)
            program.columns[end].objective += model.costPerMove
            constant -= model.costPerMove
        }
    }

    /// The options that the values of the decision columns say.
    func choice(of values: [Double]) -> [Int] {
        (0..<model.baseCount).map { base in
            let set = (0..<model.phaseCount)
                .flatMap { [model.held(base, $0), model.host(base, $0)] }
                .filter { values[$0] > 0.5 }
            return model.options[base].firstIndex { $0.columns == set } ?? 0
        }
    }
}
