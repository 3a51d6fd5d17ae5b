package dev.weir.ledger.credit.app;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.catalog.contract.Category;
import dev.weir.ledger.contract.WalletKind;
import dev.weir.ledger.contract.WalletState;
import dev.weir.ledger.directory.app.Directory;
import dev.weir.ledger.directory.persistence.DirectoryTables.Head;
import dev.weir.ledger.posting.app.Answer;
import dev.weir.ledger.posting.app.Lanes;
import dev.weir.ledger.posting.app.LedgerReads;
import dev.weir.ledger.posting.app.Result;
import dev.weir.ledger.posting.domain.OpKey;
import dev.weir.ledger.posting.domain.Operation;
import dev.weir.ledger.posting.domain.WalletSpec;
import dev.weir.ledger.wallet.domain.WalletKey;
import dev.weir.platform.kernel.Ids;
import dev.weir.platform.kernel.Problem;
import dev.weir.platform.servicekit.events.KeyWait;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Grants and wallets as operators and products see them. */
@ApplicationScoped
public class Credits {
    private final Directory directory;
    private final KeyWait keyWait;
    private final Lanes lanes;
    private final LedgerReads reads;
    private final WalletHistory history;

    /** What to give. */
    public record Gift(
            String unit,
            BigDecimal amount,
            Category category,
            int priority,
            @Nullable Instant effectiveAt,
            @Nullable Instant expiresAt,
            long costMinor,
            @Nullable String costCurrency,
            @Nullable List<String> features,
            @Nullable String reference,
            @Nullable String reason) {}

    Credits(Directory directory, KeyWait keyWait, Lanes lanes, LedgerReads reads, WalletHistory history) {
        this.directory = directory;
        this.keyWait = keyWait;
        this.lanes = lanes;
        this.reads = reads;
        this.history = history;
    }

    /**
     * Gives credit.
     *
     * @throws Problem 404 UNKNOWN_CUSTOMER, 409 CUSTOMER_ARCHIVED, 422 UNKNOWN_UNIT
     */
    public Result grant(String customer, Gift gift, List<OpKey> keys, String actor) {
        Head head = head(customer);
        if (directory.archived(customer)) {
            throw Problem.conflict(
                    "CUSTOMER_ARCHIVED", "the customer " + customer + " is archived; take it out of the archive first");
        }
        int scale = keyWait.forValue(() -> directory.creditScale(gift.unit()))
                .orElseThrow(() -> Problem.unprocessable("UNKNOWN_UNIT", "no credit unit " + gift.unit())
                        .error("unit", "UNKNOWN_UNIT", "no catalog names it"));
        return lanes.submit(new Operation.Grant(
                head.root(),
                customer,
                gift.unit(),
                scale,
                gift.amount(),
                gift.category(),
                gift.priority(),
                gift.effectiveAt(),
                gift.expiresAt(),
                gift.costMinor(),
                gift.costCurrency(),
                gift.features(),
                gift.reference(),
                gift.reason(),
                "grant|" + HexFormat.of().formatHex(keys.getFirst().bytes()),
                Ids.next(),
                keys,
                actor));
    }

    /** The manual grants of a customer's wallets that have not expired. */
    public JsonNode grants(String customer) {
        ArrayNode items = JsonNodeFactory.instance.arrayNode();
        for (WalletState wallet : states(head(customer).root())) {
            wallet.blocks().stream()
                    .filter(block -> block.sourceReference().startsWith("grant|"))
                    .forEach(block -> items.add(WalletJson.block(wallet, block)));
        }
        return page(items);
    }

    /** Every wallet of a customer, or of the root that it draws on. */
    public JsonNode wallets(String customer) {
        ArrayNode items = JsonNodeFactory.instance.arrayNode();
        states(head(customer).root()).forEach(wallet -> items.add(WalletJson.wallet(wallet)));
        return page(items);
    }

    /** One wallet, now or at a past instant. */
    public Result wallet(String customer, String unit, @Nullable String resource, @Nullable Instant asOf) {
        WalletSpec spec = spec(head(customer).root(), unit, resource);
        Result now = refresh(spec.key().root(), Set.of(spec));
        WalletState state = now.wallets().isEmpty() ? null : now.wallets().getFirst();
        ObjectNode body = asOf != null
                ? history.at(spec, state, asOf)
                : state == null ? WalletJson.empty(spec) : WalletJson.wallet(state);
        return new Result(null, Answer.ok(200, body), now.wallets());
    }

    /**
     * One block, ended or not.
     *
     * @throws Problem 404 UNKNOWN_BLOCK
     */
    public Result block(String customer, String unit, @Nullable String resource, UUID block) {
        WalletSpec spec = spec(head(customer).root(), unit, resource);
        refresh(spec.key().root(), Set.of(spec));
        ObjectNode body = history.block(spec, block)
                .orElseThrow(() -> Problem.notFound("UNKNOWN_BLOCK", "the wallet has no block " + block));
        return new Result(null, Answer.ok(200, body), List.of());
    }

    /** A page of a wallet's journal. */
    public JsonNode journal(String customer, String unit, @Nullable String resource, JournalQuery query) {
        return history.page(spec(head(customer).root(), unit, resource), query);
    }

    /** The wallets of a root customer, their periods opened first; for an edge's cache. */
    public List<WalletState> states(String root) {
        Set<WalletSpec> specs = Set.copyOf(reads.wallets(root));
        return specs.isEmpty()
                ? List.of()
                : refresh(root, specs).wallets().stream()
                        .sorted(java.util.Comparator.comparing(WalletState::unit)
                                .thenComparing(wallet -> wallet.resource() == null ? "" : wallet.resource()))
                        .toList();
    }

    private Result refresh(String root, Set<WalletSpec> specs) {
        return lanes.submit(new Operation.Refresh(root, specs, false, Ids.next()));
    }

    private Head head(String customer) {
        return keyWait.forValue(() -> directory.head(customer))
                .orElseThrow(() -> Problem.notFound("UNKNOWN_CUSTOMER", "no customer " + customer));
    }

    private WalletSpec spec(String root, String unit, @Nullable String resource) {
        WalletKey key = new WalletKey(root, unit, resource);
        Optional<WalletSpec> known = keyWait.forValue(() -> reads.wallets(root).stream()
                .filter(spec -> spec.key().equals(key))
                .findFirst()
                .or(() -> directory.creditScale(unit).map(scale -> new WalletSpec(key, WalletKind.CREDIT, scale))));
        return known.orElseThrow(() -> Problem.notFound("UNKNOWN_UNIT", customerHas(root) + " no wallet of " + unit));
    }

    private static String customerHas(String root) {
        return "customer " + root + " has";
    }

    private static JsonNode page(ArrayNode items) {
        ObjectNode page = JsonNodeFactory.instance.objectNode();
        page.set("items", items);
        return page;
    }
}
