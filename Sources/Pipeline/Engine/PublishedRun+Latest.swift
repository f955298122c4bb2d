import Foundation
import Glibc

extension PublishedRun {
    /// A published run of an output folder that is of the night which
    /// `manifest` describes, none of its files missing or of another size:
    /// the newest run, or any for a night of what was known on an earlier
    /// day; nil when there is none.
    init?(root: String, ofNight manifest: Manifest) {
        let latest = RunRetention.latest(in: root)
        let found =
            manifest.asKnownOn == nil
            ? [latest].compactMap { $0 }
            : ((try? RunRetention.runs(in: root)) ?? []).reversed().map(\.id)
        for id in found {
            let path = "\(root)/\(RunDirectory.runsName)/\(id)"
            guard Self.isWhole(path, ofNight: manifest) else { continue }
            self.init(id: id, path: path)
            return
        }
        return nil
    }

    private static func isWhole(_ path: String, ofNight manifest: Manifest) -> Bool {
        /// The part of a manifest that is looked at.
        struct Head: Decodable {
            var night: String
        }
        guard
            let bytes = try? Descriptor.readFile(
                at: path + "/" + RunDirectory.manifestName, limit: 64 << 20),
            let head = try? JSONDecoder().decode(Head.self, from: Data(bytes)),
            head.night == manifest.nightKey
        else { return false }
        return manifest.outputs.allSatisfy { output in
            let status = FileStatus(of: path + "/" + output.path, in: AT_FDCWD)
            return status?.isRegularFile == true && status?.bytes == output.digest.bytes
        }
    }
}
