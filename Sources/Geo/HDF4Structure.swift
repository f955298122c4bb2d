import Diagnostics

/// Whether the tables and groups inside an HDF4 file keep within it.
///
/// Its library believes what they say: a name longer than its element is
/// copied over other memory, and a group that lists itself is walked for
/// ever. Source: HDF Specification and Developer's Guide (The HDF Group),
/// chapters 2 (data descriptors) and 10 (Vgroup, Vdata description).
struct HDF4Structure: ~Copyable {
    private let file: FileBytes

    private struct Descriptor: Hashable {
        var tag: Int
        var reference: Int
    }

    private struct Element {
        var offset: Int
        var length: Int
    }

    private var elements: [Descriptor: Element] = [:]
    /// Those that keep no data at once as well.
    private var known: Set<Descriptor> = []

    private enum Tag {
        static let null = 1
        static let tableDescription = 1962
        static let table = 1963
        static let group = 1965
    }

    /// An element that does not keep its data at once has this for both.
    private static let absent = 0xFFFF_FFFF
    /// Longest description or group: 65,535 members and two names.
    private static let longestElement = 1 << 19
    /// Descriptor blocks; each has room for two hundred by default.
    private static let mostBlocks = 100_000

    /// - Throws: `GeoError` of kind `truncated` when a part does not keep
    ///   within the file; nothing for other formats.
    static func check(_ file: LocalFile, writtenAs name: String) throws(GeoError) {
        guard let bytes = FileBytes(of: file.text),
            bytes.read(from: 0, length: 4) == [0x0E, 0x03, 0x13, 0x01]
        else { return }
        var structure = HDF4Structure(file: bytes)
        guard let fault = structure.fault() else { return }
        throw GeoError(
            .truncated, at: Place(file: name), "the HDF4 file is not whole (\(fault))",
            mend: "The file is truncated or damaged: fetch it again")
    }

    private init(file: consuming FileBytes) { self.file = file }

    /// What is wrong first; nil when nothing is.
    private mutating func fault() -> String? {
        if let fault = readDescriptors() { return fault }
        let ordered = elements.sorted {
            ($0.key.tag, $0.key.reference) < ($1.key.tag, $1.key.reference)
        }
        var groups: [Int: [Int]] = [:]
        for (key, element) in ordered {
            guard key.tag == Tag.tableDescription || key.tag == Tag.group else { continue }
            guard element.length <= Self.longestElement else {
                return "part \(key.tag)/\(key.reference) is \(element.length) bytes long"
            }
            let bytes = file.read(from: element.offset, length: element.length)
            switch key.tag {
            case Tag.tableDescription:
                guard isTableDescription(bytes, key.reference) else {
                    return "the description of table \(key.reference) is damaged"
                }
            case Tag.group:
                guard let members = Self.members(in: bytes) else {
                    return "the list of group \(key.reference) is damaged"
                }
                guard Set(members).count == members.count else {
                    return "group \(key.reference) lists a member twice"
                }
                guard members.allSatisfy(known.contains) else {
                    return "group \(key.reference) lists a member that is not there"
                }
                groups[key.reference] = members.filter { $0.tag == Tag.group }.map(\.reference)
            default: continue
            }
        }
        return hasCycle(groups) ? "a group contains itself" : nil
    }

    /// Walks the blocks of descriptors.
    private mutating func readDescriptors() -> String? {
        var block = 4
        var blocks = 0
        while block != 0 {
            let start = file.read(from: block, length: 6)
            guard let count = start.number(0, 2), let next = start.number(2, 4) else {
                return "the list of its parts ends early"
            }
            blocks += 1
            guard blocks <= Self.mostBlocks else { return "the list of its parts has no end" }
            let list = file.read(from: block + 6, length: count * 12)
            for at in stride(from: 0, to: count * 12, by: 12) {
                guard let tag = list.number(at, 2), let reference = list.number(at + 2, 2),
                    let offset = list.number(at + 4, 4), let length = list.number(at + 8, 4)
                else { return "the list of its parts ends early" }
                if tag == Tag.null { continue }
                // The mark of data that is kept in pieces or in another form.
                let plain = tag < 0x8000 ? tag & ~0x4000 : tag
                known.insert(.init(tag: plain, reference: reference))
                if offset == Self.absent || length == Self.absent { continue }
                guard offset + length <= file.count else {
                    return "part \(tag)/\(reference) ends at byte \(offset + length) of \(file.count)"
                }
                elements[.init(tag: tag, reference: reference)] = .init(
                    offset: offset, length: length)
            }
            block = next
        }
        return nil
    }

    /// Vdata description: interlace, records, record length, fields; type,
    /// size, offset and order of each; names with their lengths.
    private func isTableDescription(_ bytes: [UInt8], _ reference: Int) -> Bool {
        guard let records = bytes.number(2, 4), let recordBytes = bytes.number(6, 2),
            let fields = bytes.number(8, 2), fields <= 256
        else { return false }
        var position = 10
        var sum = 0
        for field in 0..<fields {
            guard let type = bytes.number(position + 2 * field, 2),
                let size = bytes.number(position + 2 * (fields + field), 2),
                let order = bytes.number(position + 2 * (3 * fields + field), 2),
                let bytesPerValue = Self.byteCount(ofType: type), size == order * bytesPerValue
            else { return false }
            sum += size
        }
        guard sum == recordBytes else { return false }
        position += 8 * fields
        // The fields, then the table and its class.
        for _ in 0..<fields + 2 {
            guard let length = bytes.number(position, 2) else { return false }
            position += 2 + length
            guard position <= bytes.count else { return false }
        }
        guard let data = elements[.init(tag: Tag.table, reference: reference)] else { return true }
        return records * recordBytes <= data.length
    }

    /// Of one number, whatever the order of its bytes.
    private static func byteCount(ofType type: Int) -> Int? {
        // Native and little-endian are known; other forms are not.
        guard type & 0xA000 == 0 else { return nil }
        return switch type & 0x0FFF {
        case 3, 4, 20, 21: 1
        case 22, 23: 2
        case 5, 24, 25: 4
        case 6, 26, 27: 8
        default: nil
        }
    }

    /// Vgroup: members, their tags, their references, name, class.
    private static func members(in bytes: [UInt8]) -> [Descriptor]? {
        guard let count = bytes.number(0, 2) else { return nil }
        var members: [Descriptor] = []
        for index in 0..<count {
            guard let tag = bytes.number(2 + index * 2, 2),
                let reference = bytes.number(2 + (count + index) * 2, 2)
            else { return nil }
            members.append(.init(tag: tag, reference: reference))
        }
        var position = 2 + count * 4
        for _ in 0..<2 {
            guard let length = bytes.number(position, 2) else { return nil }
            position += 2 + length
            guard position <= bytes.count else { return nil }
        }
        return members
    }

    /// Whether following members leads back; group by group, without
    /// recursion.
    private func hasCycle(_ groups: [Int: [Int]]) -> Bool {
        var uses: [Int: Int] = [:]
        for members in groups.values { for member in members { uses[member, default: 0] += 1 } }
        var free = groups.keys.filter { uses[$0] == nil }
        var done = 0
        while let group = free.popLast() {
            done += 1
            for member in groups[group] ?? [] {
                uses[member, default: 0] -= 1
                if uses[member] == 0, groups[member] != nil { free.append(member) }
            }
        }
        return done < groups.count
    }
}

extension [UInt8] {
    /// HDF4 stores its own numbers with the highest byte first.
    fileprivate func number(_ offset: Int, _ length: Int) -> Int? {
        number(at: offset, count: length, isBigEndian: true)
    }
}
