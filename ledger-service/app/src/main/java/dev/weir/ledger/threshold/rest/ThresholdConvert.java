package dev.weir.ledger.threshold.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.ledger.posting.app.Inputs;
import dev.weir.ledger.threshold.app.WatchedWallets.Recharging;
import dev.weir.ledger.threshold.domain.RechargeRule;
import dev.weir.ledger.threshold.domain.Threshold;
import dev.weir.ledger.threshold.persistence.ThresholdTables.StoredRequest;
import dev.weir.ledger.threshold.persistence.ThresholdTables.StoredRule;
import dev.weir.ledger.threshold.persistence.ThresholdTables.StoredThreshold;
import dev.weir.platform.kernel.Atoms;
import dev.weir.platform.kernel.AtomsException;
import dev.weir.platform.kernel.CatalogKey;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Currency;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** From what operators write to thresholds and rules, and back. */
final class ThresholdConvert {
    private static final int MOST = 20;
    private static final int PRICE_SCALE = 12;

    private ThresholdConvert() {}

    static List<Threshold> thresholds(ThresholdsRequest request, int scale) {
        List<ThresholdsRequest.Item> items = request.thresholds();
        if (items == null) {
            throw Inputs.invalid("thresholds", "REQUIRED", "list them; an empty list is none");
        }
        if (items.size() > MOST) {
            throw Inputs.invalid("thresholds", "INVALID_VALUE", "at most " + MOST);
        }
        List<Threshold> thresholds = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (int i = 0; i < items.size(); i++) {
            String field = "thresholds[" + i + "]";
            ThresholdsRequest.Item item = items.get(i);
            String name = item.name();
            if (name == null || !CatalogKey.isValid(name)) {
                throw Inputs.invalid(field + ".name", name == null ? "REQUIRED" : "INVALID_KEY", "name it by a key");
            }
            if (!names.add(name)) {
                throw Inputs.invalid(field + ".name", "DUPLICATE", "is there twice");
            }
            if (absent(item.amount()) == absent(item.percent())) {
                throw Inputs.invalid(field, "INVALID_VALUE", "either an amount or a percentage");
            }
            thresholds.add(
                    absent(item.percent())
                            ? new Threshold(name, atoms(field + ".amount", item.amount(), scale, false), null)
                            : new Threshold(name, null, percent(field + ".percent", item.percent())));
        }
        return thresholds;
    }

    private static BigDecimal percent(String field, @Nullable JsonNode node) {
        BigDecimal percent = required(field, node);
        if (percent.signum() <= 0 || percent.compareTo(BigDecimal.valueOf(100)) > 0 || percent.scale() > 6) {
            throw Inputs.invalid(field, "INVALID_VALUE", "more than 0 and at most 100, with at most 6 decimals");
        }
        return percent;
    }

    static RechargeRule rule(RechargeRequest request, int scale) {
        long threshold = atoms("threshold", request.threshold(), scale, false);
        if (absent(request.target()) == absent(request.amount())) {
            throw Inputs.invalid("target", "INVALID_VALUE", "either a target or an amount");
        }
        Long target = absent(request.target()) ? null : Long.valueOf(atoms("target", request.target(), scale, true));
        Long amount = absent(request.amount()) ? null : Long.valueOf(atoms("amount", request.amount(), scale, true));
        if (target != null && target <= threshold) {
            throw Inputs.invalid("target", "INVALID_VALUE", "must be above the threshold");
        }
        RechargeRequest.Price price = request.unitPrice();
        if (price == null) {
            throw Inputs.invalid("unitPrice", "REQUIRED", "say what one unit costs");
        }
        BigDecimal unitPrice = required("unitPrice.amount", price.amount());
        if (unitPrice.signum() <= 0 || unitPrice.scale() > PRICE_SCALE) {
            throw Inputs.invalid(
                    "unitPrice.amount", "INVALID_VALUE", "more than 0, with at most " + PRICE_SCALE + " decimals");
        }
        String currency = currency(price.currency());
        BigDecimal cap = absent(request.monthlyCap()) ? null : required("monthlyCap", request.monthlyCap());
        if (cap != null && cap.signum() <= 0) {
            throw Inputs.invalid("monthlyCap", "INVALID_VALUE", "must be more than 0");
        }
        RechargeRule rule = new RechargeRule(scale, threshold, target, amount, unitPrice, currency, cap);
        BigDecimal most = rule.cost(target != null ? target : java.util.Objects.requireNonNull(amount));
        if (most.signum() <= 0) {
            throw Inputs.invalid("unitPrice.amount", "INVALID_VALUE", "what is bought at a time would cost nothing");
        }
        return rule;
    }

    private static String currency(@Nullable String code) {
        if (code == null) {
            throw Inputs.invalid("unitPrice.currency", "REQUIRED", "name the currency");
        }
        try {
            Currency currency = Currency.getInstance(code);
            if (currency.getDefaultFractionDigits() >= 0) {
                return code;
            }
        } catch (IllegalArgumentException unknown) {
            // Refused below, as a currency without a smallest part is.
        }
        throw Inputs.invalid("unitPrice.currency", "INVALID_VALUE", "not an ISO 4217 currency");
    }

    private static long atoms(String field, @Nullable JsonNode node, int scale, boolean positive) {
        try {
            long atoms = Atoms.parse(required(field, node), scale);
            if (atoms < 0 || positive && atoms == 0) {
                throw Inputs.invalid(
                        field, "INVALID_QUANTITY", positive ? "must be more than 0" : "must not be negative");
            }
            return atoms;
        } catch (AtomsException e) {
            throw Inputs.invalid(field, "INVALID_QUANTITY", String.valueOf(e.getMessage()));
        }
    }

    private static BigDecimal required(String field, @Nullable JsonNode node) {
        if (node == null || node.isNull()) {
            throw Inputs.invalid(field, "REQUIRED", "say how much");
        }
        return Inputs.decimal(field, node);
    }

    private static boolean absent(@Nullable JsonNode node) {
        return node == null || node.isNull();
    }

    static ObjectNode page(List<StoredThreshold> thresholds, int scale) {
        ObjectNode page = JsonNodeFactory.instance.objectNode();
        ArrayNode items = page.putArray("items");
        for (StoredThreshold stored : thresholds) {
            ObjectNode item = items.addObject();
            item.put("name", stored.threshold().name());
            Long amount = stored.threshold().amount();
            if (amount != null) {
                item.put("amount", Atoms.format(amount, scale));
            }
            BigDecimal percent = stored.threshold().percent();
            if (percent != null) {
                item.put("percent", percent.stripTrailingZeros().toPlainString());
            }
            put(item, "lastCrossedAt", stored.lastCrossedAt());
        }
        page.putNull("next");
        return page;
    }

    static ObjectNode recharging(Recharging recharging) {
        int scale = recharging.wallet().scale();
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        recharging.rule().ifPresent(stored -> rule(body, stored, scale));
        ArrayNode requests = body.putArray("requests");
        recharging.requests().forEach(request -> requests.add(request(request)));
        return body;
    }

    private static void rule(ObjectNode body, StoredRule stored, int scale) {
        RechargeRule rule = stored.rule();
        body.put("threshold", Atoms.format(rule.threshold(), scale));
        Long target = rule.target();
        if (target != null) {
            body.put("target", Atoms.format(target, scale));
        }
        Long amount = rule.amount();
        if (amount != null) {
            body.put("amount", Atoms.format(amount, scale));
        }
        body.putObject("unitPrice")
                .put("amount", rule.unitPrice().toPlainString())
                .put("currency", rule.currency());
        BigDecimal cap = rule.monthlyCap();
        if (cap != null) {
            body.put("monthlyCap", cap.toPlainString());
        }
        body.put("spentThisMonth", stored.history().spent().toPlainString());
        put(body, "retryAt", stored.history().retryAt());
    }

    private static ObjectNode request(StoredRequest request) {
        ObjectNode item = JsonNodeFactory.instance.objectNode();
        item.put("id", request.id().toString());
        item.put("state", request.state());
        item.put("quantity", Atoms.format(request.quantity(), request.scale()));
        item.putObject("cost").put("amount", request.cost().toPlainString()).put("currency", request.currency());
        item.put("attempt", request.attempt());
        put(item, "requestedAt", request.requestedAt());
        put(item, "closedAt", request.closedAt());
        put(item, "retryAt", request.retryAt());
        if (request.invoice() != null) {
            item.put("invoice", request.invoice());
        }
        if (request.failure() != null) {
            item.put("failure", request.failure());
        }
        return item;
    }

    private static void put(ObjectNode node, String field, @Nullable Instant instant) {
        if (instant != null) {
            node.put(field, instant.toString());
        }
    }
}
