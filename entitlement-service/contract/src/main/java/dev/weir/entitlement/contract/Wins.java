package dev.weir.entitlement.contract;

import dev.weir.catalog.contract.Effect;
import dev.weir.catalog.contract.Entitlement;
import dev.weir.catalog.contract.OnLimit;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Who won which component, and the sentence that says why. */
final class Wins {
    static final String AMOUNT = "amount";
    static final String ON_LIMIT = "onLimit";
    static final String OVERAGE_CAP = "overageCap";
    static final String THEN = "then";
    static final String VALUE = "value";
    static final String ACCESS = "access";
    static final String RATES = "rates";

    private final Map<Source, List<String>> components = new IdentityHashMap<>();
    private final Map<String, Source> winners = new java.util.LinkedHashMap<>();

    void won(String component, @Nullable Source source) {
        if (source != null) {
            components.computeIfAbsent(source, key -> new ArrayList<>(4)).add(component);
            winners.put(component, source);
        }
    }

    /** Every source with its outcome, in source order. */
    List<ExplainedSource> explain(List<Source> sources, @Nullable AmountJoin amount, @Nullable Source revoke) {
        List<ExplainedSource> explained = new ArrayList<>(sources.size());
        for (Source source : sources) {
            List<String> won = components.getOrDefault(source, List.of());
            boolean added = amount != null && containsSame(amount.added(), source);
            if (revoke != null) {
                explained.add(revoked(source, revoke));
            } else if (added) {
                explained.add(explained(source, SourceOutcome.ADDED, won, addedWhy(source)));
            } else if (!won.isEmpty()) {
                explained.add(explained(source, SourceOutcome.WON, won, wonWhy(source, won)));
            } else {
                explained.add(explained(source, SourceOutcome.LOST, List.of(), lostWhy(source, amount)));
            }
        }
        return explained;
    }

    private static ExplainedSource revoked(Source source, Source revoke) {
        if (source == revoke) {
            return explained(
                    source, SourceOutcome.WON, List.of(ACCESS), "It revokes the feature, which beats every source.");
        }
        String why = source.revoke()
                ? "The feature is revoked by " + revoke.name() + " already."
                : "The feature is revoked by " + revoke.name() + ".";
        return explained(source, SourceOutcome.REVOKED, List.of(), why);
    }

    private static String addedWhy(Source source) {
        return "It adds " + plain(source.amount()) + per(source) + " on top of the base.";
    }

    private static String wonWhy(Source source, List<String> won) {
        Entitlement says = source.says();
        List<String> reasons = new ArrayList<>(won.size());
        for (String component : won) {
            reasons.add(
                    switch (component) {
                        case AMOUNT ->
                            says.limit() == null
                                    ? "it is unlimited"
                                    : "no source gives more than its " + plain(says.limit()) + per(source);
                        case ON_LIMIT ->
                            says.onLimit() == OnLimit.SOFT ? "its limit is soft" : "every limit is hard, as its own";
                        case OVERAGE_CAP ->
                            says.overageCap() == null
                                    ? "it does not bound overage"
                                    : "its overage cap of " + plain(says.overageCap()) + " is the largest";
                        case THEN -> "it is the first that says what comes after the limit";
                        case VALUE -> "its value " + says.value() + " is the best";
                        case RATES -> "its rate table holds";
                        default -> "it gives access";
                    });
        }
        return sentence(String.join("; ", reasons));
    }

    private String lostWhy(Source source, @Nullable AmountJoin amount) {
        Source access = winners.get(ACCESS);
        if (amount != null && source.increment()) {
            if (amount.limit() == null) {
                return "The amount is unlimited by " + amount.winner().name() + ", so there is nothing to add to.";
            }
            return amount.winner().kind() == SourceKind.PROMOTION
                            && !amount.winner().increment()
                    ? "The raised amount is less than what " + amount.winner().name() + " gives by itself."
                    : "It resets differently from the amount of "
                            + amount.winner().name() + ", which is more per second.";
        }
        if (amount != null) {
            String mine = source.amount() == null ? "unlimited" : plain(source.amount()) + per(source);
            return sentence(amount.winner().name() + " is at least as generous as its " + mine);
        }
        Source value = winners.get(VALUE);
        if (value != null && source.says().value() != null) {
            return sentence(value.name() + " gives " + value.says().value() + ", which is at least as good as its "
                    + source.says().value());
        }
        return access == null ? "It gives nothing." : sentence(access.name() + " gives the same and comes first");
    }

    private static ExplainedSource explained(Source source, SourceOutcome outcome, List<String> won, String why) {
        return new ExplainedSource(
                source.kind(),
                source.reference(),
                source.version(),
                source.quantity(),
                source.entitlement(),
                source.increment() ? Effect.INCREMENT : Effect.OVERRIDE,
                outcome,
                won,
                source.servesByDefault() ? why + " " + defaultWhy(source) : why,
                source.valid().from(),
                source.valid().to());
    }

    private static String defaultWhy(Source source) {
        return "It comes from the default plan of " + source.product()
                + ", which serves customers without a subscription of it.";
    }

    private static boolean containsSame(List<Source> sources, Source wanted) {
        for (Source source : sources) {
            if (source == wanted) {
                return true;
            }
        }
        return false;
    }

    private static String per(Source source) {
        String every = source.everyText();
        return every == null ? "" : " every " + every;
    }

    private static String plain(@Nullable BigDecimal amount) {
        return amount == null ? "unlimited" : amount.toPlainString();
    }

    private static String sentence(String text) {
        return Character.toUpperCase(text.charAt(0)) + text.substring(1) + ".";
    }
}
