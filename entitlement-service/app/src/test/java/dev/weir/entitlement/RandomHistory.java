package dev.weir.entitlement;

import static io.restassured.RestAssured.given;

import dev.weir.catalog.contract.Effect;
import dev.weir.catalog.contract.Entitlement;
import dev.weir.catalog.contract.OnLimit;
import dev.weir.catalog.contract.UsageOnChange;
import dev.weir.entitlement.contract.AddonPart;
import dev.weir.entitlement.contract.AllowancePart;
import dev.weir.entitlement.contract.CustomerSnapshot;
import dev.weir.entitlement.contract.SubscriptionPart;
import dev.weir.entitlement.contract.SubscriptionPhase;
import io.restassured.response.ValidatableResponse;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A customer to whom random things are done through the API, and what these must have come to: kept here, apart. */
final class RandomHistory {
    private static final List<String> ZONES = List.of("Europe/Berlin", "America/New_York", "Asia/Kathmandu", "UTC");
    private static final List<String> PLANS = List.of("base", "pro", "business");

    /** A plan with add-ons from an instant on. */
    private record Step(Instant from, String plan, @Nullable String trial, int extraCalls) {}

    private static final class Told {
        final UUID id;
        final String product;
        final Instant anchor;
        final List<Step> steps = new ArrayList<>();

        @Nullable
        Instant end;

        Told(UUID id, String product, Instant anchor) {
            this.id = id;
            this.product = product;
            this.anchor = anchor;
        }

        boolean runs(Instant at) {
            return !steps.isEmpty() && !at.isBefore(steps.getFirst().from()) && (end == null || at.isBefore(end));
        }

        SubscriptionPart part() {
            List<SubscriptionPhase> phases = new ArrayList<>();
            for (int i = 0; i < steps.size(); i++) {
                Step step = steps.get(i);
                List<AddonPart> addons =
                        step.extraCalls() == 0 ? List.of() : List.of(new AddonPart("extra-calls@1", step.extraCalls()));
                phases.add(new SubscriptionPhase(
                        step.from(),
                        i + 1 < steps.size() ? steps.get(i + 1).from() : end,
                        step.plan() + "@1",
                        step.trial(),
                        addons,
                        UsageOnChange.KEEP));
            }
            return new SubscriptionPart(id, product, null, anchor, phases);
        }
    }

    private final Random random;
    private final Instant now;
    private final ZoneId zone;
    private final String customer;
    private final List<Told> subscriptions = new ArrayList<>();
    private final Map<UUID, AllowancePart> allowances = new HashMap<>();

    RandomHistory(Random random, Instant now) {
        this.random = random;
        this.now = now.truncatedTo(ChronoUnit.MILLIS);
        this.zone = ZoneId.of(ZONES.get(random.nextInt(ZONES.size())));
        this.customer = Api.customer("{\"timeZone\":\"" + zone + "\"}");
    }

    /** What a snapshot of all that was done would say. */
    CustomerSnapshot told() {
        return new CustomerSnapshot(
                customer,
                customer,
                null,
                1,
                null,
                zone.getId(),
                null,
                null,
                false,
                now,
                now,
                subscriptions.stream()
                        .filter(told -> !told.steps.isEmpty())
                        .map(Told::part)
                        .toList(),
                List.copyOf(allowances.values()));
    }

    /** Does something; what is refused changes nothing. */
    void act() {
        switch (random.nextInt(6)) {
            case 0 -> subscribe();
            case 1 -> change();
            case 2 -> cancel();
            case 3, 4 -> allow();
            default -> end();
        }
    }

    private void subscribe() {
        boolean search = random.nextInt(3) == 0;
        String plan = search ? "search" : PLANS.get(random.nextInt(PLANS.size()));
        boolean trial = random.nextInt(4) == 0 && !search && !plan.equals("base");
        int extra = search || plan.equals("base") ? 0 : random.nextInt(3);
        Instant start = moment(-300, 200);
        ValidatableResponse answer = Api.subscribe(
                customer,
                "{\"plan\":\"" + plan + "\",\"start\":\"" + start + "\",\"trial\":" + trial + addons(extra) + "}");
        if (answer.extract().statusCode() != 201) {
            return;
        }
        UUID id = UUID.fromString(answer.extract().path("id"));
        Instant over = start.atZone(zone).plusDays(14).toInstant();
        Told told = new Told(id, search ? "search" : "assistant", trial ? over : start);
        told.steps.add(new Step(start, plan, trial ? plan + "@1" : null, extra));
        if (trial && plan.equals("business")) {
            told.steps.add(new Step(over, plan, null, extra));
        } else if (trial) {
            told.end = over;
        }
        subscriptions.add(told);
    }

    /** Another plan at an instant to come: whatever was to follow gives way, but for an end that was asked for. */
    private void change() {
        if (subscriptions.isEmpty()) {
            return;
        }
        Told told = subscriptions.get(random.nextInt(subscriptions.size()));
        Instant at = moment(1, 300);
        boolean trying = told.steps.stream().anyMatch(step -> step.trial() != null);
        if (told.product.equals("search") || trying || !told.runs(at)) {
            return;
        }
        String here = told.steps.stream()
                .filter(step -> !step.from().isAfter(at))
                .reduce((earlier, later) -> later)
                .orElseThrow()
                .plan();
        String plan = PLANS.get(random.nextInt(PLANS.size()));
        int extra = plan.equals("base") ? 0 : random.nextInt(3);
        if (plan.equals(here)) {
            return;
        }
        Api.act(
                        customer,
                        told.id.toString(),
                        "change",
                        "{\"plan\":\"" + plan + "\",\"when\":\"" + at + "\"" + addons(extra) + "}")
                .statusCode(200);
        told.steps.removeIf(step -> !step.from().isBefore(at));
        told.steps.add(new Step(at, plan, null, extra));
    }

    private void cancel() {
        if (subscriptions.isEmpty()) {
            return;
        }
        Told told = subscriptions.get(random.nextInt(subscriptions.size()));
        Instant at = moment(1, 300);
        if (!told.runs(at)) {
            return;
        }
        Api.act(customer, told.id.toString(), "cancel", "{\"when\":\"" + at + "\"}")
                .statusCode(200);
        told.steps.removeIf(step -> !step.from().isBefore(at));
        told.end = at;
    }

    private void allow() {
        boolean promotion = random.nextBoolean();
        boolean calls = random.nextInt(3) > 0;
        boolean revoke = !promotion && random.nextInt(5) == 0;
        boolean increment = calls && random.nextInt(3) == 0;
        boolean soft = calls && !increment && random.nextInt(3) == 0;
        String feature = calls ? "api-calls" : "support-tier";
        String limit = String.valueOf(random.nextInt(8) * 1000);
        String value = TestCatalog.SUPPORT.values().get(random.nextInt(3));
        Instant from = moment(-300, 300);
        Instant to = random.nextBoolean() ? null : from.plus(Duration.ofHours(1 + random.nextInt(5000)));
        String entitlement = calls
                ? "{\"limit\":\"" + limit + "\",\"every\":\"P1M\"" + (increment ? ",\"effect\":\"INCREMENT\"" : "")
                        + (soft ? ",\"onLimit\":\"SOFT\"" : "") + "}"
                : "{\"value\":\"" + value + "\"}";
        ValidatableResponse answer = Api.post(
                "/v1/customers/{c}/" + (promotion ? "promotions" : "overrides"),
                "{\"feature\":\"" + feature + "\"," + (revoke ? "\"revoke\":true" : "\"entitlement\":" + entitlement)
                        + ",\"from\":\"" + from + "\"" + (to == null ? "" : ",\"to\":\"" + to + "\"")
                        + ",\"reason\":\"test\"}",
                customer);
        if (answer.extract().statusCode() != 201) {
            return;
        }
        UUID id = UUID.fromString(answer.extract().path("id"));
        Entitlement says = new Entitlement(
                feature,
                calls ? new BigDecimal(limit) : null,
                calls ? "P1M" : null,
                soft ? OnLimit.SOFT : null,
                null,
                null,
                calls ? null : value,
                increment ? Effect.INCREMENT : null,
                UsageOnChange.KEEP,
                List.of());
        allowances.put(
                id,
                new AllowancePart(
                        id,
                        promotion ? AllowancePart.Kind.PROMOTION : AllowancePart.Kind.OVERRIDE,
                        feature,
                        calls ? TestCatalog.CALLS : TestCatalog.SUPPORT,
                        revoke ? null : says,
                        revoke,
                        from,
                        to,
                        "test"));
    }

    private void end() {
        if (allowances.isEmpty()) {
            return;
        }
        List<AllowancePart> made = allowances.values().stream()
                .sorted(Comparator.comparing(AllowancePart::id))
                .toList();
        AllowancePart known = made.get(random.nextInt(made.size()));
        String kind = known.kind() == AllowancePart.Kind.PROMOTION ? "promotions" : "overrides";
        String ended = given().delete("/v1/customers/{c}/" + kind + "/{id}", customer, known.id())
                .then()
                .statusCode(200)
                .extract()
                .path("endedAt");
        if (ended == null) {
            return;
        }
        Instant at = Instant.parse(ended);
        if (!known.from().isBefore(at)) {
            allowances.remove(known.id());
        } else if (known.to() == null || at.isBefore(known.to())) {
            allowances.put(
                    known.id(),
                    new AllowancePart(
                            known.id(),
                            known.kind(),
                            known.feature(),
                            known.definition(),
                            known.entitlement(),
                            known.revoke(),
                            known.from(),
                            at,
                            known.reason()));
        }
    }

    private static String addons(int extraCalls) {
        return ",\"addons\":["
                + (extraCalls == 0 ? "" : "{\"addon\":\"extra-calls\",\"quantity\":" + extraCalls + "}")
                + "]";
    }

    private Instant moment(int fromDay, int toDay) {
        return now.plus(Duration.ofDays(fromDay))
                .plusMillis(random.nextLong(Duration.ofDays(toDay - fromDay).toMillis()));
    }
}
