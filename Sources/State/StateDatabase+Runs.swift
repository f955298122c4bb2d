import Calendar
import GRDB

extension StateDatabase {
    /// Notes that a run has begun, at once: a run that is killed then shows
    /// as one that did not finish.
    public func begin(_ run: RunBeginning) throws(StateError) -> RunToken {
        try write { db in
            try db.execute(
                sql: """
                    INSERT INTO run (started, as_known_on, pipeline, pipeline_sha256, version, process)
                    VALUES (?, ?, ?, ?, ?, ?)
                    """,
                arguments: [
                    run.startedAtSecond, run.asKnownOn?.description, run.pipeline,
                    run.pipelineSHA256, run.version, run.process,
                ])
            return RunToken(id: db.lastInsertedRowID)
        }
    }

    /// Notes all that a run leaves to remember, in one transaction.
    public func finish(_ token: RunToken, _ ending: RunEnding) throws(StateError) {
        try write { db in
            try Self.store(ending, of: token, in: db)
            try Self.store(seen: ending.filesSeen, at: ending.knownAtSecond, in: db)
            for observation in ending.sources {
                try SnapshotRecorder(db: db, observation: observation, second: ending.knownAtSecond)
                    .record()
            }
        }
    }

    private static func store(_ ending: RunEnding, of token: RunToken, in db: Database) throws {
        var published: String?
        var exitCode: Int?
        var message: String?
        switch ending.outcome {
        case .published(let id): published = id
        case .failed(let code, let text): (exitCode, message) = (code, text)
        case .nothingToDo, .interrupted, .didNotFinish: break
        }
        try db.execute(
            sql: """
                UPDATE run SET finished = ?, outcome = ?, published = ?, exit_code = ?,
                    message = ?, as_of = ? WHERE id = ?
                """,
            arguments: [
                ending.finishedAtSecond, ending.outcome.word, published, exitCode, message,
                ending.asOf?.description, token.id,
            ])
        for (position, stage) in ending.stages.enumerated() {
            try db.execute(
                sql: "INSERT INTO run_stage VALUES (?, ?, ?, ?, ?, ?)",
                arguments: [
                    token.id, position, stage.name, stage.isComputed, stage.reason, stage.seconds,
                ])
        }
        for (position, count) in ending.counts.enumerated() {
            try db.execute(
                sql: "INSERT INTO run_count VALUES (?, ?, ?, ?, ?)",
                arguments: [token.id, position, count.stage, count.name, count.value])
        }
    }

    /// The runs, newest first.
    ///
    /// - Parameter limit: at most so many.
    public func runs(limit: Int) throws(StateError) -> [RunEntry] {
        try read { db in
            try Row.fetchAll(db, sql: "SELECT * FROM run ORDER BY id DESC LIMIT ?", arguments: [limit])
                .map { try Self.entry($0, in: db) }
        }
    }

    /// The run that was the newest published one at the end of a day in UTC,
    /// runs of what was known on earlier days aside; nil when there is none.
    public func newestPublished(by date: CalendarDate) throws(StateError) -> String? {
        try read { db in
            try String.fetchOne(
                db,
                sql: """
                    SELECT published FROM run WHERE outcome = 'published'
                    AND as_known_on IS NULL AND started <= ? ORDER BY id DESC LIMIT 1
                    """, arguments: [date.lastSecond])
        }
    }

    private static func entry(_ row: Row, in db: Database) throws -> RunEntry {
        let id: Int64 = try row.value("id")
        let asKnownOn: String? = try row.optional("as_known_on")
        let asOf: String? = try row.optional("as_of")
        return RunEntry(
            number: id,
            beginning: RunBeginning(
                startedAtSecond: try row.value("started"), pipeline: try row.value("pipeline"),
                pipelineSHA256: try row.value("pipeline_sha256"), version: try row.value("version"),
                asKnownOn: asKnownOn.flatMap { CalendarDate(iso: $0) },
                process: try row.value("process")),
            finishedAtSecond: try row.optional("finished"), outcome: try outcome(row),
            asOf: asOf.flatMap { CalendarDate(iso: $0) },
            stages: try Row.fetchAll(
                db, sql: "SELECT * FROM run_stage WHERE run_id = ? ORDER BY position",
                arguments: [id]
            ).map {
                StageEntry(
                    name: try $0.value("name"), isComputed: try $0.value("is_computed"),
                    reason: try $0.value("reason"), seconds: try $0.value("seconds"))
            },
            counts: try Row.fetchAll(
                db, sql: "SELECT * FROM run_count WHERE run_id = ? ORDER BY position",
                arguments: [id]
            ).map {
                CountEntry(
                    stage: try $0.value("stage"), name: try $0.value("name"),
                    value: try $0.value("value"))
            })
    }

    private static func outcome(_ row: Row) throws -> RunOutcome {
        let word: String? = try row.optional("outcome")
        switch word {
        case "published": return .published(id: try row.value("published"))
        case "nothing-to-do": return .nothingToDo
        case "failed":
            return .failed(
                exitCode: try row.value("exit_code"), message: try row.value("message"))
        case "interrupted": return .interrupted
        default: return .didNotFinish
        }
    }
}

extension RunOutcome {
    /// Stable, for the database and for JSON.
    public var word: String {
        switch self {
        case .published: "published"
        case .nothingToDo: "nothing-to-do"
        case .failed: "failed"
        case .interrupted: "interrupted"
        case .didNotFinish: "did-not-finish"
        }
    }
}
