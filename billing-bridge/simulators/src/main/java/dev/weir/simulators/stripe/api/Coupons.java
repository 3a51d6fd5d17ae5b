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
import java.util.Set;

/** {@code /v1/coupons}; the id may be the caller's own. A coupon never changes but for its name and metadata. */
final class Coupons {
    static final String KIND = "coupon";
    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    private Coupons() {}

    static void register(Router router) {
        router.post(
                "/v1/coupons",
                Rules.of(
                        "id",
                        "name",
                        "percent_off",
                        "amount_off",
                        "currency",
                        "duration",
                        "duration_in_months",
                        "applies_to.products.#",
                        "metadata.*"),
                Coupons::create);
        router.get("/v1/coupons", Rules.list(), Coupons::list);
        router.get("/v1/coupons/{}", Rules.of(), call -> call.own(KIND));
        router.post("/v1/coupons/{}", Rules.of("name", "metadata.*"), Coupons::update);
        router.delete("/v1/coupons/{}", Rules.of(), Coupons::delete);
    }

    private static ObjectNode create(Call call) {
        Params params = call.params();
        String id = params.text("id");
        if (id != null && call.of(KIND).find(id) != null) {
            throw StripeError.refused("resource_already_exists", "id", "Coupon already exists.");
        }
        BigDecimal percent = params.decimal("percent_off");
        Long amount = params.number("amount_off");
        if ((percent == null) == (amount == null)) {
            throw StripeError.invalid("percent_off", "You must pass exactly one of percent_off and amount_off.");
        }
        if (percent != null && (percent.signum() <= 0 || percent.compareTo(HUNDRED) > 0)) {
            throw StripeError.invalid("percent_off", "percent_off must be above 0 and at most 100.");
        }
        if (amount != null && amount <= 0) {
            throw StripeError.invalid("amount_off", "amount_off must be positive.");
        }
        String duration = params.choice("duration", "once", Set.of("once", "repeating", "forever"));
        Long months = params.number("duration_in_months");
        if ("repeating".equals(duration) == (months == null)) {
            throw StripeError.invalid(
                    "duration_in_months", "duration_in_months is required for, and only for, duration=repeating.");
        }
        ObjectNode coupon = call.world().document(KIND, "co");
        if (id != null) {
            coupon.put("id", id);
        }
        coupon.put("created", call.now()).put("duration", duration).put("livemode", false);
        Json.setNumber(coupon, "amount_off", amount);
        coupon.put("currency", amount == null ? null : params.need("currency").toLowerCase(java.util.Locale.ROOT));
        Json.setNumber(coupon, "duration_in_months", months);
        coupon.put("percent_off", percent);
        coupon.put("name", params.text("name"));
        coupon.putNull("max_redemptions").putNull("redeem_by");
        coupon.put("times_redeemed", 0).put("valid", true);
        List<String> products = params.texts("applies_to.products");
        if (!products.isEmpty()) {
            ArrayNode list = coupon.putObject("applies_to").putArray("products");
            products.forEach(product -> list.add(Json.need(call.of("product").need(product, "applies_to"), "id")));
        }
        call.mergeMetadata(coupon);
        call.of(KIND).put(coupon);
        call.world().emit("coupon.created", coupon);
        return coupon;
    }

    private static ObjectNode list(Call call) {
        return Pages.page(call.of(KIND).newestFirst(), call.params(), "/v1/coupons");
    }

    private static ObjectNode update(Call call) {
        ObjectNode coupon = call.own(KIND).deepCopy();
        if (call.params().has("name")) {
            coupon.put("name", call.params().text("name"));
        }
        call.mergeMetadata(coupon);
        call.of(KIND).put(coupon);
        call.world().emit("coupon.updated", coupon);
        return coupon;
    }

    private static ObjectNode delete(Call call) {
        ObjectNode coupon = call.own(KIND);
        call.of(KIND).remove(call.id());
        call.world().emit("coupon.deleted", coupon);
        return Json.object().put("id", call.id()).put("object", KIND).put("deleted", true);
    }
}
