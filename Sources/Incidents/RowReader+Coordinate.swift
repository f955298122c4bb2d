import GridCore
import Products
import Tables

extension RowReader {
    /// The position of a record, checked.
    func coordinate(_ record: TableRecord) throws(RowRejection) -> Coordinate {
        let position = try position(record)
        let latitude = positionField(.latitude)
        let longitude = positionField(.longitude)
        let found = "(\(position.longitude), \(position.latitude))"
        let isInside = options.area?.contains(position) ?? true
        let exchanged = Coordinate(x: position.y, y: position.x)
        if !isInside, options.area?.contains(exchanged) == true {
            throw RowRejection(
                .swappedCoordinates, positionField(.longitude, .latitude), found: found,
                expected: "longitude and latitude inside the area; exchanged they are")
        }
        guard abs(position.latitude) <= 90 else {
            throw RowRejection(
                .latitudeOutOfRange, latitude, found: "\(position.latitude)", expected: "-90...90")
        }
        guard abs(position.longitude) <= 180 else {
            throw RowRejection(
                .longitudeOutOfRange, longitude, found: "\(position.longitude)",
                expected: "-180...180")
        }
        guard position != Coordinate(x: 0, y: 0) else {
            throw RowRejection(
                .zeroCoordinate, positionField(.longitude, .latitude), found: "(0, 0)",
                expected: "a position; 0, 0 stands for a missing one")
        }
        return position
    }

    private func position(_ record: TableRecord) throws(RowRejection) -> Coordinate {
        switch binding.coordinates {
        case .columns:
            return Coordinate(
                longitude: try degrees(.longitude, record), latitude: try degrees(.latitude, record)
            )
        case .wellKnownText:
            guard let text = record.field(binding.column(.wellKnownText)) else {
                throw RowRejection(
                    .missingCoordinate, binding.name(.wellKnownText), found: "",
                    expected: "POINT (longitude latitude)")
            }
            guard let point = FieldText.point(wellKnownText: text) else {
                throw RowRejection(
                    .unparsableCoordinate, binding.name(.wellKnownText), found: text,
                    expected: "POINT (longitude latitude)")
            }
            return point
        case .geometry:
            guard let point = record.coordinate, point.x.isFinite, point.y.isFinite else {
                throw RowRejection(
                    .missingCoordinate, "geometry", found: "", expected: "a point geometry")
            }
            return point
        }
    }

    private func degrees(_ role: EventRole, _ record: TableRecord) throws(RowRejection) -> Double {
        let text = record.field(binding.column(role)) ?? ""
        guard !["", "nan", "na", "n/a", "null", "none"].contains(text.trimmed.lowercased()) else {
            throw RowRejection(
                .missingCoordinate, binding.name(role), found: text, expected: "a number of degrees"
            )
        }
        guard let value = FieldText.number(text) else {
            throw RowRejection(
                .unparsableCoordinate, binding.name(role), found: text,
                expected: "a number of degrees with '.' as decimal mark" + wellKnownTextHint(record)
            )
        }
        return value
    }

    /// Spreadsheets ruin numbers but leave the text of a point alone.
    private func wellKnownTextHint(_ record: TableRecord) -> String {
        guard let name = binding.name(.wellKnownText),
            let text = record.field(binding.column(.wellKnownText)),
            FieldText.point(wellKnownText: text) != nil
        else { return "" }
        return "; column \(name) holds a readable position (coordinates from wkt)"
    }

    private func positionField(_ roles: EventRole...) -> String? {
        switch binding.coordinates {
        case .columns: roles.compactMap { binding.name($0) }.joined(separator: ", ")
        case .wellKnownText: binding.name(.wellKnownText)
        case .geometry: "geometry"
        }
    }

    /// Compares the position with the PRIO-GRID cell that the row names.
    func checkGridCell(_ draft: inout Draft, _ record: TableRecord) {
        guard draft.swapped == nil, let text = record.field(binding.column(.gridCell)),
            let named = FieldText.wholeNumber(text)
        else { return }
        if PrioGrid.cell(at: draft.incident.coordinate) != named {
            draft.notes.append(.gridCellMismatch)
        }
    }
}
