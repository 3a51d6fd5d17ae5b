package dev.weir.ledger.payment.app;

import dev.weir.billing.contract.InvoicePaid;
import dev.weir.ledger.contract.WalletKind;
import dev.weir.ledger.directory.app.Directory;
import dev.weir.ledger.directory.domain.CustomerView;
import dev.weir.ledger.directory.persistence.DirectoryTables;
import dev.weir.ledger.directory.persistence.DirectoryTables.Head;
import dev.weir.ledger.posting.app.Ledger;
import dev.weir.ledger.posting.app.NamedWallets;
import dev.weir.ledger.posting.domain.Operation;
import dev.weir.ledger.posting.domain.WalletSpec;
import dev.weir.ledger.posting.persistence.CircumstanceTables;
import dev.weir.ledger.posting.persistence.CircumstanceTables.Payment;
import dev.weir.ledger.wallet.domain.PaidPeriod;
import dev.weir.platform.kernel.Ids;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import javax.sql.DataSource;

/**
 * Opens the credit that waits for a payment. A payment that comes before the subscription is known is kept; the snapshot that
 * brings the subscription finds it. Runs in the consumer's transaction.
 */
@ApplicationScoped
public class PaymentIntake {
    private final DataSource database;
    private final Directory directory;
    private final DirectoryTables directoryTables;
    private final NamedWallets named;
    private final CircumstanceTables circumstances;
    private final Ledger ledger;

    PaymentIntake(
            DataSource database,
            Directory directory,
            DirectoryTables directoryTables,
            NamedWallets named,
            CircumstanceTables circumstances,
            Ledger ledger) {
        this.database = database;
        this.directory = directory;
        this.directoryTables = directoryTables;
        this.named = named;
        this.circumstances = circumstances;
        this.ledger = ledger;
    }

    /** An invoice was paid. */
    public void paid(InvoicePaid paid) {
        try (Connection connection = database.getConnection()) {
            Payment payment = new Payment(
                    new PaidPeriod(paid.subscription(), paid.periodFrom(), paid.periodTo()),
                    paid.invoice(),
                    paid.customer(),
                    paid.amount(),
                    paid.currency(),
                    paid.paidAt());
            if (circumstances.put(connection, payment)) {
                open(connection, paid.customer());
            }
        } catch (SQLException e) {
            throw new IllegalStateException("the payment of invoice " + paid.invoice() + " cannot be taken", e);
        }
    }

    private void open(Connection connection, String customer) throws SQLException {
        Optional<Head> head = directoryTables.head(connection, customer);
        if (head.isEmpty()) {
            return;
        }
        String root = head.get().root();
        Map<String, CustomerView> views = directory.views(connection, directory.heads(connection, Set.of(root)));
        Set<WalletSpec> credit = named.of(connection, root, views.get(root), directoryTables.now(connection)).stream()
                .filter(spec -> spec.kind() == WalletKind.CREDIT)
                .collect(Collectors.toUnmodifiableSet());
        if (!credit.isEmpty()) {
            ledger.execute(List.of(new Operation.Refresh(root, credit, true, Ids.next())));
        }
    }
}
