package dev.weir.entitlement.snapshot.persistence;

import dev.weir.catalog.contract.Price;
import dev.weir.entitlement.contract.CreditPart;
import dev.weir.entitlement.contract.PriceOverridePart;
import dev.weir.entitlement.sql.persistence.JsonColumn;
import dev.weir.entitlement.sql.persistence.Sql;
import jakarta.inject.Singleton;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads what was agreed with customers beside their subscriptions: promised credit and prices of their own. */
@Singleton
public class AgreementTables {
    private record Owned<T>(String customer, T value) {}

    private final Sql sql;

    AgreementTables(Sql sql) {
        this.sql = sql;
    }

    /** The credit promised to customers since an instant that was or will be issued, by customer. */
    public Map<String, List<CreditPart>> credits(Collection<String> customers, Instant since) {
        return byCustomer(sql.list("""
                SELECT * FROM credit_promotion
                WHERE customer = ANY (?) AND from_at > ? AND (ended_at IS NULL OR ended_at > from_at) ORDER BY id""", row -> new Owned<>(row.text("customer"), credit(row)), customers, since));
    }

    /** The prices of customers that hold at any time after an instant, by customer. */
    public Map<String, List<PriceOverridePart>> prices(Collection<String> customers, Instant since) {
        return byCustomer(sql.list("""
                SELECT price_override.*, least(to_at, ended_at) AS until FROM price_override
                WHERE customer = ANY (?) AND (least(to_at, ended_at) IS NULL OR least(to_at, ended_at) > ?)
                  AND (ended_at IS NULL OR ended_at > from_at)
                ORDER BY id""", row -> new Owned<>(row.text("customer"), price(row)), customers, since));
    }

    private static CreditPart credit(Sql.Row row) throws SQLException {
        return new CreditPart(
                row.uuid("id"),
                row.text("unit"),
                row.integer("scale"),
                new BigDecimal(row.text("amount")),
                row.integer("priority"),
                row.textOrNull("expires_after"),
                row.instant("from_at"),
                row.text("reference"),
                row.text("reason"));
    }

    private static PriceOverridePart price(Sql.Row row) throws SQLException {
        return new PriceOverridePart(
                row.uuid("id"),
                row.textOrNull("plan"),
                row.textOrNull("addon"),
                row.text("charge"),
                JsonColumn.read(row.text("price"), Price.class),
                row.instant("from_at"),
                row.instantOrNull("until"),
                row.text("reason"));
    }

    private static <T> Map<String, List<T>> byCustomer(List<Owned<T>> rows) {
        Map<String, List<T>> byCustomer = new HashMap<>();
        rows.forEach(row -> byCustomer
                .computeIfAbsent(row.customer(), key -> new ArrayList<>())
                .add(row.value()));
        return byCustomer;
    }
}
