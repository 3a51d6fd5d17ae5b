package dev.weir.ledger.posting.domain;

import dev.weir.ledger.contract.UsageReversed;
import org.jspecify.annotations.Nullable;

/** Usage that was taken back: what the fact about it says, who did it and why. */
public record ReversedUsage(UsageReversed fact, @Nullable String reason, String actor) {}
