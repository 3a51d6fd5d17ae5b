package dev.weir.ledger.credit.rest;

import dev.weir.catalog.contract.Category;
import dev.weir.ledger.credit.app.Credits.Gift;
import dev.weir.ledger.posting.app.Inputs;
import dev.weir.ledger.wallet.domain.BlockTerms;
import dev.weir.platform.kernel.Atoms;
import dev.weir.platform.kernel.AtomsException;
import dev.weir.platform.kernel.CatalogKey;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** From requests to gifts. */
final class GrantConvert {
    private static final int LONGEST = 255;
    private static final int LOWEST_PRIORITY = 1000;

    private GrantConvert() {}

    static Gift gift(GrantRequest request) {
        if (request.unit() == null) {
            throw Inputs.invalid("unit", "REQUIRED", "name the credit unit");
        }
        if (!CatalogKey.isValid(request.unit())) {
            throw Inputs.invalid("unit", "INVALID_KEY", "not a catalog key");
        }
        if (request.amount() == null || request.amount().isNull()) {
            throw Inputs.invalid("amount", "REQUIRED", "say how much");
        }
        Category category = category(request.category());
        int priority = request.priority() == null ? BlockTerms.DEFAULT_PRIORITY : request.priority();
        if (priority < 0 || priority > LOWEST_PRIORITY) {
            throw Inputs.invalid("priority", "INVALID_VALUE", "must be 0 to " + LOWEST_PRIORITY);
        }
        GrantRequest.Cost cost = request.cost();
        if (cost != null && category == Category.PROMOTIONAL) {
            throw Inputs.invalid("cost", "INVALID_VALUE", "promotional credit bears no cost");
        }
        return new Gift(
                request.unit(),
                Inputs.decimal("amount", request.amount()),
                category,
                priority,
                instant("effectiveAt", request.effectiveAt()),
                instant("expiresAt", request.expiresAt()),
                cost == null ? 0 : minor("cost", cost),
                cost == null ? null : cost.currency(),
                features(request.features()),
                text("reference", request.reference()),
                text("reason", request.reason()));
    }

    private static Category category(@Nullable String text) {
        if (text == null) {
            throw Inputs.invalid("category", "REQUIRED", "PAID or PROMOTIONAL");
        }
        return switch (text) {
            case "PAID" -> Category.PAID;
            case "PROMOTIONAL" -> Category.PROMOTIONAL;
            default -> throw Inputs.invalid("category", "INVALID_VALUE", "PAID or PROMOTIONAL");
        };
    }

    /** Money in minor units of its currency. */
    static long minor(String field, GrantRequest.Cost cost) {
        if (cost.amount() == null || cost.amount().isNull()) {
            throw Inputs.invalid(field + ".amount", "REQUIRED", "say how much was paid");
        }
        Currency currency;
        try {
            currency = Currency.getInstance(String.valueOf(cost.currency()));
        } catch (IllegalArgumentException e) {
            throw Inputs.invalid(field + ".currency", "INVALID_VALUE", "not an ISO 4217 currency");
        }
        try {
            long minor = Atoms.parse(
                    Inputs.decimal(field + ".amount", cost.amount()), Math.max(0, currency.getDefaultFractionDigits()));
            if (minor < 0) {
                throw Inputs.invalid(field + ".amount", "INVALID_VALUE", "is never negative");
            }
            return minor;
        } catch (AtomsException e) {
            throw Inputs.invalid(field + ".amount", "INVALID_VALUE", String.valueOf(e.getMessage()));
        }
    }

    private static @Nullable List<String> features(@Nullable List<String> features) {
        if (features == null) {
            return null;
        }
        if (features.isEmpty() || !features.stream().allMatch(CatalogKey::isValid)) {
            throw Inputs.invalid("features", "INVALID_KEY", "one or more catalog keys");
        }
        return List.copyOf(features);
    }

    static @Nullable Instant instant(String field, @Nullable String text) {
        return text == null ? null : Inputs.instant(field, text);
    }

    private static @Nullable String text(String field, @Nullable String text) {
        if (text != null && text.length() > LONGEST) {
            throw Inputs.invalid(field, "INVALID_VALUE", "at most " + LONGEST + " characters");
        }
        return text;
    }
}
