package dev.weir.ledger.statement.rest;

import dev.weir.ledger.posting.app.Inputs;
import dev.weir.ledger.statement.domain.Statement;
import dev.weir.ledger.statement.domain.Statement.Balance;
import dev.weir.ledger.statement.domain.Statement.Movement;
import dev.weir.ledger.statement.rest.StatementResponse.BalanceResponse;
import dev.weir.ledger.statement.rest.StatementResponse.MovementResponse;
import dev.weir.ledger.statement.rest.StatementResponse.TotalResponse;
import dev.weir.ledger.wallet.domain.JournalRow;
import dev.weir.platform.kernel.Atoms;
import dev.weir.platform.kernel.Problem;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;

/** Statements as the API shows them, and what callers write. */
final class StatementConvert {

    private StatementConvert() {}

    static StatementResponse response(Statement statement) {
        int scale = statement.account().scale();
        return new StatementResponse(
                statement.account().customer(),
                statement.account().unit(),
                statement.account().resource(),
                statement.from(),
                statement.to(),
                balance(statement.opening(), scale),
                statement.totals().stream()
                        .map(total ->
                                new TotalResponse(total.kind().name(), total.count(), balance(total.change(), scale)))
                        .toList(),
                statement.movements().stream()
                        .map(movement -> movement(movement, scale))
                        .toList(),
                balance(statement.closing(), scale));
    }

    static MovementResponse movement(Movement movement, int scale) {
        JournalRow row = movement.row();
        return new MovementResponse(
                row.seq(),
                row.postedAt(),
                row.effectiveAt(),
                row.kind().name(),
                row.from().name(),
                row.to().name(),
                Atoms.format(row.amount(), scale),
                row.block(),
                row.reservation(),
                row.feature(),
                row.customer(),
                row.eventSource(),
                row.eventId(),
                balance(movement.change(), scale),
                balance(movement.after(), scale));
    }

    private static BalanceResponse balance(Balance balance, int scale) {
        return new BalanceResponse(
                Atoms.format(balance.available(), scale),
                Atoms.format(balance.held(), scale),
                Atoms.format(balance.overdraft(), scale));
    }

    /** An instant, or the start of a day in UTC. */
    static Instant instant(String field, @Nullable String text) {
        if (text == null) {
            throw Problem.badRequest("REQUIRED", field + " is required").error(field, "REQUIRED", "is required");
        }
        try {
            return Inputs.kept(
                    field,
                    text.length() == 10
                            ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
                            : Instant.parse(text));
        } catch (DateTimeParseException e) {
            throw Problem.badRequest("INVALID_VALUE", field + " is neither an instant nor a day")
                    .error(field, "INVALID_VALUE", "must be like 2026-11-01 or 2026-11-01T00:00:00Z");
        }
    }
}
