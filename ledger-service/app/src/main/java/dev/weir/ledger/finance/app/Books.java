package dev.weir.ledger.finance.app;

import dev.weir.ledger.finance.domain.GlAccount;
import dev.weir.ledger.finance.domain.Posting;
import dev.weir.ledger.finance.domain.RollForward;
import dev.weir.ledger.finance.persistence.PostingTable;
import dev.weir.ledger.finance.persistence.PostingTable.Position;
import dev.weir.ledger.finance.persistence.PostingTable.Sum;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Reads postings; what is in the journal is posted first. */
@ApplicationScoped
public class Books {
    private final DataSource database;
    private final PostingTable table;
    private final Projector projector;

    Books(DataSource database, PostingTable table, Projector projector) {
        this.database = database;
        this.table = table;
        this.projector = projector;
    }

    /** Postings of [from, to) in the order of time. */
    public List<Posting> page(Instant from, Instant to, @Nullable Position after, int most) {
        projector.catchUp();
        return QuarkusTransaction.requiringNew().call(() -> {
            try (Connection connection = database.getConnection()) {
                return table.page(connection, from, to, after, most);
            }
        });
    }

    /** The roll-forward of each currency over [from, to). */
    public Collection<RollForward> rollForward(Instant from, Instant to) {
        projector.catchUp();
        return QuarkusTransaction.requiringNew().call(() -> {
            try (Connection connection = database.getConnection()) {
                Map<String, RollForward> currencies = new TreeMap<>();
                for (Sum sum : table.sums(connection, Instant.EPOCH, from)) {
                    currencies
                            .computeIfAbsent(sum.currency(), RollForward::new)
                            .before(GlAccount.valueOf(sum.debit()), GlAccount.valueOf(sum.credit()), sum.amountMinor());
                }
                for (Sum sum : table.sums(connection, from, to)) {
                    currencies
                            .computeIfAbsent(sum.currency(), RollForward::new)
                            .within(
                                    GlAccount.valueOf(sum.debit()),
                                    GlAccount.valueOf(sum.credit()),
                                    sum.feature(),
                                    sum.amountMinor());
                }
                return currencies.values();
            }
        });
    }
}
