import Bases
import Calendar
import Tables

/// The phased schedule as tables; restricted only.
struct ScheduleTables {
    let schedule: TransferSchedule
    let edition: Edition

    private var transfer: TransferStudy { schedule.transfer }
    private var model: TravelModel { transfer.model }

    /// One row for each base that leaves, and one for each phase without any.
    func phases() -> CSVTable {
        var table = CSVTable(columns: [
            .init("phase", .integer, "From 1"),
            .init("starts", .date, "First day; gates come before dates"),
            .init("season", .string, "Season that the phase falls into"),
            .init("base_id", .string, "Base that the mission leaves; empty: none in this phase"),
            .init("name", .string, "Its name"),
            .init("action", .string, "hand-over, or close"),
            .init("host_unit", .string, "Unit that takes over"),
            .init("gates_needed_by", .date, "Day on which the evidence must hold"),
            .init("coverage_before", .number, decimals: 1, "People covered before the phase, those under a host by its readiness"),
            .init("coverage_after", .number, decimals: 1, "The same in the phase"),
            .init("worst_sector", .string, "Sector or seam that keeps the least"),
            .init("worst_sector_share", .number, decimals: 4, "Share of today's cover that it keeps"),
            .init("note", .string, "What to mind"),
            Edition.column,
        ])
        for outcome in schedule.result.outcomes {
            let phase = schedule.section.phases[outcome.phase]
            let leaving: [(Int?, String?)] =
                outcome.handedOver.map { ($0, "hand-over") } + outcome.closed.map { ($0, "close") }
            for (base, action) in leaving.isEmpty ? [(nil, nil)] : leaving {
                table.append([
                    .integer(outcome.phase + 1), .date(phase.starts),
                    .text(phase.season.rawValue), .optional(base.map { model.bases[$0].id }),
                    .optional(base.map { model.bases[$0].name }), .optional(action),
                    .optional(base.flatMap { hostUnit($0) }),
                    base == nil ? .missing : .date(phase.starts), .number(outcome.coverageBefore),
                    .number(outcome.coverageAfter),
                    .optional(outcome.worstGroup.map { schedule.groupNames[$0] }),
                    .optional(outcome.worstShare), .optional(note(base, outcome.phase)),
                    edition.cell,
                ])
            }
        }
        return table
    }

    private func hostUnit(_ base: Int) -> String? {
        transfer.evidence.bases[base][.hostUnit]?.value.description
    }

    private func note(_ base: Int?, _ phase: Int) -> String? {
        guard let base else { return "No base leaves." }
        let row = transfer.rows[base]
        var parts: [String] = []
        if row.verdict == .transferReady { parts.append("All gates pass today; check again then.") }
        if let date = row.flip?.changes.first?.reachedOn, row.verdict != .transferReady {
            parts.append("Co-location is long enough from \(date).")
        }
        if !row.dependants.isEmpty {
            parts.append("Supplies \(row.dependants.joined(separator: ", ")).")
        }
        return parts.isEmpty ? nil : parts.joined(separator: " ")
    }

    /// After-handover watch, as rows of an early-warning form.
    func watchList() -> CSVTable {
        var table = CSVTable(
            columns: WatchListRow.columns.map {
                ColumnDescription($0, .string, "Early-warning form: \($0)")
            } + [Edition.column])
        for (base, row) in transfer.rows.enumerated() {
            guard let phase = schedule.phase(of: base) else { continue }
            for watch in row.watchList(handoverDate: schedule.section.phases[phase].starts) {
                table.append(
                    watch.fields.map { $0.isEmpty ? Cell.missing : .text($0) } + [edition.cell])
            }
        }
        return table
    }

    /// What is on paper and agreed, and what is missing, for every base.
    func checklist() -> CSVTable {
        var table = CSVTable(columns: [
            .init("base_id", .string, "Base"), .init("gate", .string, "Gate"),
            .init("task", .string, "What is to be done"),
            .init("state", .string, "pass: done; fail: missing; unknown: find out"),
            .init("value", .string, "On record"), .init("as_of", .date, "Of the record"),
            Edition.column,
        ])
        for row in transfer.rows {
            for check in row.handoverChecklist {
                table.append([
                    .text(row.identity.id), .text(check.gate.code), .text(check.task),
                    .text(check.state.rawValue), .text(check.value), .optional(check.asOf),
                    edition.cell,
                ])
            }
        }
        return table
    }

    /// Value, bound and gap, with what the plan breaks where it must.
    func summary(_ caption: RunCaption) -> JSONValue {
        let result = schedule.result
        let plan = zip(model.bases, result.plan.decisions).map { base, decision in
            JSONValue.object(
                [
                    JSONMember("base", .string(base.id)),
                    JSONMember("action", .string(decision.action.rawValue)),
                ] + (decision.phase.map { [JSONMember("phase", .integer($0 + 1))] } ?? []))
        }
        var members = [
            JSONMember("status", .string(result.status.rawValue)),
            JSONMember("solver", .string(result.solver)),
            JSONMember("value", .number(result.value)),
            JSONMember("bound", Self.finite(result.bound)),
            JSONMember("gap", Self.finite(result.gap)),
            JSONMember("nodes", .integer(result.nodes)),
            JSONMember("lp_constant", .number(schedule.programConstant)),
            JSONMember("plan", .array(plan)),
            JSONMember("broken_rules", .array(schedule.brokenRules.map { .string($0) })),
            JSONMember(
                "slack",
                .array(result.missedFloors.map { violation in
                    .object([
                        JSONMember(
                            "text",
                            .string(
                                violation.text(
                                    bases: model.bases.map(\.id), groups: schedule.groupNames))),
                        JSONMember("amount", .number(violation.amount)),
                    ])
                })), edition.member,
        ]
        if caption.isSynthetic { members.append(JSONMember("synthetic", .bool(true))) }
        return .object(members)
    }

    private static func finite(_ value: Double?) -> JSONValue {
        guard let value, value.isFinite else { return .null }
        return .number(value)
    }
}
