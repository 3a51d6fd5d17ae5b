package dev.weir.metering.usage.app;

import dev.weir.catalog.contract.Aggregation;
import dev.weir.catalog.contract.CatalogInForce;
import dev.weir.catalog.contract.FeatureDefinition;
import dev.weir.catalog.contract.FeatureType;
import dev.weir.catalog.contract.Meter;
import dev.weir.catalog.contract.MeteringMode;
import dev.weir.entitlement.contract.CustomerSnapshot;
import dev.weir.entitlement.contract.ResolvedFeature;
import dev.weir.metering.catalog.app.CatalogReadModel;
import dev.weir.metering.contract.LevelMeasured;
import dev.weir.metering.customer.app.CustomerService;
import dev.weir.metering.usage.domain.Buckets;
import dev.weir.metering.usage.domain.Granularity;
import dev.weir.metering.usage.domain.UsageReading;
import dev.weir.metering.usage.domain.UsageTable;
import dev.weir.metering.window.app.CountingService;
import dev.weir.metering.window.app.CustomerModels;
import dev.weir.metering.window.app.LevelMeter;
import dev.weir.metering.window.domain.CustomerModel;
import dev.weir.metering.window.domain.LevelCurve;
import dev.weir.platform.kernel.Problem;
import dev.weir.platform.servicekit.events.KeyWait;
import dev.weir.platform.servicekit.web.DatabaseClock;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Answers how much a customer used. What was accepted before the question is in the answer. */
@ApplicationScoped
public class UsageService {

    private static final int MOST_LINES = 10_000;

    private final UsageRows rows;
    private final CustomerService customers;
    private final CustomerModels models;
    private final CatalogReadModel catalog;
    private final CountingService counting;
    private final LevelMeter levels;
    private final DatabaseClock clock;
    private final KeyWait keyWait;

    UsageService(
            UsageRows rows,
            CustomerService customers,
            CustomerModels models,
            CatalogReadModel catalog,
            CountingService counting,
            LevelMeter levels,
            DatabaseClock clock,
            KeyWait keyWait) {
        this.rows = rows;
        this.customers = customers;
        this.models = models;
        this.catalog = catalog;
        this.counting = counting;
        this.levels = levels;
        this.clock = clock;
        this.keyWait = keyWait;
    }

    /**
     * A question.
     *
     * @param from null = the start of the current month in the customer's zone
     * @param to null = now
     * @param granularity null = one figure
     */
    public record Question(
            String customer,
            @Nullable String resource,
            @Nullable Instant from,
            @Nullable Instant to,
            @Nullable Granularity granularity,
            List<String> groupBy) {
        public Question {
            groupBy = List.copyOf(groupBy);
        }
    }

    /** How much of a feature was used: in its measure, or in credits for a CREDIT feature. */
    public List<UsageTable.Line> ofFeature(String feature, Question question) {
        CustomerSnapshot snapshot = known(question.customer());
        FeatureDefinition definition = definition(question.customer(), feature);
        if (definition.type() != FeatureType.METERED && definition.type() != FeatureType.CREDIT) {
            throw Problem.unprocessable("NOT_METERED", "the feature " + feature + " has no usage");
        }
        Meter meter = definition.meter();
        if (meter != null) {
            requireGroups(meter, question.groupBy());
        }
        counting.countCustomer(question.customer());
        Aggregation aggregation = meter == null ? Aggregation.SUM : meter.aggregation();
        return QuarkusTransaction.requiringNew().call(() -> {
            CustomerModel model = models.of(question.customer());
            Buckets buckets = buckets(question, snapshot, feature, model);
            UsageTable table = new UsageTable(aggregation, buckets, question.groupBy());
            rows.ofFeature(
                    question.customer(),
                    feature,
                    question.resource(),
                    buckets.from(),
                    buckets.to(),
                    question.groupBy(),
                    reading -> add(table, reading));
            return table.lines();
        });
    }

    /**
     * A level over the span of a question.
     *
     * @param level at its end
     * @param timeWeighted its average over the time, half up to 12 decimals
     */
    public record Level(Instant from, Instant to, BigDecimal level, BigDecimal maximum, BigDecimal timeWeighted) {}

    /** The level of a LEVEL feature over the span of the question; empty for any other. Ask for its usage first. */
    public Optional<Level> levelOf(String feature, Question question) {
        CustomerSnapshot snapshot = known(question.customer());
        FeatureDefinition definition = definition(question.customer(), feature);
        if (definition.mode() != MeteringMode.LEVEL) {
            return Optional.empty();
        }
        return QuarkusTransaction.requiringNew().call(() -> {
            Buckets span = buckets(question, snapshot, feature, models.of(question.customer()));
            LevelCurve curve = levels.curve(
                    snapshot.root(), feature, question.resource(), definition.scale(), span.from(), span.to());
            return Optional.of(new Level(
                    span.from(),
                    span.to(),
                    BigDecimal.valueOf(curve.last(), definition.scale()),
                    BigDecimal.valueOf(curve.maximum(), definition.scale()),
                    LevelCurve.weighted(
                            curve.levelTime(),
                            LevelCurve.micros(span.from(), span.to()),
                            definition.scale(),
                            LevelMeasured.DECIMALS)));
        });
    }

    /** What a meter of the catalog in force reads. */
    public List<UsageTable.Line> ofMeter(String key, Question question) {
        CustomerSnapshot snapshot = known(question.customer());
        if (question.granularity() == Granularity.PERIOD) {
            throw Problem.badRequest("INVALID_VALUE", "a meter has no periods; ask for a feature")
                    .error("window", "INVALID_VALUE", "PERIOD needs a feature");
        }
        CatalogInForce inForce = keyWait.forValue(
                        () -> catalog.inForce().filter(held -> held.meters().containsKey(key)))
                .orElseThrow(() -> Problem.notFound("UNKNOWN_METER", "there is no meter " + key));
        Meter meter = Objects.requireNonNull(inForce.meters().get(key));
        requireGroups(meter, question.groupBy());
        Set<String> measured = inForce.features().values().stream()
                .filter(feature -> Optional.ofNullable(feature.meter())
                        .map(Meter::key)
                        .filter(key::equals)
                        .isPresent())
                .map(FeatureDefinition::key)
                .collect(Collectors.toSet());
        return QuarkusTransaction.requiringNew().call(() -> {
            Buckets buckets = buckets(question, snapshot, null, null);
            UsageTable table = new UsageTable(meter.aggregation(), buckets, question.groupBy());
            rows.ofMeter(
                    question.customer(),
                    meter,
                    measured,
                    question.resource(),
                    buckets.from(),
                    buckets.to(),
                    question.groupBy(),
                    reading -> add(table, reading));
            return table.lines();
        });
    }

    private CustomerSnapshot known(String customer) {
        return keyWait.forValue(() -> customers.snapshot(customer))
                .orElseThrow(() -> Problem.notFound("UNKNOWN_CUSTOMER", "there is no customer " + customer));
    }

    /** As the catalog in force has it; else as the customer's plan version pinned it. */
    private FeatureDefinition definition(String customer, String feature) {
        return keyWait.forValue(() -> catalog.inForce()
                        .map(CatalogInForce::features)
                        .map(features -> features.get(feature))
                        .or(() -> Optional.ofNullable(models.of(customer)
                                        .place(feature, null, clock.now())
                                        .resolved())
                                .map(ResolvedFeature::definition)))
                .orElseThrow(() -> Problem.notFound("UNKNOWN_FEATURE", "there is no feature " + feature));
    }

    private Buckets buckets(
            Question question, CustomerSnapshot snapshot, @Nullable String feature, @Nullable CustomerModel model) {
        ZoneId zone = ZoneId.of(snapshot.timeZone());
        Instant now = clock.now().truncatedTo(ChronoUnit.MICROS);
        Instant to = question.to() == null ? now.plusSeconds(1) : question.to();
        Instant from = question.from() == null
                ? to.atZone(zone)
                        .toLocalDate()
                        .withDayOfMonth(1)
                        .atStartOfDay(zone)
                        .toInstant()
                : question.from();
        if (!from.isBefore(to)) {
            throw Problem.badRequest("INVALID_VALUE", "from must lie before to")
                    .error("from", "INVALID_VALUE", "must lie before to");
        }
        return new Buckets(
                from,
                to,
                question.granularity(),
                zone,
                at -> feature == null || model == null
                        ? null
                        : model.place(feature, question.resource(), at).period());
    }

    private static void requireGroups(Meter meter, List<String> groupBy) {
        List<String> unknown = groupBy.stream()
                .filter(field -> !meter.groupBy().contains(field))
                .toList();
        if (!unknown.isEmpty()) {
            throw Problem.badRequest("INVALID_VALUE", "the meter " + meter.key() + " groups by " + meter.groupBy())
                    .error("groupBy", "INVALID_VALUE", "no group of the meter: " + String.join(", ", unknown));
        }
    }

    private static void add(UsageTable table, UsageReading reading) {
        table.add(reading);
        if (table.size() > MOST_LINES) {
            throw Problem.badRequest(
                    "TOO_MANY_ITEMS", "the answer would have more than " + MOST_LINES + " items; ask for less at once");
        }
    }
}
