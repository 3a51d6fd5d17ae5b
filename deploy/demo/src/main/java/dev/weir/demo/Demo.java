package dev.weir.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Runs the demo. Exit status: 0 = the check found what it should (nothing, or the injected fault), 1 = it did not, 2 = usage. */
public final class Demo {
    private Demo() {}

    /** See {@link Options#USAGE}. */
    public static void main(String[] arguments) throws IOException {
        Options options;
        Trace trace;
        try {
            options = Options.parse(List.of(arguments), System.getenv());
            trace = Trace.read(options.trace());
        } catch (IllegalArgumentException | IOException wrong) {
            Out.line("demo: %s%n%s", String.valueOf(wrong.getMessage()), Options.USAGE);
            System.exit(2);
            return;
        }
        System.exit(run(options, trace) ? 0 : 1);
    }

    private static boolean run(Options options, Trace trace) throws IOException {
        Tokens tokens = new Tokens(options.oidc());
        Api api = new Api(options.gateway(), tokens);
        List<Customer> customers = Customer.all();
        List<Request> requests = trace.requests().stream()
                .map(traced -> Request.of(traced, Customer.of(traced.row(), customers)))
                .toList();
        Out.heading("Weir demo: " + trace.name() + ", " + requests.size() + " requests, run " + options.runId());
        new Setup(api, options).run(customers, requests);

        Closing closing = new Closing(api);
        JsonNode before = closing.report();
        inject(options, tokens);
        Instant began = Instant.now();
        Tally tally = new Replay(api, options).run(requests, customers);
        Duration took = Duration.between(began, Instant.now());
        Out.line(
                "replayed    in %d.%d s, %d calls repeated until they had an answer",
                took.toSeconds(), took.toMillisPart() / 100, api.retries());

        Map<String, BigDecimal> expected = expected(customers, requests, Closing.metered(before), tally);
        JsonNode report = closing.closeAndWait(expected);
        new Summary(api).print(customers, tally, report);
        List<String> missing = Closing.missing(expected, report);
        missing.forEach(line -> Out.line("  own count: %s", line));
        return Verdict.print(options, before, report) && missing.isEmpty();
    }

    /**
     * The application's own count: calls by row, and credits by what the settles answered; nothing if the whole run was there
     * before. (An event that was repeated after a crash may answer as a duplicate; it counts once all the same.)
     */
    private static Map<String, BigDecimal> expected(
            List<Customer> customers, List<Request> requests, Map<String, BigDecimal> before, Tally tally) {
        Map<String, BigDecimal> expected = new TreeMap<>();
        if (tally.events() == 0) {
            return before;
        }
        for (Customer customer : customers) {
            long calls = requests.stream()
                    .filter(request -> request.customer().equals(customer))
                    .count();
            add(expected, before, customer.id() + " api-calls", BigDecimal.valueOf(calls));
            add(expected, before, customer.id() + " chat", tally.credits(customer.id()));
        }
        return expected;
    }

    private static void add(
            Map<String, BigDecimal> expected, Map<String, BigDecimal> before, String key, BigDecimal amount) {
        if (amount.signum() != 0) {
            expected.put(key, before.getOrDefault(key, BigDecimal.ZERO).add(amount));
        }
    }

    private static void inject(Options options, Tokens tokens) {
        Options.Fault fault = options.inject();
        if (fault == null) {
            return;
        }
        switch (fault) {
            case LOST_EVENT ->
                new Api(options.metering(), tokens)
                        .post("/internal/v1/faults/lost-event", Map.of(), null)
                        .require("the fault lost-event (only the local stack has it)");
            case DOUBLE_SEND ->
                new Api(options.billing(), tokens)
                        .post("/internal/v1/faults/double-send", Map.of(), null)
                        .require("the fault double-send (only the local stack has it)");
        }
        Out.line("injected    %s", fault);
    }
}
