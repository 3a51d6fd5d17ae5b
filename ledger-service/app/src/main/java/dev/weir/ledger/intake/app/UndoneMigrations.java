package dev.weir.ledger.intake.app;

import dev.weir.entitlement.contract.MigrationUndone;
import dev.weir.ledger.contract.WalletKind;
import dev.weir.ledger.directory.app.Directory;
import dev.weir.ledger.posting.app.Ledger;
import dev.weir.ledger.posting.domain.Operation;
import dev.weir.ledger.posting.domain.WalletSpec;
import dev.weir.ledger.wallet.domain.WalletKey;
import dev.weir.platform.kernel.Ids;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;

/** Takes back what undone migrations gave. Runs in the consumer's transaction. */
@ApplicationScoped
public class UndoneMigrations {
    private final Directory directory;
    private final Ledger ledger;

    UndoneMigrations(Directory directory, Ledger ledger) {
        this.directory = directory;
        this.ledger = ledger;
    }

    /** A migration of a subscription was undone. */
    public void undone(MigrationUndone undone) {
        List<Operation> recalls = undone.grants().stream()
                .map(MigrationUndone.Given::unit)
                .distinct()
                .sorted()
                .map(unit -> recall(undone, unit))
                .flatMap(Optional::stream)
                .toList();
        if (!recalls.isEmpty()) {
            ledger.execute(recalls);
        }
    }

    private Optional<Operation> recall(MigrationUndone undone, String unit) {
        return directory
                .creditScale(unit)
                .map(scale -> new Operation.Recall(
                        undone.root(),
                        undone,
                        new WalletSpec(new WalletKey(undone.root(), unit, null), WalletKind.CREDIT, scale),
                        Ids.next()));
    }
}
