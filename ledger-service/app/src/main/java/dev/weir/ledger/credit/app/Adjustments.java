package dev.weir.ledger.credit.app;

import dev.weir.ledger.contract.WalletKind;
import dev.weir.ledger.directory.app.Directory;
import dev.weir.ledger.directory.persistence.DirectoryTables.Head;
import dev.weir.ledger.posting.app.Lanes;
import dev.weir.ledger.posting.app.LedgerReads;
import dev.weir.ledger.posting.app.Result;
import dev.weir.ledger.posting.domain.ByHand;
import dev.weir.ledger.posting.domain.OpKey;
import dev.weir.ledger.posting.domain.WalletSpec;
import dev.weir.ledger.wallet.domain.MoveKind;
import dev.weir.ledger.wallet.domain.WalletKey;
import dev.weir.platform.kernel.Ids;
import dev.weir.platform.kernel.Problem;
import dev.weir.platform.servicekit.events.KeyWait;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What people do to wallets by hand. Each call is one operation in the lane of the customer's root. */
@ApplicationScoped
public class Adjustments {
    private final Directory directory;
    private final KeyWait keyWait;
    private final Lanes lanes;
    private final LedgerReads reads;

    /** Who asks for it, why, and under which keys. */
    public record Order(
            String customer, String unit, @Nullable String reason, List<OpKey> keys, String actor) {}

    /** What is to be taken back of a block; null amounts and money as {@link ByHand.TakeBack} says. */
    public record Taking(
            UUID block,
            MoveKind kind,
            @Nullable BigDecimal amount,
            ByHand.@Nullable Money money,
            boolean fromOthers,
            boolean freeze) {}

    Adjustments(Directory directory, KeyWait keyWait, Lanes lanes, LedgerReads reads) {
        this.directory = directory;
        this.keyWait = keyWait;
        this.lanes = lanes;
        this.reads = reads;
    }

    /**
     * Voids, refunds or claws back credit of a block.
     *
     * @throws Problem 404 UNKNOWN_CUSTOMER, UNKNOWN_UNIT
     */
    public Result take(Order order, Taking taking) {
        Head head = head(order.customer(), "customer");
        return lanes.submit(new ByHand.TakeBack(
                head.root(),
                order.customer(),
                wallet(head.root(), order.unit(), null),
                taking.block(),
                taking.kind(),
                taking.amount(),
                taking.money(),
                taking.fromOthers(),
                taking.freeze(),
                order.reason(),
                Ids.next(),
                order.keys(),
                order.actor()));
    }

    /** Freezes a wallet, or lets it be drawn on again. */
    public Result freeze(Order order, @Nullable String resource, boolean frozen) {
        Head head = head(order.customer(), "customer");
        return lanes.submit(new ByHand.Freeze(
                head.root(),
                order.customer(),
                wallet(head.root(), order.unit(), resource),
                frozen,
                order.reason(),
                Ids.next(),
                order.keys(),
                order.actor()));
    }

    /** Uses credit that no usage event speaks of. */
    public Result charge(Order order, BigDecimal amount, @Nullable String feature) {
        Head head = head(order.customer(), "customer");
        return lanes.submit(new ByHand.Charge(
                head.root(),
                order.customer(),
                wallet(head.root(), order.unit(), null),
                amount,
                feature,
                order.reason(),
                Ids.next(),
                order.keys(),
                order.actor()));
    }

    /**
     * Gives credit to another customer.
     *
     * @throws Problem 422 SAME_WALLET if both draw on the same wallet
     */
    public Result transfer(Order order, String to, BigDecimal amount) {
        Head head = head(order.customer(), "customer");
        Head target = keyWait.forValue(() -> directory.head(to))
                .orElseThrow(() -> Problem.unprocessable("UNKNOWN_CUSTOMER", "no customer " + to)
                        .error("to", "UNKNOWN_CUSTOMER", "no such customer"));
        if (directory.archived(to)) {
            throw Problem.conflict("CUSTOMER_ARCHIVED", "the customer " + to + " is archived")
                    .error("to", "CUSTOMER_ARCHIVED", "gets nothing more");
        }
        WalletSpec from = wallet(head.root(), order.unit(), null);
        if (target.root().equals(head.root())) {
            throw sameWallet("to", order.customer() + " and " + to + " draw on the same wallet");
        }
        return lanes.submit(new ByHand.Transfer(
                head.root(),
                order.customer(),
                from,
                new WalletSpec(new WalletKey(target.root(), order.unit(), null), from.kind(), from.scale()),
                amount,
                order.reason(),
                Ids.next(),
                order.keys(),
                order.actor()));
    }

    /** Turns credit into credit of another unit. */
    public Result convert(Order order, String toUnit, BigDecimal amount, BigDecimal rate, String rateSource) {
        Head head = head(order.customer(), "customer");
        if (toUnit.equals(order.unit())) {
            throw sameWallet("toUnit", "it is the same unit");
        }
        int scale = keyWait.forValue(() -> directory.creditScale(toUnit))
                .orElseThrow(() -> Problem.unprocessable("UNKNOWN_UNIT", "no credit unit " + toUnit)
                        .error("toUnit", "UNKNOWN_UNIT", "no catalog names it"));
        return lanes.submit(new ByHand.Convert(
                head.root(),
                order.customer(),
                wallet(head.root(), order.unit(), null),
                new WalletSpec(new WalletKey(head.root(), toUnit, null), WalletKind.CREDIT, scale),
                amount,
                rate,
                rateSource,
                order.reason(),
                Ids.next(),
                order.keys(),
                order.actor()));
    }

    private static Problem sameWallet(String field, String detail) {
        return Problem.unprocessable("SAME_WALLET", detail).error(field, "SAME_WALLET", detail);
    }

    private Head head(String customer, String field) {
        return keyWait.forValue(() -> directory.head(customer))
                .orElseThrow(() -> Problem.notFound("UNKNOWN_CUSTOMER", "no " + field + " " + customer));
    }

    private WalletSpec wallet(String root, String unit, @Nullable String resource) {
        WalletKey key = new WalletKey(root, unit, resource);
        return keyWait.forValue(() -> reads.wallets(root).stream()
                        .filter(spec -> spec.key().equals(key))
                        .findFirst())
                .orElseThrow(() -> Problem.notFound("UNKNOWN_UNIT", "customer " + root + " has no wallet of " + unit));
    }
}
