package dev.weir.entitlement.snapshot.persistence;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.weir.catalog.contract.Entitlement;
import dev.weir.catalog.contract.FeatureDefinition;
import dev.weir.catalog.contract.UsageOnChange;
import dev.weir.entitlement.contract.AddonPart;
import dev.weir.entitlement.contract.AllowancePart;
import dev.weir.entitlement.contract.RedeemedCoupon;
import dev.weir.entitlement.contract.SubscriptionPart;
import dev.weir.entitlement.contract.SubscriptionPhase;
import dev.weir.entitlement.snapshot.domain.CustomerHead;
import dev.weir.entitlement.sql.persistence.JsonColumn;
import dev.weir.entitlement.sql.persistence.Sql;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads what snapshots are made of, for many customers at once. */
@Singleton
public class SnapshotTables {
    private static final TypeReference<List<StoredAddon>> ADDONS = new TypeReference<>() {};

    private record StoredAddon(String hash, int quantity) {}

    private record PhaseRow(
            String customer,
            UUID id,
            String product,
            @Nullable String resource,
            Instant anchor,
            SubscriptionPhase phase) {}

    private record Link(String customer, String other) {}

    private record Owned<T>(String customer, T value) {}

    private final Sql sql;

    SnapshotTables(Sql sql) {
        this.sql = sql;
    }

    /** Locks customers until the transaction ends, in the order of their ids, and answers those that exist. */
    public List<CustomerHead> lock(Collection<String> customers) {
        return sql.list(
                "SELECT * FROM customer WHERE customer = ANY (?) ORDER BY customer FOR NO KEY UPDATE",
                SnapshotTables::head,
                customers);
    }

    /**
     * Locks customers and everyone below them, whose snapshots a change of these changes too, and answers them all. In one
     * statement and by id: who locked a parent first and its children later would meet, in a circle, a worker that locks a page
     * of customers by id.
     */
    public List<CustomerHead> lockWithBelow(Collection<String> customers) {
        return sql.list("""
                WITH RECURSIVE family (customer) AS (
                    SELECT customer FROM customer WHERE customer = ANY (?)
                    UNION
                    SELECT child.customer FROM family JOIN customer child ON child.parent = family.customer)
                SELECT customer.* FROM customer WHERE customer IN (SELECT customer FROM family)
                ORDER BY customer FOR NO KEY UPDATE""", SnapshotTables::head, customers);
    }

    /** A customer without a lock. */
    public Optional<CustomerHead> head(String customer) {
        return sql.first("SELECT * FROM customer WHERE customer = ?", SnapshotTables::head, customer);
    }

    /** Counts the versions of customers up by one. */
    public void countUp(Collection<String> customers) {
        sql.update("UPDATE customer SET version = version + 1 WHERE customer = ANY (?)", customers);
    }

    /** Customers by id. */
    public Map<String, CustomerHead> heads(Collection<String> customers) {
        Map<String, CustomerHead> heads = new LinkedHashMap<>();
        sql.list("SELECT * FROM customer WHERE customer = ANY (?) ORDER BY customer", SnapshotTables::head, customers)
                .forEach(head -> heads.put(head.customer(), head));
        return heads;
    }

    /** The next roots after a key, by key. */
    public List<String> roots(String after, int limit) {
        return sql.list(
                "SELECT customer FROM customer WHERE customer > ? AND parent IS NULL ORDER BY customer LIMIT ?",
                row -> row.text("customer"),
                after,
                limit);
    }

    /** The roots that were made in [from, to). */
    public List<String> rootsMadeBetween(Instant from, Instant to) {
        return sql.list(
                "SELECT customer FROM customer WHERE created_at >= ? AND created_at < ? AND parent IS NULL ORDER BY customer",
                row -> row.text("customer"),
                from,
                to);
    }

    /** Everyone below these customers, not they themselves. */
    public List<String> descendants(Collection<String> customers) {
        return sql.list("""
                WITH RECURSIVE below (customer) AS (
                    SELECT customer FROM customer WHERE parent = ANY (?)
                    UNION
                    SELECT child.customer FROM below JOIN customer child ON child.parent = below.customer)
                SELECT customer FROM below ORDER BY customer""", row -> row.text("customer"), customers);
    }

    /** For each customer itself and all its ancestors. */
    public Map<String, List<String>> owners(Collection<String> customers) {
        Map<String, List<String>> owners = new HashMap<>();
        sql.list("""
                        WITH RECURSIVE chain (customer, owner, parent) AS (
                            SELECT customer, customer, parent FROM customer WHERE customer = ANY (?)
                            UNION ALL
                            SELECT chain.customer, above.customer, above.parent
                            FROM chain JOIN customer above ON above.customer = chain.parent)
                        SELECT customer, owner FROM chain""", row -> new Link(row.text("customer"), row.text("owner")), customers)
                .forEach(link -> owners.computeIfAbsent(link.customer(), key -> new ArrayList<>())
                        .add(link.other()));
        return owners;
    }

    /** The subscriptions of customers with their active phases, by customer. */
    public Map<String, List<SubscriptionPart>> subscriptions(Collection<String> customers) {
        Map<UUID, List<PhaseRow>> byId = new LinkedHashMap<>();
        sql.list("""
                        SELECT s.customer, s.id, s.product, s.resource, s.anchor, p.from_at, p.to_at, p.plan_hash,
                               p.trial_hash, p.addons, p.usage, p.coupon
                        FROM subscription s JOIN subscription_phase p ON p.subscription = s.id
                        WHERE s.customer = ANY (?) AND p.superseded_by IS NULL AND p.kind = 'ACTIVE'
                        ORDER BY s.id, p.from_at""", SnapshotTables::phase, customers)
                .forEach(row ->
                        byId.computeIfAbsent(row.id(), key -> new ArrayList<>()).add(row));
        Map<String, List<SubscriptionPart>> byCustomer = new HashMap<>();
        for (List<PhaseRow> rows : byId.values()) {
            PhaseRow first = rows.getFirst();
            byCustomer
                    .computeIfAbsent(first.customer(), key -> new ArrayList<>())
                    .add(new SubscriptionPart(
                            first.id(),
                            first.product(),
                            first.resource(),
                            first.anchor(),
                            rows.stream().map(PhaseRow::phase).toList()));
        }
        return byCustomer;
    }

    /** The promotions and overrides of customers that hold at any time, by customer. */
    public Map<String, List<AllowancePart>> allowances(Collection<String> customers) {
        Map<String, List<AllowancePart>> byCustomer = new HashMap<>();
        sql.list("""
                        SELECT customer, id, kind, feature, definition, entitlement, revoke, from_at,
                               least(to_at, ended_at) AS to_at, reason
                        FROM allowance
                        WHERE customer = ANY (?) AND (ended_at IS NULL OR ended_at > from_at)
                        ORDER BY id""", SnapshotTables::allowance, customers)
                .forEach(owned -> byCustomer
                        .computeIfAbsent(owned.customer(), key -> new ArrayList<>())
                        .add(owned.value()));
        return byCustomer;
    }

    private static CustomerHead head(Sql.Row row) throws SQLException {
        return new CustomerHead(
                row.text("customer"),
                row.textOrNull("parent"),
                row.text("root"),
                row.textOrNull("name"),
                row.text("time_zone"),
                row.textOrNull("country"),
                row.textOrNull("currency"),
                row.flag("archived"),
                row.number("version"),
                row.instant("created_at"));
    }

    private static PhaseRow phase(Sql.Row row) throws SQLException {
        List<AddonPart> addons = JsonColumn.read(row.text("addons"), ADDONS).stream()
                .map(addon -> new AddonPart(addon.hash(), addon.quantity()))
                .toList();
        String coupon = row.textOrNull("coupon");
        return new PhaseRow(
                row.text("customer"),
                row.uuid("id"),
                row.text("product"),
                row.textOrNull("resource"),
                row.instant("anchor"),
                new SubscriptionPhase(
                        row.instant("from_at"),
                        row.instantOrNull("to_at"),
                        row.text("plan_hash"),
                        row.textOrNull("trial_hash"),
                        addons,
                        UsageOnChange.valueOf(row.text("usage")),
                        coupon == null ? null : JsonColumn.read(coupon, RedeemedCoupon.class)));
    }

    private static Owned<AllowancePart> allowance(Sql.Row row) throws SQLException {
        String entitlement = row.textOrNull("entitlement");
        return new Owned<>(
                row.text("customer"),
                new AllowancePart(
                        row.uuid("id"),
                        AllowancePart.Kind.valueOf(row.text("kind")),
                        row.text("feature"),
                        JsonColumn.read(row.text("definition"), FeatureDefinition.class),
                        entitlement == null ? null : JsonColumn.read(entitlement, Entitlement.class),
                        row.flag("revoke"),
                        row.instant("from_at"),
                        row.instantOrNull("to_at"),
                        row.text("reason")));
    }
}
