package dev.weir.simulators.stripe.world;

/** Object ids that look like Stripe's and are the same in every replay of the same commands. */
public final class Ids {
    private static final String LETTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static final long SEED = 0x5EED_0F_2E12L;

    private long count;

    /** A new id, e.g. {@code cus_…} for the prefix {@code cus}. */
    public String next(String prefix) {
        count++;
        return prefix + "_" + letters(count, 24);
    }

    /** A letter sequence that depends on the number alone. */
    static String letters(long number, int length) {
        StringBuilder text = new StringBuilder(length);
        // Mixed once before, or the letters of the next number were these, shifted by one.
        long state = mix(SEED + number);
        for (int i = 0; i < length; i++) {
            state += 0x9E3779B97F4A7C15L;
            text.append(LETTERS.charAt((int) Long.remainderUnsigned(mix(state), LETTERS.length())));
        }
        return text.toString();
    }

    private static long mix(long value) {
        long mixed = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
        return mixed ^ (mixed >>> 31);
    }

    /** How many ids were given out. */
    public long count() {
        return count;
    }

    /** Takes back the ids of a request that failed, so that a failure leaves no trace. */
    public void rewind(long to) {
        count = to;
    }
}
