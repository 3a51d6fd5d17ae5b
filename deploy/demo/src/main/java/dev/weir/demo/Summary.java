package dev.weir.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/** The summary that a person reads. Every figure comes from the services, but for the application's own count. */
final class Summary {
    private final Api api;

    Summary(Api api) {
        this.api = api;
    }

    void print(List<Customer> customers, Tally tally, JsonNode report) {
        requests(customers, tally);
        credits(customers);
        invoices(customers);
        match(customers, report);
    }

    private static void requests(List<Customer> customers, Tally tally) {
        Out.heading("Requests");
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("customer", "admitted", "denied", "why", "credits of this run"));
        for (Customer customer : customers) {
            int denied = tally.denied(customer.id()).values().stream()
                    .mapToInt(Integer::intValue)
                    .sum();
            rows.add(List.of(
                    customer.id(),
                    String.valueOf(tally.admitted(customer.id())),
                    String.valueOf(denied),
                    tally.denied(customer.id()).isEmpty()
                            ? ""
                            : tally.denied(customer.id()).toString(),
                    plain(tally.credits(customer.id()))));
        }
        Out.table(rows);
        Out.line(
                "  in all: %d admitted, denied %s; %d api.request events (%d were there before)",
                tally.allAdmitted(), tally.allDenied(), tally.events() + tally.duplicates(), tally.duplicates());
    }

    private void credits(List<Customer> customers) {
        Out.heading("Credits by customer, category and block");
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("customer", "available", "held", "category", "granted", "burned", "remaining", "expires"));
        for (Customer customer : customers) {
            Api.Answer answer = api.get("/v1/customers/" + customer.id() + "/wallets/ai-credits");
            if (answer.status() == 404) {
                continue;
            }
            JsonNode wallet = answer.require("the wallet of " + customer.id());
            boolean first = true;
            for (JsonNode block : wallet.path("blocks")) {
                rows.add(List.of(
                        first ? customer.id() : "",
                        first ? wallet.path("available").asText() : "",
                        first ? wallet.path("held").asText() : "",
                        block.path("category").asText(),
                        block.path("granted").asText(),
                        block.path("consumed").asText(),
                        block.path("remaining").asText(),
                        block.path("expiresAt").asText("never")));
                first = false;
            }
        }
        Out.table(rows);
    }

    private void invoices(List<Customer> customers) {
        Out.heading("What Stripe (the local simulator) would invoice next");
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("customer", "line", "quantity", "amount", "total"));
        for (Customer customer : customers) {
            JsonNode previews = api.get("/v1/finance/customers/" + customer.id() + "/invoice-preview")
                    .require("the invoice preview of " + customer.id());
            for (JsonNode preview : previews.path("items")) {
                JsonNode invoice = preview.path("invoice");
                boolean first = true;
                for (JsonNode line : invoice.path("lines")) {
                    rows.add(List.of(
                            first ? customer.id() : "",
                            line.path("description").asText(),
                            line.path("quantity").asText(),
                            line.path("amount").asText(),
                            first
                                    ? invoice.path("total").asText() + " "
                                            + invoice.path("currency").asText()
                                    : ""));
                    first = false;
                }
            }
        }
        Out.table(rows);
    }

    /** The demo's customers, and of all others what does not match. */
    private static void match(List<Customer> customers, JsonNode report) {
        Out.heading(
                "Three-way check: metered = included + credit-covered + overage + overrun + waived + unpriced; overage = billed");
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of(
                "customer",
                "feature",
                "metered",
                "ledger",
                "included",
                "covered",
                "overage",
                "overrun",
                "waived",
                "unpriced",
                "billed",
                "status"));
        int others = 0;
        for (JsonNode line : report.path("summary")) {
            boolean own = customers.stream()
                    .anyMatch(customer ->
                            customer.id().equals(line.path("customer").asText()));
            if (!own && "MATCHED".equals(line.path("status").asText())) {
                others++;
                continue;
            }
            rows.add(List.of(
                    line.path("customer").asText(),
                    line.path("feature").asText(),
                    line.path("metered").asText(),
                    line.path("ledger").asText(),
                    line.path("included").asText(),
                    line.path("creditCovered").asText(),
                    line.path("overage").asText(),
                    line.path("overrun").asText(),
                    line.path("waived").asText(),
                    line.path("unpriced").asText(),
                    line.path("billed").isNull() || line.path("billed").isMissingNode()
                            ? "–"
                            : line.path("billed").asText(),
                    line.path("status").asText()));
        }
        Out.table(rows);
        if (others > 0) {
            Out.line("  and %d lines of customers that are not the demo's, all matched", others);
        }
        for (JsonNode line : report.path("differences")) {
            Out.line(
                    "  difference: %s %s in the hour of %s: %s; metering lacks %s, billed %s more",
                    line.path("customer").asText(),
                    line.path("feature").asText(),
                    line.path("hour").asText(),
                    line.path("reason").asText(),
                    line.path("meteringLess").asText(),
                    line.path("billedMore").asText());
        }
    }

    private static String plain(BigDecimal amount) {
        return amount.signum() == 0 ? "0" : amount.stripTrailingZeros().toPlainString();
    }
}
