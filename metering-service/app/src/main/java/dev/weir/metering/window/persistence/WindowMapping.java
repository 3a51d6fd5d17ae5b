package dev.weir.metering.window.persistence;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.catalog.contract.Aggregation;
import dev.weir.catalog.contract.FeatureType;
import dev.weir.metering.Database;
import dev.weir.metering.event.domain.Settlement;
import dev.weir.metering.event.domain.UsageEvent;
import dev.weir.metering.window.domain.Authority;
import dev.weir.metering.window.domain.CountedUsage;
import dev.weir.metering.window.domain.UsageKind;
import dev.weir.metering.window.domain.UsageWindow;
import dev.weir.metering.window.domain.WindowFrame;
import dev.weir.metering.window.domain.WindowTotals;
import dev.weir.platform.kernel.Json;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Rows to records. */
final class WindowMapping {

    private WindowMapping() {}

    static UsageWindow window(ResultSet row) throws SQLException {
        return new UsageWindow(
                frame(row),
                new WindowTotals(
                        row.getLong("reported"),
                        row.getLong("enforced"),
                        row.getLong("unpriced"),
                        row.getLong("event_count"),
                        Database.instant(row, "latest_event_at")),
                row.getLong("reported_revision"),
                row.getLong("closed_revision"));
    }

    private static WindowFrame frame(ResultSet row) throws SQLException {
        @Nullable String aggregation = Database.textOrNull(row, "aggregation");
        return new WindowFrame(
                Database.uuid(row, "window_id"),
                Authority.valueOf(row.getString("authority")),
                row.getString("customer"),
                row.getString("root"),
                row.getBoolean("known"),
                row.getString("feature"),
                FeatureType.valueOf(row.getString("feature_type")),
                aggregation == null ? null : Aggregation.valueOf(aggregation),
                Database.textOrNull(row, "resource"),
                Database.instant(row, "starts_at"),
                Database.instant(row, "ends_at"),
                row.getInt("scale"),
                row.getBoolean("unlimited"),
                Database.uuidOrNull(row, "subscription"),
                Database.textOrNull(row, "plan"),
                row.getInt("plan_version"),
                Database.textOrNull(row, "plan_hash"),
                Database.instantOrNull(row, "period_from"),
                Database.instantOrNull(row, "period_to"));
    }

    static CountedUsage counted(ResultSet row) throws SQLException {
        return new CountedUsage(
                row.getLong("seq"),
                Database.instant(row, "received_at"),
                Database.uuid(row, "identity"),
                row.getString("feature"),
                Database.uuid(row, "reservation"),
                UsageKind.of(row.getInt("kind")),
                Database.uuid(row, "window_id"),
                Database.instant(row, "event_time"),
                row.getLong("quantity"),
                Database.textOrNull(row, "value"));
    }

    static Settlement settlement(ResultSet row) throws SQLException {
        return new Settlement(
                Database.uuid(row, "reservation"),
                row.getString("feature"),
                row.getString("feature_type"),
                row.getString("root"),
                Database.textOrNull(row, "resource"),
                row.getLong("quantity"),
                row.getInt("scale"),
                Database.instant(row, "effective_at"),
                row.getBoolean("unlimited"),
                Database.uuidOrNull(row, "subscription"),
                Database.textOrNull(row, "plan"),
                row.getInt("plan_version"),
                Database.textOrNull(row, "plan_hash"),
                Database.instantOrNull(row, "period_from"),
                Database.instantOrNull(row, "period_to"),
                Database.instant(row, "window_start"),
                Database.instant(row, "window_end"),
                row.getBoolean("already_charged"));
    }

    static UsageEvent event(ResultSet row) throws SQLException {
        return new UsageEvent(
                row.getLong("seq"),
                Database.instant(row, "received_at"),
                Database.uuid(row, "identity"),
                row.getString("customer"),
                row.getString("source"),
                row.getString("event_id"),
                Database.textOrNull(row, "type"),
                Database.textOrNull(row, "resource"),
                Database.instant(row, "event_time"),
                object(row.getString("data")),
                row.getBoolean("reported"));
    }

    private static ObjectNode object(String json) {
        try {
            return (ObjectNode) Json.lenientMapper().readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the database keeps only JSON objects", e);
        }
    }
}
