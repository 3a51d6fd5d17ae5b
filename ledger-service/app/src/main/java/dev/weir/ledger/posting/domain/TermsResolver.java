package dev.weir.ledger.posting.domain;

import dev.weir.catalog.contract.Aggregation;
import dev.weir.catalog.contract.FeatureDefinition;
import dev.weir.catalog.contract.FeatureType;
import dev.weir.catalog.contract.Meter;
import dev.weir.catalog.contract.MeteringMode;
import dev.weir.catalog.contract.OnLimit;
import dev.weir.catalog.contract.Then;
import dev.weir.entitlement.contract.ResolvedFeature;
import dev.weir.ledger.posting.domain.Denial.Reason;
import dev.weir.ledger.wallet.domain.Entitlements;
import dev.weir.platform.kernel.Atoms;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** From a customer's entitlement at an instant to the terms of a use; says why where there are none. */
public final class TermsResolver {
    private final Entitlements entitlements;
    private final Units units;

    /** What the catalog in force says about keys. */
    public interface Units {
        /** The scale of a credit unit; empty if no catalog has named it. */
        Optional<Integer> creditScale(String unit);

        /** A feature of the catalog in force. */
        Optional<FeatureDefinition> feature(String key);
    }

    /** The answer. */
    public sealed interface Resolved {
        /** Entitled, by these terms. */
        record Entitled(Terms terms, ResolvedFeature feature) implements Resolved {}

        /** Not entitled. */
        record NotEntitled(Denial denial) implements Resolved {}

        /** A feature of a kind that cannot be reserved. */
        record NotReservable(String why) implements Resolved {}
    }

    public TermsResolver(Entitlements entitlements, Units units) {
        this.entitlements = entitlements;
        this.units = units;
    }

    /** The terms of a use of a feature at an instant, reserved or reported. */
    public Resolved resolve(String customer, String feature, @Nullable String resource, Instant at) {
        if (!entitlements.knows(customer)) {
            return denied(Reason.UNKNOWN_CUSTOMER, "no customer " + customer, feature, null, at);
        }
        Optional<ResolvedFeature> found = entitlements.feature(customer, feature, resource, at);
        FeatureDefinition definition = found.map(ResolvedFeature::definition)
                .or(() -> units.feature(feature))
                .orElse(null);
        if (definition == null) {
            return denied(Reason.UNKNOWN_FEATURE, "no feature " + feature, feature, null, at);
        }
        String type = definition.type().name();
        if (definition.type() == FeatureType.BOOLEAN || definition.type() == FeatureType.CONFIG) {
            return new Resolved.NotReservable("feature " + feature + " is " + type + ": there is nothing to use up");
        }
        if (found.isEmpty() || !found.get().granted()) {
            if (found.isPresent() && found.get().revoked()) {
                return denied(Reason.REVOKED, "feature " + feature + " is revoked for " + customer, feature, type, at);
            }
            return entitlements.subscribed(customer, at)
                    ? denied(Reason.NOT_ENTITLED, "no source gives " + customer + " " + feature, feature, type, at)
                    : denied(Reason.NO_SUBSCRIPTION, customer + " has no active subscription", feature, type, at);
        }
        return terms(found.get(), at);
    }

    /** Whether a feature of those terms may be reserved. */
    public static Optional<String> whyNotReservable(ResolvedFeature feature) {
        FeatureDefinition definition = feature.definition();
        Meter meter = definition.meter();
        if (definition.type() == FeatureType.CREDIT
                || definition.mode() == MeteringMode.LEVEL
                || meter == null
                || meter.aggregation() == Aggregation.SUM
                || meter.aggregation() == Aggregation.COUNT) {
            return Optional.empty();
        }
        return Optional.of("feature " + definition.key() + " is measured by " + meter.aggregation()
                + ": only SUM, COUNT and levels can be reserved");
    }

    private Resolved terms(ResolvedFeature resolved, Instant at) {
        FeatureDefinition definition = resolved.definition();
        boolean credit = definition.type() == FeatureType.CREDIT;
        Then then = credit ? null : resolved.then();
        String unit = credit ? definition.creditUnit() : then == null ? null : then.unit();
        Integer creditScale =
                unit == null ? Integer.valueOf(0) : units.creditScale(unit).orElse(null);
        if (creditScale == null || credit && unit == null) {
            return denied(
                    Reason.UNPRICED,
                    "the credit unit of " + resolved.feature() + " is not known",
                    resolved.feature(),
                    definition.type().name(),
                    at);
        }
        boolean limited = !credit && resolved.limit() != null;
        return new Resolved.Entitled(
                new Terms(
                        resolved.feature(),
                        definition.type(),
                        definition.mode() == MeteringMode.LEVEL,
                        credit ? creditScale : definition.scale(),
                        limited,
                        limited ? resolved.resource() : null,
                        limited || credit ? unit : null,
                        creditScale,
                        then == null || !limited ? 0 : Atoms.parse(then.per(), creditScale),
                        resolved.onLimit() == OnLimit.SOFT,
                        resolved.overageCap() == null || credit
                                ? null
                                : Long.valueOf(Atoms.parse(resolved.overageCap(), definition.scale())),
                        definition.usageEventType(),
                        resolved.rates(),
                        resolved.rateVersion(),
                        resolved.subscription(),
                        resolved.plan(),
                        resolved.planVersion(),
                        resolved.planHash()),
                resolved);
    }

    private static Resolved denied(Reason reason, String detail, String feature, @Nullable String type, Instant at) {
        return new Resolved.NotEntitled(Denial.plain(reason, detail, feature, type, at));
    }
}
