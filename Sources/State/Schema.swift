import GRDB

/// The tables of the state database. A published migration is never edited:
/// changes come as new ones.
enum Schema {
    static var migrator: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("1: runs, files, events") { db in
            try db.execute(sql: runs)
            try db.execute(sql: files)
            try db.execute(sql: events)
        }
        return migrator
    }

    /// Times are seconds since 1970-01-01T00:00:00Z; dates are ISO 8601.
    private static let runs = """
        CREATE TABLE run (
            id INTEGER PRIMARY KEY,
            started INTEGER NOT NULL,
            finished INTEGER,
            outcome TEXT,
            published TEXT,
            exit_code INTEGER,
            message TEXT,
            as_of TEXT,
            as_known_on TEXT,
            pipeline TEXT NOT NULL,
            pipeline_sha256 TEXT NOT NULL,
            version TEXT NOT NULL,
            process INTEGER NOT NULL
        ) STRICT;
        CREATE TABLE run_stage (
            run_id INTEGER NOT NULL REFERENCES run ON DELETE CASCADE,
            position INTEGER NOT NULL,
            name TEXT NOT NULL,
            is_computed INTEGER NOT NULL,
            reason TEXT NOT NULL,
            seconds REAL NOT NULL,
            PRIMARY KEY (run_id, position)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE run_count (
            run_id INTEGER NOT NULL REFERENCES run ON DELETE CASCADE,
            position INTEGER NOT NULL,
            stage TEXT NOT NULL,
            name TEXT NOT NULL,
            value INTEGER NOT NULL,
            PRIMARY KEY (run_id, position)
        ) STRICT, WITHOUT ROWID;
        """

    private static let files = """
        CREATE TABLE file_history (
            path TEXT NOT NULL,
            version INTEGER NOT NULL,
            bytes INTEGER NOT NULL,
            sha256 TEXT NOT NULL,
            first_seen INTEGER NOT NULL,
            PRIMARY KEY (path, version)
        ) STRICT, WITHOUT ROWID;
        """

    /// `since` and `until` of a row are the snapshots in which it came and
    /// went; `until` is NULL while it is there. A row that comes back has its
    /// earlier stay moved to `row_past`.
    private static let events = """
        CREATE TABLE source (
            id INTEGER PRIMARY KEY,
            name TEXT NOT NULL UNIQUE
        ) STRICT;
        CREATE TABLE snapshot (
            id INTEGER PRIMARY KEY,
            source_id INTEGER NOT NULL REFERENCES source,
            known_on INTEGER NOT NULL,
            form INTEGER NOT NULL,
            head BLOB NOT NULL,
            terminator BLOB NOT NULL,
            row_order BLOB NOT NULL,
            row_count INTEGER NOT NULL,
            byte_count INTEGER NOT NULL,
            sha256 TEXT NOT NULL
        ) STRICT;
        CREATE INDEX snapshot_of_source ON snapshot (source_id, id);
        CREATE TABLE snapshot_file (
            snapshot_id INTEGER NOT NULL REFERENCES snapshot ON DELETE CASCADE,
            position INTEGER NOT NULL,
            path TEXT NOT NULL,
            bytes INTEGER NOT NULL,
            sha256 TEXT NOT NULL,
            PRIMARY KEY (snapshot_id, position)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE event_row (
            id INTEGER PRIMARY KEY,
            source_id INTEGER NOT NULL REFERENCES source,
            digest BLOB NOT NULL,
            event_key TEXT,
            since INTEGER NOT NULL REFERENCES snapshot,
            until INTEGER REFERENCES snapshot
        ) STRICT;
        CREATE INDEX event_row_of_key ON event_row (event_key) WHERE event_key IS NOT NULL;
        CREATE TABLE row_content (
            id INTEGER PRIMARY KEY REFERENCES event_row,
            content BLOB NOT NULL
        ) STRICT;
        CREATE TABLE row_past (
            row_id INTEGER NOT NULL REFERENCES event_row,
            since INTEGER NOT NULL REFERENCES snapshot,
            until INTEGER NOT NULL REFERENCES snapshot,
            PRIMARY KEY (row_id, since)
        ) STRICT, WITHOUT ROWID;
        """
}
