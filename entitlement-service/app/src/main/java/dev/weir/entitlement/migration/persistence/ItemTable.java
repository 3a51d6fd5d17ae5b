package dev.weir.entitlement.migration.persistence;

import dev.weir.entitlement.migration.domain.Item;
import dev.weir.entitlement.migration.domain.Migration;
import dev.weir.entitlement.migration.domain.Scope;
import dev.weir.entitlement.sql.persistence.Sql;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The table of what each migration does to each subscription. */
@Singleton
public class ItemTable {
    /** Living subscriptions with a phase, now or later, that the migration moves. */
    private static final String CANDIDATES = """
            FROM subscription s JOIN subscription_phase p ON p.subscription = s.id
                 JOIN customer c ON c.customer = s.customer
            WHERE p.superseded_by IS NULL AND (p.to_at IS NULL OR p.to_at > ?) AND p.plan = ? AND p.plan_hash <> ?
              AND (? OR p.plan_version::text = ANY (?)) AND NOT c.archived
              AND (?::text IS NULL OR EXISTS (
                  SELECT 1 FROM cohort_membership m WHERE m.cohort = ? AND m.customer = s.customer))
              AND (? OR s.customer = ANY (?))
            """;

    /** A subscription that a migration would be about. */
    public record Candidate(String customer, UUID subscription) {}

    private final Sql sql;

    ItemTable(Sql sql) {
        this.sql = sql;
    }

    /** The next subscriptions that a migration would be about, by customer and id. */
    public List<Candidate> candidates(Migration wish, Instant now, @Nullable Candidate after, int limit) {
        List<@Nullable Object> parameters = parameters(wish, now);
        parameters.add(after == null ? "" : after.customer());
        parameters.add(after == null ? new UUID(0, 0) : after.subscription());
        parameters.add(limit);
        return sql.list(
                "SELECT DISTINCT s.customer, s.id " + CANDIDATES
                        + "AND (s.customer, s.id) > (?, ?) ORDER BY s.customer, s.id LIMIT ?",
                row -> new Candidate(row.text("customer"), row.uuid("id")),
                parameters.toArray());
    }

    /** Lists what a migration is about; of customers that were named those too who have nothing to move. */
    public void list(Migration migration, Instant now) {
        List<@Nullable Object> parameters = parameters(migration, now);
        parameters.addFirst(migration.id());
        sql.update(
                "INSERT INTO migration_item (migration, customer, subscription, state) "
                        + "SELECT DISTINCT ?::uuid, s.customer, s.id, 'PENDING' " + CANDIDATES
                        + "ORDER BY s.customer, s.id",
                parameters.toArray());
        List<String> customers = migration.scope().customers();
        if (customers != null) {
            sql.update("""
                    INSERT INTO migration_item (migration, customer, state, code, detail, done_at)
                    SELECT ?::uuid, named.customer, 'SKIPPED', 'NOTHING_TO_MOVE', 'has no subscription to move', ?
                    FROM unnest(?::text[]) AS named (customer)
                    WHERE NOT EXISTS (
                        SELECT 1 FROM migration_item i WHERE i.migration = ? AND i.customer = named.customer)""", migration.id(), now, customers, migration.id());
        }
    }

    /** Lists for an undo whatever its migration moved or scheduled. */
    public void listUndo(UUID undo, UUID migration) {
        sql.update("""
                INSERT INTO migration_item (migration, customer, subscription, state)
                SELECT ?::uuid, customer, subscription, 'PENDING' FROM migration_item
                WHERE migration = ? AND state = 'MOVED' ORDER BY seq""", undo, migration);
    }

    /** What a migration moved, of these subscriptions. */
    public List<Item> moved(UUID migration, Collection<UUID> subscriptions) {
        return sql.list(
                "SELECT * FROM migration_item WHERE migration = ? AND subscription = ANY (?) AND state = 'MOVED'",
                ItemTable::read,
                migration,
                subscriptions);
    }

    /** The next work of a migration. */
    public List<Long> open(UUID migration, int limit) {
        return sql.list("""
                SELECT seq FROM migration_item WHERE migration = ? AND state IN ('PENDING', 'CANCELING')
                ORDER BY seq LIMIT ?""", row -> row.number("seq"), migration, limit);
    }

    /** Locks work that is still to do and that nobody else is at. */
    public List<Item> lock(Collection<Long> seqs) {
        return sql.list("""
                SELECT * FROM migration_item WHERE seq::text = ANY (?) AND state IN ('PENDING', 'CANCELING')
                ORDER BY seq FOR UPDATE SKIP LOCKED""", ItemTable::read, seqs.stream().map(String::valueOf).toList());
    }

    /** Stores what became of items. */
    public void done(List<Item> items) {
        List<@Nullable Object[]> rows = new ArrayList<>();
        for (Item item : items) {
            rows.add(new @Nullable Object[] {
                item.state(),
                item.code(),
                item.detail(),
                item.fromPlan(),
                item.fromVersion(),
                item.effectiveAt(),
                item.deferred(),
                item.change(),
                item.doneAt(),
                item.seq()
            });
        }
        sql.batch("""
                UPDATE migration_item SET state = ?, code = ?, detail = ?, from_plan = ?, from_version = ?, effective_at = ?,
                    deferred = ?, change = ?, done_at = ?
                WHERE seq = ?""", rows);
    }

    /** Cancels what was not done yet, and marks what is only scheduled to be taken back. */
    public void cancel(UUID migration, Instant now) {
        sql.update(
                "UPDATE migration_item SET state = 'CANCELED', done_at = ? WHERE migration = ? AND state = 'PENDING'",
                now,
                migration);
        sql.update("""
                UPDATE migration_item SET state = 'CANCELING'
                WHERE migration = ? AND state = 'MOVED' AND effective_at > ?""", migration, now);
    }

    /** A migration's items after one, in their order. One whose scheduled move was revoked is canceled. */
    public List<Item> page(UUID migration, @Nullable Long after, int limit) {
        return sql.list("""
                SELECT i.*, c.revoked_at FROM migration_item i LEFT JOIN subscription_change c ON c.id = i.change
                WHERE i.migration = ? AND i.seq > ? ORDER BY i.seq LIMIT ?""", ItemTable::shown, migration, after == null ? 0 : after, limit);
    }

    private static List<@Nullable Object> parameters(Migration wish, Instant now) {
        Scope scope = wish.scope();
        List<Integer> versions = scope.fromVersions();
        List<String> customers = scope.customers();
        List<@Nullable Object> parameters = new ArrayList<>();
        parameters.add(now);
        parameters.add(wish.plan());
        parameters.add(wish.target().hash());
        parameters.add(versions == null);
        parameters.add(
                versions == null
                        ? List.of()
                        : versions.stream().map(String::valueOf).toList());
        parameters.add(scope.cohort());
        parameters.add(scope.cohort());
        parameters.add(customers == null);
        parameters.add(customers == null ? List.of() : customers);
        return parameters;
    }

    private static Item shown(Sql.Row row) throws SQLException {
        Item item = read(row);
        Instant revoked = row.instantOrNull("revoked_at");
        return item.state() == Item.State.MOVED && revoked != null
                ? item.without(Item.State.CANCELED, "REVOKED", "its scheduled move was revoked", revoked)
                : item;
    }

    private static Item read(Sql.Row row) throws SQLException {
        String plan = row.textOrNull("from_plan");
        return new Item(
                row.number("seq"),
                row.text("customer"),
                row.uuidOrNull("subscription"),
                Item.State.valueOf(row.text("state")),
                row.textOrNull("code"),
                row.textOrNull("detail"),
                plan,
                plan == null ? null : row.integer("from_version"),
                row.instantOrNull("effective_at"),
                row.flag("deferred"),
                row.uuidOrNull("change"),
                row.instantOrNull("done_at"));
    }
}
