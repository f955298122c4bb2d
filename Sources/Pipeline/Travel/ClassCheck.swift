import Diagnostics
import GridCore

/// Whether the classes of lines, crossings and multipliers are those of the
/// table of speeds: a class that nobody knows would change travel times
/// silently.
struct ClassCheck {
    let section: TravelConfiguration
    let speeds: [SpeedRecord]

    /// Classes of roads, and of rivers and crossings with all ferries; each
    /// is a byte of a raster.
    private static let mostClasses = 255

    func check(
        _ roads: [ClassedLines], _ rivers: [ClassedLines], _ crossings: [CrossingRecord],
        _ log: inout ProblemLog
    ) {
        checkLandCover(&log)
        // Without speeds their own problem has been told.
        guard !speeds.isEmpty else { return }
        check(roads, of: .road, section.roads, &log)
        check(rivers, of: .river, section.rivers, &log)
        for factor in section.multipliers {
            guard let name = factor.className, !classes(of: factor.layer).contains(name) else {
                continue
            }
            let advice = advice(name, factor.layer)
            log.add(
                PipelineError(
                    .unknownClass, at: Place(field: "travel.multipliers"),
                    "name a class of \(factor.layer.rawValue) that the table of speeds does not have "
                        + "(found \"\(name)\", expected \(advice.expected))", mend: advice.mend))
        }
        let ferries = crossings.count { $0.kind == .ferry }
        let counts = [
            ("roads", classes(of: .road).count, section.speeds),
            (
                "rivers, crossings and ferries",
                classes(of: .river).count + classes(of: .crossing).count + ferries,
                ferries > 0 ? section.crossings ?? section.speeds : section.speeds
            ),
        ]
        for (what, count, file) in counts where count > Self.mostClasses {
            log.add(
                PipelineError(
                    .badValue, at: Place(file: file.written),
                    "has too many classes of \(what) (found \(count), expected at most "
                        + "\(Self.mostClasses))", mend: "Join classes of the same speed"))
        }
    }

    private func checkLandCover(_ log: inout ProblemLog) {
        for record in speeds where record.layer == .landCover && Int16(record.className) == nil {
            log.add(
                PipelineError(
                    .badValue,
                    at: Place(file: section.speeds.written, line: record.row, field: "class"),
                    "is no code of land cover (found \"\(record.className)\", expected a whole number "
                        + "such as 40)", mend: "Write the number that the raster has"))
        }
    }

    private func check(
        _ lines: [ClassedLines], of layer: SpeedLayerChoice, _ file: TravelLinesConfiguration?,
        _ log: inout ProblemLog
    ) {
        guard let file else { return }
        let known = classes(of: layer)
        let counts = Dictionary(lines.map { ($0.className, 1) }, uniquingKeysWith: +)
        for (name, count) in counts.sorted(by: { $0.key < $1.key }) where !known.contains(name) {
            let advice = advice(name, layer)
            log.add(
                PipelineError(
                    .unknownClass, at: Place(file: file.file.written, field: file.classField),
                    "is a class that the table of speeds does not have (found \"\(name)\" in "
                        + "\(count) line\(count == 1 ? "" : "s"), expected \(advice.expected))",
                    mend: advice.mend))
        }
    }

    private func classes(of layer: SpeedLayerChoice) -> [String] {
        speeds.filter { $0.layer == layer }.map(\.className)
    }

    private func advice(
        _ name: String, _ layer: SpeedLayerChoice
    ) -> (expected: String, mend: String) {
        let known = classes(of: layer)
        let near = NearNames.near(name, among: known, limit: 1).first
        return (
            known.isEmpty ? "one that has a row of layer \(layer.rawValue)" : known.joined(separator: ", "),
            near.map { "Did you mean \"\($0)\"?" }
                ?? "Add a row of layer \(layer.rawValue) to \(section.speeds.written), or correct the class"
        )
    }
}
