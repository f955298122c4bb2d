import Foundation

/// What a reader of the output folder finds after a command was broken.
struct FaultInspection {
    let scenario: FaultScenario
    let root: URL

    private struct Manifest: Decodable {
        struct Output: Decodable {
            var path: String
            var bytes: Int
            var sha256: String
        }
        var outputs: [Output]
    }

    private func names(_ folder: String) -> [String] {
        let path = root.appendingPathComponent(folder).path
        return ((try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []).sorted()
    }

    /// What is visible and not whole, or not as it was.
    func visibleFaults(mayHavePublished: Bool) -> [String] {
        var faults: [String] = []
        do {
            let old = try FolderState(scenario.before)
            let new = try FolderState(root)
            let published = old.digests.filter { $0.key.hasPrefix("runs/") }
            let changed = published.filter { new.digests[$0.key] != $0.value }
            if !changed.isEmpty { faults.append("published before, now changed: \(changed.keys)") }
            let latest = new.digests["latest"]
            if !mayHavePublished, latest != old.digests["latest"] {
                faults.append("latest is \(latest ?? "gone")")
            }
            if let latest, new.digests["\(latest.dropFirst(3))/manifest.json"] == nil {
                faults.append("latest \(latest) has no manifest")
            }
            for run in names("runs") { faults += try runFaults(run) }
            faults += baselineFaults(new)
        } catch {
            faults.append("cannot be looked at: \(error)")
        }
        return faults
    }

    private func baselineFaults(_ state: FolderState) -> [String] {
        let file = root.appendingPathComponent("baseline/manifest.json")
        guard FileManager.default.fileExists(atPath: file.path) else {
            let isLost = FileManager.default.fileExists(
                atPath: scenario.before.appendingPathComponent("baseline/manifest.json").path)
            return isLost ? ["the climatology is gone"] : []
        }
        do {
            let slots = try BaselineSlots(file).slots
            return slots.flatMap { slot in
                slot.files.filter { state.digests["baseline/\(slot.folder)/\($0.path)"] != $0.sha256 }
                    .map { "\(slot.folder)/\($0.path) is not what the manifest says" }
            }
        } catch {
            return ["the climatology cannot be read: \(error)"]
        }
    }

    /// How the result differs from that of the unbroken command.
    func resultFaults() -> [String] {
        do {
            let found = try FaultScenario.result(of: scenario.name, in: root)
            let paths = Set(found.keys).union(scenario.reference.keys)
            let different = paths.filter { found[$0] != scenario.reference[$0] }.sorted()
            return different.isEmpty ? [] : ["differs: \(different)"]
        } catch {
            return ["no result: \(error)"]
        }
    }

    /// Reads a run as its manifest lists it.
    private func runFaults(_ name: String) throws -> [String] {
        let run = root.appendingPathComponent("runs/\(name)")
        let manifest = try JSONDecoder().decode(
            Manifest.self, from: Data(contentsOf: run.appendingPathComponent("manifest.json")))
        let listed = Dictionary(
            manifest.outputs.map { ($0.path, $0.sha256) }, uniquingKeysWith: { first, _ in first })
        let unlisted: Set = ["manifest.json", "run.json", "log.txt"]
        let found = try FolderState(run).digests.filter { !unlisted.contains($0.key) }
        return found == listed && !listed.isEmpty ? [] : ["\(name) is not what its manifest says"]
    }

    /// What a broken command left and the next one did not remove.
    func leftovers() -> [String] {
        let allowed: Set = [".lock", "baseline", "cache", "latest", "runs", "state.sqlite"]
        var odd = names(".").filter { !allowed.contains($0) }
        let below = (try? FileManager.default.subpathsOfDirectory(atPath: root.path)) ?? []
        odd += below.filter { path in
            let name = path.split(separator: "/").last ?? ""
            return path.contains("/") && name.hasPrefix(".") && name != ".lock"
        }
        odd += names("cache/tiles").map { "cache/tiles/\($0)" }
        return odd.isEmpty ? [] : ["left for ever: \(odd)"]
    }
}

/// The files that a climatology's manifest names.
private struct BaselineSlots: Decodable {
    struct File: Decodable {
        var path: String
        var sha256: String
    }
    struct Slot: Decodable {
        var folder: String
        var files: [File]
    }
    var slots: [Slot]

    init(_ url: URL) throws {
        self = try JSONDecoder().decode(Self.self, from: Data(contentsOf: url))
    }
}
