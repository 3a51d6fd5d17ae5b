package dev.weir.ledger.posting.persistence;

import dev.weir.ledger.Columns;
import dev.weir.ledger.contract.WalletKind;
import dev.weir.ledger.posting.domain.WalletSpec;
import dev.weir.ledger.wallet.domain.LimitPeriod;
import dev.weir.ledger.wallet.domain.WalletBook;
import dev.weir.ledger.wallet.domain.WalletKey;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** Finds what charged usage was drawn from. */
@ApplicationScoped
public class ChargedRows {

    /** The wallets that a charge was drawn from; empty if there is no such charge. */
    public List<WalletSpec> wallets(Connection connection, byte[] chargeKey) throws SQLException {
        List<WalletSpec> wallets = new ArrayList<>();
        String select = """
                SELECT root_customer, unit, resource, kind, scale FROM wallet
                WHERE wallet_id IN (SELECT wallet_id FROM journal WHERE charge_key = ?) ORDER BY wallet_id""";
        try (PreparedStatement statement = connection.prepareStatement(select)) {
            statement.setBytes(1, chargeKey);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    wallets.add(new WalletSpec(
                            new WalletKey(rows.getString(1), rows.getString(2), rows.getString(3)),
                            WalletKind.values()[rows.getInt(4)],
                            rows.getInt(5)));
                }
            }
        }
        return wallets;
    }

    /** The blocks of a limit's periods, ended ones too: overage may have gone over to any of them. */
    public Set<UUID> blocks(Connection connection, UUID wallet, Collection<Instant> periods) throws SQLException {
        Set<UUID> blocks = new HashSet<>();
        try (PreparedStatement statement = connection.prepareStatement(
                "SELECT block_id FROM credit_block WHERE wallet_id = ? AND period_from = ?")) {
            for (Instant period : periods) {
                statement.setObject(1, wallet);
                Columns.set(statement, 2, period);
                try (ResultSet rows = statement.executeQuery()) {
                    while (rows.next()) {
                        blocks.add(rows.getObject(1, UUID.class));
                    }
                }
            }
        }
        return blocks;
    }

    /** Attaches periods of a limit that are long over. */
    public void attach(Connection connection, WalletBook book, Collection<Instant> periods) throws SQLException {
        String select = """
                SELECT period_from, period_to, closes_at, target, overage, overage_held, overrun, used_before
                FROM limit_period WHERE wallet_id = ? AND period_from = ?""";
        try (PreparedStatement statement = connection.prepareStatement(select)) {
            for (Instant period : periods) {
                statement.setObject(1, book.id());
                Columns.set(statement, 2, period);
                try (ResultSet row = statement.executeQuery()) {
                    if (row.next()) {
                        book.attach(new LimitPeriod(
                                Columns.instant(row, 1),
                                Columns.instantOrNull(row, 2),
                                Columns.instantOrNull(row, 3),
                                row.getLong(4),
                                row.getLong(5),
                                row.getLong(6),
                                row.getLong(7),
                                row.getLong(8)));
                    }
                }
            }
        }
    }
}
