package dev.weir.metering.window.persistence;

import static dev.weir.metering.Database.instant;
import static dev.weir.metering.Database.instantOrNull;
import static dev.weir.metering.Database.textOrNull;
import static dev.weir.metering.Database.uuid;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.weir.catalog.contract.Aggregation;
import dev.weir.entitlement.contract.Recurrence;
import dev.weir.metering.Database;
import dev.weir.metering.contract.LevelMeasured;
import dev.weir.metering.window.app.LevelRows;
import dev.weir.metering.window.domain.LevelCharge;
import dev.weir.platform.kernel.Json;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Charges on levels and their measurements in PostgreSQL. */
@Singleton
class LevelStore implements LevelRows {
    private final Database database;

    LevelStore(Database database) {
        this.database = database;
    }

    @Override
    public void watch(Collection<LevelCharge> charges) {
        for (LevelCharge charge : charges) {
            Instant measuredTo = database.query(
                            """
                            INSERT INTO level_charge AS l (subscription, owner_hash, charge, customer, root, feature, resource,
                                scale, measure, owner, owner_version, addon, anchor, every, zone, active_from, active_to,
                                subscribed_from, replaced, measured_to)
                            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                            ON CONFLICT (subscription, owner_hash, charge) DO UPDATE SET root = excluded.root,
                                active_to = excluded.active_to, replaced = excluded.replaced
                            RETURNING measured_to""",
                            p -> p.uuid(charge.subscription())
                                    .text(charge.ownerHash())
                                    .text(charge.charge())
                                    .text(charge.customer())
                                    .text(charge.root())
                                    .text(charge.feature())
                                    .text(charge.resource())
                                    .small(charge.scale())
                                    .text(charge.measure())
                                    .text(charge.owner())
                                    .number(charge.ownerVersion())
                                    .flag(charge.addon())
                                    .instant(charge.billing().anchor())
                                    .text(charge.billing().every())
                                    .text(charge.billing().zone().getId())
                                    .instant(charge.activeFrom())
                                    .instant(charge.activeTo())
                                    .instant(charge.subscribedFrom())
                                    .flag(charge.replaced())
                                    .instant(charge.activeFrom()),
                            row -> instant(row, "measured_to"))
                    .getFirst();
            Instant activeTo = charge.activeTo();
            boolean over = activeTo != null && !measuredTo.isBefore(activeTo);
            measured(charge, measuredTo, over ? null : charge.partAt(measuredTo).to());
        }
    }

    @Override
    public List<Watched> due(Instant endedBy, int limit) {
        return database.query(
                "SELECT * FROM level_charge WHERE next_due <= ? ORDER BY next_due LIMIT ? FOR UPDATE SKIP LOCKED",
                p -> p.instant(endedBy).number(limit),
                row -> new Watched(charge(row), instant(row, "measured_to")));
    }

    @Override
    public void measured(LevelCharge charge, Instant measuredTo, @Nullable Instant nextDue) {
        database.update(
                """
                UPDATE level_charge SET measured_to = ?, next_due = ?
                WHERE subscription = ? AND owner_hash = ? AND charge = ?""",
                p -> p.instant(measuredTo)
                        .instant(nextDue)
                        .uuid(charge.subscription())
                        .text(charge.ownerHash())
                        .text(charge.charge()));
    }

    @Override
    public List<LevelMeasured> measurements(Collection<String> roots, Collection<String> features, Instant endAfter) {
        return database.query(
                "SELECT body FROM level_measurement WHERE root = ANY(?) AND feature = ANY(?) AND span_to > ?",
                p -> p.all("text", roots).all("text", features).instant(endAfter),
                LevelStore::measurement);
    }

    @Override
    public @Nullable LevelMeasured measurement(UUID id) {
        return database.first(
                        "SELECT body FROM level_measurement WHERE measurement_id = ?",
                        p -> p.uuid(id),
                        LevelStore::measurement)
                .orElse(null);
    }

    @Override
    public void keep(LevelMeasured measurement) {
        database.update(
                """
                INSERT INTO level_measurement (measurement_id, root, feature, span_to, body) VALUES (?, ?, ?, ?, ?::jsonb)
                ON CONFLICT (measurement_id) DO UPDATE SET span_to = excluded.span_to, body = excluded.body""",
                p -> p.uuid(measurement.measurement())
                        .text(measurement.root())
                        .text(measurement.feature())
                        .instant(measurement.to())
                        .text(json(measurement)));
    }

    @Override
    public List<Before> before(String root, String feature, @Nullable String resource, Instant until) {
        return database.query(
                """
                SELECT customer, sum(reported)::bigint AS reported, sum(enforced)::bigint AS enforced FROM usage_window
                WHERE root = ? AND feature = ? AND resource IS NOT DISTINCT FROM ? AND ends_at <= ? GROUP BY customer""",
                p -> p.text(root).text(feature).text(resource).instant(until),
                row -> new Before(row.getString("customer"), row.getLong("reported"), row.getLong("enforced")));
    }

    @Override
    public List<Moved> moves(String root, String feature, @Nullable String resource, Instant from, Instant to) {
        return database.query(
                """
                SELECT w.customer, w.aggregation, c.kind, c.event_time, c.quantity, c.value
                FROM usage_window w JOIN counted_usage c ON c.window_id = w.window_id
                WHERE w.root = ? AND w.feature = ? AND w.resource IS NOT DISTINCT FROM ? AND w.ends_at > ? AND w.starts_at < ?
                    AND c.kind IN (0, 1)
                ORDER BY c.event_time, c.identity, c.seq""",
                p -> p.text(root).text(feature).text(resource).instant(from).instant(to),
                LevelStore::moved);
    }

    private static Moved moved(ResultSet row) throws SQLException {
        String aggregation = textOrNull(row, "aggregation");
        return new Moved(
                row.getString("customer"),
                aggregation == null ? null : Aggregation.valueOf(aggregation),
                row.getInt("kind") == 0,
                instant(row, "event_time"),
                row.getLong("quantity"),
                textOrNull(row, "value"));
    }

    private static LevelCharge charge(ResultSet row) throws SQLException {
        return new LevelCharge(
                uuid(row, "subscription"),
                row.getString("customer"),
                row.getString("root"),
                row.getString("feature"),
                textOrNull(row, "resource"),
                row.getInt("scale"),
                row.getString("charge"),
                row.getString("measure"),
                row.getString("owner"),
                row.getInt("owner_version"),
                row.getString("owner_hash"),
                row.getBoolean("addon"),
                new Recurrence(instant(row, "anchor"), row.getString("every"), ZoneId.of(row.getString("zone"))),
                instant(row, "active_from"),
                instantOrNull(row, "active_to"),
                instant(row, "subscribed_from"),
                row.getBoolean("replaced"));
    }

    private static LevelMeasured measurement(ResultSet row) throws SQLException {
        try {
            return Json.lenientMapper().readValue(row.getString("body"), LevelMeasured.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a stored measurement cannot be read", e);
        }
    }

    private static String json(LevelMeasured measurement) {
        try {
            return Json.mapper().writeValueAsString(measurement);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a measurement cannot be written", e);
        }
    }
}
