package dev.weir.catalog.publication.rest;

import dev.weir.catalog.contract.Rollout;
import dev.weir.platform.kernel.Problem;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.QueryParam;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jspecify.annotations.Nullable;

/** How a document is to be applied. What is misspelt is refused: a misspelt dry run must not publish. */
public class ApplyParameters {

    private static final int LONGEST_REASON = 1_000;

    @QueryParam("dryRun")
    @Parameter(
            description = "true: only say what would change",
            schema = @Schema(type = SchemaType.BOOLEAN, defaultValue = "false"))
    @Nullable
    String dryRun;

    @QueryParam("rollout")
    @Parameter(
            description = "Whom the publication reaches; NEW_CUSTOMERS leaves every subscription on its version",
            schema = @Schema(implementation = Rollout.class, defaultValue = "NEW_CUSTOMERS"))
    @Nullable
    String rollout;

    @QueryParam("reason")
    @Parameter(description = "Why, for the history")
    @Nullable
    String reason;

    @HeaderParam("If-Match")
    @Parameter(description = "The ETag that was last seen; another version in force is refused with 412")
    @Nullable
    String ifMatch;

    boolean isDryRun() {
        String asked = dryRun;
        if (asked == null || asked.equals("false")) {
            return false;
        }
        if (asked.equals("true") || asked.isEmpty()) {
            return true;
        }
        throw invalid("dryRun", "must be true or false");
    }

    Rollout wantedRollout() {
        String asked = rollout;
        if (asked == null || asked.equals(Rollout.NEW_CUSTOMERS.name())) {
            return Rollout.NEW_CUSTOMERS;
        }
        if (asked.equals(Rollout.ALL_CUSTOMERS.name())) {
            return Rollout.ALL_CUSTOMERS;
        }
        throw invalid("rollout", "must be NEW_CUSTOMERS or ALL_CUSTOMERS");
    }

    @Nullable
    String givenReason() {
        String given = reason;
        if (given == null || given.isBlank()) {
            return null;
        }
        if (given.length() > LONGEST_REASON) {
            throw invalid("reason", "must have at most " + LONGEST_REASON + " characters");
        }
        if (given.indexOf('\0') >= 0) {
            throw invalid("reason", "must not hold the character NUL");
        }
        return given.strip();
    }

    @Nullable
    Long expectedVersion() {
        return EntityTag.expected(ifMatch);
    }

    private static Problem invalid(String parameter, String why) {
        return Problem.badRequest("INVALID_VALUE", parameter + " " + why).error(parameter, "INVALID_VALUE", why);
    }
}
