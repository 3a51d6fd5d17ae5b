package dev.weir.metering.window.persistence;

import static dev.weir.metering.Database.instant;
import static dev.weir.metering.Database.instantOrNull;
import static dev.weir.metering.Database.textOrNull;

import dev.weir.metering.Database;
import dev.weir.metering.contract.UsageBefore;
import dev.weir.metering.window.app.EarlierUsageRows;
import dev.weir.metering.window.domain.LimitBeginning;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Usage before limits in PostgreSQL. */
@Singleton
class EarlierUsageStore implements EarlierUsageRows {
    private final Database database;

    EarlierUsageStore(Database database) {
        this.database = database;
    }

    @Override
    public List<Told> told(Collection<String> customers) {
        return database.query(
                "SELECT * FROM usage_before WHERE customer = ANY(?) ORDER BY usage_id",
                p -> p.all("text", customers),
                row -> new Told(
                        new LimitBeginning(
                                row.getString("customer"),
                                row.getString("root"),
                                row.getString("feature"),
                                textOrNull(row, "resource"),
                                instantOrNull(row, "period_from"),
                                instant(row, "limit_from"),
                                row.getInt("scale")),
                        row.getLong("revision"),
                        row.getLong("total")));
    }

    @Override
    public void keep(LimitBeginning beginning) {
        database.update(
                """
                INSERT INTO usage_before AS u (usage_id, customer, root, feature, resource, period_from, limit_from, scale,
                    revision, total)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, 0, 0)
                ON CONFLICT (usage_id) DO UPDATE SET root = excluded.root, limit_from = excluded.limit_from,
                    scale = excluded.scale""",
                p -> p.uuid(id(beginning))
                        .text(beginning.customer())
                        .text(beginning.root())
                        .text(beginning.feature())
                        .text(beginning.resource())
                        .instant(beginning.periodFrom())
                        .instant(beginning.at())
                        .small(beginning.scale()));
    }

    @Override
    public void tell(LimitBeginning beginning, long revision, long total) {
        database.update(
                "UPDATE usage_before SET revision = ?, total = ? WHERE usage_id = ?",
                p -> p.number(revision).number(total).uuid(id(beginning)));
    }

    @Override
    public long usedWithoutLimit(String customer, String feature, @Nullable String resource, Instant from, Instant to) {
        return database.first(
                        """
                        SELECT coalesce(sum(reported + enforced), 0)::bigint FROM usage_window
                        WHERE customer = ? AND feature = ? AND resource IS NOT DISTINCT FROM ? AND unlimited
                            AND starts_at >= ? AND starts_at < ?""",
                        p -> p.text(customer)
                                .text(feature)
                                .text(resource)
                                .instant(from)
                                .instant(to),
                        row -> row.getLong(1))
                .orElse(0L);
    }

    private static UUID id(LimitBeginning beginning) {
        return UsageBefore.id(beginning.customer(), beginning.feature(), beginning.resource(), beginning.periodFrom());
    }
}
