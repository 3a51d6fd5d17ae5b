package dev.weir.ledger.statement.app;

import dev.weir.ledger.journal.persistence.JournalReader;
import dev.weir.ledger.statement.domain.Statement;
import dev.weir.ledger.statement.domain.Statement.Account;
import dev.weir.ledger.statement.domain.Statement.Balance;
import dev.weir.ledger.statement.persistence.StatementTables;
import dev.weir.ledger.statement.persistence.StatementTables.Block;
import dev.weir.ledger.statement.persistence.StatementTables.Wallet;
import dev.weir.ledger.wallet.domain.JournalRow;
import dev.weir.platform.kernel.Problem;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Statements of wallets, and what blocks paid for. */
@ApplicationScoped
public class Statements {
    private final DataSource database;
    private final StatementTables tables;
    private final JournalReader journal;

    /**
     * What a block paid for.
     *
     * @param rows usage, and usage given back, oldest first
     */
    public record BlockUsage(Block block, List<JournalRow> rows) {}

    Statements(DataSource database, StatementTables tables, JournalReader journal) {
        this.database = database;
        this.tables = tables;
        this.journal = journal;
    }

    /**
     * A statement over [from, to).
     *
     * @throws Problem 404 UNKNOWN_WALLET; 422 TOO_MANY_MOVEMENTS: ask for a shorter span
     */
    public Statement statement(
            String customer, String unit, @Nullable String resource, Instant from, Instant to, int most) {
        return read(connection -> {
            Wallet wallet = tables.wallet(connection, customer, unit, resource)
                    .orElseThrow(() -> Problem.notFound("UNKNOWN_WALLET", customer + " has no wallet of " + unit));
            Balance opening = tables.before(connection, wallet.id(), from);
            List<JournalRow> rows = new ArrayList<>();
            journal.span(connection, wallet.id(), from, to, most + 1, entry -> rows.add(entry.row()));
            if (rows.size() > most) {
                throw Problem.unprocessable(
                        "TOO_MANY_MOVEMENTS", "the span has more than " + most + " movements: ask for a shorter one");
            }
            return Statement.of(new Account(customer, unit, resource, wallet.scale()), from, to, opening, rows);
        });
    }

    /**
     * What a block paid for, after a sequence number.
     *
     * @throws Problem 404 UNKNOWN_BLOCK
     */
    public BlockUsage usage(String customer, UUID block, long after, int most) {
        return read(connection -> {
            Block found = tables.block(connection, customer, block)
                    .orElseThrow(() -> Problem.notFound("UNKNOWN_BLOCK", customer + " has no block " + block));
            List<JournalRow> rows = new ArrayList<>();
            journal.paidBy(connection, found.wallet(), block, after, most, entry -> rows.add(entry.row()));
            return new BlockUsage(found, rows);
        });
    }

    private interface Query<T> {
        T run(Connection connection) throws SQLException;
    }

    private <T> T read(Query<T> query) {
        return QuarkusTransaction.requiringNew().call(() -> {
            try (Connection connection = database.getConnection()) {
                return query.run(connection);
            }
        });
    }
}
