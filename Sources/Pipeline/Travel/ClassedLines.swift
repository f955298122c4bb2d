import Diagnostics
import Geo
import GridCore

/// Lines of one class, such as a main road.
struct ClassedLines: Sendable {
    var className: String
    /// Longitude and latitude, WGS 84.
    var lines: [[Coordinate]]

    /// Reads and checks the lines of a file; nil after a report.
    static func load(
        _ section: TravelLinesConfiguration, _ log: inout ProblemLog
    ) -> [ClassedLines]? {
        guard
            let layer = log.attempt({
                try VectorSource.layer(of: section.file, named: section.layer, crs: section.crs)
            })
        else { return nil }
        guard layer.info.hasField(section.classField) else {
            let fields = layer.info.fields.map(\.name)
            let near = NearNames.near(section.classField, among: fields, limit: 1).first
            log.add(
                PipelineError(
                    .missingColumn, at: Place(file: section.file.written),
                    "has no attribute \"\(section.classField)\" (found \(fields.joined(separator: ", ")))",
                    mend: near.map { "Did you mean \"\($0)\"? Correct `class` in the pipeline file" }
                        ?? "Name the attribute with the class as `class` in the pipeline file"))
            return nil
        }
        for problem in layer.problems { log.add(problem) }
        var result: [ClassedLines] = []
        for feature in layer.features {
            let place = Place(file: section.file.written, feature: feature.id)
            guard case .lines(let lines) = feature.geometry else {
                log.add(
                    PipelineError(
                        .wrongGeometry, at: place, "is not a line",
                        mend: "Give lines, or remove the feature"))
                continue
            }
            guard let name = feature.text(section.classField) else {
                log.add(
                    PipelineError(
                        .missingColumn, at: place,
                        "has no value for \"\(section.classField)\" (expected a class of the table "
                            + "of speeds)",
                        mend: "Give the line its class"))
                continue
            }
            result.append(ClassedLines(className: name, lines: lines))
        }
        return result
    }
}
