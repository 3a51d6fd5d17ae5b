package dev.weir.ledger;

import static dev.weir.ledger.LedgerTestSupport.post;
import static dev.weir.ledger.LedgerTestSupport.reserve;
import static dev.weir.ledger.LedgerTestSupport.subscribed;

import dev.weir.ledger.wallet.domain.WalletKey;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;

/** A wallet with some history, and hands that may write what the service may not. */
public final class ProofProgram {

    private ProofProgram() {}

    /** A customer with 10 paid (5.00 USD) and 2 promotional credits, 3 used, 1 held; returns the customer. */
    public static String history() {
        String customer = subscribed(Catalogue.starter());
        grant(
                customer,
                "{'unit':'ai-credits','amount':'10','category':'PAID','cost':{'amount':'5.00','currency':'USD'}}");
        grant(customer, "{'unit':'ai-credits','amount':2,'category':'PROMOTIONAL','reason':'welcome'}");
        String id = reserve(customer, "chat", "4");
        post(
                        "/v1/reservations/" + id + "/settle",
                        "{'quantity':'3','event':{'id':'e-%s','source':'test'}}".formatted(id))
                .statusCode(200);
        reserve(customer, "chat", "1");
        return customer;
    }

    /** Gives credit; returns the block. */
    public static String grant(String customer, String body) {
        return post("/v1/customers/" + customer + "/grants", body)
                .statusCode(201)
                .extract()
                .path("id");
    }

    public static UUID credits(String customer) {
        return new WalletKey(customer, "ai-credits", null).id();
    }

    /** Runs statements as the owner of the tables, who gets past the guards. */
    public static void tamper(String... statements) {
        Config config = ConfigProvider.getConfig();
        try (Connection connection = DriverManager.getConnection(
                        config.getValue("quarkus.datasource.jdbc.url", String.class),
                        config.getValue("quarkus.flyway.username", String.class),
                        config.getValue("quarkus.flyway.password", String.class));
                Statement statement = connection.createStatement()) {
            statement.execute("SET weir.maintenance = 'archive'");
            for (String sql : statements) {
                statement.execute(sql);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
