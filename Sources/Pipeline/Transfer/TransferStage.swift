import Bases
import Diagnostics
import GridCore
import Tables

/// Publishes which bases can be handed over, kept or closed, why, and in
/// which order.
struct TransferStage {
    let transfer: TransferStudy
    let schedule: TransferSchedule?
    let profile: TravelProfileChoice
    let edition: Edition
    let caption: RunCaption
    let pictures: TravelPictures

    private var model: TravelModel { transfer.model }
    private var study: TravelStudy { transfer.study }

    init(
        _ study: TravelStudy, _ configuration: PipelineConfiguration,
        _ section: TransferConfiguration, edition: Edition, caption: RunCaption,
        pictures: TravelPictures
    ) throws {
        let transfer = try TransferStudy(study, configuration, section)
        self.transfer = transfer
        schedule = try section.schedule.map {
            try TransferSchedule(transfer, $0, section.profile)
        }
        profile = section.profile
        self.edition = edition
        self.caption = caption
        self.pictures = pictures
    }

    func write(to sink: OutputSink) throws {
        let note = "\(edition.note) As of \(caption.asOf)."
            + (caption.isSynthetic ? " Synthetic data." : "")
        try sink.write(
            summaryTable(), to: "transfer/summary.csv", title: "Verdicts in numbers",
            description: note, sources: [])
        // Rounded too, a sector that loses people in a phase would tell which
        // base leaves it.
        if schedule != nil, !edition.isPublic {
            try sink.write(
                coverageTable(), to: "transfer/sector_outlook.csv",
                title: "People covered in each sector, phase by phase", description: note,
                sources: [])
        }
        guard !edition.isPublic else { return }
        let tables = TransferTables(
            transfer: transfer, schedule: schedule, edition: edition, caption: caption)
        let (bases, features) = tables.bases()
        try sink.write(
            bases, to: "transfer/base_transfer.csv", title: "Bases: losses, gates and verdicts",
            description: note, sources: [])
        try sink.write(
            try GeoJSONWriter().utf8(features, members: [edition.member]),
            to: "transfer/base_transfer.geojson",
            title: "Bases: losses, gates and verdicts", mediaType: MediaType.geoJSON)
        try sink.write(
            tables.stability(), to: "transfer/rank_stability.csv",
            title: "How far weights can move with the same first ranks", description: note,
            sources: [])
        let losses = LossTables(study: study, profile: profile, edition: edition)
        try sink.write(
            try losses.settlements(), to: "transfer/settlement_losses.csv",
            title: "Settlements that lose cover or backup, for each base", description: note,
            sources: [])
        try sink.write(
            try losses.pairs(), to: "transfer/closure_pairs.csv",
            title: "Pairs of closures that open a hole together", description: note, sources: [])
        try sink.write(
            try GeoJSONWriter().utf8(routes(), members: [edition.member]),
            to: "transfer/supply_routes.geojson",
            title: "Supply routes", mediaType: MediaType.geoJSON)
        try writePictures(to: sink)
        if let schedule { try write(schedule, note, to: sink) }
    }

    private func writePictures(to sink: OutputSink) throws {
        let drawn = TransferPictures(
            transfer: transfer, schedule: schedule, pictures: pictures,
            dry: try study.analysis(.dry, profile), wet: try study.analysis(.wet, profile))
        try sink.write(
            try drawn.map(), to: "transfer/transfer_map.png", title: "Map of the transfer",
            mediaType: MediaType.png)
        if let sheet = try drawn.sheet() {
            try sink.write(
                sheet, to: "transfer/schedule.png", title: "Phased schedule",
                mediaType: MediaType.png)
        }
    }

    private func write(_ schedule: TransferSchedule, _ note: String, to sink: OutputSink) throws {
        let tables = ScheduleTables(schedule: schedule, edition: edition)
        try sink.write(
            tables.phases(), to: "transfer/schedule.csv", title: "Phased schedule",
            description: note, sources: [])
        try sink.write(
            tables.watchList(), to: "transfer/watchlist.csv",
            title: "What to watch after each handover", description: note, sources: [])
        try sink.write(
            tables.checklist(), to: "transfer/handover_checklist.csv",
            title: "What is to be agreed before a handover", description: note, sources: [])
        try sink.write(
            tables.summary(caption).utf8(.pretty), to: "transfer/schedule_summary.json",
            title: "Value, bound and gap of the schedule", mediaType: MediaType.json)
        let plan = PlanFile(
            edition: edition, synthetic: caption.isSynthetic, bases: model.bases.map(\.id),
            groups: schedule.groupNames, problem: schedule.problem, plan: schedule.result.plan)
        try sink.write(
            try plan.utf8(), to: "transfer/schedule_plan.json",
            title: "The schedule with all its rules, for `jilaal check-plan`",
            mediaType: MediaType.json)
        // Nothing marks text for a solver but a comment at its head.
        try sink.write(
            Array(("\\ edition: \(edition.choice.rawValue)\n" + schedule.program).utf8),
            to: "transfer/schedule.lp", title: "The schedule as a CPLEX-LP file, for any solver",
            mediaType: "text/plain")
    }

    private func routes() -> [GeoJSONFeature] {
        zip(transfer.supply.paths, transfer.rows).enumerated().compactMap { index, pair in
            let (path, row) = pair
            guard path.coordinates.count > 1 else { return nil }
            let months = row.cutOffMonths.map(String.init).joined(separator: " ")
            func number(_ value: Double?, _ decimals: Int) -> JSONValue {
                value.flatMap { $0.isFinite ? JSONValue.rounded($0, decimals: decimals) : nil } ?? .null
            }
            return GeoJSONFeature(
                id: row.identity.id, geometry: .line(path.coordinates),
                properties: [
                    JSONMember("base_id", .string(row.identity.id)),
                    JSONMember(
                        "hub", path.hub.map { .string(model.movement.hubs[$0].id) } ?? .null),
                    JSONMember("route_km", number(row.supply.kilometers, 1)),
                    JSONMember("route_min_dry", number(path.minutes.dry, 1)),
                    JSONMember("route_min_wet", number(path.minutes.wet, 1)),
                    JSONMember("route_min_flood", number(path.minutes.flood, 1)),
                    JSONMember("exposure", number(row.supply.exposure, 4)),
                    JSONMember("single_route", row.supply.isSingleRoute.map { .bool($0) } ?? .null),
                    JSONMember("cut_off_months", .string(months)), edition.member,
                ] + (caption.isSynthetic ? [JSONMember("synthetic", .bool(true))] : []))
        }
    }

    // MARK: Both editions

    /// Verdicts of all bases together: of single sectors they would tell of
    /// single bases.
    private func summaryTable() -> CSVTable {
        var table = CSVTable(columns: [
            .init("verdict", .string, "See docs/transfer.md"),
            .init("bases", .integer, "How many bases have it, over the whole mission"),
            Edition.column,
        ])
        for verdict in Verdict.allCases {
            let count = transfer.rows.count { $0.verdict == verdict }
            table.append([.text(verdict.rawValue), .integer(count), edition.cell])
        }
        return table
    }

    private func coverageTable() -> CSVTable {
        var table = CSVTable(columns: [
            .init("sector_id", .string, "Identifier of the sector"),
            .init("name", .string, "Name of the sector"),
            .init("phase", .integer, "0: today"),
            .init(
                "pop_covered", .number, unit: "persons", decimals: 0,
                "People within reach, those under a host unit by its readiness"),
            .init("share_of_today", .number, decimals: 4, "Of the people covered today"),
            Edition.column,
        ])
        guard let schedule else { return table }
        let before = PlanChecker(schedule.problem)
            .groupCoverage(of: schedule.result.plan, inPhase: nil)
        for (index, zone) in model.inputs.sectors.zones.enumerated() {
            let phases = [(before[index], 1.0)]
                + schedule.result.outcomes.map { ($0.groupCoverage[index], $0.groupShares[index]) }
            for (phase, figures) in phases.enumerated() {
                table.append([
                    .text(zone.id), .text(zone.name), .integer(phase),
                    edition.people(figures.0), edition.share(figures.1), edition.cell,
                ])
            }
        }
        return table
    }

    var warnings: [Warning] {
        var warnings = transfer.warnings(edition)
        if let schedule, schedule.result.status == .floorsMissed {
            warnings.append(
                Warning(
                    "floors-missed",
                    "no schedule meets all floors; the one that falls short the least is given"
                        + (edition.isPublic
                            ? "" : ": " + schedule.brokenRules.prefix(5).joined(separator: " "))))
        }
        if let schedule, [.rulesContradict, .notFound].contains(schedule.result.status) {
            warnings.append(
                Warning(
                    "no-schedule",
                    "no schedule obeys all rules"
                        + (edition.isPublic
                            ? "" : ": " + schedule.brokenRules.prefix(5).joined(separator: " "))))
        }
        let routeless = transfer.supply.paths.count { $0.hub == nil }
        if routeless > 0, !model.movement.hubs.isEmpty {
            warnings.append(
                Warning(
                    "no-supply-route",
                    "\(routeless) bases are reached from no hub; their exposure is not known"))
        }
        return warnings
    }

    var summary: [String] {
        var counts: [String] = []
        for verdict in Verdict.allCases {
            let count = transfer.rows.count { $0.verdict == verdict }
            if count > 0 { counts.append("\(count) \(verdict.rawValue)") }
        }
        var lines = ["Transfer: " + counts.joined(separator: ", ")]
        guard let schedule, !edition.isPublic else { return lines }
        let result = schedule.result
        let leaving = model.bases.indices.compactMap { index in
            schedule.phase(of: index).map { (index, $0) }
        }.sorted { ($0.1, $0.0) < ($1.1, $1.0) }
        let names = leaving.map { "\(model.bases[$0.0].id) in phase \($0.1 + 1)" }
        lines.append(
            "Schedule (\(result.status.rawValue)): "
                + (names.isEmpty ? "no base leaves" : names.joined(separator: ", ")))
        if let gap = result.gap, let bound = result.bound, bound.isFinite {
            lines.append(
                "It protects \(Int(result.value.rounded())) person phases, and no plan can exceed "
                    + "\(Int(bound.rounded())) (gap \(Decimal.text((gap * 1000).rounded() / 10)) %)")
        }
        let broken = schedule.brokenRules
        lines += broken.prefix(5)
        if broken.count > 5 {
            lines.append("and \(broken.count - 5) more (transfer/schedule_summary.json)")
        }
        return lines
    }

    var counts: [StageRecord.Count] { [.init(name: "bases", value: model.bases.count)] }
}
