package dev.weir.platform.kernel;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The id of a customer, which the caller chooses. */
public final class CustomerId {

    /** The regular expression of a customer id. */
    public static final String PATTERN = "[A-Za-z0-9][A-Za-z0-9._:@+~-]{0,254}";

    private static final Pattern COMPILED = Pattern.compile(PATTERN);

    private CustomerId() {}

    /** Whether the text is a customer id; null is not. */
    public static boolean isValid(@Nullable String text) {
        return text != null && COMPILED.matcher(text).matches();
    }
}
