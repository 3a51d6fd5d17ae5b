package dev.weir.bench.rollout;

import dev.weir.bench.Issuer;
import dev.weir.bench.rollout.SingleChanges.Result;
import dev.weir.bench.rollout.Tally.Count;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * How long it takes until a catalog that was applied for all customers has reached every subscription: each is pinned anew, its
 * customer resolved, and the new snapshot published; and what that means for single changes meanwhile. Then the same rows are
 * written and the same bytes published with nothing read and nothing decided.
 */
public final class RolloutBench {
    private static final int CUSTOMERS = Integer.getInteger("bench.customers", 100_000);
    private static final Duration AT_MOST = Duration.ofSeconds(Integer.getInteger("bench.timeout", 600));
    private static final Duration IDLE = Duration.ofSeconds(8);
    private static final int BATCH = 500;
    private static final Duration GOAL = Duration.ofMinutes(2);
    private static final long GOAL_CHANGE_MILLIS = 1_000;

    private final Tables tables;
    private final Broker broker;
    private final Tally tally;
    private boolean missed;

    private RolloutBench(Tables tables, Broker broker, Tally tally) {
        this.tables = tables;
        this.broker = broker;
        this.tally = tally;
    }

    /** Arguments: the service's quarkus-run.jar, and where its log goes. */
    public static void main(String[] arguments) throws Exception {
        Issuer issuer = new Issuer();
        Tally tally = new Tally();
        boolean missed;
        try (Broker broker = new Broker();
                EntitlementProcess service =
                        EntitlementProcess.start(Path.of(arguments[0]), issuer, Path.of(arguments[1]));
                Tables tables = new Tables();
                SingleChanges changes = new SingleChanges(service.port(), issuer.token("operator"), CUSTOMERS, tally)) {
            broker.consume("weir.entitlement", "entitlement.customer-snapshot.v1.*", tally);
            RolloutBench bench = new RolloutBench(tables, broker, tally);
            say("%,d customers, %d processors", CUSTOMERS, Runtime.getRuntime().availableProcessors());
            bench.prepare();
            bench.idle(changes);
            double seconds = bench.rollout(changes);
            bench.plain(seconds);
            missed = bench.missed;
        }
        System.exit(missed && Boolean.getBoolean("bench.strict") ? 1 : 0);
    }

    private void prepare() throws Exception {
        publish(1);
        await("SELECT count(*) FROM catalog_state WHERE applied_version >= 1", 1);
        tables.fill(CUSTOMERS);
        Count before = tally.count();
        long began = System.nanoTime();
        await("SELECT count(*) FROM outbox_state WHERE name = 'entitlement.customer-snapshot'", CUSTOMERS);
        awaitQuiet();
        Count count = tally.count().since(before);
        say(
                "first snapshots   %7.1f s   %,d messages, %,d bytes each",
                (tally.lastNanos() - began) / 1e9, count.messages(), count.bytes() / Math.max(1, count.messages()));
    }

    private void publish(int version) throws Exception {
        broker.catalog(
                "plan-version",
                "STATE",
                Offer.PLAN + "@" + version,
                Offer.PLAN + "@" + version,
                1,
                Offer.plan(version));
        broker.catalog("catalog", "STATE", "catalog@" + version, "catalog", version, Offer.inForce(version));
        if (version > 1) {
            broker.catalog("rolled-out", "FACT", "rollout:" + version, "catalog", version, Offer.inForce(version));
        }
    }

    private void idle(SingleChanges changes) throws Exception {
        Future<Result> running = changes.start();
        Thread.sleep(IDLE);
        changes.stop();
        tell("single changes, otherwise idle", running.get());
    }

    private double rollout(SingleChanges changes) throws Exception {
        Count before = tally.count();
        Future<Result> running = changes.start();
        long began = System.nanoTime();
        publish(2);
        await("SELECT count(*) FROM rollout WHERE catalog_version = 2 AND done_at IS NOT NULL", 1);
        awaitQuietOrOnlySingleChanges();
        double seconds = (System.nanoTime() - began) / 1e9;
        changes.stop();
        Result result = running.get();
        Count count = tally.count().since(before);
        long pinned = tables.number(
                "SELECT count(*) FROM subscription_phase WHERE superseded_by IS NULL AND to_at IS NULL AND plan_version = 2");
        say(
                "rollout           %7.1f s   %,.0f subscriptions/s; %,d of %,d pinned anew   goal %d s   %s",
                seconds,
                CUSTOMERS / seconds,
                pinned,
                CUSTOMERS,
                GOAL.toSeconds(),
                verdict(seconds <= GOAL.toSeconds() && pinned == CUSTOMERS));
        say(
                "  through the broker: %,d messages, %,d bytes (%,d each)",
                count.messages(), count.bytes(), count.bytes() / Math.max(1, count.messages()));
        tell("single changes meanwhile", result);
        long slowest = result.answered().isEmpty() ? 0 : result.answered().getLast();
        say(
                "  slowest answer %,d ms   goal %,d ms   %s",
                slowest, GOAL_CHANGE_MILLIS, verdict(slowest < GOAL_CHANGE_MILLIS && result.failed() == 0));
        return seconds;
    }

    /** Writing and publishing side by side, as the service does. */
    private void plain(double rollout) throws Exception {
        Tally plain = new Tally();
        broker.consume("bench.plain", "#", plain);
        int bytes = (int) (tally.count().bytes() / Math.max(1, tally.count().messages()));
        long began = System.nanoTime();
        double wrote;
        try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
            Future<Double> writing = threads.submit(() -> {
                tables.writePlainly(CUSTOMERS, BATCH);
                return (System.nanoTime() - began) / 1e9;
            });
            Future<Double> publishing = threads.submit(() -> {
                broker.plain(CUSTOMERS, bytes, BATCH);
                return (System.nanoTime() - began) / 1e9;
            });
            wrote = writing.get();
            say(
                    "the same rows, nothing decided    %7.1f s   the same bytes through the broker %7.1f s",
                    wrote, publishing.get());
        }
        double limit = (System.nanoTime() - began) / 1e9;
        say("rollout / limit   %.1f   (limit: both side by side, %.1f s)", rollout / limit, limit);
    }

    private void await(String sql, long atLeast) throws SQLException, InterruptedException {
        long end = System.nanoTime() + AT_MOST.toNanos();
        while (tables.number(sql) < atLeast) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("not done within " + AT_MOST.toSeconds() + " s: " + sql);
            }
            Thread.sleep(200);
        }
    }

    /** Until nothing waits to be published and what was published has come out. */
    private void awaitQuiet() throws SQLException, InterruptedException {
        awaitOutboxBelow(1);
        while (System.nanoTime() - tally.lastNanos() < Duration.ofMillis(500).toNanos()) {
            Thread.sleep(50);
        }
    }

    private void awaitQuietOrOnlySingleChanges() throws SQLException, InterruptedException {
        awaitOutboxBelow(5);
    }

    private void awaitOutboxBelow(int events) throws SQLException, InterruptedException {
        while (tables.number("SELECT count(*) FROM (SELECT FROM outbox_due LIMIT " + events + ") AS due") >= events) {
            Thread.sleep(20);
        }
    }

    private String verdict(boolean reached) {
        missed |= !reached;
        return reached ? "PASS" : "MISSED";
    }

    private static void tell(String what, Result result) {
        List<Long> answered = result.answered();
        List<Long> seen = result.seen();
        say(
                "%-32s answered p50 %,d p99 %,d max %,d ms; seen behind the broker p50 %,d p99 %,d max %,d ms; %,d changes%s",
                what,
                Result.at(answered, 50),
                Result.at(answered, 99),
                answered.isEmpty() ? 0 : answered.getLast(),
                Result.at(seen, 50),
                Result.at(seen, 99),
                seen.isEmpty() ? 0 : seen.getLast(),
                answered.size(),
                result.failed() == 0 ? "" : ", FAILED: " + result.failed());
    }

    private static void say(String format, Object... values) {
        System.out.println(String.format(Locale.ROOT, format, values));
    }
}
