package dev.weir.entitlement.migration.app;

import dev.weir.catalog.contract.UsageOnChange;
import dev.weir.entitlement.migration.domain.Scope;
import dev.weir.entitlement.subscription.domain.When;
import org.jspecify.annotations.Nullable;

/**
 * The wish for a migration.
 *
 * @param version null = the one in force
 */
public record MakeMigration(
        Scope scope,
        String plan,
        @Nullable Integer version,
        When when,
        boolean allowDrop,
        UsageOnChange usage,
        String reason,
        String author) {}
