import Diagnostics
import Products
import Tables

/// Which column of one table has which role, and where positions come from.
struct ColumnBinding: Sendable {
    let coordinates: CoordinateSource
    private let indices: [EventRole: Int]
    private let names: [String]

    /// Columns of the table that are listed in a message.
    private static let listedColumns = 40

    /// Index of the column with `role`; nil when the table has none.
    func column(_ role: EventRole) -> Int? { indices[role] }

    /// The column's name as the table has it.
    func name(_ role: EventRole) -> String? { indices[role].map { names[$0] } }

    /// - Throws: `missing-column` with everything that is missing,
    ///   `incomplete-mapping` or `preset-not-told`.
    init(
        _ table: RecordTable, schema: IncidentSchema, options: IncidentOptions
    ) throws(IncidentError) {
        guard !options.preset.isBeyond(schema.coding) else {
            throw IncidentError(
                .presetNotTold, at: Place(file: table.file),
                "preset \(options.preset.rawValue) asks for what \(schema.source) never tells: it "
                    + "has one word, civilians, for all who bear no arms",
                mend: "Choose preset: civilian, or take this source out of the pipeline file")
        }
        names = table.columns
        coordinates = options.coordinatesFrom ?? (table.hasGeometry ? .geometry : .columns)
        var indices: [EventRole: Int] = [:]
        var missing: [Missing] = []
        let positionRoles: [EventRole] =
            switch coordinates {
            case .columns: [.longitude, .latitude]
            case .wellKnownText: [.wellKnownText]
            case .geometry: []
            }
        switch schema {
        case .profile(let profile):
            for column in profile.columns {
                let isPosition = [.longitude, .latitude, .wellKnownText].contains(column.role)
                let isRequired =
                    isPosition ? positionRoles.contains(column.role) : column.isRequired
                if let index = column.index(in: table.columns) {
                    indices[column.role] = index
                } else if isRequired {
                    missing.append(Missing(role: column.role, names: column.names))
                }
            }
        case .mapping(let mapping):
            try Self.check(mapping, positionRoles: positionRoles, in: table)
            for role in EventRole.allCases {
                guard let name = mapping.columns[role] else { continue }
                if let index = Self.index(of: name, in: table) {
                    indices[role] = index
                } else {
                    missing.append(Missing(role: role, names: [name]))
                }
            }
        }
        missing += Self.missingForPreset(options.preset, schema, indices)
        self.indices = indices
        guard missing.isEmpty else { throw Self.failure(missing, schema: schema, table: table) }
        guard coordinates != .geometry || table.hasGeometry else {
            throw IncidentError(
                .incompleteMapping, at: Place(file: table.file),
                "positions are to come from the geometry, but a CSV has none (expected a vector "
                    + "layer)",
                mend: "Name the columns of longitude and latitude")
        }
    }

    private struct Missing {
        var role: EventRole
        var names: [String]
    }

    private static func index(of name: String, in table: RecordTable) -> Int? {
        name.hasPrefix("#") && !table.columns.contains(name)
            ? table.hashtags.firstIndex(of: name) : table.column(named: name)
    }

    private static func check(
        _ mapping: ColumnMapping, positionRoles: [EventRole], in table: RecordTable
    ) throws(IncidentError) {
        let lacking = ([.date] + positionRoles).filter { mapping.columns[$0] == nil }
        guard lacking.isEmpty else {
            throw IncidentError(
                .incompleteMapping, at: Place(file: table.file),
                "the mapping does not say which column holds "
                    + lacking.map(\.rawValue).joined(separator: ", "),
                mend: "Add to columns: "
                    + lacking.map { "\($0.rawValue): NAME" }.joined(separator: ", "))
        }
    }

    /// What decides whether an event is of the preset must be known.
    private static func missingForPreset(
        _ preset: IncidentPreset, _ schema: IncidentSchema, _ indices: [EventRole: Int]
    ) -> [Missing] {
        let roles = preset.deciding(schema.coding)
        guard let first = roles.first, roles.allSatisfy({ indices[$0] == nil }) else { return [] }
        let names = roles.flatMap { role -> [String] in
            guard case .profile(let profile) = schema else { return [role.rawValue] }
            return profile.column(role)?.names ?? []
        }
        return [Missing(role: first, names: names)]
    }

    private static func failure(
        _ missing: [Missing], schema: IncidentSchema, table: RecordTable
    ) -> IncidentError {
        let named = table.columns.filter { !$0.isEmpty }
        let parts = missing.map { column -> String in
            var text = "\"\(column.names[0])\""
            var remarks: [String] = []
            if column.names.count > 1 {
                remarks.append("or " + column.names.dropFirst().joined(separator: ", "))
            }
            // Only of the present name: the others are too short to be told apart.
            let near = NearNames.near(column.names[0], among: named)
            if !near.isEmpty {
                let list = near.map { "\"\(TerminalText.excerpt($0))\"" }
                remarks.append("did you mean " + list.joined(separator: " or ") + "?")
            }
            if !remarks.isEmpty { text += " (" + remarks.joined(separator: "; ") + ")" }
            return text
        }
        var listed = named.prefix(listedColumns).map { TerminalText.excerpt($0) }
        if named.count > listed.count { listed.append("...") }
        let what: String
        let mend: String
        switch schema {
        case .profile(let profile):
            what = "required by \(profile.id.rawValue)"
            mend = "Rename the columns, or map them by role under columns: in the pipeline file"
        case .mapping:
            what = "named in the mapping"
            mend = "Correct the names under columns: in the pipeline file"
        }
        return IncidentError(
            .missingColumn, at: Place(file: table.file),
            "\(missing.count) column\(missing.count == 1 ? "" : "s") \(what) "
                + "\(missing.count == 1 ? "is" : "are") missing: "
                + parts.joined(separator: ", ") + "; found: " + listed.joined(separator: ", "),
            mend: mend)
    }
}
