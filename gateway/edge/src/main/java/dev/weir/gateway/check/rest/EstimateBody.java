package dev.weir.gateway.check.rest;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.gateway.engine.CheckRequest;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * The body of an estimate. Quantities may be strings or numbers.
 *
 * @param dimensions by the rate table's field names
 */
@Schema(name = "EstimateRequest")
record EstimateBody(
        @Schema(required = true) @Nullable String customer,
        @Schema(required = true) @Nullable String feature,

        @Schema(implementation = String.class, examples = "1") @Nullable
        JsonNode quantity,

        @Schema(type = SchemaType.OBJECT, additionalProperties = String.class) @Nullable
        Map<String, JsonNode> dimensions,

        @Nullable String resource) {

    CheckRequest request() {
        return new CheckRequest(
                BodyFields.customer(customer),
                BodyFields.required("feature", feature),
                BodyFields.quantity(quantity),
                BodyFields.dimensions(dimensions),
                null,
                resource);
    }
}
