import Foundation
import TestSupport
import Testing

@testable import Pipeline

@Suite struct CheckedFileTests {
    @Test func `What was written is read, and a changed, cut or longer file is none`() throws {
        let folder = try TestPaths.temporaryDirectory()
        let path = folder.appendingPathComponent("tile").path
        var plane: [UInt8] = (0..<1000).map { UInt8($0 % 251) }
        let head: [UInt8] = Array("what the planes are".utf8)
        try plane.withUnsafeMutableBytes {
            try CheckedFile.write("tile", in: folder.path, head: head, planes: [$0])
        }
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["tile"])
        func read() -> ([UInt8]?, [UInt8]) {
            var found = [UInt8](repeating: 0, count: 1000)
            let head = found.withUnsafeMutableBytes { CheckedFile.read(path, planes: [$0]) }
            return (head, found)
        }
        #expect(read() == (head, plane))
        let whole = try Data(contentsOf: URL(fileURLWithPath: path))
        for position in stride(from: 0, to: whole.count, by: 13) {
            var changed = whole
            changed[position] ^= 0x10
            try changed.write(to: URL(fileURLWithPath: path))
            #expect(read().0 == nil, "byte \(position)")
            try whole.prefix(position).write(to: URL(fileURLWithPath: path))
            #expect(read().0 == nil, "cut at \(position)")
        }
        try whole.write(to: URL(fileURLWithPath: path))
        #expect(read().0 == head)
        #expect(CheckedFile.read(folder.path + "/none") == nil)
    }
}
