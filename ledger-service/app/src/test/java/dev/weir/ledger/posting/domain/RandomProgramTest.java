package dev.weir.ledger.posting.domain;

import static dev.weir.ledger.posting.domain.LedgerWorld.CUSTOMER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.catalog.contract.Category;
import dev.weir.ledger.Catalogue;
import dev.weir.ledger.wallet.domain.MoveKind;
import dev.weir.platform.kernel.Atoms;
import dev.weir.platform.testkit.Seeds;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Random programs on a credit wallet against a model that knows nothing of journals, accounts or rooms: plain lists of what is
 * free and held. Every reply and the final state must agree; {@link LedgerWorld} checks the ledger's own invariants after
 * every step.
 */
class RandomProgramTest {
    private static final Instant START = Instant.parse("2026-03-01T00:00:00Z");

    /** A block as the model sees it. */
    private static final class Pot {
        final UUID id;
        final int priority;
        final Category category;
        final Instant from;
        final @Nullable Instant to;
        final Instant created;
        long free;
        long held;
        long used;
        long voided;
        // Of what is held: voided when it comes back.
        long due;

        Pot(UUID id, int priority, Category category, Instant from, @Nullable Instant to, Instant created, long free) {
            this.id = id;
            this.priority = priority;
            this.category = category;
            this.from = from;
            this.to = to;
            this.created = created;
            this.free = free;
        }

        boolean ended(Instant now) {
            return to != null && !now.isBefore(to);
        }

        boolean live(Instant now) {
            return !now.isBefore(from) && (to == null || now.isBefore(to));
        }
    }

    private static final Comparator<Pot> ORDER = Comparator.comparingInt((Pot pot) -> pot.priority)
            .thenComparing(pot -> pot.to == null ? Instant.MAX : pot.to)
            .thenComparingInt(pot -> pot.category == Category.PROMOTIONAL ? 0 : 1)
            .thenComparing(pot -> pot.from)
            .thenComparing(pot -> pot.created)
            .thenComparing(pot -> pot.id);

    private final List<Pot> pots = new ArrayList<>();
    private final List<Pot> others = new ArrayList<>();
    private final Map<Hold, Map<Pot, Long>> holds = new LinkedHashMap<>();
    private final Map<Hold, Deque<Piece>> settled = new LinkedHashMap<>();
    private long overrun;
    private boolean frozen;

    /** What a settled use took, the last taken first; no pot: overrun. */
    private static final class Piece {
        final @Nullable Pot pot;
        long amount;

        Piece(@Nullable Pot pot, long amount) {
            this.pot = pot;
            this.amount = amount;
        }
    }

    @Test
    void repliesAndBalancesAgreeWithTheModel() {
        Seeds.check(40, this::program);
    }

    private void program(Random random) {
        pots.clear();
        holds.clear();
        others.clear();
        settled.clear();
        overrun = 0;
        frozen = false;
        LedgerWorld world = new LedgerWorld(START.plus(1, ChronoUnit.DAYS));
        world.apply(
                Catalogue.customer(CUSTOMER, 1, START, List.of(), Catalogue.phase(START, null, Catalogue.starter())),
                Catalogue.starter());
        for (int step = 0; step < 120; step++) {
            switch (random.nextInt(13)) {
                case 0 -> grant(world, random);
                case 1, 2, 3 -> reserve(world, random);
                case 4 -> settle(world, random);
                case 5 -> release(world, random);
                case 6, 7 -> takeBack(world, random);
                case 8 -> charge(world, random);
                case 9 -> transfer(world, random);
                case 10 -> freeze(world, random);
                case 11 -> reverse(world, random);
                default -> world.pass(Duration.ofMinutes(random.nextInt(90)));
            }
            compare(world);
        }
    }

    private void grant(LedgerWorld world, Random random) {
        long amount = 1 + random.nextInt(50_000_000);
        int priority = random.nextInt(3);
        Category category = random.nextBoolean() ? Category.PAID : Category.PROMOTIONAL;
        Instant from = world.now.plus(random.nextInt(3) - 1L, ChronoUnit.HOURS);
        Instant start = from.isAfter(world.now) ? from : world.now;
        @Nullable Instant to = random.nextInt(3) == 0 ? null : start.plus(1L + random.nextInt(600), ChronoUnit.MINUTES);
        var block = world.grant(Atoms.format(amount, 6), category, priority, from, to);
        pots.add(new Pot(block.id(), priority, category, from, to, world.now, amount));
    }

    private void reserve(LedgerWorld world, Random random) {
        long amount = random.nextInt(40_000_000);
        List<Pot> live = live(world.now);
        boolean fits = !frozen && live.stream().mapToLong(pot -> pot.free).sum() >= amount;

        Outcome outcome = world.reserve("chat", Atoms.format(amount, 6));

        assertThat(outcome instanceof Outcome.Reserved).isEqualTo(fits);
        if (outcome instanceof Outcome.Reserved reserved) {
            Map<Pot, Long> parts = new LinkedHashMap<>();
            long rest = amount;
            for (Pot pot : live) {
                long take = Math.min(rest, pot.free);
                if (take > 0) {
                    pot.free -= take;
                    pot.held += take;
                    parts.put(pot, take);
                    rest -= take;
                }
            }
            holds.put(reserved.hold(), parts);
        }
    }

    private void settle(LedgerWorld world, Random random) {
        Hold hold = any(random);
        if (hold == null) {
            return;
        }
        Map<Pot, Long> parts = Objects.requireNonNull(holds.remove(hold));
        long used = random.nextInt(60_000_000);
        long rest = used;
        Deque<Piece> pieces = new ArrayDeque<>();
        for (Map.Entry<Pot, Long> part : parts.entrySet()) {
            long spend = Math.min(rest, part.getValue());
            Pot pot = part.getKey();
            pot.held -= spend;
            pot.due = Math.min(pot.due, pot.held);
            pot.used += spend;
            took(pieces, pot, spend);
            rest -= spend;
        }
        // What is beyond the hold is drawn before the rest of the hold goes back; here either the one or the other is
        // nothing.
        for (Pot pot : live(world.now)) {
            long take = Math.min(rest, pot.free);
            pot.free -= take;
            pot.used += take;
            took(pieces, pot, take);
            rest -= take;
        }
        overrun += rest;
        took(pieces, null, rest);
        settled.put(hold, pieces);
        long unspent = used;
        for (Map.Entry<Pot, Long> part : parts.entrySet()) {
            long spend = Math.min(unspent, part.getValue());
            unspent -= spend;
            part.getKey().held -= part.getValue() - spend;
            giveBack(part.getKey(), part.getValue() - spend, world.now);
        }

        Outcome outcome = world.settle(hold, Atoms.format(used, 6));

        assertThat(outcome).isInstanceOf(Outcome.Settled.class);
        assertThat(hold.state()).isEqualTo(HoldState.SETTLED);
    }

    private void release(LedgerWorld world, Random random) {
        Hold hold = any(random);
        if (hold == null) {
            return;
        }
        Objects.requireNonNull(holds.remove(hold)).forEach((pot, amount) -> {
            pot.held -= amount;
            giveBack(pot, amount, world.now);
        });

        assertThat(world.release(hold)).isInstanceOf(Outcome.Released.class);
    }

    private static void took(Deque<Piece> pieces, @Nullable Pot pot, long amount) {
        if (amount > 0) {
            pieces.push(new Piece(pot, amount));
        }
    }

    private static void giveBack(Pot pot, long amount, Instant now) {
        long due = Math.min(pot.due, amount);
        pot.due -= due;
        pot.voided += due;
        if (pot.live(now)) {
            pot.free += amount - due;
        }
    }

    private void takeBack(LedgerWorld world, Random random) {
        if (pots.isEmpty()) {
            return;
        }
        Pot pot = pots.get(random.nextInt(pots.size()));
        boolean pending = world.now.isBefore(pot.from);
        long unused = pot.free + pot.held - pot.due;
        boolean all = random.nextBoolean();
        long amount = all ? unused : 1 + random.nextInt(30_000_000);
        boolean possible = !pot.ended(world.now) && amount > 0 && amount <= unused && (!pending || amount == unused);

        Outcome outcome = world.take(
                MoveKind.VOID,
                Objects.requireNonNull(world.wallet("ai-credits").block(pot.id)),
                all ? null : Atoms.format(amount, 6),
                null);

        assertThat(outcome instanceof Outcome.TakenBack).isEqualTo(possible);
        if (possible) {
            long now = Math.min(amount, pot.free);
            pot.free -= now;
            pot.voided += now;
            pot.due += amount - now;
        }
    }

    private void charge(LedgerWorld world, Random random) {
        long amount = 1 + random.nextInt(20_000_000);
        boolean possible = possible(world, amount);

        assertThat(world.charge(Atoms.format(amount, 6)) instanceof Outcome.Charged)
                .isEqualTo(possible);
        long rest = possible ? amount : 0;
        for (Pot pot : live(world.now)) {
            long take = Math.min(rest, pot.free);
            pot.free -= take;
            pot.used += take;
            rest -= take;
        }
    }

    private void transfer(LedgerWorld world, Random random) {
        long amount = 1 + random.nextInt(20_000_000);
        boolean possible = possible(world, amount);

        assertThat(world.transfer(Atoms.format(amount, 6)) instanceof Outcome.Moved)
                .isEqualTo(possible);
        long rest = possible ? amount : 0;
        for (Pot pot : live(world.now)) {
            long take = Math.min(rest, pot.free);
            pot.free -= take;
            rest -= take;
            if (take > 0) {
                others.add(new Pot(pot.id, pot.priority, pot.category, world.now, pot.to, world.now, take));
            }
        }
    }

    private boolean possible(LedgerWorld world, long amount) {
        return !frozen && live(world.now).stream().mapToLong(pot -> pot.free).sum() >= amount;
    }

    private void freeze(LedgerWorld world, Random random) {
        frozen = random.nextInt(3) == 0;
        world.freeze("ai-credits", frozen);
    }

    private void reverse(LedgerWorld world, Random random) {
        List<Hold> all = List.copyOf(settled.keySet());
        if (all.isEmpty()) {
            return;
        }
        Hold hold = all.get(random.nextInt(all.size()));
        Deque<Piece> pieces = Objects.requireNonNull(settled.get(hold));
        long most = pieces.stream().mapToLong(piece -> piece.amount).sum();
        boolean whole = random.nextBoolean();
        long amount = whole ? most : 1 + random.nextInt(30_000_000);
        boolean possible = amount > 0 && amount <= most;

        Outcome outcome = world.reverse(hold, whole ? null : Atoms.format(amount, 6), ByHand.Ended.EXPIRE_NOW);

        assertThat(outcome instanceof Outcome.Reversed).isEqualTo(possible);
        long rest = possible ? amount : 0;
        while (rest > 0) {
            Piece piece = pieces.getFirst();
            long back = Math.min(rest, piece.amount);
            piece.amount -= back;
            rest -= back;
            if (piece.amount == 0) {
                pieces.removeFirst();
            }
            if (piece.pot == null) {
                overrun -= back;
            } else {
                piece.pot.used -= back;
                piece.pot.free += piece.pot.live(world.now) ? back : 0;
            }
        }
    }

    private @Nullable Hold any(Random random) {
        List<Hold> open = List.copyOf(holds.keySet());
        return open.isEmpty() ? null : open.get(random.nextInt(open.size()));
    }

    private List<Pot> live(Instant now) {
        return pots.stream().filter(pot -> pot.live(now)).sorted(ORDER).toList();
    }

    private void compare(LedgerWorld world) {
        world.refresh(false);
        assertThat(world.wallet("ai-credits").head().available())
                .isEqualTo(live(world.now).stream().mapToLong(pot -> pot.free).sum());
        assertThat(world.wallet("ai-credits").head().held())
                .isEqualTo(pots.stream().mapToLong(pot -> pot.held).sum());
        assertThat(world.otherWallet().head().available())
                .isEqualTo(others.stream()
                        .filter(pot -> pot.live(world.now))
                        .mapToLong(pot -> pot.free)
                        .sum());
        for (Pot pot : pots) {
            var block = Objects.requireNonNull(world.wallet("ai-credits").block(pot.id));
            assertThat(block.consumed()).isEqualTo(pot.used);
            assertThat(block.held()).isEqualTo(pot.held);
            assertThat(block.voided()).isEqualTo(pot.voided);
        }
        assertThat(world.booked(dev.weir.ledger.wallet.domain.UsageBooking::overrun))
                .isEqualTo(overrun);
    }
}
