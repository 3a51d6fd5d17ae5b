package dev.weir.ledger.posting.persistence;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.weir.catalog.contract.Price;
import dev.weir.ledger.Columns;
import dev.weir.ledger.contract.BudgetCharge;
import dev.weir.ledger.contract.BudgetState;
import dev.weir.ledger.posting.domain.BudgetBook;
import dev.weir.ledger.wallet.domain.BudgetTerms;
import dev.weir.platform.kernel.Json;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/** Budgets and what counts against them. Locked after the wallets of the batch, in the order of their ids. */
@ApplicationScoped
public class BudgetTables {

    /** Locks budgets, making those that are not there yet: two who need a new one must wait for each other. */
    public List<BudgetBook> lock(Connection connection, Map<UUID, BudgetTerms> needed, Set<UUID> others)
            throws SQLException {
        Set<UUID> ids = new TreeSet<>(needed.keySet());
        ids.addAll(others);
        if (ids.isEmpty()) {
            return List.of();
        }
        make(connection, needed.values());
        Map<UUID, List<BudgetCharge>> charges = new HashMap<>();
        List<BudgetState> rows = rows(connection, ids);
        charges(connection, ids, charges);
        List<BudgetBook> books = new ArrayList<>();
        for (BudgetState row : rows) {
            BudgetBook book = new BudgetBook(with(row, charges.getOrDefault(row.budget(), List.of())));
            BudgetTerms terms = needed.get(row.budget());
            if (terms != null) {
                book.turn(terms);
            }
            books.add(book);
        }
        return books;
    }

    private static void make(Connection connection, Collection<BudgetTerms> needed) throws SQLException {
        if (needed.isEmpty()) {
            return;
        }
        String insert = """
                INSERT INTO budget (budget_id, root_customer, subscription, plan, period_from, period_to, amount, currency,
                  soft) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (budget_id) DO NOTHING""";
        try (PreparedStatement statement = connection.prepareStatement(insert)) {
            for (BudgetTerms terms : needed) {
                BudgetState state = BudgetBook.open(terms).state();
                statement.setObject(1, state.budget());
                statement.setString(2, state.root());
                statement.setObject(3, state.subscription());
                statement.setString(4, state.plan());
                Columns.set(statement, 5, state.periodFrom());
                Columns.set(statement, 6, state.periodTo());
                statement.setBigDecimal(7, state.amount());
                statement.setString(8, state.currency());
                statement.setBoolean(9, state.soft());
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }

    /** The budgets of a root whose period holds an instant, without a lock. */
    public List<BudgetState> of(Connection connection, String root, Instant at) throws SQLException {
        List<BudgetState> states;
        try (PreparedStatement statement = connection.prepareStatement(
                ROWS + " WHERE root_customer = ? AND period_from <= ? AND period_to > ? ORDER BY budget_id")) {
            statement.setString(1, root);
            Columns.set(statement, 2, at);
            Columns.set(statement, 3, at);
            states = rows(statement);
        }
        Map<UUID, List<BudgetCharge>> charges = new HashMap<>();
        Set<UUID> ids = new TreeSet<>();
        states.forEach(state -> ids.add(state.budget()));
        charges(connection, ids, charges);
        return states.stream()
                .map(state -> with(state, charges.getOrDefault(state.budget(), List.of())))
                .toList();
    }

    private static final String ROWS = """
            SELECT budget_id, root_customer, subscription, plan, period_from, period_to, amount, currency, soft, exceeded_at,
              version
            FROM budget""";

    private static List<BudgetState> rows(Connection connection, Set<UUID> ids) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement(ROWS + " WHERE budget_id = ANY (?) ORDER BY budget_id FOR UPDATE")) {
            statement.setArray(1, WalletTables.uuids(connection, ids));
            return rows(statement);
        }
    }

    private static List<BudgetState> rows(PreparedStatement statement) throws SQLException {
        List<BudgetState> states = new ArrayList<>();
        try (ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                states.add(new BudgetState(
                        rows.getObject(1, UUID.class),
                        rows.getString(2),
                        rows.getObject(3, UUID.class),
                        rows.getString(4),
                        Columns.instant(rows, 5),
                        Columns.instant(rows, 6),
                        rows.getBigDecimal(7),
                        rows.getString(8),
                        rows.getBoolean(9),
                        List.of(),
                        Columns.instantOrNull(rows, 10),
                        rows.getLong(11)));
            }
        }
        return states;
    }

    private static void charges(Connection connection, Set<UUID> ids, Map<UUID, List<BudgetCharge>> charges)
            throws SQLException {
        String select = """
                SELECT budget_id, charge, plan_hash, feature, overage_only, price, scale, charged, held
                FROM budget_charge WHERE budget_id = ANY (?) ORDER BY budget_id, plan_hash, charge""";
        try (PreparedStatement statement = connection.prepareStatement(select)) {
            statement.setArray(1, WalletTables.uuids(connection, ids));
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    charges.computeIfAbsent(rows.getObject(1, UUID.class), id -> new ArrayList<>())
                            .add(new BudgetCharge(
                                    rows.getString(2),
                                    rows.getString(3),
                                    rows.getString(4),
                                    rows.getBoolean(5),
                                    price(rows.getString(6)),
                                    rows.getInt(7),
                                    rows.getLong(8),
                                    rows.getLong(9)));
                }
            }
        }
    }

    /** Writes those that have changed. */
    public void write(Connection connection, Collection<BudgetBook> books) throws SQLException {
        List<BudgetState> changed = books.stream()
                .filter(BudgetBook::changed)
                .map(BudgetBook::state)
                .toList();
        if (changed.isEmpty()) {
            return;
        }
        String update = """
                UPDATE budget SET plan = ?, amount = ?, currency = ?, soft = ?, exceeded_at = ?, version = ?
                WHERE budget_id = ?""";
        try (PreparedStatement statement = connection.prepareStatement(update)) {
            for (BudgetState state : changed) {
                statement.setString(1, state.plan());
                statement.setBigDecimal(2, state.amount());
                statement.setString(3, state.currency());
                statement.setBoolean(4, state.soft());
                Columns.set(statement, 5, state.exceededAt());
                statement.setLong(6, state.version());
                statement.setObject(7, state.budget());
                statement.addBatch();
            }
            statement.executeBatch();
        }
        writeCharges(connection, changed);
    }

    private static void writeCharges(Connection connection, List<BudgetState> changed) throws SQLException {
        String upsert = """
                INSERT INTO budget_charge (budget_id, charge, plan_hash, feature, overage_only, price, scale, charged, held)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
                ON CONFLICT (budget_id, plan_hash, charge) DO UPDATE SET charged = excluded.charged, held = excluded.held""";
        try (PreparedStatement statement = connection.prepareStatement(upsert)) {
            for (BudgetState state : changed) {
                for (BudgetCharge charge : state.charges()) {
                    statement.setObject(1, state.budget());
                    statement.setString(2, charge.charge());
                    statement.setString(3, charge.planHash());
                    statement.setString(4, charge.feature());
                    statement.setBoolean(5, charge.overageOnly());
                    statement.setString(6, json(charge.price()));
                    statement.setInt(7, charge.scale());
                    statement.setLong(8, charge.charged());
                    statement.setLong(9, charge.held());
                    statement.addBatch();
                }
            }
            statement.executeBatch();
        }
    }

    private static BudgetState with(BudgetState row, List<BudgetCharge> charges) {
        return new BudgetState(
                row.budget(),
                row.root(),
                row.subscription(),
                row.plan(),
                row.periodFrom(),
                row.periodTo(),
                row.amount(),
                row.currency(),
                row.soft(),
                charges,
                row.exceededAt(),
                row.version());
    }

    private static Price price(String json) {
        try {
            return Json.lenientMapper().readValue(json, Price.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a stored price cannot be read", e);
        }
    }

    private static String json(Price price) {
        try {
            return Json.mapper().writeValueAsString(price);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a price cannot be written", e);
        }
    }
}
