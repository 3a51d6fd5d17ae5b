package dev.weir.bench;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.random.RandomGenerator;

/**
 * How fast the gateway answers checks, as a ratio to a constant answer of the same process to the same token and body. The
 * services behind it are stand-ins in this process; client, stand-ins and gateway share the machine.
 */
public final class CheckBench {
    private static final int CUSTOMERS = Integer.getInteger("bench.customers", 100_000);
    private static final int CONNECTIONS = Integer.getInteger("bench.connections", 16);
    private static final int ROUNDS = Integer.getInteger("bench.rounds", 5);
    private static final Duration ROUND = Duration.ofSeconds(Integer.getInteger("bench.seconds", 3));
    private static final Duration COLD_AT_MOST = Duration.ofSeconds(120);
    private static final int UNBOUNDED = Integer.MAX_VALUE - 1_000;

    private CheckBench() {}

    /** Arguments: the gateway's quarkus-run.jar, and where its log goes. */
    public static void main(String[] arguments) throws Exception {
        Issuer issuer = new Issuer();
        try (StandIns services = new StandIns();
                GatewayProcess gateway =
                        GatewayProcess.start(Path.of(arguments[0]), services, issuer, Path.of(arguments[1]))) {
            Load load = new Load(gateway.port(), issuer.token(), CONNECTIONS);
            say("%,d customers, %d connections, %d processors", CUSTOMERS, CONNECTIONS, processors());
            warmUp(load);
            cold(load, services);
            say("the gateway's memory now: %,d MiB resident", gateway.residentMebibytes());
            warm(load, services);
        }
    }

    private static int processors() {
        return Runtime.getRuntime().availableProcessors();
    }

    /** Compiles both paths on customers that are not measured. */
    private static void warmUp(Load load) throws Exception {
        for (int i = 0; i < 2; i++) {
            load.run("/v1/bench/constant", n -> body("w" + n % 1_000), UNBOUNDED, ROUND);
            load.run("/v1/check", n -> body("w" + n % 1_000), UNBOUNDED, ROUND);
        }
    }

    private static void cold(Load load, StandIns services) throws Exception {
        Load.Result constant = load.run("/v1/bench/constant", n -> body("c" + n % CUSTOMERS), UNBOUNDED, ROUND);
        long before = services.loads();
        Load.Result cold = load.run("/v1/check", n -> body("c" + n), CUSTOMERS, COLD_AT_MOST);
        tell("constant", constant, 0);
        tell("check, cold", cold, cold.perSecond() / constant.perSecond());
        say("  every customer once: %,d loads, %,d answers by fallback", services.loads() - before, cold.stale());
    }

    private static void warm(Load load, StandIns services) throws Exception {
        // Whatever the cold pass did not reach is loaded now, unmeasured.
        load.run("/v1/check", n -> body("c" + n), CUSTOMERS, COLD_AT_MOST);
        long before = services.loads();
        double ratios = 0;
        for (int round = 1; round <= ROUNDS; round++) {
            RandomGenerator random = RandomGenerator.of("L64X128MixRandom");
            int[] order = random.ints(1 << 20, 0, CUSTOMERS).toArray();
            Load.Bodies bodies = n -> body("c" + order[n & (order.length - 1)]);
            Load.Result constant = load.run("/v1/bench/constant", bodies, UNBOUNDED, ROUND);
            Load.Result warm = load.run("/v1/check", bodies, UNBOUNDED, ROUND);
            double ratio = warm.perSecond() / constant.perSecond();
            ratios += ratio;
            tell("constant", constant, 0);
            tell("check, warm", warm, ratio);
        }
        say(
                "warm check / constant: %.2f (mean of %d rounds); %,d loads meanwhile",
                ratios / ROUNDS, ROUNDS, services.loads() - before);
    }

    /** By turns a limit and a credit feature. */
    private static String body(String customer) {
        return (customer.hashCode() & 1) == 0
                ? "{\"customer\":\"" + customer + "\",\"feature\":\"api-calls\",\"quantity\":\"1\"}"
                : "{\"customer\":\"" + customer
                        + "\",\"feature\":\"chat\",\"dimensions\":{\"model\":\"large\",\"inputTokens\":1200,\"outputTokens\":400}}";
    }

    private static void tell(String what, Load.Result result, double ratio) {
        say(
                "%-12s %,10.0f/s   p50 %6.0f us   p99 %7.0f us%s%s",
                what,
                result.perSecond(),
                result.p50Nanos() / 1e3,
                result.p99Nanos() / 1e3,
                ratio == 0 ? "" : String.format(Locale.ROOT, "   %.2f of constant", ratio),
                result.failed() == 0 ? "" : "   FAILED: " + result.failed());
    }

    private static void say(String format, Object... values) {
        System.out.println(String.format(Locale.ROOT, format, values));
    }
}
