package dev.weir.bench.ledger;

import dev.weir.bench.Issuer;
import dev.weir.bench.ledger.Callers.Measured;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/** The service as it ships, as a process of its own on the same database, over HTTP. Printed, no goal. */
final class HttpBench {
    private static final int CONNECTIONS = 32;

    private HttpBench() {}

    static void run(ExecutorService clients) throws Exception {
        Issuer issuer = new Issuer();
        try (LedgerProcess ledger = LedgerProcess.start(
                Path.of(System.getProperty("bench.service")), issuer, Path.of(System.getProperty("bench.log")))) {
            LedgerBench.say("");
            LedgerBench.say("over HTTP, %d connections, client on the same cores", CONNECTIONS);
            measure(ledger, issuer, clients, "spread", Ours.anyOf("c", Options.WALLETS));
            measure(ledger, issuer, clients, "one wallet", () -> "hot0");
        }
    }

    private static void measure(
            LedgerProcess ledger, Issuer issuer, ExecutorService clients, String what, Supplier<String> customers)
            throws Exception {
        String token = issuer.token();
        Measured full = Callers.measure(
                clients,
                CONNECTIONS,
                Options.WARM_UP.multipliedBy(2),
                Options.ROUND,
                caller -> new HttpPair(ledger.port(), token, customers, System::nanoTime));
        LedgerBench.tell(what + ", pairs, full load", full);
        long every = (long) (1e9 / Math.max(1, full.perSecond() / 2));
        AtomicLong next = new AtomicLong(System.nanoTime());
        Measured half = Callers.measure(
                clients,
                CONNECTIONS,
                Options.WARM_UP,
                Options.ROUND,
                caller -> new HttpPair(ledger.port(), token, customers, () -> pause(next.getAndAdd(every))));
        LedgerBench.tell(what + ", pairs, half load", half);
    }

    private static long pause(long until) throws InterruptedException {
        long wait = until - System.nanoTime();
        if (wait > 0) {
            Thread.sleep(wait / 1_000_000, (int) (wait % 1_000_000));
        }
        return until;
    }
}
