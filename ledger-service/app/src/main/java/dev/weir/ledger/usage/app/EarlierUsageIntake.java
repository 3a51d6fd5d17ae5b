package dev.weir.ledger.usage.app;

import dev.weir.ledger.contract.WalletKind;
import dev.weir.ledger.directory.persistence.DirectoryTables;
import dev.weir.ledger.posting.app.Ledger;
import dev.weir.ledger.posting.domain.Operation;
import dev.weir.ledger.posting.domain.WalletSpec;
import dev.weir.ledger.posting.persistence.CircumstanceTables;
import dev.weir.ledger.posting.persistence.CircumstanceTables.EarlierUsage;
import dev.weir.ledger.wallet.domain.LimitPeriod;
import dev.weir.ledger.wallet.domain.WalletKey;
import dev.weir.metering.contract.UsageBefore;
import dev.weir.platform.kernel.Ids;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import javax.sql.DataSource;

/**
 * Takes what was used of a feature before it had a limit: the limit's period is so much smaller. It may come before the
 * snapshot that brings the limit, or after. Runs in the consumer's transaction.
 */
@ApplicationScoped
public class EarlierUsageIntake {
    private final DataSource database;
    private final DirectoryTables directory;
    private final CircumstanceTables circumstances;
    private final Ledger ledger;

    EarlierUsageIntake(
            DataSource database, DirectoryTables directory, CircumstanceTables circumstances, Ledger ledger) {
        this.database = database;
        this.directory = directory;
        this.circumstances = circumstances;
        this.ledger = ledger;
    }

    /** A revision of what was used before. */
    public void used(UsageBefore usage) {
        WalletKey wallet = new WalletKey(usage.root(), usage.feature(), usage.resource());
        EarlierUsage earlier = new EarlierUsage(
                usage.usageId(),
                wallet.id(),
                usage.periodFrom() == null ? LimitPeriod.FOREVER : usage.periodFrom(),
                usage.revision(),
                usage.total());
        try (Connection connection = database.getConnection()) {
            if (circumstances.put(connection, earlier, usage.resource())
                    && directory.head(connection, usage.root()).isPresent()) {
                WalletSpec spec = new WalletSpec(wallet, WalletKind.LIMIT, usage.scale());
                ledger.execute(List.of(new Operation.Refresh(usage.root(), Set.of(spec), true, Ids.next())));
            }
        } catch (SQLException e) {
            throw new IllegalStateException("usage before a limit of " + wallet + " cannot be taken", e);
        }
    }
}
