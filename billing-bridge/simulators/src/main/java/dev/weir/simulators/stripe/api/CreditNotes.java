package dev.weir.simulators.stripe.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.simulators.stripe.billing.Invoicing;
import dev.weir.simulators.stripe.wire.Json;
import dev.weir.simulators.stripe.wire.Params;
import dev.weir.simulators.stripe.wire.Rules;
import dev.weir.simulators.stripe.wire.StripeError;
import dev.weir.simulators.stripe.world.Pages;
import java.util.Objects;
import java.util.Set;

/** {@code /v1/credit_notes}: less to pay on an open invoice, or money back on a paid one. */
final class CreditNotes {
    private static final String KIND = "credit_note";

    private CreditNotes() {}

    static void register(Router router) {
        router.post(
                "/v1/credit_notes",
                Rules.of(
                        "invoice",
                        "amount",
                        "lines.#.type",
                        "lines.#.invoice_line_item",
                        "lines.#.amount",
                        "lines.#.description",
                        "lines.#.quantity",
                        "lines.#.unit_amount",
                        "reason",
                        "memo",
                        "credit_amount",
                        "refund_amount",
                        "out_of_band_amount",
                        "effective_at",
                        "metadata.*"),
                CreditNotes::create);
        router.get(
                "/v1/credit_notes",
                Rules.list("customer", "invoice"),
                call -> Pages.page(
                        call.of(KIND)
                                .newestFirst()
                                .filter(Pages.where("customer", call.params().text("customer")))
                                .filter(Pages.where("invoice", call.params().text("invoice"))),
                        call.params(),
                        "/v1/credit_notes"));
        router.get("/v1/credit_notes/{}", Rules.of(), call -> call.own(KIND));
        router.post("/v1/credit_notes/{}/void", Rules.of(), CreditNotes::voided);
    }

    private static ObjectNode create(Call call) {
        Params params = call.params();
        ObjectNode invoice = call.of("invoice").need(params.need("invoice"), "invoice");
        String status = Json.need(invoice, "status");
        if (!"open".equals(status) && !"paid".equals(status)) {
            throw StripeError.refused(
                    null, "invoice", "Credit notes are for open or paid invoices; it is " + status + ".");
        }
        ArrayNode lines = Json.array();
        long amount = amount(call, invoice, lines);
        boolean paid = "paid".equals(status);
        long left = Json.number(invoice, "total")
                - Json.number(invoice, "pre_payment_credit_notes_amount")
                - Json.number(invoice, "post_payment_credit_notes_amount");
        if (amount > (paid ? left : Json.number(invoice, "amount_remaining"))) {
            throw StripeError.refused(
                    null, "amount", "The sum of credit notes can't exceed the total of the invoice: " + amount);
        }
        long credit = part(params, "credit_amount");
        long refund = part(params, "refund_amount");
        long outOfBand = part(params, "out_of_band_amount");
        if (paid && credit + refund + outOfBand != amount) {
            throw StripeError.refused(
                    null, "credit_amount", "The sum of credit, refund and out of band amounts must be " + amount + ".");
        }
        ObjectNode note = document(call, invoice, amount, lines);
        note.put("out_of_band_amount", outOfBand);
        note.put("_credit", paid ? credit : 0);
        note.put("pre_payment_amount", paid ? 0 : amount).put("post_payment_amount", paid ? amount : 0);
        call.mergeMetadata(note);
        book(call, invoice, note, 1);
        call.of(KIND).put(note);
        call.world().emit("credit_note.created", note);
        return note;
    }

    private static long part(Params params, String name) {
        Long value = params.number(name);
        if (value != null && value < 0) {
            throw StripeError.invalid(name, "Invalid non-negative integer");
        }
        return value == null ? 0 : value;
    }

    private static long amount(Call call, ObjectNode invoice, ArrayNode lines) {
        Params params = call.params();
        Long whole = params.number("amount");
        long sum = 0;
        for (Params given : params.list("lines")) {
            ObjectNode line = line(call, invoice, given);
            sum += Json.number(line, "amount");
            lines.add(line);
        }
        if (whole == null && lines.isEmpty()) {
            throw StripeError.missing("amount");
        }
        if (whole != null && !lines.isEmpty() && whole != sum) {
            throw StripeError.refused(null, "amount", "The amount differs from the sum of the lines.");
        }
        long amount = whole == null ? sum : whole;
        if (amount <= 0) {
            throw StripeError.invalid("amount", "Invalid positive integer");
        }
        return amount;
    }

    private static ObjectNode line(Call call, ObjectNode invoice, Params given) {
        given.need("type");
        String type = given.choice("type", "", Set.of("invoice_line_item", "custom_line_item"));
        ObjectNode line = call.world().document("credit_note_line_item", "cnli");
        line.put("type", type);
        line.put("livemode", false);
        line.put("description", given.text("description"));
        Long amount = given.number("amount");
        Long quantity = given.number("quantity");
        if ("custom_line_item".equals(type)) {
            given.need("unit_amount");
            Long unit = given.number("unit_amount");
            amount = (unit == null ? 0 : unit) * (quantity == null ? 1 : quantity);
        } else {
            String id = given.need("invoice_line_item");
            ObjectNode credited = Json.data(Json.child(invoice, "lines")).stream()
                    .filter(candidate -> Objects.equals(id, Json.text(candidate, "id")))
                    .findFirst()
                    .orElseThrow(() -> StripeError.noSuch("invoice_line_item", id, given.name("invoice_line_item")));
            given.need("amount");
            if (amount != null && amount > Json.number(credited, "amount")) {
                throw StripeError.refused(null, given.name("amount"), "More than the amount of the line.");
            }
            line.put("invoice_line_item", id);
        }
        line.put("amount", amount == null ? 0 : amount);
        Json.setNumber(line, "quantity", quantity);
        return line;
    }

    private static ObjectNode document(Call call, ObjectNode invoice, long amount, ArrayNode lines) {
        Params params = call.params();
        ObjectNode note = call.world().document(KIND, "cn");
        String id = Json.need(note, "id");
        Long effective = params.number("effective_at");
        note.put("amount", amount).put("amount_shipping", 0);
        note.put("created", call.now());
        note.put("currency", Json.need(invoice, "currency"));
        note.put("customer", Json.need(invoice, "customer"));
        note.putNull("customer_balance_transaction");
        note.put("discount_amount", 0);
        note.putArray("discount_amounts");
        note.put("effective_at", effective == null ? call.now() : effective);
        note.put("invoice", Json.need(invoice, "id"));
        note.set(
                "lines",
                Json.list(
                        "/v1/credit_notes/" + id + "/lines",
                        Json.data(Json.object().set("data", lines))));
        note.put("livemode", false);
        note.put("memo", params.text("memo"));
        note.put(
                "number", Json.text(invoice, "number") + "-CN-" + (call.of(KIND).size() + 1));
        note.putArray("pretax_credit_amounts");
        note.put(
                "reason",
                params.text("reason") == null
                        ? null
                        : params.choice(
                                "reason",
                                "",
                                Set.of("duplicate", "fraudulent", "order_change", "product_unsatisfactory")));
        note.putArray("refunds");
        note.put("status", "issued");
        note.put("subtotal", amount).put("subtotal_excluding_tax", amount);
        note.put("total", amount).put("total_excluding_tax", amount);
        note.putArray("total_taxes");
        note.put("type", "paid".equals(Json.text(invoice, "status")) ? "post_payment" : "pre_payment");
        note.putNull("voided_at");
        return note;
    }

    /** Books a note's amounts on the invoice and the customer's balance, or takes them back (-1). */
    private static void book(Call call, ObjectNode invoice, ObjectNode note, int sign) {
        for (String when : new String[] {"pre_payment", "post_payment"}) {
            String total = when + "_credit_notes_amount";
            invoice.put(total, Json.number(invoice, total) + sign * Json.number(note, when + "_amount"));
        }
        Invoicing.total(invoice);
        long credit = Json.number(note, "_credit");
        ObjectNode customer = call.of("customer").find(Json.need(invoice, "customer"));
        if (credit != 0 && customer != null) {
            customer.put("balance", Json.number(customer, "balance") - sign * credit);
        }
        boolean nothingLeft =
                "open".equals(Json.text(invoice, "status")) && Json.number(invoice, "amount_remaining") == 0;
        if (nothingLeft && sign > 0) {
            Invoicing.pay(call.world(), invoice);
        }
    }

    private static ObjectNode voided(Call call) {
        ObjectNode note = call.own(KIND);
        ObjectNode invoice = call.of("invoice").need(Json.need(note, "invoice"), "invoice");
        if (!"issued".equals(Json.text(note, "status")) || !"open".equals(Json.text(invoice, "status"))) {
            throw StripeError.refused(null, null, "Only issued credit notes of open invoices can be voided.");
        }
        note.put("status", "void").put("voided_at", call.now());
        book(call, invoice, note, -1);
        call.world().emit("credit_note.voided", note);
        return note;
    }
}
