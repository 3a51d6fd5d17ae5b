package dev.weir.ledger.credit.app;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.ledger.contract.BlockState;
import dev.weir.ledger.contract.WalletKind;
import dev.weir.ledger.contract.WalletState;
import dev.weir.ledger.posting.domain.WalletSpec;
import dev.weir.ledger.wallet.domain.JournalRow;
import dev.weir.platform.kernel.Atoms;
import java.util.HexFormat;

/** Wallets, blocks and journal rows as callers see them: decimals as text. */
final class WalletJson {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private WalletJson() {}

    static ObjectNode wallet(WalletState wallet) {
        int scale = wallet.scale();
        ObjectNode body = NODES.objectNode();
        body.put("unit", wallet.unit());
        if (wallet.resource() != null) {
            body.put("resource", wallet.resource());
        }
        body.put("kind", wallet.kind().name());
        body.put("status", wallet.status().name());
        body.put("available", Atoms.format(wallet.available(), scale));
        body.put("held", Atoms.format(wallet.held() + wallet.overageHeld() + wallet.overdraftHeld(), scale));
        body.put("quarantined", Atoms.format(wallet.quarantined(), scale));
        body.put("overdraft", Atoms.format(wallet.overdraft(), scale));
        body.putObject("limit")
                .put("kind", wallet.floor() < 0 ? "SOFT" : "HARD")
                .put("floor", Atoms.format(wallet.floor(), scale));
        if (wallet.kind() == WalletKind.LIMIT) {
            body.put("used", Atoms.format(wallet.used(), scale));
            body.put("overage", Atoms.format(wallet.overage(), scale));
            body.put("overrun", Atoms.format(wallet.overrun(), scale));
            if (wallet.periodFrom() != null && wallet.periodTo() != null) {
                body.putObject("period")
                        .put("from", wallet.periodFrom().toString())
                        .put("to", wallet.periodTo().toString());
            }
        }
        ArrayNode blocks = body.putArray("blocks");
        wallet.blocks().forEach(block -> blocks.add(block(wallet, block)));
        body.put("asOf", wallet.asOf().toString());
        return body;
    }

    /** A wallet that nothing was ever put into. */
    static ObjectNode empty(WalletSpec spec) {
        ObjectNode body = NODES.objectNode();
        body.put("unit", spec.key().unit());
        body.put("kind", spec.kind().name());
        body.put("available", "0");
        body.put("held", "0");
        body.put("overdraft", "0");
        body.putObject("limit").put("kind", "HARD").put("floor", "0");
        body.putArray("blocks");
        return body;
    }

    static ObjectNode block(WalletState wallet, BlockState block) {
        int scale = wallet.scale();
        ObjectNode body = NODES.objectNode();
        body.put("id", block.id().toString());
        body.put("unit", wallet.unit());
        body.put("source", block.source().name());
        body.put("category", block.category().name());
        body.put("priority", block.priority());
        body.put("granted", Atoms.format(block.granted(), scale));
        body.put("remaining", Atoms.format(block.remaining(), scale));
        body.put("held", Atoms.format(block.held(), scale));
        body.put("consumed", Atoms.format(block.consumed(), scale));
        // What has ended may still pay for late usage for a while; to a reader it is gone.
        body.put(
                "expired",
                Atoms.format(
                        block.granted() - block.remaining() - block.consumed() - block.voided() - block.movedOut(),
                        scale));
        body.put("voided", Atoms.format(block.voided(), scale));
        body.put("moved", Atoms.format(block.movedOut(), scale));
        body.put("status", block.status().name());
        body.put("effectiveAt", block.effectiveAt().toString());
        if (block.expiresAt() != null) {
            body.put("expiresAt", block.expiresAt().toString());
        }
        if (block.features() != null) {
            ArrayNode features = body.putArray("features");
            block.features().forEach(features::add);
        }
        return body;
    }

    static ObjectNode row(JournalRow row, int scale) {
        ObjectNode body = NODES.objectNode();
        body.put("seq", row.seq());
        body.put("kind", row.kind().name());
        body.put("from", row.from().name());
        body.put("to", row.to().name());
        body.put("amount", Atoms.format(row.amount(), scale));
        if (row.block() != null) {
            body.put("block", row.block().toString());
        }
        if (row.reservation() != null) {
            body.put("reservation", row.reservation().toString());
        }
        if (row.eventId() != null) {
            body.put("event", row.eventId());
            body.put("source", row.eventSource());
        }
        body.put("customer", row.customer());
        if (row.feature() != null) {
            body.put("feature", row.feature());
        }
        if (row.rateVersion() != null) {
            body.put("rateVersion", row.rateVersion());
        }
        body.put("availableAfter", Atoms.format(row.availableAfter(), scale));
        body.put("heldAfter", Atoms.format(row.heldAfter(), scale));
        body.put("overdraftAfter", Atoms.format(row.overdraftAfter(), scale));
        body.put("effectiveAt", row.effectiveAt().toString());
        body.put("postedAt", row.postedAt().toString());
        if (row.late()) {
            body.put("late", true);
        }
        body.put("actor", row.actor());
        if (row.reversesSeq() != null) {
            body.put("reverses", row.reversesSeq());
        }
        row.meta()
                .forEach((fact, text) ->
                        (fact.equals(JournalRow.REASON) ? body : body.withObjectProperty("facts")).put(fact, text));
        body.put("hash", HexFormat.of().formatHex(row.hash()));
        return body;
    }
}
