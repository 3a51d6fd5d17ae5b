package dev.weir.ledger.posting.app;

import dev.weir.ledger.contract.WalletKind;
import dev.weir.ledger.directory.app.Directory;
import dev.weir.ledger.directory.domain.CustomerView;
import dev.weir.ledger.directory.domain.ViewEntitlements;
import dev.weir.ledger.directory.persistence.DirectoryTables.Head;
import dev.weir.ledger.posting.domain.ByHand;
import dev.weir.ledger.posting.domain.Charges;
import dev.weir.ledger.posting.domain.Operation;
import dev.weir.ledger.posting.domain.TermsResolver;
import dev.weir.ledger.posting.domain.TermsResolver.Resolved;
import dev.weir.ledger.posting.domain.UsageEvent;
import dev.weir.ledger.posting.domain.WalletSpec;
import dev.weir.ledger.posting.persistence.ChargedRows;
import dev.weir.ledger.posting.persistence.HoldTables;
import dev.weir.ledger.posting.persistence.HoldTables.Owner;
import dev.weir.ledger.wallet.domain.BudgetTerms;
import dev.weir.ledger.wallet.domain.Entitlements;
import dev.weir.ledger.wallet.domain.SeatLink;
import dev.weir.ledger.wallet.domain.WalletKey;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a batch will read, found out before anything is locked: the customers' snapshots, and by them (or by the terms of its
 * reservations) the wallets.
 */
final class Needs {
    private final Map<String, Head> heads;
    private final Map<String, CustomerView> views;
    private final Map<UUID, Owner> owners;
    private final List<List<WalletSpec>> byOperation = new ArrayList<>();

    private Needs(Map<String, Head> heads, Map<String, CustomerView> views, Map<UUID, Owner> owners) {
        this.heads = heads;
        this.views = views;
        this.owners = owners;
    }

    /**
     * Finds it out.
     *
     * @param remembered goes by the snapshots that are remembered, which costs nothing; {@link #stillHold} tells whether they
     *     were the right ones
     * @param now about: decided is by the clock under the locks
     */
    static Needs of(
            Connection connection,
            Directory directory,
            HoldTables holds,
            ChargedRows charged,
            List<Operation> operations,
            boolean remembered,
            Instant now)
            throws SQLException {
        Map<UUID, Owner> owners = holds.owners(connection, reservations(operations));
        Set<String> customers = new HashSet<>();
        Map<Operation, List<WalletSpec>> reversed = new IdentityHashMap<>();
        for (Operation operation : operations) {
            customers.add(operation.customer());
            customers.add(operation.root());
            customers.addAll(operation.others());
            if (operation instanceof ByHand.Reverse reverse) {
                List<WalletSpec> drawn = charged.wallets(connection, reverse.chargeKey());
                drawn.forEach(wallet -> customers.add(wallet.key().root()));
                reversed.put(operation, drawn);
            }
        }
        owners.values().forEach(owner -> {
            customers.add(owner.customer());
            customers.add(owner.root());
        });
        Map<String, Head> heads =
                remembered ? directory.rememberedHeads(connection, customers) : directory.heads(connection, customers);
        Needs needs = new Needs(heads, directory.views(connection, heads), owners);
        TermsResolver terms = new TermsResolver(needs.entitlements(), units(directory));
        for (Operation operation : operations) {
            List<WalletSpec> drawn = reversed.get(operation);
            List<WalletSpec> direct = drawn == null ? needs.wallets(operation, terms, now) : drawn;
            List<WalletSpec> wallets = needs.withSeats(operation.root(), direct, now);
            for (String other : operation.others()) {
                wallets = needs.withSeats(other, wallets, now);
            }
            needs.byOperation.add(wallets);
        }
        return needs;
    }

    static TermsResolver.Units units(Directory directory) {
        return new TermsResolver.Units() {
            @Override
            public Optional<Integer> creditScale(String unit) {
                return directory.creditScale(unit);
            }

            @Override
            public Optional<dev.weir.catalog.contract.FeatureDefinition> feature(String key) {
                return directory.feature(key);
            }
        };
    }

    Entitlements entitlements() {
        return new ViewEntitlements(views);
    }

    /** Credit that is scaled by seats and the level of the seats are locked together. */
    private List<WalletSpec> withSeats(String root, List<WalletSpec> specs, Instant now) {
        Set<SeatLink> links = entitlements().seatLinks(root);
        if (links.isEmpty() || specs.isEmpty()) {
            return specs;
        }
        Map<WalletKey, WalletSpec> all = new LinkedHashMap<>();
        specs.forEach(spec -> all.put(spec.key(), spec));
        for (SeatLink link : links) {
            WalletKey credit = new WalletKey(root, link.unit(), null);
            WalletKey level = new WalletKey(root, link.feature(), null);
            if (all.containsKey(level)) {
                all.putIfAbsent(credit, new WalletSpec(credit, WalletKind.CREDIT, link.unitScale()));
            } else if (all.containsKey(credit)) {
                entitlements()
                        .feature(root, link.feature(), null, now)
                        .ifPresent(feature -> all.put(
                                level,
                                new WalletSpec(
                                        level,
                                        WalletKind.LIMIT,
                                        feature.definition().scale())));
            }
        }
        return List.copyOf(all.values());
    }

    /** The budgets that the operations may touch: of their customers' subscriptions, now and at the time of the usage. */
    Map<UUID, BudgetTerms> budgets(List<Operation> operations, Instant now) {
        Map<UUID, BudgetTerms> budgets = new TreeMap<>();
        if (views.values().stream().noneMatch(CustomerView::budgeted)) {
            return budgets;
        }
        Entitlements entitlements = entitlements();
        for (Operation operation : operations) {
            for (Instant at : times(operation, now)) {
                entitlements.budgets(operation.customer(), at).forEach(terms -> budgets.put(terms.id(), terms));
            }
        }
        return budgets;
    }

    private static List<Instant> times(Operation operation, Instant now) {
        return switch (operation) {
            case Operation.Settle settle -> {
                UsageEvent event = settle.event();
                Instant at = event == null ? null : event.time();
                yield at == null ? List.of(now) : List.of(now, at);
            }
            case Operation.BookTotal book ->
                List.of(now, book.total().start(), book.total().latestEventAt());
            default -> List.of(now);
        };
    }

    /** Subscriptions of the batch's customers, if any of their credit waits for a payment. */
    Set<UUID> paidSubscriptions() {
        Set<UUID> subscriptions = new HashSet<>();
        for (CustomerView view : views.values()) {
            if (view.grantsOnPayment()) {
                view.snapshot().subscriptions().forEach(subscription -> subscriptions.add(subscription.id()));
            }
        }
        return subscriptions;
    }

    /** Whether the snapshots are still those that the needs were found by. */
    boolean stillHold(Map<String, Head> now) {
        return heads.equals(now);
    }

    Set<String> customers() {
        return heads.keySet();
    }

    /** The version that a customer's answers go by; 0 if it is unknown. */
    long version(String customer) {
        Head head = heads.get(customer);
        return head == null ? 0 : head.version();
    }

    List<WalletSpec> wallets(int operation) {
        return byOperation.get(operation);
    }

    /** Every wallet of the batch, by id, in the order in which they are locked. */
    Map<UUID, WalletSpec> allWallets() {
        Map<UUID, WalletSpec> all = new TreeMap<>();
        byOperation.forEach(specs -> specs.forEach(spec -> all.put(spec.key().id(), spec)));
        return all;
    }

    Set<UUID> reservations() {
        return owners.keySet();
    }

    /** Keys of the events that the batch may charge. */
    List<byte[]> charges(List<Operation> operations) {
        List<byte[]> keys = new ArrayList<>();
        for (Operation operation : operations) {
            switch (operation) {
                case Operation.Settle settle -> {
                    UsageEvent event = settle.event();
                    Owner owner = owners.get(settle.reservation());
                    if (owner != null) {
                        String feature = owner.terms().feature();
                        if (event != null) {
                            keys.add(Charges.key(event.source(), event.id(), feature));
                        } else {
                            UUID id = settle.reservation();
                            keys.add(Charges.key(Charges.OWN_SOURCE, id.toString(), feature));
                            keys.add(Charges.key(Charges.OWN_SOURCE, Charges.afterCapture(id), feature));
                        }
                    }
                }
                case Operation.Debit debit ->
                    keys.add(Charges.key(
                            debit.usage().source(),
                            debit.usage().id(),
                            debit.usage().feature()));
                case Operation.Refresh none -> {}
                case Operation.Grant none -> {}
                case Operation.Reserve none -> {}
                case Operation.Extend none -> {}
                case Operation.Release none -> {}
                case Operation.Lapse lapse -> {
                    Owner owner = owners.get(lapse.reservation());
                    if (owner != null) {
                        keys.add(Charges.key(
                                Charges.OWN_SOURCE,
                                lapse.reservation().toString(),
                                owner.terms().feature()));
                    }
                }
                case Operation.BookTotal none -> {}
                case Operation.Recall none -> {}
                case ByHand none -> {}
            }
        }
        return keys;
    }

    private List<WalletSpec> wallets(Operation operation, TermsResolver terms, Instant now) {
        return switch (operation) {
            case Operation.Refresh refresh -> List.copyOf(refresh.wallets());
            case Operation.Grant grant ->
                List.of(new WalletSpec(
                        new WalletKey(grant.root(), grant.unit(), null), WalletKind.CREDIT, grant.unitScale()));
            case Operation.Reserve reserve ->
                of(terms.resolve(reserve.customer(), reserve.feature(), reserve.resource(), now), reserve.root());
            case Operation.Debit debit ->
                of(
                        terms.resolve(
                                debit.customer(),
                                debit.usage().feature(),
                                debit.usage().resource(),
                                debit.usage().time()),
                        debit.root());
            case Operation.BookTotal book -> {
                Instant at = book.total().latestEventAt();
                boolean inside = !at.isBefore(book.total().start())
                        && at.isBefore(book.total().end());
                yield of(
                        terms.resolve(
                                book.customer(),
                                book.total().feature(),
                                book.total().resource(),
                                inside ? at : book.total().start()),
                        book.root());
            }
            case Operation.Recall recall -> List.of(recall.wallet());
            case ByHand hand -> hand.wallets();
            case Operation.Extend extend -> ofReservation(extend.reservation());
            case Operation.Settle settle -> ofReservation(settle.reservation());
            case Operation.Release release -> ofReservation(release.reservation());
            case Operation.Lapse lapse -> ofReservation(lapse.reservation());
        };
    }

    private List<WalletSpec> ofReservation(UUID reservation) {
        Owner owner = owners.get(reservation);
        return owner == null ? List.of() : owner.terms().wallets(owner.root());
    }

    private static List<WalletSpec> of(Resolved resolved, String root) {
        return resolved instanceof Resolved.Entitled entitled ? entitled.terms().wallets(root) : List.of();
    }

    private static Set<UUID> reservations(List<Operation> operations) {
        Set<UUID> ids = new java.util.LinkedHashSet<>();
        for (Operation operation : operations) {
            @Nullable
            UUID id = switch (operation) {
                case Operation.Extend extend -> extend.reservation();
                case Operation.Settle settle -> settle.reservation();
                case Operation.Release release -> release.reservation();
                case Operation.Lapse lapse -> lapse.reservation();
                case Operation.Refresh none -> null;
                case Operation.Grant none -> null;
                case Operation.Reserve none -> null;
                case Operation.Debit none -> null;
                case Operation.BookTotal none -> null;
                case Operation.Recall none -> null;
                case ByHand none -> null;
            };
            if (id != null) {
                ids.add(id);
            }
        }
        return ids;
    }
}
