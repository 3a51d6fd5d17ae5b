package dev.weir.simulators.stripe.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.simulators.stripe.wire.Json;
import dev.weir.simulators.stripe.wire.Params;
import dev.weir.simulators.stripe.wire.Rules;
import dev.weir.simulators.stripe.world.Pages;
import java.util.List;

/** {@code /v1/customers}. */
final class Customers {
    private static final String KIND = "customer";
    private static final List<String> TEXTS = List.of("name", "email", "description", "phone");
    private static final Rules WRITE =
            Rules.of("name", "email", "description", "phone", "balance", "tax_exempt", "metadata.*");

    private Customers() {}

    static void register(Router router) {
        router.post("/v1/customers", WRITE, Customers::create);
        router.get("/v1/customers", Rules.list("email"), Customers::list);
        router.get("/v1/customers/{}", Rules.of(), call -> call.own(KIND));
        router.post("/v1/customers/{}", WRITE, Customers::update);
        router.delete("/v1/customers/{}", Rules.of(), Customers::delete);
    }

    private static ObjectNode create(Call call) {
        ObjectNode customer = call.world().document(KIND, "cus");
        customer.putNull("address");
        customer.put("balance", 0);
        customer.put("created", call.now());
        customer.putNull("currency");
        customer.putNull("default_source");
        customer.put("delinquent", false);
        customer.putNull("discount");
        customer.put(
                "invoice_prefix", Json.need(customer, "id").substring(4, 12).toUpperCase(java.util.Locale.ROOT));
        ObjectNode settings = customer.putObject("invoice_settings");
        settings.putNull("custom_fields").putNull("default_payment_method");
        settings.putNull("footer").putNull("rendering_options");
        customer.put("livemode", false);
        customer.put("next_invoice_sequence", 1);
        customer.putArray("preferred_locales");
        customer.putNull("shipping");
        customer.put("tax_exempt", "none");
        customer.putNull("test_clock");
        TEXTS.forEach(customer::putNull);
        apply(call, customer);
        call.of(KIND).put(customer);
        call.world().emit("customer.created", customer);
        return customer;
    }

    private static ObjectNode update(Call call) {
        ObjectNode customer = live(call).deepCopy();
        apply(call, customer);
        call.of(KIND).put(customer);
        call.world().emit("customer.updated", customer);
        return customer;
    }

    private static ObjectNode delete(Call call) {
        ObjectNode customer = live(call);
        String id = call.id();
        Subscriptions.cancelAllOf(call.world(), id);
        call.of(KIND).remove(id);
        call.world().emit("customer.deleted", customer);
        return Json.object().put("id", id).put("object", KIND).put("deleted", true);
    }

    private static ObjectNode list(Call call) {
        return Pages.page(
                call.of(KIND)
                        .newestFirst()
                        .filter(Pages.where("email", call.params().text("email"))),
                call.params(),
                "/v1/customers");
    }

    private static ObjectNode live(Call call) {
        return call.own(KIND);
    }

    private static void apply(Call call, ObjectNode customer) {
        Params params = call.params();
        for (String text : TEXTS) {
            if (params.has(text)) {
                customer.put(text, params.text(text));
            }
        }
        Long balance = params.number("balance");
        if (balance != null) {
            customer.put("balance", balance);
        }
        customer.put(
                "tax_exempt",
                params.choice(
                        "tax_exempt",
                        Json.need(customer, "tax_exempt"),
                        java.util.Set.of("none", "exempt", "reverse")));
        call.mergeMetadata(customer);
    }
}
