package dev.weir.demo;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How to run.
 *
 * @param speed times real time; 0 = as fast as it goes
 * @param runId prefix of event ids and idempotency keys: the same id replays the same run and adds nothing
 * @param inject a fault on purpose; null = none
 */
record Options(
        Path trace,
        double speed,
        int workers,
        String runId,
        @Nullable Fault inject,
        Path catalogs,
        URI gateway,
        URI metering,
        URI billing,
        URI oidc) {
    /** Faults that spoil a run, to show that the check finds them. */
    enum Fault {
        LOST_EVENT,
        DOUBLE_SEND
    }

    static final String USAGE = """
            usage: deploy/demo/run [--trace FILE] [--speed N] [--workers N] [--run-id ID] [--inject lost-event|double-send]
              --trace FILE   CSV with columns TIMESTAMP,ContextTokens,GeneratedTokens (default: the project's own small trace)
              --speed N      N times real time (default: as fast as it goes)
              --workers N    requests under way at once (default 16)
              --run-id ID    the run's identity; the same id again adds nothing (default: a new one)
              --inject F     spoil the run on purpose: the check must then report exactly that difference""";

    static Options parse(List<String> arguments, Map<String, String> environment) {
        Path home = Path.of(environment.getOrDefault("WEIR_DEMO_HOME", "deploy/demo"));
        Path trace = home.resolve("trace.csv");
        double speed = 0;
        int workers = 16;
        String runId = "run-" + Long.toString(System.currentTimeMillis(), 36);
        Fault inject = null;
        for (int i = 0; i < arguments.size(); i += 2) {
            String option = arguments.get(i);
            if (i + 1 >= arguments.size()) {
                throw new IllegalArgumentException(option + " needs a value");
            }
            String value = arguments.get(i + 1);
            switch (option) {
                case "--trace" -> trace = Path.of(value);
                case "--speed" -> speed = positive(option, value);
                case "--workers" -> workers = (int) positive(option, value);
                case "--run-id" -> runId = value;
                case "--inject" -> inject = fault(value);
                default -> throw new IllegalArgumentException("unknown option " + option);
            }
        }
        return new Options(
                trace,
                speed,
                workers,
                runId,
                inject,
                home,
                URI.create(environment.getOrDefault("WEIR_GATEWAY_URL", "http://127.0.0.1:8080")),
                URI.create(environment.getOrDefault("WEIR_METERING_URL", "http://127.0.0.1:8104")),
                URI.create(environment.getOrDefault("WEIR_BILLING_URL", "http://127.0.0.1:8105")),
                URI.create(environment.getOrDefault("WEIR_OIDC_URL", "http://127.0.0.1:8180/realms/weir")));
    }

    private static double positive(String option, String value) {
        try {
            double number = Double.parseDouble(value);
            if (number > 0) {
                return number;
            }
        } catch (NumberFormatException notANumber) {
            throw new IllegalArgumentException(option + " takes a number: " + value, notANumber);
        }
        throw new IllegalArgumentException(option + " must be more than 0: " + value);
    }

    private static Fault fault(String value) {
        return switch (value) {
            case "lost-event" -> Fault.LOST_EVENT;
            case "double-send" -> Fault.DOUBLE_SEND;
            default -> throw new IllegalArgumentException("--inject takes lost-event or double-send: " + value);
        };
    }
}
