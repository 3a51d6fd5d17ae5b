package dev.weir.entitlement.migration.rest;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.catalog.contract.UsageOnChange;
import dev.weir.entitlement.input.domain.Faults;
import dev.weir.entitlement.migration.app.MakeMigration;
import dev.weir.entitlement.migration.domain.Scope;
import dev.weir.entitlement.subscription.domain.When;
import java.util.Objects;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A migration of subscriptions to another plan version; their add-ons, trials and what is scheduled stay.
 *
 * @param scope ALL, or {@code {customers [..] | cohort, plan, fromVersions [..]}}: subscriptions of the plan (the target's unless
 *     given) of these customers, or of everyone
 * @param when NOW, PERIOD_END or an instant to come
 * @param allowMidPeriodDrop false (the default): where a limit would drop in the middle of a period, the subscription moves at
 *     its period's end
 * @param usage KEEP (the default) or RESET the usage of the running period
 */
public record MigrationRequest(
        @Schema(description = "ALL, or an object of customers or cohort, plan and fromVersions") @Nullable
        JsonNode scope,

        @Nullable Target target,
        @Nullable String when,
        @Nullable Boolean allowMidPeriodDrop,
        @Nullable UsageOnChange usage,
        @Nullable String reason) {

    /**
     * The version to move to.
     *
     * @param version the one in force unless given
     */
    public record Target(@Nullable String plan, @Nullable Integer version) {}

    MakeMigration wish(String author) {
        Faults faults = new Faults();
        Scope read = ScopeReader.read(scope, faults);
        Target to = target == null ? new Target(null, null) : target;
        faults.catalogKey("target.plan", to.plan());
        if (to.version() != null && to.version() < 1) {
            faults.add("target.version", "INVALID_VALUE", "must be at least 1");
        }
        When effective = effective(faults);
        if (reason == null) {
            faults.required("reason");
        }
        faults.text("reason", reason);
        faults.refuse();
        return new MakeMigration(
                read,
                Objects.requireNonNull(to.plan()),
                to.version(),
                effective,
                Boolean.TRUE.equals(allowMidPeriodDrop),
                usage == null ? UsageOnChange.KEEP : usage,
                Objects.requireNonNull(reason),
                author);
    }

    private When effective(Faults faults) {
        if (when == null) {
            faults.required("when");
            return new When.Now();
        }
        Optional<When> known = When.read(when);
        if (known.isEmpty()) {
            faults.add("when", "INVALID_VALUE", "must be NOW, PERIOD_END or an RFC 3339 instant");
        }
        return known.orElse(new When.Now());
    }
}
