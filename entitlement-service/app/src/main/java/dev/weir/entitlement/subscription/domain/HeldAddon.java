package dev.weir.entitlement.subscription.domain;

import org.jspecify.annotations.Nullable;

/**
 * An add-on that a subscription holds.
 *
 * @param catalog the version of the catalog in force when this version of it was chosen; null = before that was recorded
 */
public record HeldAddon(
        String addon,
        int version,
        String hash,
        int quantity,
        @Nullable Long catalog) {

    /** Whether this version was chosen under an earlier catalog. */
    public boolean chosenBefore(long version) {
        return catalog == null || catalog < version;
    }
}
