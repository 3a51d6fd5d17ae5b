package dev.weir.ledger.verify.domain;

import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/** What open reservations hold in one wallet; amounts in atoms. */
public final class OpenHolds {
    private final Map<UUID, Long> blocks = new HashMap<>();
    private long overage;
    private long overdraft;
    private long quarantined;

    /** Counts a part that is held in a block. */
    public void inBlock(UUID block, long amount) {
        blocks.merge(block, amount, Long::sum);
    }

    /** Counts a part that is held in overage room. */
    public void inOverage(long amount) {
        overage += amount;
    }

    /** Counts a part that is held in overdraft room. */
    public void inOverdraft(long amount) {
        overdraft += amount;
    }

    /** Counts a part, already counted in its place, whose reservation has lapsed without a report. */
    public void inQuarantine(long amount) {
        quarantined += amount;
    }

    long ofBlock(UUID block) {
        return blocks.getOrDefault(block, 0L);
    }

    long inBlocks() {
        return blocks.values().stream().mapToLong(Long::longValue).sum();
    }

    long overage() {
        return overage;
    }

    long overdraft() {
        return overdraft;
    }

    long quarantined() {
        return quarantined;
    }
}
