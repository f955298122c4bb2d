import Diagnostics
import Foundation
import Products
import Tables

/// What `jilaal hotspots` is asked for, as a pipeline file.
///
/// The command is nothing but a shorter way to write one: the text is read
/// like any other, and may be printed, kept and changed.
public struct HotspotRequest: Sendable {
    /// Table of events.
    public var events: String
    /// acled, ucdp-ged or mapped; nil: told by the columns.
    public var source: String?
    /// With source mapped: role and column, such as `date=day`.
    public var columns: [(role: String, column: String)] = []
    /// Zones of a file, with the attribute of their identifier; nil: a
    /// rectangle around the events.
    public var zones: (file: String, id: String)?
    /// Of `incidents`: keys and values as in a pipeline file.
    public var incidents: [(key: String, value: String)] = []
    /// Of `hotspots`, with dots between levels, such as `gistar.radius`.
    public var hotspots: [(key: String, value: String)] = []
    /// Sections of `hotspots` that are computed with their defaults.
    public var sections: [String] = []

    public init(events: String) { self.events = events }

    /// Sections that `sections` may name.
    public static let sectionNames = ["robustness", "moran", "cube", "scan", "near_repeat"]

    /// The pipeline file, as JSON, which is YAML.
    ///
    /// - Throws: `GeoError` or `FailureList` when the table has to be looked
    ///   at to tell its layout and cannot be read; `PipelineError` when it is
    ///   of no known layout.
    public func document() throws -> JSONValue {
        var members: [JSONMember] = [.init("version", 1), .init("name", "Hotspots of violence")]
        if let zones {
            members.append(
                .init("sectors", ["file": .string(zones.file), "id": .string(zones.id)]))
        } else {
            members.append(.init("area", "incidents"))
        }
        var source: [JSONMember] = [
            .init("source", .string(try layout())), .init("file", .string(events)),
        ]
        if !columns.isEmpty {
            source.append(
                .init(
                    "columns",
                    .object(columns.map { JSONMember($0.role, .string($0.column)) })))
        }
        members.append(
            .init(
                "incidents",
                .object(
                    [JSONMember("sources", [.object(source)])]
                        + incidents.map { JSONMember($0.key, .string($0.value)) })))
        members.append(.init("hotspots", section))
        return .object(members)
    }

    private var section: JSONValue {
        var top: [JSONMember] = []
        var groups: [(name: String, members: [JSONMember])] = sections.map { ($0, []) }
        for (key, value) in hotspots {
            let parts = key.split(separator: ".", maxSplits: 1).map(String.init)
            let member = JSONMember(parts.last ?? key, Self.scalar(value))
            guard parts.count == 2 else {
                top.append(member)
                continue
            }
            if let index = groups.firstIndex(where: { $0.name == parts[0] }) {
                groups[index].members.append(member)
            } else {
                groups.append((parts[0], [member]))
            }
        }
        return .object(top + groups.map { JSONMember($0.name, .object($0.members)) })
    }

    /// Numbers are written as numbers, and yes as a boolean.
    private static func scalar(_ text: String) -> JSONValue {
        if let number = Int(text) { return .integer(number) }
        return text == "true" ? .bool(true) : .string(text)
    }

    private func layout() throws -> String {
        if let source { return source }
        if !columns.isEmpty { return "mapped" }
        let path = events.hasPrefix("/") ? events : WorkingDirectory.path + "/" + events
        let file = ConfiguredPath(written: events, path: path)
        let table = try TableInput.records(of: file, layer: nil, crs: nil)
        if let match = EventProfile.matches(columns: table.columns) {
            return match.profile.id.rawValue
        }
        throw PipelineError(
            .missingColumn, at: Place(file: events),
            "is a table of no known layout (found the columns "
                + "\(table.columns.map { TerminalText.sanitized($0) }.joined(separator: ", ")); expected "
                + "those of ACLED or UCDP GED)",
            mend: "Name its columns: --columns date=DAY,longitude=LON,latitude=LAT")
    }

    /// The request as a pipeline file that was read and checked.
    ///
    /// - Throws: all problems, by the keys and the flags that they are about;
    ///   see `document()`.
    public func file(environment: [String: String]) throws -> PipelineFile {
        let bytes = Array(try document().text().utf8)
        do throws(FailureList) {
            return try PipelineFile(
                name: "jilaal hotspots", bytes: bytes, folder: WorkingDirectory.path,
                environment: environment)
        } catch {
            throw FailureList(error.failures.map(Self.byFlag))
        }
    }

    /// Flags by the keys that they write.
    private static let flags = [
        "hotspots.cell": "--cell", "hotspots.window": "--window", "hotspots.weight": "--weight",
        "hotspots.confidence": "--confidence", "hotspots.density.radius": "--density-radius",
        "hotspots.density.half_life": "--half-life", "hotspots.density.edge": "--edge",
        "hotspots.density.adaptive": "--adaptive", "hotspots.density.bandwidth": "--bandwidth",
        "hotspots.gistar.radius": "--radius",
        "hotspots.gistar.correction": "--correction",
        "hotspots.gistar.significance": "--significance", "incidents.preset": "--preset",
        "incidents.precision": "--precision", "hotspots.cube.step": "--step",
        "hotspots.cube.steps": "--steps",
    ]

    private static func byFlag(_ problem: any Diagnostic) -> any Diagnostic {
        guard let error = problem as? ConfigurationError else { return problem }
        return error.byFlag(error.place.field.flatMap { flags[$0] })
    }
}
