import Bases
import Foundation
import GridCore
import Report
import Tables

extension WhatIfResult {
    /// The question, in a sentence; the public edition has neither names nor
    /// places.
    private var question: String {
        guard !edition.isPublic else { return publicQuestion }
        let names = closed.map { model.bases[$0].id }
        var parts: [String] = []
        if !names.isEmpty {
            parts.append(
                "\(names.joined(separator: " and ")) close" + (names.count == 1 ? "s" : ""))
        }
        for base in opened {
            let place = base.coordinate
            parts.append(
                "a base opens at \(Decimal.text(place.longitude)), \(Decimal.text(place.latitude))")
        }
        return "What if " + parts.joined(separator: " and ") + "?"
    }

    private var publicQuestion: String {
        let parts = [(closed.count, "close"), (opened.count, "open")].filter { $0.0 > 0 }.map {
            $0.0 == 1 ? "a base \($0.1)s" : "\($0.0) bases \($0.1)"
        }
        return "What if " + parts.joined(separator: " and ") + "?"
    }

    /// For a person, at the terminal.
    public var lines: [String] {
        let limit = model.mainLimit
        var lines = [question]
        if caption.isSynthetic { lines.append("SYNTHETIC DATA: an invented country") }
        if edition.isPublic { lines.append(edition.note) }
        for (index, (old, new)) in zip(before, after).enumerated() {
            lines.append(
                "Within \(model.coverage.limits[limit]), \(old.scene.season.rawValue) season, "
                    + "\(profile.rawValue) profile:")
            let zones = model.inputs.sectors.zones.map(\.name) + ["all"]
            let width = zones.map(\.count).max() ?? 0
            let pairs = zip(
                old.report.sectors + [old.report.total], new.report.sectors + [new.report.total])
            for (name, pair) in zip(zones, pairs) {
                let change = pair.1.limits[limit].covered.people - pair.0.limits[limit].covered.people
                lines.append(
                    "  " + name + String(repeating: " ", count: width - name.count + 2)
                        + "\(percent(pair.0.share(limit))) -> \(percent(pair.1.share(limit))) of people"
                        + ", \(people(change)), nine tenths within \(minutes(pair.0.response.p90)) -> "
                        + minutes(pair.1.response.p90))
            }
            if !edition.isPublic {
                lines += settlementLines(index)
                let gaps = [old, new].map {
                    $0.seams.once[limit].gap.hotspotSquareMeters / 1e6
                }
                if model.hotspotSquareMeters != nil {
                    lines.append(
                        "  Seams: \(Int(gaps[0].rounded())) -> \(Int(gaps[1].rounded())) km2 of "
                            + "hotspots near borders between sectors that neither side reaches")
                }
            }
        }
        if !edition.isPublic {
            lines.append(CivilianLedOptions.preface)
            lines.append(CivilianLedOptions.line)
        }
        return lines.map { TerminalText.sanitized($0) }
    }

    private func settlementLines(_ season: Int) -> [String] {
        let changed = changedSettlements(season)
        return [(true, "lose their last cover"), (false, "gain cover")].flatMap { lost, text in
            let list = changed.filter { $0.wasCovered == lost }
            guard !list.isEmpty else { return [String]() }
            let names = list.prefix(5).map { change in
                let record = model.inputs.settlements[change.index]
                let size = record.population.map { "\($0) people, " } ?? ""
                return "\(record.name) (\(size)\(minutes(change.before)) -> \(minutes(change.after)))"
            }
            let more = list.count > 5 ? "; and \(list.count - 5) more" : ""
            return ["  \(list.count) settlements \(text): " + names.joined(separator: "; ") + more]
        }
    }

    private func percent(_ share: Double?) -> String {
        guard let share else { return "nobody" }
        let step = Edition.Step.share
        let shown = edition.isPublic ? (share / step).rounded() * step : share
        return "\(Int((shown * 100).rounded())) %"
    }

    private func people(_ change: Double) -> String {
        let step = edition.isPublic ? Edition.Step.people : 1
        let number = Int(((change / step).rounded() * step))
        return number == 0 ? "no change" : (number > 0 ? "+" : "") + "\(number) people"
    }

    private func minutes(_ value: Double?) -> String {
        guard let value else { return "no one" }
        guard value.isFinite else { return "unreachable" }
        let step = edition.isPublic ? Edition.Step.minutes : 1
        return "\(Int((value / step).rounded() * step)) min"
    }

    /// One object with everything that the edition may say.
    public var json: JSONValue {
        var members = [
            JSONMember("question", .string(question)), edition.member,
            JSONMember("sectors", TableJSON.rows(of: sectors)),
        ]
        if !edition.isPublic {
            members.append(
                JSONMember("settlements", TableJSON.rows(of: settlementTable.table)))
        }
        if caption.isSynthetic { members.append(JSONMember("synthetic", .bool(true))) }
        return .object(members)
    }

    /// The map of the wet season; restricted only.
    func map() throws -> [UInt8] {
        let season = before.count - 1
        let (old, new) = (before[season], after[season])
        let minutes = model.limits[model.mainLimit]
        var map = WhatIfMap(
            caption: pictures.mapCaption(
                question,
                ["\(old.scene.season.rawValue.capitalized) season, within "
                    + "\(model.coverage.limits[model.mainLimit]) of travel."]),
            ground: pictures.ground())
        map.settlements = settlements(season).map { change in
            let record = model.inputs.settlements[change.index]
            return WhatIfMap.Settlement(
                place: MapGround.Settlement(
                    name: record.name, position: record.coordinate,
                    people: record.population.map { Double($0) }),
                change: change.wasCovered
                    ? (change.isCovered ? .kept : .lost) : (change.isCovered ? .gained : .never))
        }
        map.bases = model.bases.enumerated().map { index, base in
            .init(
                id: base.id, position: base.coordinate,
                role: closed.contains(index) ? .closed : .unchanged)
        } + opened.map { .init(id: $0.id, position: $0.coordinate, role: .opened) }
        map.cells = ClassRaster(
            try TravelPictures.onMap(model.spec) { cell in
                if model.people[cell] <= 0 { return 5 }
                let was = old.scene.times.firstMinutes[cell] <= minutes
                let stays = new.scene.times.firstMinutes[cell] <= minutes
                return was ? (stays ? 3 : 1) : (stays ? 2 : 4)
            }, table: .coverChange)
        map.figures = figures(old.report, new.report)
        return try map.pngBytes()
    }

    private func figures(_ old: CoverageReport, _ new: CoverageReport) -> [WhatIfMap.Figure] {
        let limit = model.mainLimit
        let names = model.inputs.sectors.zones.map(\.name) + ["All"]
        return zip(names, zip(old.sectors + [old.total], new.sectors + [new.total])).map {
            name, pair in
            let change = pair.1.limits[limit].covered.people - pair.0.limits[limit].covered.people
            return WhatIfMap.Figure(
                name: name, before: percent(pair.0.share(limit)),
                after: percent(pair.1.share(limit)),
                change: people(change).replacingOccurrences(of: " people", with: ""))
        }
    }
}
