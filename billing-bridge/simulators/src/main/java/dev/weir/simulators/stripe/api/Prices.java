package dev.weir.simulators.stripe.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.simulators.stripe.wire.Json;
import dev.weir.simulators.stripe.wire.Params;
import dev.weir.simulators.stripe.wire.Rules;
import dev.weir.simulators.stripe.wire.StripeError;
import dev.weir.simulators.stripe.world.Pages;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code /v1/prices}. Amounts never change: a new price takes the lookup key over. */
final class Prices {
    private static final String KIND = "price";
    private static final int LOOKUP_KEY_MAX = 200;

    private Prices() {}

    static void register(Router router) {
        router.post(
                "/v1/prices",
                Rules.of(
                        "currency",
                        "product",
                        "product_data.id",
                        "product_data.name",
                        "product_data.unit_label",
                        "product_data.metadata.*",
                        "active",
                        "nickname",
                        "lookup_key",
                        "transfer_lookup_key",
                        "metadata.*",
                        "billing_scheme",
                        "unit_amount",
                        "unit_amount_decimal",
                        "tiers_mode",
                        "tiers.#.up_to",
                        "tiers.#.unit_amount",
                        "tiers.#.unit_amount_decimal",
                        "tiers.#.flat_amount",
                        "tiers.#.flat_amount_decimal",
                        "transform_quantity.divide_by",
                        "transform_quantity.round",
                        "recurring.interval",
                        "recurring.interval_count",
                        "recurring.usage_type",
                        "recurring.meter",
                        "recurring.trial_period_days",
                        "tax_behavior"),
                Prices::create);
        router.get(
                "/v1/prices",
                Rules.list(
                        "active",
                        "currency",
                        "product",
                        "type",
                        "lookup_keys.#",
                        "recurring.interval",
                        "recurring.meter",
                        "recurring.usage_type"),
                Prices::list);
        router.get("/v1/prices/{}", Rules.of(), call -> call.own(KIND));
        router.post(
                "/v1/prices/{}",
                Rules.of("active", "nickname", "lookup_key", "transfer_lookup_key", "metadata.*", "tax_behavior"),
                Prices::update);
    }

    private static ObjectNode create(Call call) {
        Params params = call.params();
        ObjectNode price = call.world().document(KIND, "price");
        price.put("active", !Boolean.FALSE.equals(params.flag("active")));
        price.put("billing_scheme", params.choice("billing_scheme", "per_unit", Set.of("per_unit", "tiered")));
        price.put("created", call.now());
        String currency = params.need("currency").toLowerCase(Locale.ROOT);
        if (!currency.matches("[a-z]{3}")) {
            throw StripeError.invalid("currency", "Invalid currency: " + currency);
        }
        price.put("currency", currency);
        price.putNull("custom_unit_amount");
        price.put("livemode", false);
        price.putNull("lookup_key");
        price.put("nickname", params.text("nickname"));
        recurring(call, price);
        price.put(
                "tax_behavior",
                params.choice("tax_behavior", "unspecified", Set.of("unspecified", "inclusive", "exclusive")));
        amounts(params, price);
        call.mergeMetadata(price);
        ObjectNode losesKey = lookupKey(call, price);
        price.put("product", product(call));
        if (losesKey != null) {
            call.of(KIND).put(losesKey);
        }
        call.of(KIND).put(price);
        call.world().emit("price.created", price);
        return price;
    }

    private static String product(Call call) {
        Params params = call.params();
        String id = params.text("product");
        if (id != null) {
            return Json.need(call.of("product").need(id, "product"), "id");
        }
        String name = params.text("product_data.name");
        if (name == null) {
            throw StripeError.missing("product");
        }
        ObjectNode product = call.world().document("product", "prod");
        String ownId = params.text("product_data.id");
        if (ownId != null) {
            if (call.of("product").find(ownId) != null) {
                throw StripeError.refused("resource_already_exists", "product_data[id]", "Product already exists.");
            }
            product.put("id", ownId);
        }
        product.put("active", true).put("created", call.now()).put("updated", call.now());
        product.put("livemode", false).put("name", name).put("type", "service");
        product.put("unit_label", params.text("product_data.unit_label"));
        product.set("metadata", params.map("product_data.metadata"));
        call.of("product").put(product);
        return Json.need(product, "id");
    }

    private static void recurring(Call call, ObjectNode price) {
        Params params = call.params();
        if (params.map("recurring").isEmpty()) {
            price.put("type", "one_time");
            price.putNull("recurring");
            return;
        }
        price.put("type", "recurring");
        params.need("recurring.interval");
        ObjectNode recurring = price.putObject("recurring");
        recurring.put("interval", params.choice("recurring.interval", "month", Set.of("day", "week", "month", "year")));
        Long count = params.number("recurring.interval_count");
        if (count != null && (count < 1 || count > 1095)) {
            throw StripeError.invalid("recurring[interval_count]", "Invalid interval_count: " + count);
        }
        recurring.put("interval_count", count == null ? 1 : count);
        String usageType = params.choice("recurring.usage_type", "licensed", Set.of("licensed", "metered"));
        String meter = params.text("recurring.meter");
        if ("metered".equals(usageType) == (meter == null)) {
            throw StripeError.validation(
                    meter == null ? "parameter_missing" : "parameter_invalid",
                    "recurring[meter]",
                    "A price with usage_type=metered, and only such a price, is backed by a meter.");
        }
        if (meter != null) {
            ObjectNode found = call.of("billing.meter").need(meter, "recurring[meter]");
            if (!"active".equals(Json.text(found, "status"))) {
                throw StripeError.refused(null, "recurring[meter]", "The meter is not active.");
            }
        }
        recurring.put("meter", meter);
        Json.setNumber(recurring, "trial_period_days", params.number("recurring.trial_period_days"));
        recurring.put("usage_type", usageType);
    }

    private static void amounts(Params params, ObjectNode price) {
        boolean tiered = "tiered".equals(Json.text(price, "billing_scheme"));
        List<Params> tiers = params.list("tiers");
        if (tiered == tiers.isEmpty()) {
            throw tiered
                    ? StripeError.missing("tiers")
                    : StripeError.invalid("tiers", "tiers is only for billing_scheme=tiered.");
        }
        if (tiered) {
            price.put(
                    "tiers_mode",
                    params.choice("tiers_mode", params.need("tiers_mode"), Set.of("graduated", "volume")));
            price.set("tiers", tiers(tiers));
        } else {
            price.putNull("tiers_mode");
        }
        price.putNull("transform_quantity");
        if (!params.map("transform_quantity").isEmpty()) {
            transform(params, price, tiered);
        }
        BigDecimal amount = amount(params, "unit_amount");
        if (tiered && amount != null) {
            throw StripeError.invalid("unit_amount", "unit_amount is not for billing_scheme=tiered.");
        }
        if (!tiered && amount == null) {
            throw StripeError.missing("unit_amount");
        }
        setAmount(price, "unit_amount", amount);
    }

    private static void transform(Params params, ObjectNode price, boolean tiered) {
        if (tiered) {
            throw StripeError.invalid("transform_quantity", "transform_quantity cannot be combined with tiers.");
        }
        params.need("transform_quantity.divide_by");
        params.need("transform_quantity.round");
        Long divideBy = params.number("transform_quantity.divide_by");
        if (divideBy == null || divideBy < 1) {
            throw StripeError.invalid("transform_quantity[divide_by]", "divide_by must be at least 1.");
        }
        price.putObject("transform_quantity")
                .put("divide_by", divideBy)
                .put("round", params.choice("transform_quantity.round", "up", Set.of("up", "down")));
    }

    private static ArrayNode tiers(List<Params> given) {
        ArrayNode tiers = Json.array();
        long below = 0;
        for (int i = 0; i < given.size(); i++) {
            Params tier = given.get(i);
            boolean last = i == given.size() - 1;
            String upTo = tier.need("up_to");
            if (last != "inf".equals(upTo)) {
                throw StripeError.invalid(tier.name("up_to"), "The last tier, and only it, has up_to=inf.");
            }
            BigDecimal unit = amount(tier, "unit_amount");
            BigDecimal flat = amount(tier, "flat_amount");
            if (unit == null && flat == null) {
                throw StripeError.missing(tier.name("unit_amount"));
            }
            ObjectNode document = tiers.addObject();
            setAmount(document, "flat_amount", flat);
            setAmount(document, "unit_amount", unit);
            if (last) {
                document.putNull("up_to");
            } else {
                Long end = tier.number("up_to");
                if (end == null || end <= below) {
                    throw StripeError.invalid(tier.name("up_to"), "The tiers must rise.");
                }
                document.put("up_to", end);
                below = end;
            }
        }
        return tiers;
    }

    private static @Nullable BigDecimal amount(Params params, String field) {
        Long whole = params.number(field);
        BigDecimal decimal = params.decimal(field + "_decimal");
        if (whole != null && decimal != null) {
            throw StripeError.invalid(
                    params.name(field), "You may only specify one of: " + field + ", " + field + "_decimal.");
        }
        BigDecimal amount = whole == null ? decimal : BigDecimal.valueOf(whole);
        if (amount != null && amount.signum() < 0) {
            throw StripeError.invalid(params.name(field), "An amount cannot be negative.");
        }
        return amount;
    }

    private static void setAmount(ObjectNode document, String field, @Nullable BigDecimal amount) {
        boolean whole = amount != null && amount.stripTrailingZeros().scale() <= 0;
        Json.setNumber(document, field, whole ? Objects.requireNonNull(amount).longValueExact() : null);
        document.put(field + "_decimal", amount == null ? null : Json.decimal(amount));
    }

    /** Gives the price its lookup key; returns the other price without it, if that one must let it go. */
    private static @Nullable ObjectNode lookupKey(Call call, ObjectNode price) {
        Params params = call.params();
        String key = params.text("lookup_key");
        if (key == null) {
            if (params.has("lookup_key")) {
                price.putNull("lookup_key");
            }
            return null;
        }
        if (key.length() > LOOKUP_KEY_MAX) {
            throw StripeError.invalid("lookup_key", "A lookup key has up to " + LOOKUP_KEY_MAX + " characters.");
        }
        price.put("lookup_key", key);
        ObjectNode holder = call.of(KIND).all().stream()
                .filter(Pages.where("lookup_key", key))
                .filter(other -> !Objects.equals(Json.text(other, "id"), Json.text(price, "id")))
                .findFirst()
                .orElse(null);
        if (holder == null) {
            return null;
        }
        if (!params.isTrue("transfer_lookup_key")) {
            throw StripeError.refused(
                    "resource_already_exists",
                    "lookup_key",
                    "A price (`" + Json.text(holder, "id") + "`) already uses that lookup key.");
        }
        return holder.deepCopy().putNull("lookup_key");
    }

    private static ObjectNode update(Call call) {
        Params params = call.params();
        ObjectNode price = call.own(KIND).deepCopy();
        Boolean active = params.flag("active");
        if (active != null) {
            price.put("active", active);
        }
        if (params.has("nickname")) {
            price.put("nickname", params.text("nickname"));
        }
        call.mergeMetadata(price);
        ObjectNode losesKey = lookupKey(call, price);
        if (losesKey != null) {
            call.of(KIND).put(losesKey);
        }
        call.of(KIND).put(price);
        call.world().emit("price.updated", price);
        return price;
    }

    private static ObjectNode list(Call call) {
        Params params = call.params();
        List<String> keys = params.texts("lookup_keys");
        return Pages.page(
                call.of(KIND)
                        .newestFirst()
                        .filter(Pages.where("active", params.text("active")))
                        .filter(Pages.where("currency", params.text("currency")))
                        .filter(Pages.where("product", params.text("product")))
                        .filter(Pages.where("type", params.text("type")))
                        .filter(price -> keys.isEmpty() || keys.contains(Json.text(price, "lookup_key")))
                        .filter(price -> recurringMatches(params, price, "interval"))
                        .filter(price -> recurringMatches(params, price, "meter"))
                        .filter(price -> recurringMatches(params, price, "usage_type")),
                params,
                "/v1/prices");
    }

    private static boolean recurringMatches(Params params, ObjectNode price, String field) {
        String wanted = params.text("recurring." + field);
        return wanted == null || wanted.equals(Json.text(price.path("recurring"), field));
    }
}
