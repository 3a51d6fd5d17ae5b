package dev.weir.entitlement.contract;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

/**
 * A migration of one subscription was taken back: the fact {@code entitlement.migration-undone.v1} (id
 * {@code <undo>:<subscription>}, shard of the root). The ledger voids the credit that the migration gave as far as it is unused:
 * for each grant and each of its periods that was open at an instant of [from, at), of the blocks issued under the key
 * (subscription, grant key, period) what exceeds {@code before}; what is held is voided when it is released; what was used
 * stays.
 *
 * @param migration the one that was undone
 * @param undo the migration that undid it
 * @param root the owner of the wallets
 * @param from when the migration took effect
 * @param at when it was undone
 * @param grants what was greater by the migration; those that it left or lowered are not there
 */
public record MigrationUndone(
        UUID migration,
        UUID undo,
        String customer,
        String root,
        UUID subscription,
        Instant from,
        Instant at,
        List<Given> grants) {
    public MigrationUndone {
        Objects.requireNonNull(migration, "migration");
        Objects.requireNonNull(undo, "undo");
        Objects.requireNonNull(customer, "customer");
        Objects.requireNonNull(root, "root");
        Objects.requireNonNull(subscription, "subscription");
        Objects.requireNonNull(from, "from");
        Objects.requireNonNull(at, "at");
        grants = grants == null ? List.of() : List.copyOf(grants);
    }

    /**
     * A credit grant as it was without and with the migration.
     *
     * @param source PLAN or ADDON, with {@code reference} its key, as in {@link CreditEntitlement}
     * @param before credits of a period (or at once, if {@code once}) without the migration; 0 = there was no such grant
     * @param after credits with it
     */
    public record Given(
            SourceKind source,
            String reference,
            String key,
            String unit,
            boolean once,
            BigDecimal before,
            BigDecimal after) {}
}
