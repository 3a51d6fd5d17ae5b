package dev.weir.catalog.pricingtable.domain;

import dev.weir.catalog.contract.CreditGrant;
import dev.weir.catalog.contract.CreditUnit;
import dev.weir.catalog.contract.Effect;
import dev.weir.catalog.contract.Entitlement;
import dev.weir.catalog.contract.FeatureDefinition;
import dev.weir.catalog.contract.Money;
import dev.weir.catalog.contract.OnLimit;
import dev.weir.catalog.contract.PerSeat;
import dev.weir.catalog.contract.Rollover;
import dev.weir.catalog.contract.Then;
import dev.weir.catalog.contract.Trial;
import dev.weir.catalog.offer.domain.OfferedFeature;
import java.math.BigDecimal;
import java.util.Map;

/** What is given, in words: "10,000 calls per month", "1,000 AI credit per month, up to 500 rolls over". */
final class OfferWords {

    private final Figures figures;
    private final Map<String, FeatureDefinition> features;
    private final Map<String, CreditUnit> units;

    /** For a body that pins these features and credit units. */
    OfferWords(Figures figures, Map<String, FeatureDefinition> features, Map<String, CreditUnit> units) {
        this.figures = figures;
        this.features = features;
        this.units = units;
    }

    String entitlement(OfferedFeature offered) {
        FeatureDefinition feature = offered.definition();
        return switch (feature.type()) {
            case BOOLEAN -> "included";
            case CONFIG -> value(offered);
            case METERED -> metered(offered);
            case CREDIT -> "paid with " + unit(String.valueOf(feature.creditUnit()));
        };
    }

    String credit(CreditGrant grant) {
        PerSeat perSeat = grant.perSeat();
        boolean some = grant.amount().signum() > 0;
        String words = some ? figures.number(grant.amount()) + " " + unit(grant.unit()) : "";
        if (perSeat != null) {
            words += (some ? " plus " : "") + figures.number(perSeat.amount()) + " " + unit(grant.unit()) + " for each "
                    + seat(perSeat.feature());
        }
        words += Figures.per(grant.every());
        Rollover rollover = grant.rollover();
        if (rollover != null) {
            BigDecimal most = rollover.max();
            words += ", " + (most == null ? "all" : "up to " + figures.number(most)) + " of the rest kept for "
                    + Figures.span(rollover.duration());
        }
        if (grant.expiresAfter() != null) {
            words += ", good for " + Figures.span(grant.expiresAfter());
        }
        Money price = grant.price();
        return price == null ? words : words + " for " + figures.money(price.amount(), price.currency());
    }

    static String trial(Trial trial, String plan) {
        return Figures.span(trial.duration()) + " free" + (trial.plan().equals(plan) ? "" : " of " + trial.plan())
                + (trial.endsWithCredits() ? ", or until its credits are used up" : "");
    }

    private String metered(OfferedFeature offered) {
        FeatureDefinition feature = offered.definition();
        Entitlement amount = offered.amount();
        BigDecimal limit = amount.limit();
        String unit = feature.unit() == null ? feature.title() : feature.unit();
        if (limit == null) {
            return "unlimited";
        }
        String words = (amount.effect() == Effect.INCREMENT ? "+" : "") + figures.number(limit) + " "
                + (limit.compareTo(BigDecimal.ONE) == 0 ? unit : Figures.plural(unit)) + Figures.per(amount.every());
        Then then = offered.then();
        if (then != null) {
            words += ", then " + figures.number(then.per()) + " " + unit(then.unit()) + " each";
        } else if (offered.onLimit() == OnLimit.SOFT) {
            BigDecimal cap = offered.overageCap();
            words += cap == null ? ", and more" : ", and up to " + figures.number(cap) + " more";
        }
        return words;
    }

    private String value(OfferedFeature offered) {
        String value = offered.value();
        return switch (offered.definition().valueType()) {
            case NUMBER -> figures.number(new BigDecimal(value));
            case ENUM, TEXT -> value;
            case null -> value;
        };
    }

    private String seat(String key) {
        FeatureDefinition feature = features.get(key);
        String unit = feature == null ? null : feature.unit();
        return unit == null ? key : unit;
    }

    private String unit(String key) {
        CreditUnit unit = units.get(key);
        return unit == null ? key : Figures.plural(unit.name());
    }
}
