package dev.weir.ledger.usage.app;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.weir.ledger.directory.persistence.DirectoryTables;
import dev.weir.ledger.directory.persistence.DirectoryTables.Head;
import dev.weir.ledger.posting.app.Ledger;
import dev.weir.ledger.posting.domain.Operation;
import dev.weir.ledger.posting.domain.Outcome;
import dev.weir.ledger.usage.persistence.WaitingUsage;
import dev.weir.ledger.usage.persistence.WaitingUsage.Kind;
import dev.weir.ledger.usage.persistence.WaitingUsage.Row;
import dev.weir.metering.contract.ReportedTotal;
import dev.weir.metering.contract.UsageReported;
import dev.weir.platform.kernel.Ids;
import dev.weir.platform.kernel.Json;
import dev.weir.platform.kernel.Sha256;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;
import org.jboss.logging.Logger;

/**
 * Books what metering reports. What nothing entitles to is kept and tried again whenever the customer's snapshot changes. Runs
 * in the consumer's transaction.
 */
@ApplicationScoped
public class UsageIntake {
    private static final Logger LOG = Logger.getLogger(UsageIntake.class);

    private final DataSource database;
    private final DirectoryTables directory;
    private final Ledger ledger;
    private final WaitingUsage waiting;

    UsageIntake(DataSource database, DirectoryTables directory, Ledger ledger, WaitingUsage waiting) {
        this.database = database;
        this.directory = directory;
        this.ledger = ledger;
        this.waiting = waiting;
    }

    /** One event of a CREDIT feature. */
    public void reported(UsageReported usage) {
        take(new Row(id(usage), usage.customer(), Kind.EVENT, json(usage), ""));
    }

    /** The reported total of a METERED feature's window. */
    public void total(ReportedTotal total) {
        take(new Row(total.windowId().toString(), total.customer(), Kind.TOTAL, json(total), ""));
    }

    private void take(Row row) {
        try (Connection connection = database.getConnection()) {
            book(connection, row);
        } catch (SQLException e) {
            throw new IllegalStateException("reported usage " + row.id() + " cannot be booked", e);
        }
    }

    /** Tries again what waits for a customer. */
    public void retry(Connection connection, String customer) throws SQLException {
        for (Row row : waiting.of(connection, customer)) {
            book(connection, row);
        }
    }

    private void book(Connection connection, Row row) throws SQLException {
        Outcome outcome =
                ledger.execute(List.of(operation(connection, row))).getFirst().outcome();
        if (outcome instanceof Outcome.Unpriced unpriced) {
            waiting.put(connection, new Row(row.id(), row.customer(), row.kind(), row.body(), unpriced.why()));
            return;
        }
        if (outcome instanceof Outcome.EventConflict conflict) {
            // The first writer stands; metering lists the conflict.
            LOG.warnf("usage %s of %s: %s", row.id(), row.customer(), conflict.detail());
        }
        waiting.remove(connection, row.id());
    }

    private Operation operation(Connection connection, Row row) throws SQLException {
        String known =
                directory.head(connection, row.customer()).map(Head::root).orElse(null);
        return switch (row.kind()) {
            case EVENT -> {
                UsageReported usage = parse(row.body(), UsageReported.class);
                yield new Operation.Debit(root(known, usage.root(), usage.customer()), usage, Ids.next());
            }
            case TOTAL -> {
                ReportedTotal total = parse(row.body(), ReportedTotal.class);
                yield new Operation.BookTotal(root(known, total.root(), total.customer()), total, Ids.next());
            }
        };
    }

    private static String root(
            @org.jspecify.annotations.Nullable String known,
            @org.jspecify.annotations.Nullable String told,
            String customer) {
        return known != null ? known : told != null ? told : customer;
    }

    private static String id(UsageReported usage) {
        return Sha256.hex(usage.source().length() + "\n" + usage.source() + "\n"
                + usage.id().length() + "\n" + usage.id() + "\n" + usage.feature());
    }

    private static String json(Object body) {
        try {
            return Json.mapper().writeValueAsString(body);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("usage cannot be written", e);
        }
    }

    private static <T> T parse(String json, Class<T> type) {
        try {
            return Json.lenientMapper().readValue(json, type);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("stored usage cannot be read", e);
        }
    }
}
