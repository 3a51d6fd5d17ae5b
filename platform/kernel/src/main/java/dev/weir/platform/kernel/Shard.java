package dev.weir.platform.kernel;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * The part of a routing key that spreads root customers over 256 shards, so that consumers can be split later without a
 * new contract.
 */
public final class Shard {

    /** How many shards there are. */
    public static final int COUNT = 256;

    private static final HexFormat HEX = HexFormat.of();

    private Shard() {}

    /** The shard of a root customer as two lower-case hex digits, {@code 00} to {@code ff}. */
    public static String of(String rootCustomer) {
        return HEX.toHexDigits((byte) number(rootCustomer));
    }

    /** The shard of a root customer, 0 to 255: the first byte of the SHA-256 of the id in UTF-8. */
    public static int number(String rootCustomer) {
        return Sha256.digest(rootCustomer.getBytes(StandardCharsets.UTF_8))[0] & 0xff;
    }
}
