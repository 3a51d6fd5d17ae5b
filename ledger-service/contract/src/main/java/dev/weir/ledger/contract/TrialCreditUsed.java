package dev.weir.ledger.contract;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

/**
 * The credit that a trial gave is used up, and nothing of it is held any more: the fact {@code ledger.trial-credit-used.v1} (id =
 * {@link #block}, shard of the root).
 *
 * @param subscription whose trial gave it
 * @param grant the key of the trial's grant
 */
public record TrialCreditUsed(String root, UUID subscription, String grant, String unit, UUID block, Instant at) {
    private static final String TRIAL = "TRIAL:";
    private static final int PARTS = 4;

    public TrialCreditUsed {
        Objects.requireNonNull(root, "root");
        Objects.requireNonNull(subscription, "subscription");
        Objects.requireNonNull(grant, "grant");
        Objects.requireNonNull(unit, "unit");
        Objects.requireNonNull(block, "block");
        Objects.requireNonNull(at, "at");
    }

    /** The trial credits of a wallet that are used up. Called for every wallet that changes, so it looks before it reads. */
    public static List<TrialCreditUsed> in(WalletState wallet) {
        List<TrialCreditUsed> used = new ArrayList<>();
        for (BlockState block : wallet.blocks()) {
            boolean usedUp = block.remaining() == 0 && block.held() == 0 && block.consumed() > 0;
            if (usedUp && block.sourceReference().contains(TRIAL)) {
                // <subscription>|<grant key>|TRIAL:<plan>|once
                String[] parts = block.sourceReference().split("\\|", PARTS);
                if (parts.length == PARTS && parts[2].startsWith(TRIAL)) {
                    used.add(new TrialCreditUsed(
                            wallet.root(),
                            UUID.fromString(parts[0]),
                            parts[1],
                            wallet.unit(),
                            block.id(),
                            wallet.asOf()));
                }
            }
        }
        return used;
    }
}
