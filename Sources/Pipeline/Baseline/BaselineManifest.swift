import Calendar
import Diagnostics
import Foundation
import Glibc
import Tables

/// The rasters of one period of a climatology.
enum BaselineFile: String, CaseIterable, Sendable {
    case count
    case minimum = "min"
    case maximum = "max"
    case mean
    case squaredDeviations = "m2"

    var name: String { rawValue + ".tif" }
}

/// `manifest.json` of a climatology: the commit record. A file that it does
/// not list, or lists with another hash, is not part of the product.
struct BaselineManifest: Hashable, Sendable {
    static let name = "manifest.json"
    static let format = "jilaal-climatology"
    static let version = 1
    /// Manifests that are longer were not written here: 72 periods of 60
    /// composites take 2 MB.
    static let byteLimit = 64 << 20

    /// One period of the year.
    struct Slot: Hashable, Sendable {
        /// `0 ..< periodsPerYear`.
        var index: Int
        /// SHA-256 of terms and contributions, 64 hexadecimal digits.
        var key: String
        /// In date order.
        var contributions: [BaselineContribution]
        var coverage: BaselineCoverage
        /// In the order of `BaselineFile`.
        var files: [Digest]

        /// Its folder in that of the product.
        var folder: String { Self.folder(index: index, key: key) }

        static func folder(index: Int, key: String) -> String {
            "slot-\(index + 1 < 10 ? "0" : "")\(index + 1)-\(key.prefix(12))"
        }
    }

    var baseline: YearRange
    var terms: BaselineTerms
    /// In order of the year; periods without a composite are left out.
    var slots: [Slot]

    func slot(_ index: Int) -> Slot? { slots.first { $0.index == index } }

    /// The key of a period made of `contributions` under `terms`.
    static func key(
        _ index: Int, terms: BaselineTerms, contributions: [BaselineContribution]
    ) -> String {
        let content: JSONValue = [
            "format": .string(format), "version": .integer(version), "terms": terms.json,
            "period": .integer(index + 1),
            "composites": .array(contributions.map { $0.json(withPaths: false) }),
        ]
        return Digest(of: content.utf8()).sha256
    }

    /// Deterministic: no time, host or thread count.
    var json: JSONValue {
        [
            "format": .string(Self.format), "version": .integer(Self.version),
            "program": .string(Jilaal.nameAndVersion),
            "baseline": ["first": .integer(baseline.first), "last": .integer(baseline.last)],
            "terms": terms.json,
            "slots": .array(
                slots.map { slot in
                    [
                        "period": .integer(slot.index + 1), "key": .string(slot.key),
                        "folder": .string(slot.folder), "coverage": slot.coverage.json,
                        "files": .array(
                            zip(BaselineFile.allCases, slot.files).map { file, digest in
                                [
                                    "path": .string(file.name), "bytes": .integer(digest.bytes),
                                    "sha256": .string(digest.sha256),
                                ]
                            }),
                        "composites": .array(
                            slot.contributions.map { $0.json(withPaths: true) }),
                    ]
                }),
        ]
    }
}

/// How much of a grid a period of a climatology covers.
struct BaselineCoverage: Hashable, Sendable, Decodable {
    var cells = 0
    var cellsWithValue = 0
    /// Fewest and most values of a cell.
    var fewest = Int.max
    var most = 0

    enum CodingKeys: String, CodingKey {
        case cells
        case cellsWithValue = "cells_with_value"
        case fewest, most
    }

    mutating func add(values: Int) {
        cells += 1
        cellsWithValue += values > 0 ? 1 : 0
        fewest = min(fewest, values)
        most = max(most, values)
    }

    mutating func merge(_ other: BaselineCoverage) {
        cells += other.cells
        cellsWithValue += other.cellsWithValue
        fewest = min(fewest, other.fewest)
        most = max(most, other.most)
    }

    var json: JSONValue {
        [
            "cells": .integer(cells), "cells_with_value": .integer(cellsWithValue),
            "fewest": .integer(fewest), "most": .integer(most),
        ]
    }
}

// MARK: Reading

extension BaselineManifest: Decodable {
    private enum CodingKeys: String, CodingKey { case format, version, baseline, terms, slots }
    private struct Years: Decodable {
        var first: Int
        var last: Int
    }

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        let years = try container.decode(Years.self, forKey: .baseline)
        guard try container.decode(String.self, forKey: .format) == Self.format,
            try container.decode(Int.self, forKey: .version) == Self.version,
            let range = YearRange(first: years.first, last: years.last)
        else {
            throw DecodingError.dataCorruptedError(
                forKey: .format, in: container, debugDescription: "not version \(Self.version)")
        }
        baseline = range
        terms = try container.decode(BaselineTerms.self, forKey: .terms)
        slots = try container.decode([Slot].self, forKey: .slots)
    }
}

extension BaselineManifest.Slot: Decodable {
    private enum CodingKeys: String, CodingKey {
        case period, key, coverage, files, composites
    }
    private struct File: Decodable {
        var path: String
        var bytes: Int
        var sha256: String
    }

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        let period = try container.decode(Int.self, forKey: .period)
        key = try container.decode(String.self, forKey: .key)
        let listed = try container.decode([File].self, forKey: .files)
        // The key names a folder, so nothing but a hash may stand there.
        guard (1...366).contains(period), key.utf8.count == 64,
            key.utf8.allSatisfy({ (48...57).contains($0) || (97...102).contains($0) }),
            listed.map(\.path) == BaselineFile.allCases.map(\.name)
        else {
            throw DecodingError.dataCorruptedError(
                forKey: .key, in: container, debugDescription: "not what is written here")
        }
        index = period - 1
        files = listed.map { Digest(bytes: $0.bytes, sha256: $0.sha256) }
        coverage = try container.decode(BaselineCoverage.self, forKey: .coverage)
        contributions = try container.decode([BaselineContribution].self, forKey: .composites)
    }
}

extension BaselineManifest {
    /// The manifest in a folder; nil when there is none.
    ///
    /// - Throws: `PipelineError` of kind `climatologyDamaged` when it is not
    ///   one; `PublishError` when it cannot be read.
    static func read(in folder: ConfiguredPath) throws -> BaselineManifest? {
        let path = folder.path + "/" + name
        guard FileStatus(of: path, in: AT_FDCWD) != nil else { return nil }
        let bytes = try Descriptor.readFile(at: path, limit: byteLimit)
        do {
            return try JSONDecoder().decode(BaselineManifest.self, from: Data(bytes))
        } catch {
            throw PipelineError(
                .climatologyDamaged, at: Place(file: folder.written + "/" + name),
                "is not the manifest of a climatology (found \(bytes.count) bytes that do not "
                    + "read as \(format) version \(version))",
                mend: "Run jilaal baseline build")
        }
    }
}
