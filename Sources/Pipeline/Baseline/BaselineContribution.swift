import Calendar
import Tables

/// A composite that a climatology is made of, known by its content.
struct BaselineContribution: Hashable, Sendable {
    /// A band of a file.
    struct Source: Hashable, Sendable, Decodable {
        /// As written in the pipeline file.
        var path: String
        var layer: String?
        var band: Int
        var sha256: String

        /// Whether the same numbers are meant, whatever the file is called.
        func isSame(as other: Source) -> Bool {
            sha256 == other.sha256 && band == other.band && layer == other.layer
        }

        var json: JSONValue { json(withPath: true) }

        func json(withPath: Bool) -> JSONValue {
            let path = withPath ? [JSONMember("path", .string(path))] : []
            return .object(
                path + [
                    .init("layer", .optional(layer)), .init("band", .integer(band)),
                    .init("sha256", .string(sha256)),
                ])
        }
    }

    /// First day of the composite.
    var date: CalendarDate
    var raster: Source
    /// What grades its cells; nil when nothing does.
    var quality: Source?

    func isSame(as other: BaselineContribution) -> Bool {
        guard date == other.date, raster.isSame(as: other.raster) else { return false }
        switch (quality, other.quality) {
        case (nil, nil): return true
        case (let mine?, let theirs?): return mine.isSame(as: theirs)
        default: return false
        }
    }

    /// - Parameter withPaths: off for keys, which a new name must not change.
    func json(withPaths: Bool) -> JSONValue {
        [
            "date": .string(date.description), "raster": raster.json(withPath: withPaths),
            "quality": quality?.json(withPath: withPaths) ?? .null,
        ]
    }
}

extension BaselineContribution: Decodable {
    private enum CodingKeys: String, CodingKey { case date, raster, quality }

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        let text = try container.decode(String.self, forKey: .date)
        guard let date = CalendarDate(iso: text) else {
            throw DecodingError.dataCorruptedError(
                forKey: .date, in: container, debugDescription: "no date: \(text)")
        }
        self.date = date
        raster = try container.decode(Source.self, forKey: .raster)
        quality = try container.decodeIfPresent(Source.self, forKey: .quality)
    }
}

/// How the composites of a period differ from those that a climatology was
/// made of.
struct BaselineDifference: Hashable, Sendable {
    var added: [BaselineContribution] = []
    var revised: [BaselineContribution] = []
    var withdrawn: [BaselineContribution] = []

    init(from old: [BaselineContribution], to new: [BaselineContribution]) {
        let before = Dictionary(old.map { ($0.date, $0) }) { first, _ in first }
        let after = Set(new.map(\.date))
        for contribution in new {
            guard let known = before[contribution.date] else {
                added.append(contribution)
                continue
            }
            if !contribution.isSame(as: known) { revised.append(contribution) }
        }
        withdrawn = old.filter { !after.contains($0.date) }
    }

    var isEmpty: Bool { added.isEmpty && revised.isEmpty && withdrawn.isEmpty }

    /// Such as `ndvi/b.tif was revised, 2 composites were added`.
    var summary: String {
        func part(_ list: [BaselineContribution], _ verb: String) -> String? {
            guard let first = list.first else { return nil }
            return list.count == 1
                ? "\(first.raster.path) was \(verb)" : "\(list.count) composites were \(verb)"
        }
        return [part(revised, "revised"), part(withdrawn, "withdrawn"), part(added, "added")]
            .compactMap { $0 }.joined(separator: ", ")
    }
}
