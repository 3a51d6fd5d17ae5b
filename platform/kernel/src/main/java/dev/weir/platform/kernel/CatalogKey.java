package dev.weir.platform.kernel;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The key of something in the catalog: a feature, plan, unit, meter, product. */
public final class CatalogKey {

    /** The regular expression of a catalog key. */
    public static final String PATTERN = "[a-z0-9][a-z0-9._-]{0,63}";

    private static final Pattern COMPILED = Pattern.compile(PATTERN);

    private CatalogKey() {}

    /** Whether the text is a catalog key; null is not. */
    public static boolean isValid(@Nullable String text) {
        return text != null && COMPILED.matcher(text).matches();
    }
}
