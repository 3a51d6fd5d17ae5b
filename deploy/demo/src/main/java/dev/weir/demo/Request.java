package dev.weir.demo;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One request of the trace as an AI application makes it: it knows its input, and a bound for its output.
 *
 * @param worstOutput the {@code max_tokens} that the application would set: the bound for which credit is held
 */
record Request(int row, Customer customer, String model, Instant at, int input, int output, int worstOutput) {
    private static final int OUTPUT_STEP = 256;

    static Request of(Trace.Request traced, Customer customer) {
        int worst = (traced.generatedTokens() / OUTPUT_STEP + 1) * OUTPUT_STEP;
        return new Request(
                traced.row(),
                customer,
                Math.floorMod(traced.row(), 10) == 0 ? "large" : "small",
                traced.at(),
                traced.contextTokens(),
                traced.generatedTokens(),
                worst);
    }

    Map<String, Object> worstCase() {
        return dimensions(worstOutput);
    }

    Map<String, Object> used() {
        return dimensions(output);
    }

    private Map<String, Object> dimensions(int outputTokens) {
        Map<String, Object> dimensions = new LinkedHashMap<>();
        dimensions.put("model", model);
        dimensions.put("inputTokens", input);
        dimensions.put("outputTokens", outputTokens);
        return dimensions;
    }

    /** What it will cost, by the rates of deploy/demo/catalog.yaml: only for sizing the credits that are granted. */
    BigDecimal estimate() {
        boolean large = "large".equals(model);
        return new BigDecimal(large ? "0.003" : "0.0005")
                .multiply(BigDecimal.valueOf(input))
                .add(new BigDecimal(large ? "0.015" : "0.0015").multiply(BigDecimal.valueOf(output)));
    }
}
