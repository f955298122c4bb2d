import Diagnostics
import Faults
import Foundation
import GRDB
import Glibc
import Glibc

/// What an output folder remembers from night to night, in one SQLite file.
///
/// Nothing that is published depends on it, but for runs that ask what was
/// known on an earlier day. Deleting it loses history, never correctness.
/// Callable from any thread.
public final class StateDatabase: Sendable {
    /// The file's name in the output folder.
    public static let name = "state.sqlite"
    /// Marks the file as one of Jilaal: "Jila" in ASCII.
    static let applicationID = 0x4A69_6C61
    /// How long another process may hold the file.
    static let busyTimeoutInSeconds = 5.0

    /// Absolute path of the file.
    public let path: String
    /// What happened when it was opened, such as that a damaged file was
    /// moved aside.
    public let warnings: [Warning]
    let queue: DatabaseQueue

    /// Opens the state of an output folder, or begins one. A file that is
    /// damaged or none of Jilaal's is moved aside, and a new one is begun.
    ///
    /// - Parameter folder: absolute, without symbolic links.
    /// - Throws: of kind `cannotOpen` (also for a symbolic link, which is
    ///   never followed), `newer`, `readOnly`, `busy` or `inputOutput`.
    public init(folder: String) throws(StateError) {
        path = folder + "/" + Self.name
        do throws(StateError) {
            queue = try Self.open(path)
            warnings = []
        } catch {
            guard error.kind == .damaged else { throw error }
            let moved = try StateFiles.moveAside(path)
            queue = try Self.open(path)
            warnings = [
                Warning(
                    error.code, at: Place(file: path),
                    "\(error.cause); it is now \(moved), and a new one was begun: the history of "
                        + "runs and events begins anew, results are not affected")
            ]
        }
    }

    /// Opens the state of an output folder, or begins one; nothing is moved
    /// aside.
    ///
    /// - Throws: as `init(folder:)`, and of kind `damaged`.
    public init(usableIn folder: String) throws(StateError) {
        path = folder + "/" + Self.name
        queue = try Self.open(path)
        warnings = []
    }

    /// The state of an output folder that has one, for reading only; nil
    /// when it has none. Nothing is moved aside.
    public init?(existingIn folder: String) throws(StateError) {
        path = folder + "/" + Self.name
        guard Self.exists(in: folder) else { return nil }
        try StateFiles.prepare(path)
        queue = try Self.open(path, isReadOnly: true)
        warnings = []
    }

    /// Whether an output folder has a state, usable or not.
    public static func exists(in folder: String) -> Bool {
        StateFiles.exists(folder + "/" + name)
    }

    /// Renames the file of an output folder, damaged as it is, to the first
    /// free `state.sqlite.damaged-N`, and returns that name.
    public static func moveAside(folder: String) throws(StateError) -> String {
        try StateFiles.moveAside(folder + "/" + name)
    }

    private static func open(_ path: String) throws(StateError) -> DatabaseQueue {
        try StateFiles.prepare(path)
        do throws(StateError) {
            return try open(path, isReadOnly: false)
        } catch {
            // What was remembered can still be asked for.
            guard error.kind == .readOnly else { throw error }
            return try open(path, isReadOnly: true)
        }
    }

    private static func open(
        _ path: String, isReadOnly: Bool
    ) throws(StateError) -> DatabaseQueue {
        do {
            let queue = try DatabaseQueue(
                path: path, configuration: configuration(isReadOnly: isReadOnly))
            let (isComplete, isNewer) = try queue.read { db in
                try checkOwner(of: db, path)
                return (
                    try Schema.migrator.hasCompletedMigrations(db),
                    try Schema.migrator.hasBeenSuperseded(db)
                )
            }
            guard !isNewer else {
                throw StateError(
                    .newer, at: Place(file: path), "was made by a newer version of Jilaal",
                    mend: "Use that version, or another --output")
            }
            if !isComplete {
                // First of all: a process that is killed here leaves a file
                // that is known to be Jilaal's.
                try queue.inDatabase { db in
                    try db.execute(sql: "PRAGMA application_id = \(applicationID)")
                }
                try Schema.migrator.migrate(queue)
            }
            if !isReadOnly {
                try queue.inDatabase { try $0.execute(sql: "PRAGMA synchronous = FULL") }
            }
            return queue
        } catch {
            throw failure(error, path)
        }
    }

    private static func configuration(isReadOnly: Bool) -> Configuration {
        var configuration = Configuration()
        configuration.readonly = isReadOnly
        configuration.journalMode = .wal
        configuration.foreignKeysEnabled = true
        configuration.busyMode = .timeout(busyTimeoutInSeconds)
        configuration.prepareDatabase { db in
            // A file that somebody put there must not run code of its own.
            try db.execute(sql: "PRAGMA trusted_schema = OFF")
            try db.execute(sql: "PRAGMA cell_size_check = ON")
        }
        return configuration
    }

    /// - Throws: of kind `damaged` for a database of another program.
    private static func checkOwner(of db: Database, _ path: String) throws {
        let owner = try Int.fetchOne(db, sql: "PRAGMA application_id") ?? 0
        let tables = try Int.fetchOne(db, sql: "SELECT count(*) FROM sqlite_master") ?? 0
        guard owner == applicationID || (owner == 0 && tables == 0) else {
            throw StateError(
                .damaged, at: Place(file: path), "is a database of another program",
                mend: "Give another --output")
        }
    }

    func read<Value>(_ body: (Database) throws -> Value) throws(StateError) -> Value {
        do { return try queue.read(body) } catch { throw Self.failure(error, path) }
    }

    /// In one transaction: all of it or nothing.
    func write<Value>(_ body: (Database) throws -> Value) throws(StateError) -> Value {
        guard FaultPoint.commit.passes(path) else {
            throw StateError(
                .inputOutput, at: Place(file: path),
                "reading or writing failed (\(StateFiles.reason(errno)))",
                mend: "Check free space and the device")
        }
        do { return try queue.write(body) } catch { throw Self.failure(error, path) }
    }

    /// Closes the file; nothing may be asked of it afterwards.
    public func close() throws(StateError) {
        do { try queue.close() } catch { throw Self.failure(error, path) }
    }

    static func failure(_ error: any Error, _ path: String) -> StateError {
        if let error = error as? StateError { return error }
        let place = Place(file: path)
        guard let error = error as? DatabaseError else {
            return StateError(
                .damaged, at: place, "holds what no version of Jilaal writes (\(error))",
                mend: "Move it away; a new one is begun")
        }
        // Without the statement and its arguments, which hold event rows.
        let text = error.message ?? "result code \(error.resultCode.rawValue)"
        switch error.resultCode {
        case .SQLITE_CORRUPT, .SQLITE_NOTADB, .SQLITE_ERROR, .SQLITE_MISMATCH,
            .SQLITE_CONSTRAINT, .SQLITE_FORMAT:
            return StateError(
                .damaged, at: place, "is damaged (\(text))",
                mend: "Move it away; a new one is begun")
        case .SQLITE_READONLY:
            return StateError(
                .readOnly, at: place, "cannot be written (\(text))",
                mend: "Check the permissions of the file and its folder")
        case .SQLITE_CANTOPEN:
            return StateError(
                .cannotOpen, at: place, "cannot be opened (\(text))",
                mend: "Check the permissions of the file and its folder")
        case .SQLITE_BUSY, .SQLITE_LOCKED:
            return StateError(
                .busy, at: place, "is in use by another process", mend: "Run again later")
        default:
            return StateError(
                .inputOutput, at: place, "reading or writing failed (\(text))",
                mend: "Check free space and the device")
        }
    }
}

extension Row {
    /// A column's value.
    ///
    /// - Throws: of kind `damaged` when it is of another type.
    func value<Value: DatabaseValueConvertible>(_ column: String) throws -> Value {
        guard let value: Value = try optional(column) else {
            throw StateError(
                .damaged, at: Place(field: column), "holds no value", mend: "Move the file away")
        }
        return value
    }

    /// A column's value; nil for NULL.
    ///
    /// - Throws: of kind `damaged` when there is no such column, as in a
    ///   schema with a changed byte, or it is of another type.
    func optional<Value: DatabaseValueConvertible>(_ column: String) throws -> Value? {
        guard hasColumn(column) else {
            throw StateError(
                .damaged, at: Place(field: column), "is not there", mend: "Move the file away")
        }
        let stored: DatabaseValue = self[column]
        if stored.isNull { return nil }
        guard let value = Value.fromDatabaseValue(stored) else {
            throw StateError(
                .damaged, at: Place(field: column), "holds a value of another type",
                mend: "Move the file away")
        }
        return value
    }
}
