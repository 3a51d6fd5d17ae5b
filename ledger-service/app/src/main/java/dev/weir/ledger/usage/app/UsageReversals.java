package dev.weir.ledger.usage.app;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.ledger.directory.app.Directory;
import dev.weir.ledger.directory.persistence.DirectoryTables.Head;
import dev.weir.ledger.posting.app.Lanes;
import dev.weir.ledger.posting.app.LedgerReads;
import dev.weir.ledger.posting.app.Result;
import dev.weir.ledger.posting.domain.ByHand;
import dev.weir.ledger.posting.domain.Charges;
import dev.weir.ledger.posting.domain.OpKey;
import dev.weir.ledger.posting.domain.WalletSpec;
import dev.weir.ledger.wallet.domain.JournalRow;
import dev.weir.platform.kernel.Atoms;
import dev.weir.platform.kernel.Ids;
import dev.weir.platform.kernel.Problem;
import dev.weir.platform.servicekit.events.KeyWait;
import dev.weir.platform.servicekit.web.Cursor;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Usage taken back, and what a usage event was paid with. */
@ApplicationScoped
public class UsageReversals {
    private final Directory directory;
    private final KeyWait keyWait;
    private final Lanes lanes;
    private final LedgerReads reads;

    /** What is to be taken back; see {@link ByHand.Reverse}. */
    public record Reversal(
            String source,
            String id,
            String feature,
            @Nullable BigDecimal quantity,
            ByHand.Ended ended,
            @Nullable Integer days,
            @Nullable String reason) {}

    UsageReversals(Directory directory, KeyWait keyWait, Lanes lanes, LedgerReads reads) {
        this.directory = directory;
        this.keyWait = keyWait;
        this.lanes = lanes;
        this.reads = reads;
    }

    /**
     * Takes usage back.
     *
     * @throws Problem 404 UNKNOWN_CUSTOMER
     */
    public Result reverse(String customer, Reversal reversal, List<OpKey> keys, String actor) {
        return lanes.submit(new ByHand.Reverse(
                head(customer).root(),
                customer,
                reversal.source(),
                reversal.id(),
                reversal.feature(),
                reversal.quantity(),
                reversal.ended(),
                reversal.days(),
                reversal.reason(),
                Ids.next(),
                keys,
                actor));
    }

    /** What was taken back of a customer's usage. */
    public ObjectNode list(String customer, @Nullable UUID after, int limit) {
        head(customer);
        var listed = reads.reversals(customer, after, limit + 1);
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        ArrayNode items = body.putArray("items");
        listed.stream().limit(limit).forEach(reversal -> {
            ObjectNode item = items.addObject()
                    .put("id", reversal.id().toString())
                    .put("source", reversal.source())
                    .put("event", reversal.event())
                    .put("feature", reversal.feature())
                    .put("quantity", Atoms.format(reversal.quantity(), reversal.scale()))
                    .put("actor", reversal.actor())
                    .put("reversedAt", reversal.at().toString());
            if (reversal.reason() != null) {
                item.put("reason", reversal.reason());
            }
        });
        if (listed.size() > limit) {
            body.put("next", Cursor.encode(listed.get(limit - 1).id().toString()));
        }
        return body;
    }

    /** Which blocks paid for an event, and what of it was taken back. */
    public ObjectNode charged(String customer, String source, String id, String feature) {
        head(customer);
        byte[] key = Charges.key(source, id, feature);
        Map<UUID, WalletSpec> wallets = reads.drawnOn(key);
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        ArrayNode items = body.putArray("items");
        for (JournalRow row : reads.charged(key)) {
            WalletSpec wallet = wallets.get(row.wallet());
            if (wallet == null || !row.customer().equals(customer)) {
                continue;
            }
            ObjectNode item = items.addObject()
                    .put("unit", wallet.key().unit())
                    .put("seq", row.seq())
                    .put("kind", row.kind().name())
                    .put("from", row.from().name())
                    .put("to", row.to().name())
                    .put("amount", Atoms.format(row.amount(), wallet.scale()))
                    .put("effectiveAt", row.effectiveAt().toString())
                    .put("postedAt", row.postedAt().toString());
            if (row.block() != null) {
                item.put("block", row.block().toString());
            }
            if (row.reservation() != null) {
                item.put("reservation", row.reservation().toString());
            }
            if (row.reversesSeq() != null) {
                item.put("reverses", row.reversesSeq());
            }
        }
        return body;
    }

    private Head head(String customer) {
        return keyWait.forValue(() -> directory.head(customer))
                .orElseThrow(() -> Problem.notFound("UNKNOWN_CUSTOMER", "no customer " + customer));
    }
}
