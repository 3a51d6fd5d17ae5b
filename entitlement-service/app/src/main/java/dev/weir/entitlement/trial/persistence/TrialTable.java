package dev.weir.entitlement.trial.persistence;

import dev.weir.entitlement.sql.persistence.Sql;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads trials off the timelines, and keeps what was said about their ends. */
@Singleton
public class TrialTable {
    /** The last phase of each trial that ends in (?, ?] and of which something was not said yet. */
    private static final String ENDING = """
            SELECT s.id, s.customer, s.product, c.root, p.trial_plan, p.plan_hash, p.to_at, e.kind, e.effective_at,
                   (SELECT min(b.from_at) FROM subscription_phase b
                    WHERE b.subscription = s.id AND b.superseded_by IS NULL AND b.trial_hash IS NOT NULL) AS began_at,
                   (SELECT n.plan FROM subscription_phase n
                    WHERE n.subscription = s.id AND n.superseded_by IS NULL AND n.from_at = p.to_at) AS next_plan
            FROM subscription_phase p
                 JOIN subscription s ON s.id = p.subscription
                 JOIN customer c ON c.customer = s.customer
                 JOIN subscription_change e ON e.id = p.change
            WHERE p.superseded_by IS NULL AND p.trial_hash IS NOT NULL AND p.to_at > ? AND p.to_at <= ?
              AND NOT EXISTS (SELECT 1 FROM subscription_phase t WHERE t.subscription = s.id AND t.superseded_by IS NULL
                                AND t.from_at = p.to_at AND t.trial_hash IS NOT NULL)
              AND NOT EXISTS (SELECT 1 FROM trial_notice said
                              WHERE said.subscription = s.id AND said.ends_at = p.to_at AND said.notice = ?)
            ORDER BY p.to_at LIMIT ?
            """;

    /**
     * A trial that ends.
     *
     * @param planHash the plan that offered it
     * @param changeKind the entry of the timeline that set the end, which took effect at {@code changedAt}
     * @param nextPlan the plan that follows; null = nothing does
     */
    public record EndingTrial(
            UUID subscription,
            String customer,
            String root,
            String product,
            String tried,
            String planHash,
            Instant beganAt,
            Instant endsAt,
            String changeKind,
            Instant changedAt,
            @Nullable String nextPlan) {}

    /**
     * A trial that runs.
     *
     * @param planHash the plan that offered it
     */
    public record RunningTrial(String customer, String planHash) {}

    private final Sql sql;

    TrialTable(Sql sql) {
        this.sql = sql;
    }

    /** Trials that end after one instant and not after another, and of which a notice was not given. */
    public List<EndingTrial> ending(Instant after, Instant until, String notice, int limit) {
        return sql.list(ENDING, TrialTable::read, after, until, notice, limit);
    }

    /** Notes that a notice is given; false if it was. */
    public boolean say(EndingTrial trial, String notice, Instant at) {
        return sql.update("""
                        INSERT INTO trial_notice (subscription, ends_at, notice, said_at) VALUES (?, ?, ?, ?)
                        ON CONFLICT DO NOTHING""", trial.subscription(), trial.endsAt(), notice, at) == 1;
    }

    /** The trial of a subscription, if it runs at an instant. */
    public Optional<RunningTrial> running(UUID subscription, Instant at) {
        return sql.first(
                """
                SELECT s.customer, p.plan_hash FROM subscription s JOIN subscription_phase p ON p.subscription = s.id
                WHERE s.id = ? AND p.superseded_by IS NULL AND p.kind = 'ACTIVE' AND p.trial_hash IS NOT NULL
                  AND p.from_at <= ? AND p.to_at > ?""", row -> new RunningTrial(row.text("customer"), row.text("plan_hash")), subscription, at, at);
    }

    /** Notes that a grant of a trial is used up; answers the keys of those of which that is known. */
    public List<String> used(UUID subscription, String grant, Instant at) {
        sql.update(
                "INSERT INTO trial_credit_used (subscription, grant_key, used_at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
                subscription,
                grant,
                at);
        return sql.list(
                "SELECT grant_key FROM trial_credit_used WHERE subscription = ?",
                row -> row.text("grant_key"),
                subscription);
    }

    private static EndingTrial read(Sql.Row row) throws SQLException {
        return new EndingTrial(
                row.uuid("id"),
                row.text("customer"),
                row.text("root"),
                row.text("product"),
                row.text("trial_plan"),
                row.text("plan_hash"),
                row.instant("began_at"),
                row.instant("to_at"),
                row.text("kind"),
                row.instant("effective_at"),
                row.textOrNull("next_plan"));
    }
}
