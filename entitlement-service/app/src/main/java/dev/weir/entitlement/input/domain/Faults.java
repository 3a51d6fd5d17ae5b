package dev.weir.entitlement.input.domain;

import dev.weir.platform.kernel.CatalogKey;
import dev.weir.platform.kernel.CustomerId;
import dev.weir.platform.kernel.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Collects what is wrong with a request, so that the caller learns all of it at once. */
public final class Faults {
    private static final int TEXT_LENGTH_MAX = 255;

    private static final Set<String> COUNTRIES = Set.of(Locale.getISOCountries());

    private record Fault(String field, String code, String detail) {}

    private final List<Fault> found = new ArrayList<>();

    /** Notes a fault at a place of the request. */
    public void add(String field, String code, String detail) {
        found.add(new Fault(field, code, detail));
    }

    /** Notes a fault unless the value is a catalog key; null is a fault of its own. */
    public void catalogKey(String field, @Nullable String value) {
        if (value == null) {
            required(field);
        } else if (!CatalogKey.isValid(value)) {
            add(field, "INVALID_KEY", "must match " + CatalogKey.PATTERN);
        }
    }

    /** Notes a fault unless the value is a customer id. */
    public void customerId(String field, String value) {
        if (!CustomerId.isValid(value)) {
            add(field, "INVALID_KEY", "must match " + CustomerId.PATTERN);
        }
    }

    /** Notes a fault unless the value is a country; null is fine. */
    public void country(String field, @Nullable String value) {
        if (value != null && !COUNTRIES.contains(value)) {
            add(field, "INVALID_VALUE", "must be an ISO 3166 country of two letters");
        }
    }

    /** Notes a fault if a text is blank, too long, or has control characters; null is fine. */
    public void text(String field, @Nullable String value) {
        if (value == null) {
            return;
        }
        if (value.isBlank() || value.length() > TEXT_LENGTH_MAX) {
            add(field, "INVALID_VALUE", "must have 1 to " + TEXT_LENGTH_MAX + " characters");
        } else if (value.chars().anyMatch(Character::isISOControl)) {
            add(field, "INVALID_VALUE", "must have no control characters");
        }
    }

    /** Notes that something is missing. */
    public void required(String field) {
        add(field, "REQUIRED", "must be given");
    }

    /** Whether nothing was noted. */
    public boolean none() {
        return found.isEmpty();
    }

    /** Refuses the request with 400 if anything was noted. */
    public void refuse() {
        refuse(400);
    }

    /** Refuses the request with this status if anything was noted; the problem's code is that of the first fault. */
    public void refuse(int status) {
        if (found.isEmpty()) {
            return;
        }
        Fault first = found.getFirst();
        Problem problem = new Problem(status, first.code(), first.field() + " " + first.detail());
        found.forEach(fault -> problem.error(fault.field(), fault.code(), fault.detail()));
        throw problem;
    }
}
