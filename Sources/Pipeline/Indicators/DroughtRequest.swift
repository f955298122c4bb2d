import Calendar
import Diagnostics
import Foundation
import Tables

/// What `jilaal drought` is asked for, as a pipeline file.
///
/// The command is nothing but a shorter way to write one: the text is read
/// like any other, and may be printed, kept and changed.
public struct DroughtRequest: Sendable {
    /// A stack of rasters by flags.
    public struct Stack: Sendable {
        /// A folder, a pattern of files, or one file with many bands.
        public var path: String
        public var product: String
        /// With product custom: what the profile would say.
        public var layer: String?
        public var dates: String?
        public var scale: Double?
        public var offset: Double?
        public var fill: [Double]
        /// In place of a wrong or missing one.
        public var crs: String?

        public init(
            path: String, product: String, layer: String? = nil, dates: String? = nil,
            scale: Double? = nil, offset: Double? = nil, fill: [Double] = [], crs: String? = nil
        ) {
            self.path = path
            self.product = product
            self.layer = layer
            self.dates = dates
            self.scale = scale
            self.offset = offset
            self.fill = fill
            self.crs = crs
        }
    }

    public var name: String
    public var vegetation: Stack
    public var temperature: Stack?
    public var rain: Stack?
    public var periods: String?
    public var baseline: String
    public var minimumYears: Int?
    public var indicators: [String]
    public var isSmoothed: Bool
    public var parity: String?
    public var classes: String?
    /// Zones of a file, with the column of their identifier.
    public var zones: (file: String, id: String)?

    public init(vegetation: Stack, baseline: String, indicators: [String]) {
        name = "Drought indicators"
        self.vegetation = vegetation
        self.baseline = baseline
        self.indicators = indicators
        isSmoothed = false
    }

    /// The pipeline file, as JSON, which is YAML.
    public var document: JSONValue {
        var drought: [JSONMember] = [.init("ndvi", Self.stack(vegetation))]
        if let temperature { drought.append(.init("lst", Self.stack(temperature))) }
        if let rain { drought.append(.init("rain", Self.stack(rain))) }
        if let periods { drought.append(.init("periods", .string(periods))) }
        drought.append(.init("baseline", .string(baseline)))
        if let minimumYears { drought.append(.init("minimum_years", .integer(minimumYears))) }
        if let classes { drought.append(.init("classes", .string(classes))) }
        if !indicators.isEmpty {
            var section: [JSONMember] = [
                .init("compute", .array(indicators.map(JSONValue.string)))
            ]
            if isSmoothed { section.append(.init("series", "smoothed")) }
            if let parity { section.append(.init("parity", .string(parity))) }
            drought.append(.init("indicators", .object(section)))
        }
        var members: [JSONMember] = [.init("version", 1), .init("name", .string(name))]
        if let zones {
            members.append(
                .init("sectors", ["file": .string(zones.file), "id": .string(zones.id)]))
        }
        members.append(.init("drought", .object(drought)))
        return .object(members)
    }

    private static func stack(_ stack: Stack) -> JSONValue {
        var members: [JSONMember] = [.init("product", .string(stack.product))]
        let source = RasterFolder.source(of: stack.path, product: stack.product)
        members.append(.init(source.isPattern ? "files" : "file", .string(source.path)))
        if let layer = stack.layer { members.append(.init("layer", .string(layer))) }
        if let dates = stack.dates { members.append(.init("dates", .string(dates))) }
        if let scale = stack.scale { members.append(.init("scale", .number(scale))) }
        if let offset = stack.offset { members.append(.init("offset", .number(offset))) }
        if !stack.fill.isEmpty {
            members.append(.init("fill", .array(stack.fill.map(JSONValue.number))))
        }
        if let crs = stack.crs { members.append(.init("crs", .string(crs))) }
        return .object(members)
    }

    /// The request as a pipeline file that was read and checked.
    ///
    /// - Throws: all problems, by the keys and the flags that they are about.
    public func file(environment: [String: String], products: [String]) throws -> PipelineFile {
        do throws(FailureList) {
            return try PipelineFile(
                name: "jilaal drought", bytes: Array(document.text().utf8),
                folder: WorkingDirectory.path, environment: environment, products: products)
        } catch {
            throw FailureList(error.failures.map(Self.byFlag))
        }
    }

    /// Keys of the vegetation's section and of `drought` that are flags.
    private static let flags = [
        "product", "baseline", "indicators", "parity", "periods", "minimum_years", "classes", "layer",
        "dates", "scale", "offset", "fill", "crs", "lst", "rain",
    ]

    private static func byFlag(_ problem: any Diagnostic) -> any Diagnostic {
        guard let error = problem as? ConfigurationError else { return problem }
        let last = error.place.field?.split(separator: ".").last.map(String.init) ?? ""
        // Of a missing key the place is the section.
        let named = flags.first { error.cause.contains("the key \"\($0)\"") }
        let key = named ?? flags.first(where: { $0 == last })
        return error.byFlag(key.map { "--" + $0.replacing("_", with: "-") })
    }
}
