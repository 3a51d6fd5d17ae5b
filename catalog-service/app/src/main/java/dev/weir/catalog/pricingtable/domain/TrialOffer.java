package dev.weir.catalog.pricingtable.domain;

import dev.weir.catalog.contract.TrialEnd;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The trial that a plan offers.
 *
 * @param plan the plan tried
 * @param untilCreditsUsed whether it ends before its time when its credits are used up
 * @param text in words
 */
public record TrialOffer(
        String duration,
        String plan,
        List<CreditOffer> credits,
        TrialEnd atEnd,
        @Nullable String downgradeTo,
        boolean untilCreditsUsed,
        String text) {

    public TrialOffer {
        credits = List.copyOf(credits);
    }
}
