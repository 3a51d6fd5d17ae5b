package dev.weir.ledger.statement.rest;

import dev.weir.ledger.statement.rest.StatementResponse.BalanceResponse;
import dev.weir.ledger.statement.rest.StatementResponse.MovementResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.jspecify.annotations.Nullable;

/** A statement as RFC 4180: a line for the opening, one for each move, one for the closing. */
final class StatementCsv {
    private static final CSVFormat FORMAT = CSVFormat.RFC4180
            .builder()
            .setHeader(
                    "seq",
                    "postedAt",
                    "effectiveAt",
                    "kind",
                    "from",
                    "to",
                    "amount",
                    "available",
                    "held",
                    "overdraft",
                    "availableChange",
                    "feature",
                    "customer",
                    "block",
                    "reservation",
                    "eventSource",
                    "eventId")
            .get();

    private StatementCsv() {}

    static String write(StatementResponse statement) {
        StringBuilder text = new StringBuilder();
        try (CSVPrinter lines = new CSVPrinter(text, FORMAT)) {
            balance(lines, "OPENING", statement.from().toString(), statement.opening());
            for (MovementResponse move : statement.movements()) {
                lines.printRecord(
                        move.seq(),
                        move.postedAt(),
                        move.effectiveAt(),
                        move.kind(),
                        move.from(),
                        move.to(),
                        move.amount(),
                        move.after().available(),
                        move.after().held(),
                        move.after().overdraft(),
                        move.change().available(),
                        move.feature(),
                        move.customer(),
                        move.block(),
                        move.reservation(),
                        plain(move.eventSource()),
                        plain(move.eventId()));
            }
            balance(lines, "CLOSING", statement.to().toString(), statement.closing());
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory cannot fail", e);
        }
        return text.toString();
    }

    private static void balance(CSVPrinter lines, String kind, String at, BalanceResponse balance) throws IOException {
        lines.printRecord(
                null,
                at,
                null,
                kind,
                null,
                null,
                null,
                balance.available(),
                balance.held(),
                balance.overdraft(),
                null,
                null,
                null,
                null,
                null,
                null,
                null);
    }

    // Text that others chose must not become a formula when a spreadsheet opens the file.
    private static @Nullable String plain(@Nullable String text) {
        return text == null || text.isEmpty() || "=+-@\t\r".indexOf(text.charAt(0)) < 0 ? text : "'" + text;
    }
}
