package dev.weir.ledger.posting.app;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.ledger.posting.domain.Outcome;
import dev.weir.ledger.posting.domain.Outcome.Moved.Part;
import dev.weir.ledger.posting.domain.Outcome.Restored;
import dev.weir.ledger.posting.domain.Outcome.Taken;
import dev.weir.ledger.wallet.domain.Block;
import dev.weir.ledger.wallet.domain.WalletBook;
import dev.weir.platform.kernel.Atoms;
import java.math.BigDecimal;
import java.util.Currency;
import org.jspecify.annotations.Nullable;

/** What people are told of what they did to wallets by hand. */
final class HandAnswers {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private HandAnswers() {}

    static ObjectNode takenBack(Outcome.TakenBack outcome) {
        WalletBook wallet = outcome.wallet();
        Taken taken = outcome.taken();
        int scale = wallet.scale();
        ObjectNode body = NODES.objectNode();
        body.set("block", Answers.block(wallet, outcome.block()));
        body.put("voided", Atoms.format(taken.voided(), scale));
        body.put("voidOnRelease", Atoms.format(taken.marked(), scale));
        String currency = outcome.block().terms().costCurrency();
        money(body, "refunded", taken.refundMinor(), currency);
        money(body, "refundOnRelease", taken.refundDue(), currency);
        amount(body, "fromOtherBlocks", taken.fromOthers(), scale);
        amount(body, "overdraft", taken.overdraft(), scale);
        amount(body, "receivable", taken.receivable(), scale);
        money(body, "receivableMoney", taken.receivableMinor(), currency);
        body.put("walletStatus", wallet.head().status().name());
        return body;
    }

    static ObjectNode turned(WalletBook wallet) {
        return balances(wallet);
    }

    static ObjectNode charged(Outcome.Charged charged) {
        WalletBook wallet = charged.wallet();
        ObjectNode body = balances(wallet);
        body.put("amount", Atoms.format(charged.amount(), wallet.scale()));
        ArrayNode blocks = body.putArray("blocks");
        charged.blocks()
                .forEach(block -> blocks.addObject()
                        .put("block", block.block().toString())
                        .put("amount", Atoms.format(block.amount(), wallet.scale())));
        return body;
    }

    static ObjectNode moved(Outcome.Moved moved) {
        WalletBook from = moved.from();
        WalletBook to = moved.to();
        ObjectNode body = NODES.objectNode();
        body.put("unit", from.key().unit());
        body.put("amount", Atoms.format(moved.amount(), from.scale()));
        body.put("to", to.key().root());
        body.put("toUnit", to.key().unit());
        body.put("received", Atoms.format(moved.received(), to.scale()));
        if (moved.residue().signum() != 0) {
            body.put(
                    "residue",
                    moved.residue()
                            .scaleByPowerOfTen(-to.scale())
                            .stripTrailingZeros()
                            .toPlainString());
        }
        ArrayNode parts = body.putArray("blocks");
        for (Part part : moved.parts()) {
            ObjectNode item = parts.addObject();
            item.put("block", part.block().id().toString());
            item.put("amount", Atoms.format(part.amount(), from.scale()));
            Block child = part.child();
            if (child != null) {
                item.put("child", child.id().toString());
                item.put("received", Atoms.format(child.granted(), to.scale()));
                money(item, "cost", child.terms().costTotal(), child.terms().costCurrency());
            }
        }
        return body;
    }

    static ObjectNode reversed(Outcome.Reversed reversed) {
        ObjectNode body = NODES.objectNode();
        body.put("id", reversed.asked().transaction().toString());
        body.put("source", reversed.asked().source());
        body.put("event", reversed.asked().id());
        body.put("feature", reversed.asked().feature());
        body.put("quantity", Atoms.format(reversed.quantity(), reversed.scale()));
        ArrayNode restored = body.putArray("restored");
        for (Restored part : reversed.parts()) {
            WalletBook wallet = part.wallet();
            ObjectNode item = restored.addObject();
            item.put("unit", wallet.key().unit());
            item.put("to", part.where().name());
            item.put("amount", Atoms.format(part.amount(), wallet.scale()));
            Block block = part.block();
            if (block != null) {
                item.put("block", block.id().toString());
            }
            Block successor = part.successor();
            if (successor != null) {
                item.put("newBlock", successor.id().toString());
            }
        }
        return body;
    }

    private static ObjectNode balances(WalletBook wallet) {
        int scale = wallet.scale();
        ObjectNode body = NODES.objectNode();
        body.put("unit", wallet.key().unit());
        if (wallet.key().resource() != null) {
            body.put("resource", wallet.key().resource());
        }
        body.put("status", wallet.head().status().name());
        body.put("available", Atoms.format(wallet.head().available(), scale));
        body.put("held", Atoms.format(wallet.head().held(), scale));
        body.put("overdraft", Atoms.format(wallet.head().overdraft(), scale));
        body.put("seq", wallet.head().seq());
        return body;
    }

    private static void amount(ObjectNode body, String field, long atoms, int scale) {
        if (atoms != 0) {
            body.put(field, Atoms.format(atoms, scale));
        }
    }

    private static void money(ObjectNode body, String field, long minor, @Nullable String currency) {
        if (minor != 0 && currency != null) {
            int digits = Math.max(0, Currency.getInstance(currency).getDefaultFractionDigits());
            body.putObject(field)
                    .put("amount", BigDecimal.valueOf(minor, digits).toPlainString())
                    .put("currency", currency);
        }
    }
}
