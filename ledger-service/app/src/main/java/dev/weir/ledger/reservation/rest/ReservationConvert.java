package dev.weir.ledger.reservation.rest;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.ledger.posting.app.Inputs;
import dev.weir.ledger.posting.domain.Measure;
import dev.weir.ledger.posting.domain.OnLapse;
import dev.weir.ledger.posting.domain.UsageEvent;
import dev.weir.platform.kernel.CatalogKey;
import dev.weir.platform.kernel.CustomerId;
import dev.weir.platform.kernel.Json;
import dev.weir.platform.kernel.Problem;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** From requests to what the ledger understands. */
final class ReservationConvert {
    private static final Duration STANDARD = Duration.ofMinutes(5);
    private static final Duration LONGEST = Duration.ofHours(24);
    private static final int LONGEST_TEXT = 255;

    private ReservationConvert() {}

    static String customer(@Nullable String customer) {
        if (customer == null) {
            throw Inputs.invalid("customer", "REQUIRED", "name the customer");
        }
        if (!CustomerId.isValid(customer)) {
            throw Inputs.invalid("customer", "INVALID_KEY", "not a customer id");
        }
        return customer;
    }

    static String feature(@Nullable String feature) {
        if (feature == null) {
            throw Inputs.invalid("feature", "REQUIRED", "name the feature");
        }
        if (!CatalogKey.isValid(feature)) {
            throw Inputs.invalid("feature", "INVALID_KEY", "not a catalog key");
        }
        return feature;
    }

    static @Nullable String resource(@Nullable String resource) {
        if (resource != null && (resource.isBlank() || resource.length() > LONGEST_TEXT)) {
            throw Inputs.invalid("resource", "INVALID_KEY", "must have 1 to 255 characters");
        }
        return resource;
    }

    static Duration expiresIn(@Nullable String text) {
        if (text == null) {
            return STANDARD;
        }
        try {
            Duration duration = Duration.parse(text);
            if (duration.isNegative() || duration.isZero() || duration.compareTo(LONGEST) > 0) {
                throw Inputs.invalid("expiresIn", "INVALID_VALUE", "must be more than 0 and at most " + LONGEST);
            }
            return duration;
        } catch (DateTimeParseException e) {
            throw Inputs.invalid("expiresIn", "INVALID_VALUE", "not an ISO 8601 duration such as PT5M");
        }
    }

    static @Nullable OnLapse onLapse(@Nullable String text) {
        if (text == null) {
            return null;
        }
        for (OnLapse value : OnLapse.values()) {
            if (value.name().equals(text)) {
                return value;
            }
        }
        throw Inputs.invalid("onLapse", "INVALID_VALUE", "RELEASE, CAPTURE or QUARANTINE");
    }

    static @Nullable Measure atLeast(@Nullable Map<String, JsonNode> dimensions) {
        if (dimensions == null) {
            return null;
        }
        // For a METERED feature what is certainly used is a quantity.
        JsonNode quantity = dimensions.get("quantity");
        return quantity != null && dimensions.size() == 1
                ? new Measure.Quantity(Inputs.decimal("atLeast.quantity", quantity))
                : new Measure.Dimensions(Measures.texts("atLeast", dimensions));
    }

    static @Nullable UsageEvent event(SettleRequest.@Nullable Event event) {
        if (event == null) {
            return null;
        }
        String id = text("event.id", event.id());
        String source = text("event.source", event.source());
        if (event.data() == null) {
            return new UsageEvent(source, id, time(event.time()), null, null);
        }
        if (!Measures.fit(event.data())) {
            throw Inputs.invalid("event.data", "INVALID_VALUE", "has a name or value that cannot be kept");
        }
        @SuppressWarnings("unchecked")
        Map<String, Object> data = Json.mapper().convertValue(event.data(), Map.class);
        return new UsageEvent(source, id, time(event.time()), data, Measures.scalars(event.data()));
    }

    /** What was used: as told, else what the event's data says; what is told must not contradict the data. */
    static Measure used(SettleRequest request, @Nullable UsageEvent event) {
        Measure told = Measures.of(request.quantity(), request.dimensions());
        Map<String, String> data = event == null ? null : event.dataText();
        if (told == null && data != null) {
            return new Measure.Dimensions(data);
        }
        if (told instanceof Measure.Dimensions dimensions && data != null) {
            dimensions.values().forEach((name, value) -> {
                String other = data.get(name);
                if (other != null && !Measures.same(value, other)) {
                    throw Problem.unprocessable(
                                    "EVENT_CONTRADICTS", "dimensions." + name + " contradicts the event's data")
                            .error("dimensions." + name, "EVENT_CONTRADICTS", "the event says " + other);
                }
            });
        }
        return told == null ? Measures.required(null, null) : told;
    }

    private static String text(String field, @Nullable String text) {
        if (text == null || text.isBlank()) {
            throw Inputs.invalid(field, "REQUIRED", "must not be empty");
        }
        if (text.length() > LONGEST_TEXT) {
            throw Inputs.invalid(field, "INVALID_VALUE", "at most 255 characters");
        }
        return text;
    }

    private static @Nullable Instant time(@Nullable String text) {
        return text == null ? null : Inputs.instant("event.time", text);
    }
}
