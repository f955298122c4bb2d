import Diagnostics
import Foundation
import Glibc
import TestSupport
import Testing

@testable import Pipeline

@Suite struct DigestTests {
    /// NIST FIPS 180-4 examples, and the empty message.
    @Test(
        "Digests are those of the standard",
        arguments: [
            ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
            ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
            (
                "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
                "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
            ),
        ])
    func standardDigests(_ text: String, _ expected: String) throws {
        #expect(Digest(of: Array(text.utf8)).sha256 == expected)
        let path = try TestPaths.temporaryDirectory().path + "/x"
        try Data(text.utf8).write(to: URL(fileURLWithPath: path))
        #expect(try Digest(ofFileAt: path) == Digest(of: Array(text.utf8)))
    }

    @Test func `A file larger than the buffer has the digest of its bytes`() throws {
        var generator = SeededGenerator(seed: 7)
        let bytes = (0..<(1 << 20) * 2 + 13).map { _ in UInt8.random(in: 0...255, using: &generator)
        }
        let path = try TestPaths.temporaryDirectory().path + "/x"
        try Data(bytes).write(to: URL(fileURLWithPath: path))
        let digest = try Digest(ofFileAt: path)
        #expect(digest == Digest(of: bytes))
        #expect(digest.bytes == bytes.count)
    }

    @Test func `A missing file, a folder, a device and a pipe are refused without waiting`() throws
    {
        let folder = try TestPaths.temporaryDirectory().path
        #expect(mkfifo(folder + "/pipe", 0o600) == 0)
        for path in [folder + "/none", folder, "/dev/zero", folder + "/pipe"] {
            let error = #expect(throws: PublishError.self) { try Digest(ofFileAt: path) }
            #expect(error?.kind == .unreadable, "\(path)")
            #expect(error?.exit == .inputMissing, "\(path)")
        }
    }

    @Test func `A shapefile is digested with its parts, in a fixed order`() throws {
        let folder = try TestPaths.temporaryDirectory().path
        for name in ["z.shp", "z.dbf", "z.SHX", "z.prj", "z.txt", "y.dbf", "z.gpkg", "z.gpkg-wal"] {
            try Data(name.utf8).write(to: URL(fileURLWithPath: folder + "/" + name))
        }
        let inputs = try InputLedger().files(
            of: ConfiguredPath(written: "${JILAAL_DATA}/z.shp", path: folder + "/z.shp"))
        #expect(
            inputs.map(\.path) == [
                "${JILAAL_DATA}/z.shp", "${JILAAL_DATA}/z.SHX", "${JILAAL_DATA}/z.dbf",
                "${JILAAL_DATA}/z.prj",
            ])
        #expect(inputs[1].digest == Digest(of: Array("z.SHX".utf8)))
        let package = try InputLedger().files(
            of: ConfiguredPath(written: "z.gpkg", path: folder + "/z.gpkg"))
        #expect(package.map(\.path) == ["z.gpkg", "z.gpkg-wal"])
        #expect(Sidecars.files(of: folder + "/z.txt") == [folder + "/z.txt"])
        #expect(Sidecars.files(of: "/a.b/z") == ["/a.b/z"])
    }
}
