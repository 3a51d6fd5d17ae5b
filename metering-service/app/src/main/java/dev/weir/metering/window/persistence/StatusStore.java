package dev.weir.metering.window.persistence;

import dev.weir.metering.Database;
import dev.weir.metering.window.app.StatusRows;
import jakarta.inject.Singleton;

/** Reads how far metering has come from PostgreSQL. */
@Singleton
class StatusStore implements StatusRows {

    private final Database database;

    StatusStore(Database database) {
        this.database = database;
    }

    @Override
    public Progress progress() {
        return database.first(
                        """
                        SELECT (SELECT count(*) FROM pending_usage) AS pending,
                            (SELECT count(*) FROM usage_window WHERE dirty_since IS NOT NULL) AS open,
                            (SELECT count(*) FROM counted_usage WHERE kind = 2) AS unpriced,
                            (SELECT count(*) FROM customer_snapshot WHERE received_version > applied_version) AS waiting,
                            (SELECT count(*) FROM event_conflict) AS conflicts,
                            (SELECT max(received_at) FROM usage_event) AS last""",
                        p -> {},
                        row -> new Progress(
                                row.getLong("pending"),
                                row.getLong("open"),
                                row.getLong("unpriced"),
                                row.getLong("waiting"),
                                row.getLong("conflicts"),
                                Database.instantOrNull(row, "last")))
                .orElseThrow();
    }
}
