/// Where in the user's material a problem was found.
///
/// Every part is optional; `description` prints only those that are set, as
/// `events.csv:1204: column "latitude"`.
public struct Place: Hashable, Sendable, Codable, CustomStringConvertible {
    /// Path or name of the file, as the user wrote it.
    public var file: String?
    /// 1-based line (text files) or record.
    public var line: Int?
    /// 1-based column of the character in the line.
    public var column: Int?
    /// Name of the field, attribute, YAML path or layer.
    public var field: String?
    /// 1-based band of a raster.
    public var band: Int?
    /// Identifier of a feature in a vector layer.
    public var feature: String?

    public init(
        file: String? = nil, line: Int? = nil, column: Int? = nil, field: String? = nil,
        band: Int? = nil, feature: String? = nil
    ) {
        self.file = file
        self.line = line
        self.column = column
        self.field = field
        self.band = band
        self.feature = feature
    }

    public var description: String {
        var position = file ?? ""
        if let line { position += position.isEmpty ? "line \(line)" : ":\(line)" }
        if let column, line != nil { position += ":\(column)" }
        var parts = position.isEmpty ? [] : [position]
        if let band { parts.append("band \(band)") }
        if let feature { parts.append("feature \(feature)") }
        if let field { parts.append(field) }
        return parts.joined(separator: ": ")
    }
}
