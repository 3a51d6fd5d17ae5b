package dev.weir.demo;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A customer of the demo.
 *
 * @param share percent of the trace's requests
 * @param budgetPercent credits granted for a run, in percent of what its requests will cost; null = what the plan gives must do
 */
record Customer(
        String id,
        String name,
        String story,
        String plan,
        @Nullable Integer version,
        boolean trial,
        Map<String, Integer> addons,
        int share,
        @Nullable Integer budgetPercent,
        int images) {
    static final String GRANDFATHERED = "heron-labs";
    static final String PROMOTED = "marsh-media";

    /** The cast. */
    static List<Customer> all() {
        return List.of(
                new Customer(
                        "delta-works",
                        "Delta Works",
                        "the starter plan: 500 calls a month, then overage",
                        "starter",
                        null,
                        false,
                        Map.of(),
                        60,
                        115,
                        0),
                new Customer("reed-and-sons", "Reed & Sons", "plain pro", "pro", null, false, Map.of(), 10, 120, 0),
                new Customer(
                        "otter-cloud",
                        "Otter Cloud",
                        "pro with two packs of extra calls",
                        "pro",
                        null,
                        false,
                        Map.of("extra-calls", 2),
                        8,
                        120,
                        0),
                new Customer(
                        "newt-trial",
                        "Newt (trial)",
                        "a trial of pro: 100 promotional credits, then it is denied",
                        "pro",
                        null,
                        true,
                        Map.of(),
                        4,
                        null,
                        0),
                new Customer(
                        PROMOTED,
                        "Marsh Media",
                        "pro with a promotion on calls and promotional credits that expire first",
                        "pro",
                        null,
                        false,
                        Map.of(),
                        6,
                        110,
                        0),
                new Customer(
                        GRANDFATHERED,
                        "Heron Labs",
                        "grandfathered: stays on the first version of pro",
                        "pro",
                        1,
                        false,
                        Map.of(),
                        5,
                        120,
                        0),
                new Customer(
                        "mudlark",
                        "Mudlark",
                        "prepaid credits that run out",
                        "starter",
                        null,
                        false,
                        Map.of(),
                        5,
                        60,
                        0),
                new Customer(
                        "kingfisher-art",
                        "Kingfisher Art",
                        "pro; makes more images than the 100 included, which go on in credits",
                        "pro",
                        null,
                        false,
                        Map.of(),
                        2,
                        150,
                        130));
    }

    /** Whose request a row of the trace is: spread evenly, the same for every run. */
    static Customer of(int row, List<Customer> customers) {
        int point = Math.floorMod(row * 37, 100);
        for (Customer customer : customers) {
            point -= customer.share();
            if (point < 0) {
                return customer;
            }
        }
        throw new IllegalStateException("the shares do not sum to 100");
    }
}
