package dev.weir.ledger.wallet.domain;

import dev.weir.platform.kernel.Sha256;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.SortedMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The canonical bytes of a journal row, and the chain over them: hash = SHA-256(previous hash, encoding). A leading byte
 * names the version; a version's layout never changes, because every stored hash depends on it. Version 1: big-endian, in
 * the order of {@link JournalRow} without the hash; text and bytes with a four-byte length; what may be null after one byte
 * 0 or 1; instants as microseconds since 1970. Version 2, only for rows with facts to hash: the same, then how many facts, then
 * each one's name and text in the order of the names.
 */
public final class JournalEncoding {

    /** The version of rows without facts of their own. */
    public static final int VERSION = 1;

    /** The version of rows with facts of their own. */
    public static final int VERSION_WITH_META = 2;

    private static final byte[] GENESIS = Sha256.digest("weir wallet chain v1".getBytes(StandardCharsets.US_ASCII));

    private JournalEncoding() {}

    /** The head of a wallet that has no row yet. */
    public static byte[] genesis(UUID wallet) {
        ByteBuffer bytes = ByteBuffer.allocate(GENESIS.length + 16);
        bytes.put(GENESIS).putLong(wallet.getMostSignificantBits()).putLong(wallet.getLeastSignificantBits());
        return Sha256.digest(bytes.array());
    }

    /** The hash of a row that follows the row with the previous hash. */
    public static byte[] chain(byte[] previous, JournalRow row) {
        byte[] encoded = encode(row);
        return Sha256.digest(ByteBuffer.allocate(previous.length + encoded.length)
                .put(previous)
                .put(encoded)
                .array());
    }

    /** The canonical bytes of a row; its hash is not among them. */
    public static byte[] encode(JournalRow row) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(320);
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            SortedMap<String, String> meta = row.hashedMeta();
            out.writeByte(meta.isEmpty() ? VERSION : VERSION_WITH_META);
            write(out, row.wallet());
            out.writeLong(row.seq());
            write(out, row.transaction());
            write(out, row.customer());
            out.writeShort(row.kind().code());
            out.writeByte(row.from().code());
            out.writeByte(row.to().code());
            out.writeLong(row.amount());
            writeOptional(out, row.block());
            writeOptional(out, row.reservation());
            writeOptional(out, row.reversesSeq());
            writeOptional(out, row.chargeKey());
            writeOptional(out, row.feature());
            writeOptional(out, row.resource());
            writeOptional(out, row.rateVersion());
            writeOptional(out, row.windowStart());
            writeOptional(out, row.periodFrom());
            out.writeLong(row.availableAfter());
            out.writeLong(row.heldAfter());
            out.writeLong(row.overdraftAfter());
            writeOptional(out, row.blockRemainingAfter());
            out.writeLong(micros(row.effectiveAt()));
            out.writeLong(micros(row.postedAt()));
            out.writeBoolean(row.late());
            write(out, row.operationKey());
            write(out, row.actor());
            writeOptional(out, row.eventSource());
            writeOptional(out, row.eventId());
            if (!meta.isEmpty()) {
                out.writeInt(meta.size());
                for (Map.Entry<String, String> fact : meta.entrySet()) {
                    write(out, fact.getKey());
                    write(out, fact.getValue());
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory cannot fail", e);
        }
        return bytes.toByteArray();
    }

    private static long micros(Instant instant) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
    }

    private static void write(DataOutputStream out, UUID value) throws IOException {
        out.writeLong(value.getMostSignificantBits());
        out.writeLong(value.getLeastSignificantBits());
    }

    private static void write(DataOutputStream out, String value) throws IOException {
        write(out, value.getBytes(StandardCharsets.UTF_8));
    }

    private static void write(DataOutputStream out, byte[] value) throws IOException {
        out.writeInt(value.length);
        out.write(value);
    }

    private static void writeOptional(DataOutputStream out, @Nullable UUID value) throws IOException {
        out.writeBoolean(value != null);
        if (value != null) {
            write(out, value);
        }
    }

    private static void writeOptional(DataOutputStream out, @Nullable Long value) throws IOException {
        out.writeBoolean(value != null);
        if (value != null) {
            out.writeLong(value);
        }
    }

    private static void writeOptional(DataOutputStream out, @Nullable String value) throws IOException {
        out.writeBoolean(value != null);
        if (value != null) {
            write(out, value);
        }
    }

    private static void writeOptional(DataOutputStream out, byte @Nullable [] value) throws IOException {
        out.writeBoolean(value != null);
        if (value != null) {
            write(out, value);
        }
    }

    private static void writeOptional(DataOutputStream out, @Nullable Instant value) throws IOException {
        out.writeBoolean(value != null);
        if (value != null) {
            out.writeLong(micros(value));
        }
    }
}
