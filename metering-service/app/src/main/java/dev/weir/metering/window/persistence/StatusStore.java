package dev.weir.metering.window.persistence;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.metering.Database;
import dev.weir.metering.window.app.StatusRows;
import dev.weir.platform.kernel.Json;
import jakarta.inject.Singleton;
import java.util.List;

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
                            (SELECT count(*) FROM pending_usage WHERE retry_at IS NOT NULL) AS faulty,
                            (SELECT count(*) FROM usage_window WHERE dirty_since IS NOT NULL AND known) AS open,
                            (SELECT count(*) FROM counted_usage WHERE kind = 2) AS unpriced,
                            (SELECT count(*) FROM customer_snapshot WHERE received_version > applied_version) AS waiting,
                            (SELECT count(*) FROM event_conflict) AS conflicts,
                            (SELECT max(received_at) FROM event_identity) AS last""",
                        p -> {},
                        row -> new Progress(
                                row.getLong("pending"),
                                row.getLong("faulty"),
                                row.getLong("open"),
                                row.getLong("unpriced"),
                                row.getLong("waiting"),
                                row.getLong("conflicts"),
                                Database.instantOrNull(row, "last")))
                .orElseThrow();
    }

    @Override
    public List<Conflict> conflicts(long before, int limit) {
        return database.query(
                "SELECT * FROM event_conflict WHERE id < ? ORDER BY id DESC LIMIT ?",
                p -> p.number(before).number(limit),
                row -> new Conflict(
                        row.getLong("id"),
                        row.getString("customer"),
                        row.getString("source"),
                        row.getString("event_id"),
                        Database.uuid(row, "reservation"),
                        tree(row.getString("replaced")),
                        Database.instant(row, "found_at")));
    }

    private static JsonNode tree(String json) {
        try {
            return Json.lenientMapper().readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the database keeps only JSON", e);
        }
    }
}
