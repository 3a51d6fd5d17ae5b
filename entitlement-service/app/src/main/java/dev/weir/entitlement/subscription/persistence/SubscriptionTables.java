package dev.weir.entitlement.subscription.persistence;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.weir.catalog.contract.UsageOnChange;
import dev.weir.entitlement.contract.RedeemedCoupon;
import dev.weir.entitlement.sql.persistence.JsonColumn;
import dev.weir.entitlement.sql.persistence.Sql;
import dev.weir.entitlement.subscription.domain.ChangeRecord;
import dev.weir.entitlement.subscription.domain.EndReason;
import dev.weir.entitlement.subscription.domain.HeldAddon;
import dev.weir.entitlement.subscription.domain.Phase;
import dev.weir.entitlement.subscription.domain.PhaseKind;
import dev.weir.entitlement.subscription.domain.PlanPin;
import dev.weir.entitlement.subscription.domain.Subscription;
import dev.weir.entitlement.subscription.domain.Timeline;
import dev.weir.platform.kernel.Ids;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The tables of subscriptions and their timelines. Rows are added and marked as superseded, never changed. */
@Singleton
public class SubscriptionTables {
    private static final TypeReference<List<HeldAddon>> ADDONS = new TypeReference<>() {};

    /**
     * What was done, when it takes effect, and by whom.
     *
     * @param reference what it was a part of, such as {@code migration:<id>}
     */
    public record Entry(
            String kind,
            Instant effectiveAt,
            Instant recordedAt,
            String author,
            @Nullable String reference) {
        /** Something done by itself. */
        public Entry(String kind, Instant effectiveAt, Instant recordedAt, String author) {
            this(kind, effectiveAt, recordedAt, author, null);
        }
    }

    /** A subscription, the timeline that it shall have, and why. */
    public record Replacement(Subscription subscription, Timeline after, Entry entry) {}

    private static final String INSERT_CHANGE = """
            INSERT INTO subscription_change (id, subscription, kind, effective_at, recorded_at, author, reference)
            VALUES (?, ?, ?, ?, ?, ?, ?)""";
    private static final String INSERT_PHASE = """
            INSERT INTO subscription_phase (subscription, kind, from_at, to_at, plan, plan_version, plan_hash,
                trial_plan, trial_version, trial_hash, addons, usage, end_reason, change, catalog_version, coupon)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?::jsonb, ?, ?, ?, ?, ?::jsonb)""";

    private record Latest(UUID subscription, UUID change) {}

    private record Owned(UUID subscription, Phase phase) {}

    private final Sql sql;

    SubscriptionTables(Sql sql) {
        this.sql = sql;
    }

    /** One subscription of a customer. */
    public Optional<Subscription> find(String customer, UUID id) {
        return withTimelines(sql.list(
                        "SELECT * FROM subscription WHERE id = ? AND customer = ?",
                        SubscriptionTables::head,
                        id,
                        customer))
                .stream()
                .findFirst();
    }

    /** A customer's subscriptions after an id, by id; those of one resource, if it is given. */
    public List<Subscription> list(String customer, @Nullable String resource, @Nullable UUID after, int limit) {
        return withTimelines(sql.list(
                """
                SELECT * FROM subscription
                WHERE customer = ? AND (?::text IS NULL OR resource = ?) AND id > ? ORDER BY id LIMIT ?""",
                SubscriptionTables::head,
                customer,
                resource,
                resource,
                after == null ? new UUID(0, 0) : after,
                limit));
    }

    /** Every subscription of these customers. */
    public List<Subscription> all(Collection<String> customers) {
        return withTimelines(sql.list(
                "SELECT * FROM subscription WHERE customer = ANY (?) ORDER BY customer, id",
                SubscriptionTables::head,
                customers));
    }

    /** Adds a subscription with its timeline. */
    public void insert(Subscription subscription, Entry entry) {
        sql.update(
                """
                INSERT INTO subscription (id, customer, product, resource, anchor, plan, plan_version, created_at)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?)""",
                subscription.id(),
                subscription.customer(),
                subscription.product(),
                subscription.resource(),
                subscription.anchor(),
                subscription.first().plan(),
                subscription.first().version(),
                subscription.createdAt());
        UUID change = Ids.next();
        sql.update(INSERT_CHANGE, parameters(change, subscription.id(), entry));
        List<@Nullable Object[]> added = new ArrayList<>();
        phases(subscription.id(), subscription.timeline(), change, added);
        sql.batch(INSERT_PHASE, added);
    }

    /** Puts another timeline in the place of a subscription's: what differs is superseded and added. */
    public UUID replace(Subscription subscription, Timeline after, Entry entry) {
        return replaceAll(List.of(new Replacement(subscription, after, entry))).getFirst();
    }

    /** Puts other timelines in the place of many; answers the change of each, in the order of the list. */
    public List<UUID> replaceAll(List<Replacement> replacements) {
        List<UUID> changes = new ArrayList<>();
        List<@Nullable Object[]> entries = new ArrayList<>();
        List<@Nullable Object[]> superseded = new ArrayList<>();
        List<@Nullable Object[]> added = new ArrayList<>();
        for (Replacement replacement : replacements) {
            UUID change = Ids.next();
            changes.add(change);
            entries.add(parameters(change, replacement.subscription().id(), replacement.entry()));
            Set<Long> kept = new HashSet<>();
            replacement.after().phases().stream().map(Phase::row).forEach(kept::add);
            for (Phase phase : replacement.subscription().timeline().phases()) {
                if (!kept.contains(phase.row())) {
                    superseded.add(new @Nullable Object[] {change, phase.row()});
                }
            }
            phases(replacement.subscription().id(), replacement.after(), change, added);
        }
        sql.batch(INSERT_CHANGE, entries);
        sql.batch("UPDATE subscription_phase SET superseded_by = ? WHERE seq = ?", superseded);
        sql.batch(INSERT_PHASE, added);
        return changes;
    }

    /** The latest change of each subscription. */
    public Map<UUID, UUID> latestChanges(Collection<UUID> subscriptions) {
        Map<UUID, UUID> latest = new HashMap<>();
        sql.list("""
                        SELECT DISTINCT ON (subscription) subscription, id FROM subscription_change
                        WHERE subscription = ANY (?::uuid[]) ORDER BY subscription, recorded_at DESC, id DESC""", row -> new Latest(row.uuid("subscription"), row.uuid("id")), subscriptions)
                .forEach(found -> latest.put(found.subscription(), found.change()));
        return latest;
    }

    /** The changes of a subscription after an id, in the order in which they were made. */
    public List<ChangeRecord> changes(UUID subscription, @Nullable UUID after, int limit) {
        return sql.list(
                "SELECT * FROM subscription_change WHERE subscription = ? AND id > ? ORDER BY id LIMIT ?",
                SubscriptionTables::change,
                subscription,
                after == null ? new UUID(0, 0) : after,
                limit);
    }

    /** One change of a subscription. */
    public Optional<ChangeRecord> change(UUID subscription, UUID id) {
        return sql.first(
                "SELECT * FROM subscription_change WHERE subscription = ? AND id = ?",
                SubscriptionTables::change,
                subscription,
                id);
    }

    /** The latest change of a kind that was not revoked. */
    public Optional<ChangeRecord> latest(UUID subscription, String kind) {
        return sql.first("""
                SELECT * FROM subscription_change WHERE subscription = ? AND kind = ? AND revoked_at IS NULL
                ORDER BY recorded_at DESC, id DESC LIMIT 1""", SubscriptionTables::change, subscription, kind);
    }

    /** Notes that a change was revoked before it took effect. */
    public void revoked(UUID change, Instant at) {
        sql.update("UPDATE subscription_change SET revoked_at = ? WHERE id = ?", at, change);
    }

    private static ChangeRecord change(Sql.Row row) throws SQLException {
        return new ChangeRecord(
                row.uuid("id"),
                row.text("kind"),
                row.instant("effective_at"),
                row.instant("recorded_at"),
                row.text("author"),
                row.textOrNull("reference"),
                row.instantOrNull("revoked_at"));
    }

    /** The timeline as it was before a change, which must be the latest. */
    public Timeline before(UUID subscription, UUID change) {
        return new Timeline(sql.list("""
                SELECT * FROM subscription_phase
                WHERE subscription = ? AND (superseded_by = ? OR (superseded_by IS NULL AND change <> ?))
                ORDER BY from_at""", SubscriptionTables::phase, subscription, change, change));
    }

    /** Notes that a customer has had its trial of a product; false if it had one before. */
    public boolean useTrial(String customer, String product, UUID subscription) {
        return sql.update(
                        "INSERT INTO trial_use (customer, product, subscription) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
                        customer,
                        product,
                        subscription)
                == 1;
    }

    /** The next customers after a key that have subscriptions. */
    public List<String> customers(String after, int limit) {
        return sql.list(
                "SELECT DISTINCT customer FROM subscription WHERE customer > ? ORDER BY customer LIMIT ?",
                row -> row.text("customer"),
                after,
                limit);
    }

    private static @Nullable Object[] parameters(UUID change, UUID subscription, Entry entry) {
        return new @Nullable Object[] {
            change,
            subscription,
            entry.kind(),
            entry.effectiveAt(),
            entry.recordedAt(),
            entry.author(),
            entry.reference()
        };
    }

    private static void phases(UUID subscription, Timeline timeline, UUID change, List<@Nullable Object[]> added) {
        for (Phase phase : timeline.phases()) {
            if (phase.row() == 0) {
                PlanPin trial = phase.trial();
                added.add(new @Nullable Object[] {
                    subscription,
                    phase.kind(),
                    phase.from(),
                    phase.to(),
                    phase.plan().plan(),
                    phase.plan().version(),
                    phase.plan().hash(),
                    trial == null ? null : trial.plan(),
                    trial == null ? null : trial.version(),
                    trial == null ? null : trial.hash(),
                    JsonColumn.write(phase.addons()),
                    phase.usage(),
                    phase.end(),
                    change,
                    phase.plan().catalog(),
                    phase.coupon() == null ? null : JsonColumn.write(phase.coupon())
                });
            }
        }
    }

    private List<Subscription> withTimelines(List<Subscription> heads) {
        if (heads.isEmpty()) {
            return heads;
        }
        Map<UUID, List<Phase>> phases = new HashMap<>();
        sql.list(
                        """
                        SELECT * FROM subscription_phase
                        WHERE subscription = ANY (?) AND superseded_by IS NULL ORDER BY subscription, from_at""",
                        row -> new Owned(row.uuid("subscription"), phase(row)),
                        heads.stream().map(Subscription::id).toList())
                .forEach(owned -> phases.computeIfAbsent(owned.subscription(), key -> new ArrayList<>())
                        .add(owned.phase()));
        return heads.stream()
                .map(head -> head.with(new Timeline(phases.getOrDefault(head.id(), List.of()))))
                .toList();
    }

    private static Subscription head(Sql.Row row) throws SQLException {
        return new Subscription(
                row.uuid("id"),
                row.text("customer"),
                row.text("product"),
                row.textOrNull("resource"),
                row.instant("anchor"),
                new PlanPin(row.text("plan"), row.integer("plan_version"), "", 0),
                row.instant("created_at"),
                new Timeline(List.of()));
    }

    private static Phase phase(Sql.Row row) throws SQLException {
        String trial = row.textOrNull("trial_plan");
        String end = row.textOrNull("end_reason");
        long catalog = row.number("catalog_version");
        String coupon = row.textOrNull("coupon");
        return new Phase(
                row.number("seq"),
                PhaseKind.valueOf(row.text("kind")),
                row.instant("from_at"),
                row.instantOrNull("to_at"),
                new PlanPin(row.text("plan"), row.integer("plan_version"), row.text("plan_hash"), catalog),
                trial == null
                        ? null
                        : new PlanPin(trial, row.integer("trial_version"), row.text("trial_hash"), catalog),
                JsonColumn.read(row.text("addons"), ADDONS),
                UsageOnChange.valueOf(row.text("usage")),
                end == null ? null : EndReason.valueOf(end),
                coupon == null ? null : JsonColumn.read(coupon, RedeemedCoupon.class));
    }
}
