package dev.weir.simulators.stripe;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.gson.annotations.SerializedName;
import com.stripe.model.Customer;
import com.stripe.model.EventDataClassLookup;
import com.stripe.model.Invoice;
import com.stripe.model.Price;
import com.stripe.model.billing.Meter;
import com.stripe.param.CreditNoteCreateParams;
import com.stripe.param.InvoiceItemCreateParams;
import com.stripe.param.InvoiceListParams;
import com.stripe.param.SubscriptionCreateParams;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The client reads unknown fields without a word, so what the simulator sends is held against the client's own models. */
class ShapeTest {
    @TempDir
    Path data;

    @Test
    void sendsNoFieldThatStripesModelsDoNotHave() throws Exception {
        JsonNode objects;
        try (Fixture sim = Fixture.start(data)) {
            scenario(sim);
            objects = sim.admin("GET", "/_sim/state", "").path("objects");
        }

        Set<String> kinds = new TreeSet<>();
        Set<String> wrong = new TreeSet<>();
        for (JsonNode kind : objects) {
            for (JsonNode document : kind) {
                String name = document.path("object").asText();
                kinds.add(name);
                Class<?> model = EventDataClassLookup.classLookup.get(name);
                if (model == null) {
                    throw new AssertionError("Stripe has no object of the name " + name);
                }
                compare(document, model, name, wrong);
            }
        }

        assertThat(wrong).isEmpty();
        assertThat(kinds)
                .containsExactly(
                        "billing.meter",
                        "credit_note",
                        "customer",
                        "invoice",
                        "invoiceitem",
                        "price",
                        "product",
                        "subscription");
    }

    private static void scenario(Fixture sim) throws Exception {
        sim.product("calls");
        Customer customer = sim.customer("Ada");
        Meter meter = sim.meter("calls");
        Price usage = sim.meteredPrice(meter, "calls");
        Price base = sim.licensedPrice(500, "calls");
        sim.stripe
                .v1()
                .subscriptions()
                .create(SubscriptionCreateParams.builder()
                        .setCustomer(customer.getId())
                        .addItem(SubscriptionCreateParams.Item.builder()
                                .setPrice(usage.getId())
                                .build())
                        .addItem(SubscriptionCreateParams.Item.builder()
                                .setPrice(base.getId())
                                .build())
                        .build());
        sim.stripe
                .v1()
                .invoiceItems()
                .create(InvoiceItemCreateParams.builder()
                        .setCustomer(customer.getId())
                        .setAmount(100L)
                        .setCurrency("usd")
                        .build());
        sim.advance(Duration.ofDays(32));
        Invoice paid = sim.stripe
                .v1()
                .invoices()
                .list(InvoiceListParams.builder().setCustomer(customer.getId()).build())
                .getData()
                .getFirst();
        sim.stripe
                .v1()
                .creditNotes()
                .create(CreditNoteCreateParams.builder()
                        .setInvoice(paid.getId())
                        .setAmount(10L)
                        .setOutOfBandAmount(10L)
                        .build());
    }

    private static void compare(JsonNode document, Class<?> model, String path, Set<String> wrong) {
        Map<String, Type> fields = fields(model);
        for (Map.Entry<String, JsonNode> field : document.properties()) {
            String name = field.getKey();
            Type type = fields.get(name);
            if (type == null) {
                wrong.add(path + "." + name);
                continue;
            }
            JsonNode value = field.getValue();
            if (value.isArray()) {
                value.forEach(element -> compareValue(element, argument(type), path + "." + name, wrong));
            } else {
                compareValue(value, type, path + "." + name, wrong);
            }
        }
    }

    private static void compareValue(JsonNode value, Type type, String path, Set<String> wrong) {
        if (!value.isObject()) {
            return;
        }
        if ("list".equals(value.path("object").asText())) {
            value.path("data").forEach(element -> compareValue(element, listed(element), path, wrong));
            return;
        }
        if (type instanceof Class<?> model && !Map.class.isAssignableFrom(model)) {
            compare(value, model, path, wrong);
        }
    }

    private static Class<?> listed(JsonNode element) {
        String name = element.path("object").asText();
        return switch (name) {
            case "line_item" -> com.stripe.model.InvoiceLineItem.class;
            case "credit_note_line_item" -> com.stripe.model.CreditNoteLineItem.class;
            case "subscription_item" -> com.stripe.model.SubscriptionItem.class;
            default -> throw new IllegalStateException(name);
        };
    }

    private static Type argument(Type type) {
        return type instanceof ParameterizedType generic ? generic.getActualTypeArguments()[0] : type;
    }

    private static Map<String, Type> fields(Class<?> model) {
        Map<String, Type> fields = new TreeMap<>();
        for (Class<?> at = model; at != null && at != Object.class; at = at.getSuperclass()) {
            for (Field field : at.getDeclaredFields()) {
                if (Modifier.isStatic(field.getModifiers())) {
                    continue;
                }
                SerializedName name = field.getAnnotation(SerializedName.class);
                String wire = name == null
                        ? field.getName()
                                .replaceAll("([a-z0-9])([A-Z])", "$1_$2")
                                .toLowerCase(Locale.ROOT)
                        : name.value();
                fields.put(wire, field.getGenericType());
            }
        }
        return fields;
    }
}
