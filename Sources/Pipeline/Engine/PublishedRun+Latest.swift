import Foundation
import Glibc

extension PublishedRun {
    /// The newest published run of an output folder, if it is that of the
    /// night which `manifest` describes and none of its files is missing or of
    /// another size; else nil.
    init?(root: String, ofNight manifest: Manifest) {
        /// The part of a manifest that is looked at.
        struct Head: Decodable {
            var night: String
        }
        guard
            let target = try? FileManager.default.destinationOfSymbolicLink(
                atPath: root + "/" + RunDirectory.latestName),
            let name = target.split(separator: "/").last,
            target == "\(RunDirectory.runsName)/\(name)"
        else { return nil }
        let path = root + "/" + target
        guard
            let bytes = try? Descriptor.readFile(
                at: path + "/" + RunDirectory.manifestName, limit: 64 << 20),
            let head = try? JSONDecoder().decode(Head.self, from: Data(bytes)),
            head.night == manifest.nightKey,
            manifest.outputs.allSatisfy({ output in
                let status = FileStatus(of: path + "/" + output.path, in: AT_FDCWD)
                return status?.isRegularFile == true && status?.bytes == output.digest.bytes
            })
        else { return nil }
        self.init(id: String(name), path: path)
    }
}
