package dev.weir.metering.usage.rest;

import dev.weir.metering.usage.app.UsageService;
import dev.weir.metering.usage.app.UsageService.Question;
import dev.weir.metering.usage.domain.Granularity;
import dev.weir.metering.usage.domain.UsageTable;
import dev.weir.platform.kernel.Problem;
import dev.weir.platform.servicekit.web.Roles;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jspecify.annotations.Nullable;

/** How much a customer used. */
@Path("/v1/customers/{customer}/usage")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class UsageResource {
    private static final Instant END_OF_TIME = Instant.parse("9999-01-01T00:00:00Z");

    private final UsageService usage;

    UsageResource(UsageService usage) {
        this.usage = usage;
    }

    /** Usage by span and group; spans without usage are left out. */
    public record UsageResponse(List<Item> items, @Nullable LevelItem level) {
        public UsageResponse {
            items = List.copyOf(items);
        }
    }

    /** Of a LEVEL feature: what is in use at the end of the span, the most that was, and the average over its time. */
    public record LevelItem(Instant from, Instant to, String level, String maximum, String timeWeighted) {}

    /**
     * One figure; the value is a decimal as text.
     *
     * @param to null where the span has no end: the period of an allowance that never resets
     */
    public record Item(Instant from, @Nullable Instant to, Map<String, String> group, String value) {}

    /** Usage of a feature or a meter. */
    @GET
    @RolesAllowed({Roles.PRODUCT, Roles.OPERATOR})
    @Operation(
            summary = "Usage by feature or meter, window and group",
            description = "A METERED feature in its unit, a CREDIT feature in credits; a meter as it reads the events."
                    + " DAY and MONTH are those of the customer's time zone.")
    public UsageResponse get(
            @PathParam("customer") String customer,
            @QueryParam("feature") @Nullable String feature,
            @QueryParam("meter") @Nullable String meter,
            @QueryParam("resource") @Nullable String resource,
            @QueryParam("from") @Nullable String from,
            @QueryParam("to") @Nullable String to,
            @QueryParam("window")
                    @Parameter(description = "MINUTE, HOUR, DAY, MONTH or PERIOD; absent: one figure")
                    @Nullable
                    String window,
            @QueryParam("groupBy") @Nullable List<String> groupBy) {
        Question question = new Question(
                customer, resource, instant("from", from), instant("to", to), granularity(window), groups(groupBy));
        if (feature != null && meter == null) {
            List<UsageTable.Line> lines = usage.ofFeature(feature, question);
            return response(lines, usage.levelOf(feature, question).orElse(null));
        }
        if (meter != null && feature == null) {
            return response(usage.ofMeter(meter, question), null);
        }
        throw Problem.badRequest("REQUIRED", "ask for either a feature or a meter")
                .error("feature", "REQUIRED", "either feature or meter");
    }

    private static UsageResponse response(List<UsageTable.Line> lines, UsageService.@Nullable Level level) {
        List<Item> items = lines.stream()
                .map(line -> new Item(line.span().from(), line.span().to(), line.group(), plain(line.value())))
                .toList();
        return new UsageResponse(
                items,
                level == null
                        ? null
                        : new LevelItem(
                                level.from(),
                                level.to(),
                                plain(level.level()),
                                plain(level.maximum()),
                                plain(level.timeWeighted())));
    }

    private static String plain(BigDecimal value) {
        return value.signum() == 0 ? "0" : value.stripTrailingZeros().toPlainString();
    }

    private static @Nullable Instant instant(String name, @Nullable String text) {
        if (text == null) {
            return null;
        }
        try {
            Instant instant = OffsetDateTime.parse(text).toInstant();
            if (!instant.isBefore(Instant.EPOCH) && instant.isBefore(END_OF_TIME)) {
                return instant;
            }
        } catch (DateTimeException e) {
            throw invalid(name, "must be an RFC 3339 instant");
        }
        throw invalid(name, "must be in the years 1970 to 9998");
    }

    private static @Nullable Granularity granularity(@Nullable String text) {
        if (text == null) {
            return null;
        }
        try {
            return Granularity.valueOf(text.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw invalid("window", "must be one of " + Arrays.toString(Granularity.values()));
        }
    }

    private static List<String> groups(@Nullable List<String> groupBy) {
        if (groupBy == null) {
            return List.of();
        }
        return groupBy.stream()
                .flatMap(value -> Arrays.stream(value.split(",")))
                .map(String::strip)
                .filter(value -> !value.isEmpty())
                .distinct()
                .toList();
    }

    private static Problem invalid(String name, String detail) {
        return Problem.badRequest("INVALID_VALUE", name + " " + detail).error(name, "INVALID_VALUE", detail);
    }
}
