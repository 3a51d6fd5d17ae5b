package dev.weir.simulators.stripe.server;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.simulators.stripe.billing.Invoicing;
import dev.weir.simulators.stripe.billing.Items;
import dev.weir.simulators.stripe.billing.Subscribing;
import dev.weir.simulators.stripe.billing.Upcoming;
import dev.weir.simulators.stripe.usage.Usage;
import dev.weir.simulators.stripe.wire.Json;
import dev.weir.simulators.stripe.world.Pages;
import dev.weir.simulators.stripe.world.World;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The page: customers, meter totals, upcoming and past invoices. Plain HTML, no script, nothing from elsewhere. */
final class StatePage {
    private static final int ROWS_MAX = 200;
    private static final Set<String> ZERO_DECIMAL = Set.of(
            "bif", "clp", "djf", "gnf", "jpy", "kmf", "krw", "mga", "pyg", "rwf", "vnd", "vuv", "xaf", "xof", "xpf");
    private static final Set<String> THREE_DECIMAL = Set.of("bhd", "jod", "kwd", "omr", "tnd");
    private static final String HEAD = """
            <!doctype html><html lang="en"><head><meta charset="utf-8">
            <meta http-equiv="refresh" content="10"><meta name="viewport" content="width=device-width">
            <title>Stripe simulator</title><style>
            :root{--ink:#1f2a37;--soft:#6b7785;--line:#e3e8ee;--paper:#f6f8fb;--card:#fff;--mark:#5b54d6}
            @media(prefers-color-scheme:dark){:root{--ink:#e6eaf0;--soft:#9aa5b1;--line:#2a323d;--paper:#12161c;
            --card:#1a2029;--mark:#a09bff}}
            body{font:15px/1.5 system-ui,sans-serif;color:var(--ink);background:var(--paper);margin:0}
            main{max-width:64rem;margin:0 auto;padding:2rem 1rem 4rem}
            h1{font-size:1.5rem;margin:0}h2{font-size:1.05rem;margin:2.2rem 0 .6rem}
            .sub{color:var(--soft);margin:.2rem 0 1.4rem}
            .tiles{display:grid;grid-template-columns:repeat(auto-fit,minmax(9rem,1fr));gap:.8rem}
            .tile,table{background:var(--card);border:1px solid var(--line);border-radius:.5rem}
            .tile{padding:.8rem 1rem}.tile b{display:block;font-size:1.4rem}.tile span{color:var(--soft)}
            table{border-collapse:separate;border-spacing:0;width:100%}
            th,td{padding:.5rem .8rem;text-align:left;border-bottom:1px solid var(--line);vertical-align:top}
            tr:last-child td{border-bottom:0}th{color:var(--soft);font-weight:500;font-size:.85rem}
            td.n,th.n{text-align:right;font-variant-numeric:tabular-nums}code{color:var(--mark);font-size:.85em}
            .wide{overflow-x:auto}.none{color:var(--soft)}</style></head><body><main>
            """;

    private final World world;
    private final StringBuilder html = new StringBuilder(HEAD);

    private StatePage(World world) {
        this.world = world;
    }

    static String of(World world) {
        StatePage page = new StatePage(world);
        page.head();
        page.customers();
        page.meters();
        page.upcoming();
        page.invoices();
        page.html.append("</main></body></html>\n");
        return page.html.toString();
    }

    private void head() {
        html.append("<h1>Stripe simulator</h1><p class=\"sub\">Simulated time ")
                .append(time(world.now()))
                .append(" UTC · a stand-in for tests and demos, no real money</p><div class=\"tiles\">");
        tile(world.of("customer").size(), "customers");
        tile(world.of("subscription").size(), "subscriptions");
        tile(world.usage().received(), "meter events");
        tile(world.of("invoice").size(), "invoices");
        html.append("</div>");
    }

    private void tile(long number, String label) {
        html.append("<div class=\"tile\"><b>")
                .append(number)
                .append("</b><span>")
                .append(label)
                .append("</span></div>");
    }

    private void customers() {
        List<List<String>> rows = new ArrayList<>();
        world.of("customer").newestFirst().limit(ROWS_MAX).forEach(customer -> {
            String id = Json.need(customer, "id");
            long subscriptions = world.of("subscription").all().stream()
                    .filter(Pages.where("customer", id))
                    .filter(subscription -> !Subscribing.isOver(subscription))
                    .count();
            rows.add(List.of(name(id), code(id), Long.toString(subscriptions)));
        });
        table("Customers", List.of("Name", "Id", "#Subscriptions"), rows);
    }

    private void meters() {
        List<List<String>> rows = new ArrayList<>();
        for (Usage.Key key : world.usage().keys().stream().limit(ROWS_MAX).toList()) {
            ObjectNode meter = world.of("billing.meter").need(key.meter(), "id");
            rows.add(List.of(
                    name(key.customer()),
                    escape(Json.text(meter, "event_name")),
                    Long.toString(world.usage().count(key)),
                    StateView.total(world, meter, key.customer()).toString()));
        }
        table("Meter totals", List.of("Customer", "Meter", "#Events", "#Value"), rows);
    }

    private void upcoming() {
        List<List<String>> rows = new ArrayList<>();
        world.of("subscription")
                .newestFirst()
                .filter(subscription -> !Subscribing.isOver(subscription))
                .filter(subscription -> !Items.of(subscription).isEmpty())
                .limit(ROWS_MAX)
                .forEach(subscription -> {
                    String customer = Json.need(subscription, "customer");
                    List<ObjectNode> pending = Invoicing.pendingItems(
                            world, customer, Json.need(subscription, "id"), Json.need(subscription, "currency"));
                    rows.add(invoice(Upcoming.of(world, subscription, pending), customer));
                });
        table("Upcoming invoices", List.of("Customer", "Lines", "Status", "Date", "#Total"), rows);
    }

    private void invoices() {
        List<List<String>> rows = new ArrayList<>();
        world.of("invoice")
                .newestFirst()
                .limit(ROWS_MAX)
                .forEach(invoice -> rows.add(invoice(invoice, Json.need(invoice, "customer"))));
        table("Invoices", List.of("Customer", "Lines", "Status", "Date", "#Total"), rows);
    }

    private List<String> invoice(ObjectNode invoice, String customer) {
        StringBuilder lines = new StringBuilder();
        for (ObjectNode line : Json.data(Json.child(invoice, "lines"))) {
            lines.append(escape(Json.text(line, "description")))
                    .append(" <span class=\"none\">")
                    .append(money(Json.number(line, "amount"), Json.need(line, "currency")))
                    .append("</span><br>");
        }
        String status = "upcoming".equals(Json.text(invoice, "billing_reason"))
                ? "upcoming"
                : escape(Json.text(invoice, "status"));
        return List.of(
                name(customer),
                lines.toString(),
                status,
                time(Json.number(invoice, "created")),
                money(Json.number(invoice, "total"), Json.need(invoice, "currency")));
    }

    /** A table; a heading that begins with {@code #} is of a column of numbers. */
    private void table(String title, List<String> heads, List<List<String>> rows) {
        html.append("<h2>").append(title).append("</h2>");
        if (rows.isEmpty()) {
            html.append("<p class=\"none\">None yet.</p>");
            return;
        }
        html.append("<div class=\"wide\"><table><tr>");
        for (String head : heads) {
            html.append(head.startsWith("#") ? "<th class=\"n\">" + head.substring(1) : "<th>" + head)
                    .append("</th>");
        }
        html.append("</tr>");
        for (List<String> row : rows) {
            html.append("<tr>");
            for (int i = 0; i < row.size(); i++) {
                html.append(heads.get(i).startsWith("#") ? "<td class=\"n\">" : "<td>")
                        .append(row.get(i))
                        .append("</td>");
            }
            html.append("</tr>");
        }
        html.append("</table></div>");
    }

    private String name(String customerId) {
        ObjectNode customer = world.of("customer").find(customerId);
        String name = customer == null ? null : Json.text(customer, "name");
        return escape(name == null ? customerId : name);
    }

    private static String money(long minor, String currency) {
        int scale = ZERO_DECIMAL.contains(currency) ? 0 : THREE_DECIMAL.contains(currency) ? 3 : 2;
        return BigDecimal.valueOf(minor, scale).toPlainString() + " " + currency.toUpperCase(Locale.ROOT);
    }

    private static String time(long seconds) {
        return Instant.ofEpochSecond(seconds).toString().replace('T', ' ').replace("Z", "");
    }

    private static String code(String text) {
        return "<code>" + escape(text) + "</code>";
    }

    private static String escape(@Nullable String text) {
        return text == null
                ? ""
                : text.replace("&", "&amp;")
                        .replace("<", "&lt;")
                        .replace(">", "&gt;")
                        .replace("\"", "&quot;");
    }
}
