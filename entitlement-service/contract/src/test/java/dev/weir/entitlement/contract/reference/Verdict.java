package dev.weir.entitlement.contract.reference;

import dev.weir.catalog.contract.Better;
import dev.weir.catalog.contract.ConfigValueType;
import dev.weir.catalog.contract.FeatureDefinition;
import dev.weir.catalog.contract.OnLimit;
import dev.weir.entitlement.contract.SourceKind;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Weighs what sources say of one feature at one instant, and describes the outcome as text by aspect. */
final class Verdict {

    /** What could be the effective amount: the raised base of one reset period, or a promotion's own value. */
    private record Candidate(BigDecimal amount, long seconds, Voice winner, List<Voice> added, BigDecimal base) {}

    private static final List<SourceKind> TEXT_ORDER = List.of(
            SourceKind.OVERRIDE,
            SourceKind.PROMOTION,
            SourceKind.TRIAL,
            SourceKind.ADDON,
            SourceKind.PLAN,
            SourceKind.ANCESTOR);

    private static final Comparator<Candidate> PER_SECOND = (left, right) -> {
        BigDecimal zero = BigDecimal.ZERO;
        boolean leftNothing = left.seconds() == 0 || left.amount().compareTo(zero) == 0;
        boolean rightNothing = right.seconds() == 0 || right.amount().compareTo(zero) == 0;
        if (leftNothing || rightNothing) {
            // Per second both are nothing: then as they are.
            return leftNothing && rightNothing
                    ? left.amount().compareTo(right.amount())
                    : Boolean.compare(rightNothing, leftNothing);
        }
        return left.amount()
                .multiply(BigDecimal.valueOf(right.seconds()))
                .compareTo(right.amount().multiply(BigDecimal.valueOf(left.seconds())));
    };

    private final List<Voice> gives;
    private final List<Voice> revokes;
    private final FeatureDefinition definition;
    private final Function<Voice, Instant> anchor;
    private final ZoneId zone;
    private final Instant at;
    private final Map<String, String> aspects = new TreeMap<>();
    private final Map<Voice, Set<String>> won = new TreeMap<>(Voice.BY_SOURCE);
    private final Set<Voice> added = new HashSet<>();

    Verdict(List<Voice> voices, Function<Voice, Instant> anchor, ZoneId zone, Instant at) {
        this.gives = voices.stream()
                .filter(voice -> !voice.revokes())
                .sorted(Voice.BY_SOURCE)
                .toList();
        this.revokes =
                voices.stream().filter(Voice::revokes).sorted(Voice.BY_SOURCE).toList();
        this.definition = voices.stream().min(Voice.BY_SOURCE).orElseThrow().definition();
        this.anchor = anchor;
        this.zone = zone;
        this.at = at;
    }

    Map<String, String> describe() {
        boolean granted = revokes.isEmpty();
        aspects.put("granted", String.valueOf(granted));
        aspects.put("revoked", String.valueOf(!granted));
        if (granted) {
            switch (definition.type()) {
                case METERED -> metered();
                case CONFIG -> config();
                case BOOLEAN -> win("access", gives.getFirst());
                case CREDIT -> credit();
            }
        }
        List<String> outcomes = new ArrayList<>();
        for (int i = 0; i < revokes.size(); i++) {
            outcomes.add(revokes.get(i).name() + (i == 0 ? " WON[access]" : " REVOKED[]"));
        }
        gives.forEach(voice -> outcomes.add(voice.name() + " "
                + (!granted ? "REVOKED" : added.contains(voice) ? "ADDED" : won.containsKey(voice) ? "WON" : "LOST")
                + won.getOrDefault(voice, Set.of())));
        aspects.put("sources", String.join("\n", new TreeSet<>(outcomes)));
        return aspects;
    }

    private void metered() {
        List<Voice> own = gives.stream().filter(voice -> !voice.increments()).toList();
        List<Voice> unlimited = own.stream()
                .filter(voice -> voice.entitlement().limit() == null)
                .toList();
        Voice winner;
        if (unlimited.isEmpty()) {
            Candidate best = best(own);
            winner = best.winner();
            aspects.put("limit", plain(best.amount()));
            aspects.put("period", period(winner));
            aspects.put("base", plain(best.base()));
        } else {
            winner = unlimited.stream().min(Voice.BY_AGE).orElseThrow();
            aspects.put("limit", "unlimited");
        }
        win("amount", winner);
        win("access", winner);
        onLimit(own, winner);
        own.stream()
                .filter(voice -> voice.entitlement().then() != null)
                .findFirst()
                .ifPresent(first -> {
                    win("then", first);
                    aspects.put("then", String.valueOf(first.entitlement().then()));
                });
        aspects.put("subscription", owner(winner, own));
    }

    private Candidate best(List<Voice> own) {
        List<Candidate> candidates = new ArrayList<>();
        TreeSet<String> periods = new TreeSet<>();
        gives.forEach(voice -> periods.add(voice.resets()));
        for (String resets : periods) {
            Optional<Voice> base = own.stream()
                    .filter(voice -> voice.kind() != SourceKind.PROMOTION
                            && voice.resets().equals(resets))
                    .min(Comparator.comparing(Voice::amount).reversed().thenComparing(Voice.BY_AGE));
            List<Voice> increments = gives.stream()
                    .filter(voice -> voice.increments() && voice.resets().equals(resets))
                    .toList();
            BigDecimal start = base.map(Voice::amount).orElse(BigDecimal.ZERO);
            BigDecimal raised = increments.stream().map(Voice::amount).reduce(start, BigDecimal::add);
            if (base.isPresent() || !increments.isEmpty()) {
                Voice winner = base.orElseGet(
                        () -> increments.stream().min(Voice.BY_AGE).orElseThrow());
                candidates.add(new Candidate(raised, winner.seconds(), winner, increments, start));
            }
            own.stream()
                    .filter(voice -> voice.kind() == SourceKind.PROMOTION
                            && voice.resets().equals(resets))
                    .forEach(voice ->
                            candidates.add(new Candidate(voice.amount(), voice.seconds(), voice, List.of(), start)));
        }
        Candidate best = candidates.stream()
                .max(PER_SECOND
                        // A promotion must be more than what there is without it.
                        .thenComparing(
                                candidate -> own.contains(candidate.winner())
                                        && candidate.winner().kind() == SourceKind.PROMOTION,
                                Comparator.reverseOrder())
                        .thenComparing(Candidate::winner, Voice.BY_AGE.reversed()))
                .orElseThrow();
        added.addAll(best.added());
        return best;
    }

    private void onLimit(List<Voice> own, Voice winner) {
        List<Voice> soft = own.stream()
                .filter(voice -> voice.entitlement().onLimit() == OnLimit.SOFT)
                .toList();
        aspects.put("onLimit", soft.isEmpty() ? "HARD" : "SOFT");
        if (soft.isEmpty() && !own.isEmpty()) {
            win("onLimit", own.contains(winner) ? winner : own.getFirst());
        }
        if (!soft.isEmpty()) {
            win("onLimit", soft.contains(winner) ? winner : soft.getFirst());
            boolean open = soft.stream().anyMatch(voice -> voice.entitlement().overageCap() == null);
            Optional<BigDecimal> cap = open
                    ? Optional.empty()
                    : soft.stream()
                            .map(voice -> voice.entitlement().overageCap())
                            .max(Comparator.naturalOrder());
            aspects.put("cap", cap.map(Verdict::plain).orElse("none"));
            List<Voice> widest = soft.stream()
                    .filter(voice -> same(voice.entitlement().overageCap(), cap.orElse(null)))
                    .toList();
            win("overageCap", widest.contains(winner) ? winner : widest.getFirst());
        }
    }

    private void config() {
        Comparator<Voice> rank = definition.valueType() == ConfigValueType.TEXT
                ? Comparator.comparingInt(voice -> -TEXT_ORDER.indexOf(voice.kind()))
                : definition.valueType() == ConfigValueType.ENUM
                        ? Comparator.comparingInt(voice ->
                                definition.values().indexOf(voice.entitlement().value()))
                        : number();
        Voice best = gives.stream()
                .filter(voice -> voice.entitlement().value() != null)
                .max(rank.thenComparing(Voice.BY_SOURCE.reversed()))
                .orElseThrow();
        aspects.put("value", String.valueOf(best.entitlement().value()));
        win("value", best);
        win("access", best);
    }

    private Comparator<Voice> number() {
        Comparator<Voice> higher = Comparator.comparing(voice ->
                new BigDecimal(Objects.requireNonNull(voice.entitlement().value())));
        return definition.better() == Better.LOWER ? higher.reversed() : higher;
    }

    private void credit() {
        Voice winner = gives.getFirst();
        win("access", winner);
        win(
                "rates",
                winner.table().owner() < 0
                        ? winner
                        : gives.stream()
                                .filter(voice -> voice.subscription() == winner.subscription()
                                        && voice.layer() == winner.table().owner()
                                        && (voice.kind() == winner.kind() || voice.kind() == SourceKind.ANCESTOR))
                                .findFirst()
                                .orElse(winner));
        aspects.put("rates", String.valueOf(winner.table().rates()));
        onLimit(gives, winner);
    }

    /** To which subscription usage belongs. */
    private String owner(Voice winner, List<Voice> own) {
        if (winner.subscription() != null) {
            return winner.id();
        }
        List<Voice> subscribed =
                gives.stream().filter(voice -> voice.subscription() != null).toList();
        Predicate<Voice> alike =
                voice -> voice.entitlement().limit() != null && voice.resets().equals(winner.resets());
        return Stream.of(
                        best(subscribed.stream().filter(alike.and(own::contains))),
                        subscribed.stream().filter(alike).min(Voice.BY_AGE),
                        best(subscribed.stream().filter(own::contains)),
                        subscribed.stream().min(Voice.BY_AGE))
                .flatMap(Optional::stream)
                .map(Voice::id)
                .findFirst()
                .orElse("none");
    }

    private static Optional<Voice> best(Stream<Voice> voices) {
        return voices.filter(voice -> voice.entitlement().limit() != null)
                .map(voice -> new Candidate(voice.amount(), voice.seconds(), voice, List.of(), BigDecimal.ZERO))
                .max(PER_SECOND.thenComparing(Candidate::winner, Voice.BY_AGE.reversed()))
                .map(Candidate::winner);
    }

    private String period(Voice winner) {
        String every = winner.entitlement().every();
        if (every == null) {
            return "never";
        }
        Voice counts = winner.subscription() != null
                ? winner
                : gives.stream()
                        .filter(voice -> voice.subscription() != null
                                && voice.entitlement().limit() != null
                                && voice.resets().equals(winner.resets()))
                        .min(Comparator.comparing(Voice::increments)
                                .thenComparing(Voice::amount, Comparator.reverseOrder())
                                .thenComparing(Voice.BY_AGE))
                        .orElse(winner);
        Instant[] period = Calendars.period(anchor.apply(counts), every, zone, at);
        return period[0] + "/" + period[1];
    }

    private void win(String component, Voice voice) {
        won.computeIfAbsent(voice, key -> new TreeSet<>()).add(component);
    }

    private static boolean same(@Nullable BigDecimal left, @Nullable BigDecimal right) {
        return left == null || right == null ? left == right : left.compareTo(right) == 0;
    }

    static String plain(BigDecimal amount) {
        return amount.signum() == 0 ? "0" : amount.stripTrailingZeros().toPlainString();
    }
}
