import Crypto
import Foundation
import Geo
import GridCore

/// What a run published, read back from its files.
struct PublishedRun {
    /// The output folder.
    let root: URL
    let process: JilaalProcess

    /// The newest run, through the link.
    var folder: URL { root.appendingPathComponent("latest").resolvingSymlinksInPath() }

    struct Refused: Error, CustomStringConvertible {
        let description: String
    }

    /// Runs a pipeline into a folder of its own.
    ///
    /// - Parameter trace: file for the connections that the run opens.
    /// - Throws: `Refused` when the program did not end with 0.
    init(
        _ pipeline: String, _ arguments: [String] = [], environment: [String: String] = [:],
        in folder: URL? = nil, trace: URL? = nil
    ) throws {
        root = try Scratch.folder()
        process = try JilaalProcess.run(
            ["run", pipeline, "--output", root.path] + arguments, environment: environment,
            in: folder, trace: trace)
        guard process.exitCode == 0 else {
            throw Refused(description: process.standardError)
        }
    }

    /// Runs a pipeline into a folder that may hold something already.
    ///
    /// - Throws: `Refused` when the program did not end with 0.
    init(_ pipeline: String, into root: URL, _ arguments: [String] = []) throws {
        self.root = root
        process = try JilaalProcess.run(["run", pipeline, "--output", root.path] + arguments)
        guard process.exitCode == 0 else {
            throw Refused(description: process.standardError)
        }
    }

    /// What is published in a folder already.
    init(published root: URL) throws {
        self.root = root
        process = JilaalProcess(exitCode: 0, standardOutput: "", standardError: "")
    }

    /// Every file, relative, in the order of names.
    func files() throws -> [String] {
        try FileManager.default.subpathsOfDirectory(atPath: folder.path).sorted().filter {
            var isFolder: ObjCBool = false
            let path = folder.appendingPathComponent($0).path
            return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
                && !isFolder.boolValue
        }
    }

    func data(_ path: String) throws -> Data {
        try Data(contentsOf: folder.appendingPathComponent(path))
    }

    func sha256(_ path: String) throws -> String { Self.sha256(try data(path)) }

    static func sha256(_ data: Data) -> String {
        SHA256.hash(data: data).map { byte in
            let text = String(byte, radix: 16)
            return text.count == 1 ? "0" + text : text
        }.joined()
    }

    /// Hashes of all that must not depend on when and how it was made.
    func reproducibleHashes() throws -> [String: String] {
        let timed: Set = ["run.json", "log.txt"]
        let paths = try files().filter { !timed.contains($0) }
        return Dictionary(uniqueKeysWithValues: try paths.map { ($0, try sha256($0)) })
    }

    /// As `reproducibleHashes`, without what tells of the run before: for runs
    /// into folders of different history.
    func nightHashes() throws -> [String: String] {
        struct Manifest: Decodable { var night: String }
        var hashes = try reproducibleHashes()
        hashes["changes.csv"] = nil
        hashes["manifest.json"] = try json("manifest.json", as: Manifest.self).night
        return hashes
    }

    func table(_ path: String) throws -> CSVText { try CSVText(data(path)) }

    func json<Value: Decodable>(_ path: String, as type: Value.Type) throws -> Value {
        try JSONDecoder().decode(type, from: data(path))
    }

    /// The first band of a raster, NaN for its nodata.
    func raster(_ path: String) throws -> Grid<Float> {
        let source = try source(path)
        return try source.readPicture(band: 1, longestSide: .max, decimation: .majority)
    }

    func source(_ path: String) throws -> RasterSource {
        let file = folder.appendingPathComponent(path).path
        return try RasterSource(RasterReference(name: path, path: file))
    }
}

/// A table as RFC 4180 writes it.
struct CSVText {
    let header: [String]
    let rows: [[String: String]]

    init(_ data: Data) throws {
        var records = Self.records(of: Array(data))
        header = records.isEmpty ? [] : records.removeFirst()
        let names = header
        rows = records.map { Dictionary(zip(names, $0)) { first, _ in first } }
    }

    private static func records(of bytes: [UInt8]) -> [[String]] {
        var records: [[String]] = []
        var record: [String] = []
        var field: [UInt8] = []
        var isQuoted = false
        var index = 0
        while index < bytes.count {
            let byte = bytes[index]
            let next = index + 1 < bytes.count ? bytes[index + 1] : 0
            switch (byte, isQuoted) {
            case (UInt8(ascii: "\""), true) where next == byte:
                field.append(byte)
                index += 1
            case (UInt8(ascii: "\""), _): isQuoted.toggle()
            case (UInt8(ascii: ","), false), (UInt8(ascii: "\n"), false):
                record.append(String(decoding: field, as: UTF8.self))
                field = []
                if byte == UInt8(ascii: "\n") {
                    records.append(record)
                    record = []
                }
            case (UInt8(ascii: "\r"), false): break
            default: field.append(byte)
            }
            index += 1
        }
        return records
    }
}

extension [String: String] {
    func number(_ column: String) throws -> Double {
        guard let text = self[column], let value = Double(text) else {
            throw PublishedRun.Refused(
                description: "column \(column) holds no number: \(self[column] ?? "no column")")
        }
        return value
    }
}
