package dev.weir.bench.ledger;

import dev.weir.bench.ledger.Callers.Measured;
import dev.weir.ledger.posting.app.Keys;
import dev.weir.ledger.posting.app.Lanes;
import dev.weir.ledger.posting.app.Result;
import dev.weir.ledger.posting.domain.Measure;
import dev.weir.ledger.posting.domain.Operation;
import dev.weir.metering.contract.UsageReported;
import dev.weir.platform.kernel.Ids;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** The ledger's own write path, called as its REST resources and consumers call it. */
@ApplicationScoped
class Ours {
    private static final Measure HELD = new Measure.Quantity(BigDecimal.ONE);
    private static final Measure USED = new Measure.Quantity(new BigDecimal("0.7"));

    private final Lanes lanes;

    Ours(Lanes lanes) {
        this.lanes = lanes;
    }

    /** A customer at random. */
    static Supplier<String> anyOf(String prefix, int count) {
        return () -> prefix + ThreadLocalRandom.current().nextInt(count);
    }

    /** A pair for each customer once, unmeasured: what the service would have in memory, and compiled, after a while. */
    void warm(ExecutorService threads, String prefix, int count) throws Exception {
        for (int pass = 0; pass < 2; pass++) {
            AtomicInteger next = new AtomicInteger();
            List<Callable<Boolean>> callers = new ArrayList<>();
            for (int caller = 0; caller < Options.CALLERS; caller++) {
                callers.add(() -> {
                    for (int n = next.getAndIncrement(); n < count; n = next.getAndIncrement()) {
                        settle(prefix + n, reserve(prefix + n));
                    }
                    return true;
                });
            }
            for (Future<Boolean> done : threads.invokeAll(callers)) {
                done.get();
            }
        }
    }

    /** Pairs of reserve and settle; one call is a pair. */
    Measured pairs(ExecutorService threads, Supplier<String> customers, Duration time) throws Exception {
        return Callers.measure(threads, Options.CALLERS, Options.WARM_UP, time, caller -> () -> {
            String customer = customers.get();
            UUID reservation = reserve(customer);
            settle(customer, reservation);
            return 1;
        });
    }

    /** Debits of single reported events. */
    Measured debits(ExecutorService threads, Supplier<String> customers, Duration time) throws Exception {
        return Callers.measure(threads, 2 * Options.CALLERS, Options.WARM_UP, time, caller -> () -> {
            debit(customers.get());
            return 1;
        });
    }

    void debit(String customer) {
        Instant now = Instant.now();
        Instant hour = now.truncatedTo(ChronoUnit.HOURS);
        UsageReported usage = new UsageReported(
                customer,
                customer,
                null,
                World.FEATURE,
                "bench",
                UUID.randomUUID().toString(),
                "llm.completion",
                now,
                Map.of("model", "large", "inputTokens", "100", "outputTokens", "20"),
                hour,
                hour.plus(1, ChronoUnit.HOURS));
        done(lanes.submit(new Operation.Debit(customer, usage, Ids.next())));
    }

    private UUID reserve(String customer) {
        UUID id = Ids.next();
        String key = id.toString();
        done(lanes.submit(new Operation.Reserve(
                id,
                customer,
                customer,
                World.FEATURE,
                null,
                HELD,
                null,
                Duration.ofMinutes(5),
                null,
                Ids.next(),
                Keys.of(key, "bench", "POST /v1/reservations", Map.of("customer", customer, "quantity", "1")),
                "bench")));
        return id;
    }

    private void settle(String customer, UUID reservation) {
        Map<String, String> request = Map.of("quantity", "0.7");
        done(lanes.submit(new Operation.Settle(
                reservation,
                customer,
                customer,
                USED,
                null,
                Ids.next(),
                Keys.andNatural(
                        Keys.of(
                                reservation + ":settle",
                                "bench",
                                "POST /v1/reservations/{id}/settle",
                                Map.of("reservation", reservation.toString(), "request", request)),
                        "settle\n" + reservation,
                        request,
                        "ALREADY_SETTLED"),
                "bench")));
    }

    private static void done(Result result) {
        if (!result.answer().success()) {
            throw new IllegalStateException(List.of(result.answer()).toString());
        }
    }
}
