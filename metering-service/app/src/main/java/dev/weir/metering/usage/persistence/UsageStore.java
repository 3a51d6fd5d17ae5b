package dev.weir.metering.usage.persistence;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.catalog.contract.Meter;
import dev.weir.metering.Database;
import dev.weir.metering.meter.domain.EventData;
import dev.weir.metering.meter.domain.Fold;
import dev.weir.metering.meter.domain.MeterReading;
import dev.weir.metering.meter.domain.Meters;
import dev.weir.metering.usage.app.UsageRows;
import dev.weir.metering.usage.domain.UsageReading;
import dev.weir.platform.kernel.Atoms;
import dev.weir.platform.kernel.Json;
import jakarta.inject.Singleton;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads usage from PostgreSQL. */
@Singleton
class UsageStore implements UsageRows {

    /** An event may be received this long before the time it bears; so months received before that need no look. */
    private static final Duration AHEAD = Duration.ofHours(1);

    private final Database database;

    UsageStore(Database database) {
        this.database = database;
    }

    @Override
    public void ofFeature(
            String customer,
            String feature,
            @Nullable String resource,
            Instant from,
            Instant to,
            List<String> groupBy,
            Consumer<UsageReading> consumer) {
        // The data are only fetched where something is grouped by them.
        String data = groupBy.isEmpty() ? "NULL::jsonb" : "e.data";
        String join = groupBy.isEmpty() ? "" : " JOIN usage_event e ON e.seq = c.seq AND e.received_at = c.received_at";
        database.each(
                "SELECT c.event_time, c.identity, c.kind, c.quantity, c.value, w.scale, w.aggregation, " + data
                        + " AS data"
                        + " FROM usage_window w JOIN counted_usage c ON c.window_id = w.window_id" + join + "\n"
                        + """
                        WHERE w.customer = ? AND w.feature = ? AND (?::text IS NULL OR w.resource = ?)
                            AND w.starts_at < ? AND w.ends_at > ?
                            AND c.event_time >= ? AND c.event_time < ? AND c.kind IN (0, 1)""",
                p -> p.text(customer)
                        .text(feature)
                        .text(resource)
                        .text(resource)
                        .instant(to)
                        .instant(from)
                        .instant(from)
                        .instant(to),
                row -> featureReading(row, groupBy),
                consumer);
    }

    @Override
    public void ofMeter(
            String customer,
            Meter meter,
            Collection<String> measuredFeatures,
            @Nullable String resource,
            Instant from,
            Instant to,
            List<String> groupBy,
            Consumer<UsageReading> consumer) {
        database.each(
                """
                SELECT e.event_time, e.identity, e.data,
                    (SELECT sum(s.quantity::numeric / 10::numeric ^ s.scale) FROM usage_settlement s
                     WHERE s.seq = e.seq AND s.received_at = e.received_at AND s.feature = ANY(?)
                        AND NOT s.already_charged) AS settled
                FROM usage_event e
                WHERE e.customer = ? AND e.type = ? AND (?::text IS NULL OR e.resource = ?)
                    AND e.event_time >= ? AND e.event_time < ? AND e.received_at >= ?""",
                p -> p.all("text", measuredFeatures)
                        .text(customer)
                        .text(meter.eventType())
                        .text(resource)
                        .text(resource)
                        .instant(from)
                        .instant(to)
                        .instant(from.minus(AHEAD)),
                row -> meterReading(row, meter, groupBy),
                reading -> reading.ifPresent(consumer));
    }

    private static UsageReading featureReading(ResultSet row, List<String> groupBy) throws SQLException {
        Instant time = Database.instant(row, "event_time");
        UUID identity = Database.uuid(row, "identity");
        @Nullable String json = Database.textOrNull(row, "data");
        List<String> group = json == null ? List.of() : group(EventData.scalars(tree(json)), groupBy);
        BigDecimal quantity = Atoms.decimal(row.getLong("quantity"), row.getInt("scale"));
        @Nullable String value = Database.textOrNull(row, "value");
        if (row.getInt("kind") == 1) {
            return new UsageReading(time, identity, group, quantity, null, null);
        }
        if (value == null) {
            return new UsageReading(time, identity, group, null, quantity, null);
        }
        return "UNIQUE".equals(row.getString("aggregation"))
                ? new UsageReading(time, identity, group, null, null, value)
                : new UsageReading(time, identity, group, null, new BigDecimal(value), null);
    }

    private static Optional<UsageReading> meterReading(ResultSet row, Meter meter, List<String> groupBy)
            throws SQLException {
        Instant time = Database.instant(row, "event_time");
        UUID identity = Database.uuid(row, "identity");
        Map<String, String> data = EventData.scalars(tree(row.getString("data")));
        List<String> group = group(data, groupBy);
        @Nullable BigDecimal settled = row.getBigDecimal("settled");
        if (settled != null && Fold.additive(meter.aggregation())) {
            return Optional.of(new UsageReading(time, identity, group, settled, null, null));
        }
        return switch (Meters.read(meter, data)) {
            case MeterReading.Quantity(BigDecimal quantity) ->
                Optional.of(new UsageReading(time, identity, group, null, quantity, null));
            case MeterReading.Key(String key) -> Optional.of(new UsageReading(time, identity, group, null, null, key));
            case MeterReading.FilteredOut ignored -> Optional.empty();
            case MeterReading.Unreadable ignored -> Optional.empty();
        };
    }

    private static List<String> group(Map<String, String> data, List<String> groupBy) {
        return groupBy.stream().map(field -> data.getOrDefault(field, "")).toList();
    }

    private static JsonNode tree(String json) {
        try {
            return Json.lenientMapper().readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the database keeps only JSON objects", e);
        }
    }
}
