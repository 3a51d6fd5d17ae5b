package dev.weir.entitlement.subscription.domain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.catalog.contract.UsageOnChange;
import dev.weir.platform.testkit.Seeds;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TimelineTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final PlanPin BASE = new PlanPin("base", 1, "b", 1);
    private static final HeldAddon ADDON = new HeldAddon("extra", 1, "e", 1, 1L);
    private static final PlanPin PRO = new PlanPin("pro", 1, "p", 1);

    @Test
    void aChangeTakesThePlaceOfWhatWasToFollowButNotOfACancellation() {
        Timeline canceled =
                open().changedAt(day(5), PRO, List.of(), UsageOnChange.KEEP).canceledAt(day(9));

        Timeline changed = canceled.changedAt(day(3), PRO, List.of(), UsageOnChange.RESET);

        assertThat(changed.phases()).extracting(Phase::from).containsExactly(START, day(3));
        assertThat(changed.end()).isEqualTo(day(9));
        assertThat(changed.status(day(10))).isEqualTo(SubscriptionStatus.CANCELED);
    }

    @Test
    void aCancellationWhereAPhaseEndsIsOneToo() {
        Timeline changed = open().changedAt(day(5), PRO, List.of(), UsageOnChange.KEEP);

        Timeline canceled = changed.canceledAt(day(5));

        assertThat(canceled.phases())
                .singleElement()
                .satisfies(phase -> assertThat(phase.end()).isEqualTo(EndReason.CANCELED));
    }

    @Test
    void whatStaysAsItIsIsNotSplit() {
        Timeline changed = open().changedAt(day(5), PRO, List.of(), UsageOnChange.KEEP);

        Timeline mapped = changed.mappedFrom(
                day(2), UsageOnChange.KEEP, phase -> phase.plan().equals(PRO) ? phase.as(PhaseKind.PAUSED) : phase);

        assertThat(mapped.phases()).extracting(Phase::kind).containsExactly(PhaseKind.ACTIVE, PhaseKind.PAUSED);
    }

    @Test
    void aPauseKeepsWhatIsScheduledAndResumingBringsItBack() {
        Timeline changed = open().changedAt(day(5), PRO, List.of(), UsageOnChange.KEEP);

        Timeline paused = changed.mappedFrom(day(2), UsageOnChange.KEEP, phase -> phase.as(PhaseKind.PAUSED));
        Timeline resumed = paused.mappedFrom(day(3), UsageOnChange.KEEP, phase -> phase.as(PhaseKind.ACTIVE));

        assertThat(paused.status(day(6))).isEqualTo(SubscriptionStatus.PAUSED);
        assertThat(resumed.at(day(6)).orElseThrow().plan()).isEqualTo(PRO);
        assertThat(resumed.status(day(6))).isEqualTo(SubscriptionStatus.ACTIVE);
    }

    @Test
    void aTrialEndedEarlyLetsFollowWhatWasToFollow() {
        Timeline ended = trial().trialEndedAt(day(4));

        assertThat(ended.phases()).extracting(Phase::from).containsExactly(START, day(4));
        assertThat(ended.status(day(4))).isEqualTo(SubscriptionStatus.ACTIVE);
        assertThat(ended.phases().getLast().usage()).isEqualTo(UsageOnChange.RESET);
    }

    @Test
    void aTrialThatWasToBeTheEndEndsEarlierOrLater() {
        Timeline alone = new Timeline(List.of(trial().phases().getFirst().until(day(14), EndReason.TRIAL_OVER)));

        Timeline ended = alone.trialEndedAt(day(4));
        Timeline extended = alone.trialExtended(day(4), day(20));

        assertThat(ended.end()).isEqualTo(day(4));
        assertThat(ended.status(day(5))).isEqualTo(SubscriptionStatus.ENDED);
        assertThat(extended.end()).isEqualTo(day(20));
        assertThat(extended.phases()).singleElement().extracting(Phase::end).isEqualTo(EndReason.TRIAL_OVER);
    }

    @Test
    void aTrialOfSeveralPhasesIsOne() {
        Timeline split = trial().mappedFrom(day(3), UsageOnChange.KEEP, phase -> phase.with(List.of(ADDON)));

        assertThat(split.trialEnd(day(1))).isEqualTo(day(14));
        assertThat(split.trialEndedAt(day(5)).phases()).extracting(Phase::from).containsExactly(START, day(3), day(5));
        assertThat(split.trialExtended(day(5), day(30))
                        .at(day(29))
                        .orElseThrow()
                        .trial())
                .isEqualTo(BASE);
    }

    @Test
    void whatIsTakenBackLeavesWhatHasBeen() {
        Timeline before = open();
        Timeline changed = before.changedAt(day(5), PRO, List.of(), UsageOnChange.KEEP);

        Timeline inTime = changed.restored(before, day(5), day(3));
        Timeline late = changed.restored(before, day(5), day(8));

        assertThat(inTime.phases()).singleElement().extracting(Phase::plan).isEqualTo(BASE);
        assertThat(late.phases()).extracting(Phase::plan).containsExactly(BASE, PRO, BASE);
        assertThat(late.phases()).extracting(Phase::from).containsExactly(START, day(5), day(8));
    }

    @Test
    void anyOrderOfChangesTilesAndLeavesThePastAlone() {
        Seeds.check(300, random -> {
            Timeline timeline = open();
            Instant now = START;
            for (int i = 0; i < 12; i++) {
                now = now.plusSeconds(random.nextInt(3) * 3_600L);
                Timeline after = random(timeline, now, random);
                // The constructor refuses gaps and overlaps.
                assertThat(history(after, now)).isEqualTo(history(timeline, now));
                timeline = after;
            }
        });
    }

    private static Timeline random(Timeline timeline, Instant now, Random random) {
        Instant at = now.plusSeconds(random.nextInt(5) * 3_600L);
        if (timeline.at(at).isEmpty()) {
            return timeline;
        }
        return switch (random.nextInt(6)) {
            case 0 -> timeline.changedAt(at, random.nextBoolean() ? PRO : BASE, List.of(), UsageOnChange.RESET);
            case 1 -> timeline.canceledAt(at.plusSeconds(86_400));
            case 2 -> timeline.mappedFrom(at, UsageOnChange.KEEP, phase -> phase.as(PhaseKind.PAUSED));
            case 3 -> timeline.changedAt(at, PRO, List.of(), UsageOnChange.KEEP).restored(timeline, at, now);
            case 4 -> at.isAfter(now) ? timeline.withoutChangeAt(at) : timeline;
            default -> timeline.mappedFrom(at, UsageOnChange.RESET, phase -> phase.as(PhaseKind.ACTIVE));
        };
    }

    private static List<String> history(Timeline timeline, Instant until) {
        List<String> history = new ArrayList<>();
        for (Instant at = START; at.isBefore(until); at = at.plusSeconds(1_800)) {
            Phase phase = timeline.at(at).orElse(null);
            history.add(phase == null ? "none" : phase.kind() + phase.plan().plan());
        }
        return history;
    }

    private static Timeline trial() {
        return new Timeline(List.of(
                Phase.active(START, day(14), BASE, BASE, List.of()),
                Phase.active(day(14), null, BASE, null, List.of())));
    }

    private static Timeline open() {
        return new Timeline(List.of(Phase.active(START, null, BASE, null, List.of())));
    }

    private static Instant day(int n) {
        return START.plusSeconds(n * 86_400L);
    }
}
