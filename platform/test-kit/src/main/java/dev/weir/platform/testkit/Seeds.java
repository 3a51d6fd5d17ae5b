package dev.weir.platform.testkit;

import java.util.Random;
import java.util.function.Consumer;

/** Runs a property with random input that can be repeated: a failure names its seed, {@code -Dweir.seed=} uses it again. */
public final class Seeds {

    private Seeds() {}

    /** Runs the property with this many generators, each of its own seed. */
    public static void check(int runs, Consumer<Random> property) {
        Long given = Long.getLong("weir.seed");
        long first = given == null ? System.nanoTime() : given;
        for (int run = 0; run < (given == null ? runs : 1); run++) {
            long seed = first + run;
            try {
                property.accept(new Random(seed));
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("failed with -Dweir.seed=" + seed + ": " + e.getMessage(), e);
            }
        }
    }
}
