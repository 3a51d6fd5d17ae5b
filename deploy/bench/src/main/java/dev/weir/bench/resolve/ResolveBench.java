package dev.weir.bench.resolve;

import dev.weir.entitlement.contract.CustomerSnapshot;
import dev.weir.entitlement.contract.Resolution;
import dev.weir.entitlement.contract.ResolvedFeature;
import dev.weir.platform.kernel.Json;
import java.io.IOException;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * How often one core resolves a customer with 60 features and 12 sources anew, compares the outcome with what held before, and
 * writes the snapshot that is published; beside writing the resolved features down as JSON, and hashing that text, with
 * nothing decided.
 */
public final class ResolveBench {
    private static final int ROUNDS = Integer.getInteger("bench.rounds", 5);
    private static final Duration ROUND = Duration.ofSeconds(Integer.getInteger("bench.seconds", 3));

    private final RichCustomer customer = new RichCustomer();
    private final CustomerSnapshot[] snapshots = {customer.snapshot(1, 80_000), customer.snapshot(2, 90_000)};
    private Map<String, ResolvedFeature> before = resolve(snapshots[0]);
    private long turn;
    private long changed;
    private long written;

    private ResolveBench() {}

    private interface Work {
        void once() throws Exception;
    }

    /** No arguments. */
    public static void main(String[] arguments) throws Exception {
        new ResolveBench().run();
    }

    private void run() throws Exception {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        byte[] resolved = Json.mapper().writeValueAsBytes(before);
        say(
                "one thread; %d features, %d sources; snapshot %,d bytes, resolved features %,d bytes",
                before.size(),
                RichCustomer.SOURCES,
                Json.mapper().writeValueAsBytes(snapshots[0]).length,
                resolved.length);
        double[] best = new double[4];
        for (int round = 0; round <= ROUNDS; round++) {
            double[] rates = {
                perSecond(this::change),
                perSecond(() -> keep(resolve(snapshots[(int) (turn++ & 1)]).size())),
                perSecond(() -> keep(Json.mapper().writeValueAsBytes(before).length)),
                perSecond(() -> keep(digest.digest(resolved).length)),
            };
            // The first round compiles.
            for (int i = 0; round > 0 && i < rates.length; i++) {
                best[i] = Math.max(best[i], rates[i]);
            }
        }
        say("resolve + diff + publish          %,10.0f/s   (%,.0f features/s)", best[0], best[0] * before.size());
        say("resolve alone                     %,10.0f/s", best[1]);
        say(
                "JSON of the resolved features     %,10.0f/s   resolve + diff + publish is %.2f of it",
                best[2], best[0] / best[2]);
        say(
                "SHA-256 of that JSON              %,10.0f/s   resolve + diff + publish is %.2f of it",
                best[3], best[0] / best[3]);
        if (changed == 0 || written == 0) {
            throw new IllegalStateException("nothing was measured");
        }
    }

    /** A promotion changed: one feature of the sixty does, and the snapshot goes out. */
    private void change() throws IOException {
        CustomerSnapshot snapshot = snapshots[(int) (turn++ & 1)];
        Map<String, ResolvedFeature> after = resolve(snapshot);
        Map<String, ResolvedFeature> differs = new TreeMap<>();
        after.forEach((feature, answer) -> {
            if (!Objects.equals(answer, before.get(feature))) {
                differs.put(feature, answer);
            }
        });
        changed += differs.size();
        before = after;
        keep(Json.mapper().writeValueAsBytes(snapshot).length);
    }

    private Map<String, ResolvedFeature> resolve(CustomerSnapshot snapshot) {
        return Resolution.all(snapshot, customer, null, RichCustomer.NOW);
    }

    /** So that nothing is optimised away. */
    private void keep(int size) {
        written += size;
    }

    private static double perSecond(Work work) throws Exception {
        long began = System.nanoTime();
        long end = began + ROUND.toNanos();
        long done = 0;
        do {
            for (int i = 0; i < 50; i++) {
                work.once();
            }
            done += 50;
        } while (System.nanoTime() < end);
        return done * 1e9 / (System.nanoTime() - began);
    }

    private static void say(String format, Object... values) {
        System.out.println(String.format(Locale.ROOT, format, values));
    }
}
